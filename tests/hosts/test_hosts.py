"""Every widget and a banner on other agencies' pages, however hostile, in a real browser."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.hosts.conftest import PORTAL, SITE, Codes, Tab, host_page

pytestmark = pytest.mark.browser

STRICT = {
    "Content-Security-Policy": f"default-src 'none'; frame-src {SITE}; script-src {SITE}; "
    f"connect-src {SITE}; img-src {SITE}; form-action {SITE}; base-uri 'none'; "
    "require-trusted-types-for 'script'; trusted-types 'none'"
}
ISOLATED = {
    "Cross-Origin-Embedder-Policy": "require-corp",
    "Cross-Origin-Opener-Policy": "same-origin",
}
HOSTS: dict[str, tuple[str, dict[str, str]]] = {
    "plain": ("plain.html", {}),
    "isolated": ("plain.html", ISOLATED),
    "strict policy": ("plain.html", STRICT),
    "quirks": ("quirks.html", {}),
    "IE era": ("ie.html", {}),
    "SharePoint": ("sharepoint.html", {}),
    "reset": ("reset.html", {}),
    "all: unset": ("unset.html", {}),
    "patched prototypes": ("patches.html", {}),
}
STYLED = {"strict policy"}
WIDGETS = 8
LOOKS = {
    path.stem: re.sub(r"^//.*\n", "", path.read_text(encoding="utf-8"), flags=re.MULTILINE)
    for path in sorted(Path(__file__).with_name("looks").glob("*.js"))
}


def settle(page: Any, drawn: int = 0) -> None:
    """Wait until this many widgets are drawn in the page, then let timers run."""
    page.wait_for_load_state("load")
    page.wait_for_function(LOOKS["ready"], arg=drawn)
    page.clock.run_for(7_000)


def frames_of(page: Any) -> list[Any]:
    """Return the frames of widgets, each brought into view because they load lazily."""
    found = []
    for element in page.query_selector_all("iframe"):
        element.scroll_into_view_if_needed()
        frame = element.content_frame()
        frame.wait_for_selector("h1")
        frame.wait_for_load_state("load")
        found.append(frame)
    page.clock.run_for(7_000)
    return found


@pytest.mark.parametrize("name", HOSTS)
def test_every_widget_stands_on_a_hostile_page(
    visit: Callable[..., Any], codes: Codes, name: str
) -> None:
    file, headers = HOSTS[name]
    html = host_page(file, codes)
    bare = html.replace("<script async", "<script type=off async")
    with visit((bare, headers)) as tab:
        tab.page.goto(PORTAL)
        settle(tab.page)
        body, names = tab.page.evaluate(LOOKS["untouched"]), tab.page.evaluate(LOOKS["globals"])
    with visit((html, headers)) as tab:
        tab.page.goto(PORTAL)
        settle(tab.page, WIDGETS)
        assert tab.page.evaluate(LOOKS["drawn"]) == str(WIDGETS)
        assert tab.page.evaluate(LOOKS["untouched"]).replace(
            "<script async", "<script type=off async"
        ) == (body.replace('<script type="off" async', "<script type=off async"))
        assert tab.page.evaluate(LOOKS["globals"]) == names
        frames = frames_of(tab.page)
        assert len(frames) == WIDGETS
        for frame in frames:
            assert frame.locator("h1").is_visible(), frame.url
            assert frame.locator(".item:not([hidden])").count() > 0, frame.url
        assert tab.page.locator("img").first.evaluate("i => i.naturalWidth") in (300, 600)
        styled = "Applying inline style"  # the banner's, which only keeps it within its column
        assert [text for text in tab.said if not (name in STYLED and styled in text)] == []
        assert len(tab.said) <= 1
        keeps_quiet(tab)


def keeps_quiet(tab: Tab) -> None:
    """Demand that nothing was stored and no stranger was asked."""
    assert tab.page.context.cookies() == []
    state = tab.page.context.storage_state()
    assert state["origins"] == []
    assert {"/".join(url.split("/")[:3]) for url in tab.asked} <= {SITE, PORTAL}


def test_frames_grow_where_the_script_stands(visit: Callable[..., Any], codes: Codes) -> None:
    with visit((host_page("plain.html", codes), {})) as tab:
        tab.page.goto(PORTAL)
        settle(tab.page)
        frames_of(tab.page)
        for element in tab.page.query_selector_all("iframe"):
            frame = element.content_frame()
            for _ in range(100):  # a busy machine hands the frame's message on late
                wanted = frame.evaluate("Math.ceil(document.body.getBoundingClientRect().height)")
                if element.bounding_box()["height"] == wanted:
                    break
                tab.page.wait_for_timeout(100)
            assert element.bounding_box()["height"] == wanted


def test_a_stranger_cannot_set_the_height(visit: Callable[..., Any], codes: Codes) -> None:
    with visit((host_page("plain.html", codes), {})) as tab:
        tab.page.goto(PORTAL)
        settle(tab.page)
        frame = tab.page.query_selector("iframe")
        before = frame.bounding_box()["height"]
        tab.page.evaluate("window.postMessage({loa: 1, height: 9}, '*')")
        tab.page.clock.run_for(100)
        assert frame.bounding_box()["height"] == before
        inner = frame.content_frame()
        inner.evaluate("parent.postMessage({loa: 1, height: 1e9}, '*')")
        tab.page.wait_for_function(f"document.querySelector('iframe').clientHeight !== {before}")
        assert frame.bounding_box()["height"] == 2000


def test_without_scripts_the_frames_read_and_links_stand(
    visit: Callable[..., Any], codes: Codes
) -> None:
    with visit((host_page("plain.html", codes), {}), java_script_enabled=False) as tab:
        tab.page.goto(PORTAL)
        frames = frames_of(tab.page)
        assert len(frames) == WIDGETS
        for frame in frames:
            assert frame.locator(".item").first.is_visible(), frame.url
        links = tab.page.locator("[data-loa] a")
        assert links.count() == WIDGETS
        assert "0276.1022" in tab.page.locator("[data-loa]").first.inner_text()


def test_wordpress_sandbox_gets_heights_and_links(visit: Callable[..., Any], codes: Codes) -> None:
    text = host_page("wordpress.html", codes)
    frames = "".join(
        code.split("\n")[0]
        .replace(
            "<iframe", f'<iframe sandbox="allow-scripts" security="restricted" data-secret="s{n}"'
        )
        .replace('/" title', f'/#?secret=s{n}" title')
        for n, code in enumerate(codes.frames)
    )
    with visit((text.replace("<!--SANDBOXED-->", frames), {})) as tab:
        tab.page.goto(PORTAL)
        found = frames_of(tab.page)
        assert len(found) == WIDGETS
        for element in tab.page.query_selector_all("iframe"):
            inner = element.content_frame()
            wanted = inner.evaluate("Math.ceil(document.body.getBoundingClientRect().height)")
            assert element.bounding_box()["height"] == min(1000, max(200, wanted))
        refused = "() => { try { localStorage.length; return false; } catch (e) { return true; } }"
        assert found[0].evaluate(refused)
        found[0].locator("h1 a").click()
        tab.page.wait_for_function("window.opened.length > 0")
        assert tab.page.evaluate("window.opened[0]").startswith(f"{SITE}/")
        assert tab.said == []
        keeps_quiet(tab)
