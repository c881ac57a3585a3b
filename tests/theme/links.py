"""Links within a built site: where each leads, and those that lead nowhere."""

from collections.abc import Iterator
from functools import cache
from pathlib import Path
from urllib.parse import unquote, urlsplit

from bs4 import BeautifulSoup, Tag


@cache
def soup(path: Path) -> BeautifulSoup:
    return BeautifulSoup(path.read_bytes(), "lxml")


@cache
def ids(path: Path) -> frozenset[str]:
    return frozenset(str(tag["id"]) for tag in soup(path).select("[id]"))


def addresses(page: BeautifulSoup) -> Iterator[str]:
    """Yield every address that a page names: links, sheets, scripts, pictures and their twins."""
    for tag in page.select("a[href], link[href], script[src], img[src], source[srcset]"):
        yield from _of(tag)


def _of(tag: Tag) -> Iterator[str]:
    if tag.has_attr("srcset"):
        yield from (part.split()[0] for part in str(tag["srcset"]).split(","))
    else:
        yield str(tag.get("href") or tag.get("src"))


def dead(output: Path, url: str, pages: list[Path]) -> tuple[int, list[str]]:
    """Return how many links within the site were followed, and those that lead nowhere."""
    followed, wrong = 0, []
    for path in pages:
        for address in addresses(soup(path)):
            parts = urlsplit(address.removeprefix(url))
            if parts.scheme or parts.netloc:
                continue
            followed += 1
            target = output / unquote(parts.path).lstrip("/") if parts.path else path
            folder = target.is_dir() or parts.path.endswith("/")
            file = target / "index.html" if folder else target
            if not file.is_file() or (parts.fragment and parts.fragment not in ids(file)):
                wrong.append(f"{path.relative_to(output)}: {address}")
    return followed, wrong
