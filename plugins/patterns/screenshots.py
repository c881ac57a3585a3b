"""Pictures of built pages in a Chromium that asks no server: files answer every request."""

from __future__ import annotations

import mimetypes
import os
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import unquote, urlsplit

from model.kinds import KINDS, kind_class
from model.site import Site

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Route

WIDTHS = (360, 768, 1280)
SCHEMES = ("light", "dark")
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
FLAGS = ("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync")


class Shot(NamedTuple):
    """A page at a width in a colour scheme."""

    page: str
    width: int
    scheme: str

    @property
    def name(self) -> str:
        """File name of the picture."""
        stem = self.page.strip("/").replace("/", "_") or "home"
        return f"{stem}-{self.width}-{self.scheme}.png"


def key_pages(output: Path) -> list[str]:
    """Return the home page, and of each kind that has pages its list and its first document."""
    found = ["/"] if (output / "index.html").is_file() else []
    for kind in KINDS:
        prefix = kind_class(kind).prefix
        if not prefix or not (output / prefix / "index.html").is_file():
            continue
        documents = sorted(path.parent.name for path in (output / prefix).glob("*/index.html"))
        found += [f"/{prefix}/", *[f"/{prefix}/{name}/" for name in documents[:1]]]
    return found


@contextmanager
def chromium() -> Iterator[Browser]:
    """Open the machine's own Chromium; FileNotFoundError says how to get one."""
    from playwright.sync_api import sync_playwright

    path = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, BROWSERS)), None)
    if path is None:
        raise FileNotFoundError("no Chromium: install the package `chromium` or set CHROMIUM")
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=path, args=list(FLAGS))
        yield opened
        opened.close()


def answer(output: Path, base: str) -> object:
    """Return a Playwright handler that answers every request from the built files."""

    def handle(route: Route) -> None:
        path = unquote(urlsplit(route.request.url).path).removeprefix(base).lstrip("/")
        file = output / path
        file = file / "index.html" if path.endswith("/") or not path else file
        if not file.is_file():
            route.fulfill(status=404, path=output / "404.html")
            return
        sort = mimetypes.guess_type(file.name)[0] or "application/octet-stream"
        route.fulfill(status=200, body=file.read_bytes(), content_type=f"{sort}; charset=utf-8")

    return handle


def picture(
    output: Path, site: Site, shots: Sequence[Shot], to: Path, *, whole: bool = True
) -> list[str]:
    """Make the pictures in `to`; return a line per page that is wider than its window.

    The browser's clock stands at SOURCE_DATE_EPOCH where that is set, as the build's does.
    """
    to.mkdir(parents=True, exist_ok=True)
    said = []
    with chromium() as browser:
        for width, scheme in dict.fromkeys((shot.width, shot.scheme) for shot in shots):
            context = browser.new_context(
                viewport={"width": width, "height": 800},
                color_scheme="dark" if scheme == "dark" else "light",
                service_workers="block",
            )
            context.route("**/*", answer(output, site.base))  # type: ignore[arg-type]
            tab = context.new_page()
            if epoch := os.environ.get("SOURCE_DATE_EPOCH"):
                tab.clock.set_fixed_time(int(epoch))
            for shot in shots:
                if (shot.width, shot.scheme) != (width, scheme):
                    continue
                tab.goto(site.absolute(shot.page))
                tab.screenshot(path=to / shot.name, full_page=whole)
                wide = tab.evaluate("document.documentElement.scrollWidth")
                if wide > width:
                    said.append(f"{shot.page}: rộng {wide} px trong cửa sổ {width} px")
            context.close()
    return said
