"""Bytes: what a page weighs by its template, and what each family of outputs weighs."""

from __future__ import annotations

import gzip
import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from benchmarks.quality.sites import TEXT, Built
from model.kinds import FACES

PAGE, WIRE, SCRIPTS = 50_000, 14_000, 15_000
"""Budgets in bytes: HTML and CSS as they are; compressed; JavaScript compressed."""
TYPICAL = {"home", *(kind for kind in FACES)}
"""Templates whose compressed weight has a budget: the home page and documents without pictures."""
_ASSET = re.compile(rb'(?:href|src)="([^"]*?/theme/([^"?]+)\?v=\w+)"')
_SECOND = re.compile(r"^/(?:(en|km)/)?([^/]+)/(.*)$")


@dataclass(frozen=True)
class PageWeight:
    """A page's own bytes: HTML with its style sheets, and its scripts."""

    site: str
    page: str
    template: str
    raw: int
    wire: int
    scripts: int
    pictures: bool


@dataclass(frozen=True)
class FamilyWeight:
    """What the outputs of one family weigh on the wire, over all sites."""

    family: str
    files: int
    middle: int
    most: int


def weighed(site: Built) -> list[PageWeight]:
    """Return the weight of every page of a site."""
    return [_page(site, page) for page in site.pages()]


def template_of(page: str) -> str:
    """Return the template of a page by its address: "home", "news", "news list" or "other"."""
    if page in ("/", "/en/", "/km/"):
        return "home"
    found = _SECOND.match(page)
    prefixes = {face.prefix: kind for kind, face in FACES.items() if face.prefix}
    kind = prefixes.get(found[2]) if found else None
    if kind is None or found is None:
        return "other"
    rest = [part for part in found[3].split("/") if part]
    return kind if len(rest) == 1 and rest[0] != "bang-in" else f"{kind} list"


def _page(site: Built, page: str) -> PageWeight:
    html = (site.output / page.lstrip("/") / "index.html").read_bytes()
    names = {match[2].decode() for match in _ASSET.finditer(html)}
    files = {name: (site.output / "theme" / name).read_bytes() for name in names}
    styles = [data for name, data in files.items() if name.endswith(".css")]
    scripts = [data for name, data in files.items() if name.endswith(".js")]
    is_list = b'<ul class="rows">' in html and b"<article" not in html
    template = template_of(page)
    if template in FACES and is_list:
        template = f"{template} list"
    return PageWeight(
        site.name,
        page,
        template,
        raw=len(html) + sum(map(len, styles)),
        wire=wire([html, *styles]),
        scripts=wire(scripts),
        pictures=b"<img" in html,
    )


def wire(texts: Iterable[bytes]) -> int:
    """Return how many bytes of texts go over the wire, each compressed by gzip."""
    return sum(len(gzip.compress(text, mtime=0)) for text in texts)


def families(sites: Sequence[Built]) -> list[FamilyWeight]:
    """Return what each family's outputs weigh, over all sites, by name."""
    found: dict[str, list[int]] = defaultdict(list)
    for site in sites:
        for path, family in site.families().items():
            file = site.output / path
            if file.is_file():
                found[family.split(" ")[0]].append(_file(file))
    return [
        FamilyWeight(name, len(sizes), round(median(sizes)), max(sizes))
        for name, sizes in sorted(found.items())
    ]


def _file(path: Path) -> int:
    data = path.read_bytes()
    return wire([data]) if path.suffix in TEXT else len(data)


def over(pages: Sequence[PageWeight]) -> list[str]:
    """Return a line per page that is heavier than its budget."""
    said = []
    for page in pages:
        where = f"{page.site}: {page.page}"
        typical = page.template in TYPICAL and not page.pictures
        if page.raw > PAGE and typical:
            said.append(f"{where}: {page.raw} bytes of HTML and CSS")
        if page.wire > WIRE and typical:
            said.append(f"{where}: {page.wire} bytes compressed")
        if page.scripts > SCRIPTS and not page.page.startswith("/tim-kiem/"):
            said.append(f"{where}: {page.scripts} bytes of scripts compressed")
    return said
