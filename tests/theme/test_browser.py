"""Pages in a real browser: accessible, quiet, within their policy, usable without scripts."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from benchmarks.quality.sweep import AXE, STANDARDS, VIOLATIONS
from tests.theme.conftest import NOW

pytestmark = pytest.mark.browser

PAGES = (
    "/",
    "/en/",
    "/goi-khan-cap/",
    "/404.html",
    "/ban-doc-loa/",
    "/canh-bao/",
    "/canh-bao/lu-song-mau/",
    "/canh-bao/lu-song-mau/ban-doc-loa/",
    "/canh-bao/lu-song-mau-som/",
    "/canh-bao/da-qua/",
    "/chien-dich/",
    "/chien-dich/cai-mau-smart/",
    "/chien-dich/cai-mau-smart/bao-cao/",
    "/chien-dich/cai-mau-smart/bo-tai-lieu/",
    "/chu-de/mua-lu/",
    "/danh-ba/",
    "/danh-ba/bang-in/",
    "/danh-ba/benh-vien-mau/",
    "/dia-diem/",
    "/dia-diem/tiem-chung-nha-van-hoa/",
    "/dich-vu/",
    "/dich-vu/xin-cuu-tro/",
    "/gioi-thieu/",
    "/hoi-dap/",
    "/hoi-dap/co-duoc-nghi-hoc/",
    "/huong-dan/",
    "/huong-dan/cai-ung-dung/",
    "/huong-dan/khi-nuoc-len/",
    "/huong-dan/ung-dung-cu/",
    "/kenh-chinh-thuc/",
    "/kiem-chung/",
    "/kiem-chung/dap-khong-vo/",
    "/kiem-chung/nuoc-uong/",
    "/km/huong-dan/khi-nuoc-len/",
    "/so-lieu/",
    "/so-lieu/benh-cum/",
    "/so-lieu/nha-ngap-theo-xa/",
    "/tin-tuc/",
    "/tin-tuc/mua-lon-dem-nay/",
    "/tin-tuc/tieu-de-rat-dai/",
    "/tin-tuc/trang/1/",
    "/trang-tinh/",
    "/van-ban/",
    "/van-ban/cong-van-12/",
)


@pytest.fixture(scope="session")
def tab(browser: Any, served: str) -> Callable[..., Any]:
    """Return what opens a tab at the sample site's own time: width, scheme, other settings."""

    @contextmanager
    def opened(width: int = 360, scheme: str = "light", **settings: Any) -> Iterator[Any]:
        settings.setdefault("service_workers", "block")
        context = browser.new_context(
            base_url=served,
            viewport={"width": width, "height": 800},
            color_scheme=scheme,
            **settings,
        )
        page = context.new_page()
        page.clock.install(time=datetime.fromtimestamp(int(NOW), UTC))
        yield page
        context.close()

    return opened


def test_the_pages_here_are_one_of_each_template(sample: Path) -> None:
    root = Path(__file__).resolve().parents[2] / "theme" / "templates"
    kinds = [path.stem for path in root.glob("*_list.html")]
    assert len(kinds) >= 12
    for page in PAGES:
        file = sample / page.lstrip("/") / "index.html" if page.endswith("/") else sample / page[1:]
        assert file.is_file(), page


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_page_has_an_accessibility_fault_at_320_px(
    tab: Callable[..., Any], axe: str, scheme: str
) -> None:
    faults = {}
    with tab(320, scheme) as page:
        for address in PAGES:
            page.goto(address)
            page.evaluate(axe)
            if found := page.evaluate(AXE, STANDARDS):
                faults[address] = found
    assert not faults


def test_no_page_has_an_accessibility_fault_on_a_desk(tab: Callable[..., Any], axe: str) -> None:
    faults = {}
    with tab(1280) as page:
        for address in PAGES[::3]:
            page.goto(address)
            page.evaluate(axe)
            if found := page.evaluate(AXE, STANDARDS):
                faults[address] = found
    assert not faults


def test_pages_keep_their_policy_say_nothing_and_ask_no_stranger(
    tab: Callable[..., Any], served: str
) -> None:
    said: list[str] = []
    asked: list[str] = []
    with tab(320, service_workers="allow") as page:
        page.add_init_script(VIOLATIONS)
        page.on("console", lambda message: said.append(f"{page.url}: {message.text}"))
        page.on("pageerror", lambda error: said.append(f"{page.url}: {error}"))
        page.on("requestfailed", lambda request: said.append(f"failed: {request.url}"))
        page.on("request", lambda request: asked.append(request.url))
        for address in PAGES:
            page.goto(address, wait_until="networkidle")
            assert page.evaluate("document.documentElement.scrollWidth") <= 320, address
            assert not page.context.cookies(), address
    assert len(asked) > 3 * len(PAGES)
    assert [address for address in asked if not address.startswith(served)] == []
    assert said == []


def test_the_banner_comes_from_the_small_file_and_goes_by_itself(tab: Callable[..., Any]) -> None:
    with tab() as page:
        page.goto("/tin-tuc/")
        banner = page.locator("#canh-bao .alert")
        banner.first.wait_for()
        assert banner.count() == 2
        first = banner.first
        assert "grave" in str(first.get_attribute("class"))
        assert "20:00 ngày 30/10/2025" in first.inner_text()
        assert first.locator("a").get_attribute("href") == "/canh-bao/lu-song-mau/"
        page.clock.fast_forward("23:00:00")
        page.clock.run_for(31_000)
        assert not first.is_visible()
        assert banner.nth(1).is_visible()


def test_the_script_and_the_home_page_draw_the_same_banner(tab: Callable[..., Any]) -> None:
    with tab() as page:
        page.goto("/tin-tuc/")
        page.locator("#canh-bao .alert").first.wait_for()
        drawn = page.locator("#canh-bao").all_text_contents()
    with tab(java_script_enabled=False) as page:
        page.goto("/")
        standing = page.locator("#canh-bao").all_text_contents()
    assert words_of(standing) == words_of(drawn)


def test_the_banner_that_stands_is_left_alone(tab: Callable[..., Any]) -> None:
    watch = """window.gone = 0; new MutationObserver(all => all.forEach(one => {
      if (one.target.id === "canh-bao") { window.gone += one.removedNodes.length; } }))
      .observe(document, { childList: true, subtree: true });"""
    with tab() as page:
        page.add_init_script(watch)
        page.goto("/", wait_until="networkidle")
        page.locator("#canh-bao[data-shown]").wait_for(state="attached")
        assert page.evaluate("window.gone") == 0
        assert page.locator("#canh-bao .alert").count() == 2


def words_of(texts: list[str]) -> str:
    """Return texts on one line without blanks, which the template has between its lines."""
    return "".join("".join(texts).split())


def test_elsewhere_than_at_home_an_exercise_is_brief(tab: Callable[..., Any]) -> None:
    with tab() as page:
        page.goto("/kiem-chung/dap-khong-vo/")
        page.locator("#canh-bao .alert").first.wait_for()
        last = page.locator("#canh-bao .drill p").last
        assert not last.is_visible()
        assert page.locator("#canh-bao .grave p").last.is_visible()
        box = page.locator("h1").bounding_box()
        assert box is not None
        assert box["y"] + box["height"] < 740, "the answer begins on the first screen"
        page.goto("/")
        assert page.locator("#canh-bao .drill p").last.is_visible()


def test_the_first_screen_of_a_small_telephone_has_all_that_counts(tab: Callable[..., Any]) -> None:
    with tab(360, java_script_enabled=False) as page:
        page.set_viewport_size({"width": 360, "height": 640})
        page.goto("/")
        for what in (".calls a[href='tel:115']", ".calls li:last-child a", "#q", ".alert-title a"):
            box = page.locator(what).first.bounding_box()
            assert box is not None, what
            assert box["y"] + box["height"] <= 640, what


def test_a_dead_file_leaves_the_banner_of_the_home_page(tab: Callable[..., Any]) -> None:
    with tab() as page:
        page.route("**/hien-tai.json", lambda route: route.abort())
        page.goto("/")
        assert page.locator("#canh-bao .alert").count() == 2


def test_a_notice_appears_when_its_time_comes(tab: Callable[..., Any]) -> None:
    with tab() as page:
        page.goto("/huong-dan/khi-nuoc-len/")
        notice = page.get_by_text("Nội dung này có thể đã cũ")
        assert not notice.is_visible()
        page.clock.fast_forward(72 * 3_600_000)
        page.clock.run_for(31_000)
        assert notice.is_visible()


def test_without_scripts_menu_search_and_lists_work(tab: Callable[..., Any]) -> None:
    with tab(java_script_enabled=False) as page:
        page.goto("/")
        page.get_by_text("Danh mục", exact=True).click()
        page.get_by_role("navigation").get_by_role("link", name="Danh bạ").click()
        assert page.url.endswith("/danh-ba/")
        form = page.locator("form[role=search]")
        assert form.get_attribute("action") == "/tim-kiem/"
        assert form.locator("input[name=q]").is_visible()
        page.goto("/tin-tuc/")
        page.get_by_role("link", name="Cũ hơn").click()
        assert page.url.endswith("/tin-tuc/trang/1/")


def test_the_keyboard_reaches_the_content_first(tab: Callable[..., Any]) -> None:
    with tab() as page:
        page.goto("/tin-tuc/")
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.className") == "skip"
        page.keyboard.press("Enter")
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.closest('main') !== null")


def test_diacritics_are_never_clipped(tab: Callable[..., Any]) -> None:
    """A line is at least 1.3 times its letters: room for Ẵ and Ợ."""
    measure = """[...document.querySelectorAll("h1, h2, h3, p, a, li, summary, button, span")]
      .filter(e => e.textContent.trim() && !e.matches(".mark, .out"))
      .map(e => getComputedStyle(e)).map(s => parseFloat(s.lineHeight) / parseFloat(s.fontSize))"""
    with tab() as page:
        for address in ("/", "/kiem-chung/dap-khong-vo/", "/so-lieu/benh-cum/"):
            page.goto(address)
            found = page.evaluate(measure)
            assert len(found) > 30
            assert min(found) >= 1.29, address
