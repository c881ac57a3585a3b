"""Every page of a site in a browser: axe by day and by night, its policy, the console, no scripts.

Pages are served with the headers that servers are configured with, so that the policy is the real
one. Each page is opened three times: at 320 px in either colour scheme, and once without scripts.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from benchmarks.quality.browser import set_clock
from benchmarks.quality.sites import FRAMED, Built

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

STANDARDS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
AXE = """async (tags) => {
  const found = await axe.run(document, { runOnly: tags, resultTypes: ["violations"] });
  return found.violations.map(v => v.id + ": " + v.nodes.map(n => n.target.join(" ")).join(", "));
}"""
VIOLATIONS = """document.addEventListener("securitypolicyviolation",
  event => console.error("policy: " + event.violatedDirective + " " + event.blockedURI));"""
WIDTH = 320
REMARKS = ("blocked by Playwright", "was preloaded using link preload but not used within")
"""No faults: service workers are kept out here, and search is warmed before anybody has typed."""


@dataclass
class Sweep:
    """A site's pages as a browser found them, and what went wrong."""

    pages: int = 0
    """Pages under axe, each once by day and once by night."""
    plain: int = 0
    """Pages opened without scripts."""
    faults: list[str] = field(default_factory=list)

    def note(self, said: str) -> None:
        """Note what the console said, but no remark of REMARKS."""
        if not any(remark in said for remark in REMARKS):
            self.faults.append(f"console: {said}")


def axe_text(tools: Path) -> str:
    """Return axe-core's source."""
    return (tools / "axe-core" / "axe.min.js").read_text(encoding="utf-8")


def sweep(browser: Browser, site: Built, address: str, pages: Sequence[str], axe: str) -> Sweep:
    """Open every page by day, by night and without scripts; return what was found."""
    done = Sweep()
    for scheme in ("light", "dark"):
        done.pages += _visit(browser, site, address, pages, _Judge(done, scheme, axe))
    done.plain = _visit(browser, site, address, pages, _Plain(done))
    return done


@dataclass
class _Judge:
    """Runs axe in a page and looks for overflow and cookies."""

    done: Sweep
    scheme: str
    axe: str
    scripts = True

    def __call__(self, tab: Page, page: str) -> None:
        tab.evaluate(self.axe)
        said = [str(fault) for fault in tab.evaluate(AXE, STANDARDS)]
        wide = tab.evaluate("document.documentElement.scrollWidth")
        if wide > WIDTH:
            said.append(f"{wide} px wide on {WIDTH} px")
        if tab.context.cookies():
            said.append("it set a cookie")
        self.done.faults += [f"{page} ({self.scheme}): {fault}" for fault in said]


@dataclass
class _Plain:
    """Looks at a page without scripts: heading, numbers, search are there, nothing is dead."""

    done: Sweep
    scheme = "light"
    scripts = False

    def __call__(self, tab: Page, page: str) -> None:
        self.done.faults += [f"{page} (no scripts): {fault}" for fault in plain_faults(tab, page)]


def plain_faults(tab: Page, page: str) -> list[str]:
    """Return what a reader without scripts misses on an open page."""
    said = []
    if not tab.locator("h1:visible, h2:visible").count():
        said.append("no heading to see")
    if not page.startswith(FRAMED):
        if not tab.locator("header a[href^='tel:']:visible").count():
            said.append("no number to call")
        if not tab.locator("form[role=search] input:visible").count():
            said.append("no search")
    dead = tab.locator("button:visible:not(form *), [role=button]:visible").count()
    if dead:
        said.append(f"{dead} buttons that do nothing")
    if not tab.locator("main").inner_text().strip():
        said.append("nothing to read")
    return said


def _visit(
    browser: Browser,
    site: Built,
    address: str,
    pages: Sequence[str],
    look: _Judge | _Plain,
) -> int:
    """Open pages one after another in one window and look at each; return how many."""
    context: Any = browser.new_context(
        viewport={"width": WIDTH, "height": 800},
        color_scheme="dark" if look.scheme == "dark" else "light",
        java_script_enabled=look.scripts,
        service_workers="block",
    )
    tab = context.new_page()
    tab.add_init_script(VIOLATIONS)
    tab.on("console", lambda said: look.done.note(f"{tab.url}: {said.text}"))
    tab.on("pageerror", lambda error: look.done.faults.append(f"{tab.url}: error: {error}"))
    tab.on("request", _stranger(address, look.done))
    set_clock(tab, site)
    for page in pages:
        tab.goto(address + page)
        look(tab, page)
    context.close()
    return len(pages)


def _stranger(address: str, done: Sweep) -> Callable[[Any], None]:
    def asked(request: Any) -> None:
        if not request.url.startswith((address + "/", "data:", "blob:")):
            done.faults.append(f"asked a stranger: {request.url}")

    return asked
