"""What a telephone loads the first time: requests, bytes, the largest element."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from benchmarks.quality.sites import EPOCH, Built
from plugins.patterns.screenshots import chromium

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page, Request, ViewportSize

LARGEST = """new Promise(answer => {
  new PerformanceObserver(list => {
    const last = list.getEntries().at(-1);
    const e = last.element;
    answer(e ? e.tagName.toLowerCase() + (e.className ? "." + e.className.split(" ")[0] : "") : "");
  }).observe({ type: "largest-contentful-paint", buffered: true });
  setTimeout(() => answer("none"), 3000);
})"""


@dataclass(frozen=True)
class Look:
    """A page as a telephone 360 px wide loads it the first time."""

    page: str
    requests: int
    received: int
    largest: str


def looks(site: Built, address: str, pages: Sequence[str]) -> list[Look]:
    """Load each page in a fresh window and count."""
    with chromium() as browser:
        return [_look(browser, site, address, page) for page in pages]


def _look(browser: Browser, site: Built, address: str, page: str) -> Look:
    window: ViewportSize = {"width": 360, "height": 640}
    context = browser.new_context(viewport=window, service_workers="block")
    tab = context.new_page()
    asked: list[Request] = []
    tab.on("requestfinished", lambda request: asked.append(request))
    set_clock(tab, site)
    tab.goto(address + page, wait_until="networkidle")
    largest = str(tab.evaluate(LARGEST))
    received = [request.sizes()["responseBodySize"] for request in list(asked)]
    context.close()
    return Look(page, len(received), sum(received), largest)


def set_clock(tab: Page, site: Built) -> None:
    """Let a tab live at the time of the sample site; the others live now."""
    if site.name in EPOCH:
        tab.clock.set_fixed_time(int(EPOCH[site.name]))
