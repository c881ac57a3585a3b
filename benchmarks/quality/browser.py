"""What a browser sees: requests, bytes, the largest element, axe, what the console says."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from benchmarks.quality.sites import EPOCH, Built
from plugins.patterns.screenshots import chromium

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page, Request, ViewportSize

STANDARDS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
AXE = """async (tags) => {
  const found = await axe.run(document, { runOnly: tags, resultTypes: ["violations"] });
  return found.violations.map(v => v.id + ": " + v.nodes.map(n => n.target.join(" ")).join(", "));
}"""
LARGEST = """new Promise(answer => {
  new PerformanceObserver(list => {
    const last = list.getEntries().at(-1);
    const e = last.element;
    answer(e ? e.tagName.toLowerCase() + (e.className ? "." + e.className.split(" ")[0] : "") : "");
  }).observe({ type: "largest-contentful-paint", buffered: true });
  setTimeout(() => answer("none"), 3000);
})"""
VIOLATIONS = """document.addEventListener("securitypolicyviolation",
  event => console.error("policy: " + event.violatedDirective + " " + event.blockedURI));"""


@dataclass(frozen=True)
class Look:
    """A page as a telephone 360 px wide loads it the first time."""

    page: str
    requests: int
    received: int
    largest: str


@dataclass
class Sweep:
    """A site's pages under axe in both colour schemes at 320 px, and what went wrong."""

    pages: int = 0
    faults: list[str] = field(default_factory=list)

    def note(self, said: str) -> None:
        """Note what the console said, but not that service workers are kept out here."""
        if "blocked by Playwright" not in said:
            self.faults.append(f"console: {said}")


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
    _set_clock(tab, site)
    tab.goto(address + page, wait_until="networkidle")
    largest = str(tab.evaluate(LARGEST))
    received = [request.sizes()["responseBodySize"] for request in list(asked)]
    context.close()
    return Look(page, len(received), sum(received), largest)


def sweep(site: Built, address: str, pages: Sequence[str], axe: str) -> Sweep:
    """Run axe on every page at 320 px, by day and by night; note whatever pages say or overflow."""
    done = Sweep()
    with chromium() as browser:
        for scheme in ("light", "dark"):
            context: Any = browser.new_context(
                viewport={"width": 320, "height": 800},
                color_scheme="dark" if scheme == "dark" else "light",
                service_workers="block",
            )
            tab = context.new_page()
            tab.add_init_script(VIOLATIONS)
            tab.on("console", lambda said: done.note(said.text))
            tab.on("pageerror", lambda error: done.faults.append(f"error: {error}"))
            _set_clock(tab, site)
            for page in pages:
                tab.goto(address + page)
                tab.evaluate(axe)
                done.faults += [
                    f"{page} ({scheme}): {fault}" for fault in tab.evaluate(AXE, STANDARDS)
                ]
                if tab.evaluate("document.documentElement.scrollWidth") > 320:
                    done.faults.append(f"{page} ({scheme}): wider than 320 px")
                done.pages += 1
            context.close()
    return done


def _set_clock(tab: Page, site: Built) -> None:
    if site.name in EPOCH:
        tab.clock.set_fixed_time(int(EPOCH[site.name]) * 1000)


def axe_text(tools: Path) -> str:
    """Return axe-core's source."""
    return (tools / "axe-core" / "axe.min.js").read_text(encoding="utf-8")
