"""What widgets promise: stable data, light files, old scripts for ever, one template a widget."""

import json
import re
import shutil
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import jsonschema
import pytest
from bs4 import BeautifulSoup

from benchmarks.quality.sites import Built
from benchmarks.quality.widgets import SCRIPT, WIDGET, script_weight, widget_weights
from model.fields import VIETNAM
from model.output import Registry
from model.site import load_site
from model.widgets import (
    THEME,
    frame_code,
    integrity,
    newest_script,
    read_widget,
    read_widgets,
    script_code,
    widget_path,
)
from plugins.widgets.families import WidgetData, WidgetPages
from plugins.widgets.views import VIEWS
from publishing.gate import Candidate, pages
from publishing.manifest import Entry
from tests import building
from tests.hosts.conftest import NOW, SAMPLE, SITE, needed

WIDGETS = read_widgets([THEME])
RELEASED = {
    "loa-1.js": "sha384-jTW/184bbdfyTSBlAHed0/QuubOJ6lvY9g1DX34/akQfVzknokbJtwvBlTsA2aUR",
}
"""Scripts that stand in other sites' pages with these values: their bytes never change again."""


def data(site: Path, path: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((site / path.lstrip("/") / "du-lieu.json").read_bytes())
    return found


def soup(file: Path) -> BeautifulSoup:
    return BeautifulSoup(file.read_bytes(), "lxml")


def test_scripts_that_were_given_away_never_change() -> None:
    folder = THEME / "static" / "embed"
    standing = {path.name: integrity(path.read_bytes()) for path in folder.glob("loa-*.js")}
    assert standing == RELEASED
    assert newest_script() == (name := max(RELEASED), RELEASED[name])


def test_every_widget_has_its_items_in_every_language(site: Path) -> None:
    assert len(WIDGETS) == 8
    for widget in WIDGETS:
        for lang in ("vi", "en", "km"):
            found = data(site, widget_path(widget.name, lang))
            assert 0 < len(found["items"]) <= widget.most, (widget.name, lang)
            page = soup(site / widget_path(widget.name, lang).lstrip("/") / "index.html")
            titles = [tag.get_text(strip=True) for tag in page.select(".item h2")]
            assert titles == [item["title"] for item in found["items"]]
            shown = page.select(".item:not([hidden])")
            assert len(shown) == min(widget.count, len(titles))


def test_the_data_is_what_the_schema_says(site: Path) -> None:
    schema = json.loads((site / "embed/du-lieu.schema.json").read_bytes())
    jsonschema.Draft202012Validator.check_schema(schema)
    validator = jsonschema.Draft202012Validator(schema)
    files = sorted((site / "embed").rglob("du-lieu.json"))
    assert len(files) > 24
    for file in files:
        found = json.loads(file.read_bytes())
        assert not list(validator.iter_errors(found)), file
        assert found["author"]
        assert found["note"]
    broken = data(site, "/embed/canh-bao/") | {"version": 2}
    assert list(validator.iter_errors(broken))


def test_nothing_of_ours_is_claimed_for_what_others_wrote(site: Path) -> None:
    assert data(site, "/embed/kiem-chung/")["license"] == "CC BY 4.0"
    for name in ("tin-chinh-thong", "so-lieu"):
        assert "license" not in data(site, f"/embed/{name}/")
        foot = soup(site / f"embed/{name}/index.html").select_one("footer")
        assert foot is not None
        assert "CC BY" not in foot.get_text()


def test_a_debunk_never_shows_the_bare_rumour(site: Path) -> None:
    claims = [
        match[1].strip()
        for path in (SAMPLE / "content/misinformation").glob("*.md")
        if (match := re.search(r"^claim: (.+)$", path.read_text(encoding="utf-8"), re.MULTILINE))
    ]
    assert len(claims) >= 4
    for item in data(site, "/embed/kiem-chung/")["items"]:
        assert item["label"].startswith("Tin lan truyền:")
        assert not [claim for claim in claims if claim in item["title"] + item.get("text", "")]


def test_parts_are_communes_series_and_apps(site: Path) -> None:
    commune = data(site, "/embed/danh-ba/25567/")
    assert commune["title"] == "Danh bạ: Phường Ninh Thạnh"
    assert {place for item in commune["items"] for place in item["places"]} == {"25567"}
    by_place = data(site, "/embed/so-lieu/nha-ngap-theo-xa/")
    assert [item["figure"] for item in by_place["items"]] == ["1.200 nhà", "320 nhà", "45 nhà"]
    app = data(site, "/embed/cai-ung-dung/cai-ung-dung/")
    assert [link["text"] for link in app["items"][0]["links"]] == [
        "Cài trên Android (CH Play)",
        "Cài trên iPhone (App Store)",
    ]
    over = data(site, "/embed/cai-ung-dung/ung-dung-cu/")["items"][0]
    assert "links" not in over
    assert over["tone"] == "bad"


def test_a_replaced_alert_says_so_on_its_card(site: Path) -> None:
    old = soup(site / "embed/the/canh-bao/lu-song-mau-som/index.html")
    assert "thay bằng bản mới hơn" in old.main.get_text()  # type: ignore[union-attr]
    assert not old.select("[href^='tel:']")
    past = soup(site / "embed/the/canh-bao/da-qua/index.html")
    assert "Đã hết hiệu lực" in past.main.get_text()  # type: ignore[union-attr]


def test_oembed_answers_say_the_same_twice_and_frame_a_card(site: Path) -> None:
    pages_with = 0
    for file in sorted(site.rglob("index.html")):
        links = soup(file).select("link[type$='+oembed']")
        if not links:
            continue
        pages_with += 1
        paths = [site / str(link["href"]).removeprefix(f"{SITE}/") for link in links]
        answer = json.loads(paths[0].read_bytes())
        assert answer["type"] == "rich"
        assert (answer["width"], answer["version"]) == (320, "1.0")
        root = ElementTree.fromstring(paths[1].read_bytes())
        assert {tag.tag: tag.text for tag in root} == {k: str(v) for k, v in answer.items()}
        frame = BeautifulSoup(answer["html"], "lxml").iframe
        assert frame is not None
        target = site / str(frame["src"]).removeprefix(f"{SITE}/") / "index.html"
        assert target.is_file()
        assert (site / "embed") in target.parents
    assert pages_with > 40


def test_a_press_item_is_embedded_from_its_paper(site: Path) -> None:
    assert not soup(site / "tin-tuc/mua-lon-dem-nay/index.html").select("link[type$='+oembed']")
    assert not (site / "embed/the/tin-tuc/mua-lon-dem-nay").exists()
    assert (site / "embed/the/kiem-chung/dap-khong-vo/oembed.json").is_file()


def test_a_widget_is_light(site: Path) -> None:
    weights = widget_weights([Built("mau", site.parent)])
    assert [item.name for item in weights] == [widget.name for widget in WIDGETS]
    for item in weights:
        assert item.files >= 3
        assert 4_000 < item.framed <= WIDGET, item
        assert 4_000 < item.drawn <= WIDGET, item
    assert 2_000 < script_weight() <= SCRIPT


def test_pages_to_frame_pass_the_gate(site: Path) -> None:
    changed = [
        str(path.relative_to(site))
        for path in sorted((site / "embed").rglob("*"))
        if path.is_file() and path.suffix in (".html", ".json", ".xml")
    ]
    files = {path: Entry("", (site / path).stat().st_size) for path in changed}
    candidate = Candidate(site.parent, load_site(site.parent), site, {}, files, changed, [])
    assert len(changed) > 200
    assert list(pages(candidate)) == []


def test_codes_escape_what_editors_write() -> None:
    title = 'A "b" <c> & d'
    code = frame_code("https://x.vn", "/embed/a/", title, 300)
    assert 'title="A &quot;b&quot; &lt;c&gt; &amp; d"' in code
    assert "style=" not in code
    text = script_code("https://x.vn", "/embed/a/", title, "1022", ("loa-1.js", "sha384-x"))
    assert "&lt;c&gt;" in text
    assert 'integrity="sha384-x" crossorigin="anonymous"' in text


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("a", "<p>", "no “{#- widget” head"),
        ("en", "{#- widget\ntitle: A\n-#}", "head, or a name"),
        ("a", "{#- widget\ntitle: A\n-#}", "missing about, view"),
        ("a", "{#- widget\ntitle: A\nabout: B\nview: c\ncolour: d\n-#}", "unknown colour"),
    ],
)
def test_a_head_that_is_wrong_is_named(name: str, text: str, said: str) -> None:
    with pytest.raises(ValueError, match=re.escape(said)):
        read_widget(name, text)


def test_an_unknown_view_is_named() -> None:
    widget = read_widget("a", "{#- widget\ntitle: A\nabout: B\nview: c\n-#}")
    with pytest.raises(ValueError, match="no view 'c'"):
        WidgetPages([widget])


def test_a_new_widget_is_one_template(tmp_path: Path) -> None:
    site = building.new_site(tmp_path / "s")
    guide = site / "content/guides/loc-nuoc.md"
    guide.parent.mkdir(parents=True)
    guide.write_text("---\ntitle: Lọc nước\ndate: 2021-08-01\n---\n\nĐun sôi.\n", encoding="utf-8")
    file = site / "theme/templates/widgets/huong-dan.html"
    file.parent.mkdir(parents=True)
    head = "{#- widget\ntitle: Hướng dẫn\nabout: Mới nhất.\nview: newest\nkind: guides\n-#}\n"
    file.write_text(head + '{% extends "embed_widget.html" %}\n', encoding="utf-8")
    found = read_widgets([site / "theme", THEME])
    families = Registry()
    families.add(WidgetPages(found), WidgetData(found))
    building.build(site, families=families)
    assert "Lọc nước" in (site / "output/embed/huong-dan/index.html").read_text(encoding="utf-8")
    assert len(data(site / "output", "/embed/huong-dan/")["items"]) == 1
    file.unlink()
    fewer = read_widgets([site / "theme", THEME])
    families = Registry()
    families.add(WidgetPages(fewer), WidgetData(fewer))
    building.build(site, families=families)
    assert not (site / "output/embed/huong-dan/index.html").exists()
    assert (site / "output/embed/canh-bao/index.html").exists()


def test_a_new_alert_touches_few_files_and_goes(tmp_path: Path) -> None:
    folder = tmp_path / "mau"
    shutil.copytree(SAMPLE, folder, ignore=shutil.ignore_patterns("output", ".state"))
    families = needed()
    building.build(folder, NOW, families=families)
    (folder / "content/alerts/bao-moi.md").write_text(building.STORM, encoding="utf-8")
    changed = building.build(folder, NOW, families=families).changed
    embeds = [path for path in changed if path.startswith("embed/") and "bao-moi" not in path]
    assert sorted(embeds) == sorted(
        f"embed/{lang}canh-bao/{name}"
        for lang in ("", "en/", "km/")
        for name in ("index.html", "du-lieu.json")
    )
    assert "Bão vào bờ" in str(data(folder / "output", "/embed/canh-bao/"))
    building.build(folder, NOW + timedelta(hours=2), families=families)
    assert "Bão vào bờ" not in str(data(folder / "output", "/embed/canh-bao/"))


def test_what_is_not_there_names_what_is(site: Path) -> None:
    page = soup(site / "embed/404.html")
    text = page.get_text(" ")
    assert all(widget.title in text for widget in WIDGETS)
    assert "/embed/bieu-ngu/cai-mau-smart/" in text
    for link in page.select("a[href^='/embed/']"):
        assert (site / str(link["href"]).lstrip("/") / "index.html").is_file()


def test_without_scripts_the_page_of_codes_has_every_code(site: Path) -> None:
    page = soup(site / "nhung/index.html")
    assert len(page.select("[data-widget]")) == len(WIDGETS)
    areas = {str(tag["id"]): tag.get_text() for tag in page.select("textarea")}
    for widget in WIDGETS:
        for lang in ("vi", "en", "km"):
            assert widget_path(widget.name, lang) in areas[f"f-{widget.name}-{lang}"]
            assert "integrity=" in areas[f"s-{widget.name}-{lang}"]
    assert page.select("[data-part='25567']")
    form = page.select_one("#chon")
    assert form is not None
    assert form.has_attr("hidden")
    for file in ("index.html", "tin-tuc/index.html", "en/index.html"):
        assert soup(site / file).select("footer a[href='/nhung/']")


def test_times_are_the_sample_sites_own() -> None:
    assert datetime(2025, 10, 29, 22, tzinfo=VIETNAM) == NOW


def opened_frames(tab: Any, address: str) -> Any:
    tab.page.goto(SITE + address)
    tab.page.clock.run_for(7_000)
    return tab.page


@pytest.mark.browser
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_widget_has_an_accessibility_fault(
    visit: Callable[..., Any], axe: str, scheme: str
) -> None:
    from benchmarks.quality.sweep import AXE, STANDARDS

    addresses = [widget_path(widget.name) for widget in WIDGETS]
    addresses += ["/embed/en/canh-bao/", "/embed/km/so-can-goi/", "/embed/danh-ba/25567/"]
    addresses += ["/embed/the/kiem-chung/dap-khong-vo/", "/embed/404.html", "/nhung/"]
    addresses += ["/embed/hoi-dap/#accent=ffff00&theme=light", "/embed/so-lieu/#theme=dark"]
    faults = {}
    with visit(viewport={"width": 320, "height": 700}, color_scheme=scheme) as tab:
        for address in addresses:
            page = opened_frames(tab, address)
            page.evaluate(axe)
            if found := page.evaluate(AXE, STANDARDS):
                faults[address] = found
            wide = page.evaluate("document.documentElement.scrollWidth")
            assert wide <= 320, address
    assert faults == {}


@pytest.mark.browser
def test_parameters_narrow_and_colour(visit: Callable[..., Any]) -> None:
    with visit() as tab:
        page = opened_frames(tab, "/embed/tin-chinh-thong/#count=2&theme=dark&accent=ffff00")
        shown = page.locator(".item:not([hidden])")
        assert shown.count() == 2
        dark = "getComputedStyle(document.body).backgroundColor"
        assert page.evaluate(dark) == "rgb(20, 24, 29)"
        accent = "document.documentElement.style.getPropertyValue('--accent')"
        assert page.evaluate(accent) == "#ffff00"
        page.goto("about:blank")
        opened_frames(tab, "/embed/so-lieu/nha-ngap-theo-xa/?place=25567#accent=ffff00&theme=light")
        assert page.locator(".item:not([hidden]) h2").all_inner_texts() == ["Phường Ninh Thạnh"]
        assert page.evaluate(accent) not in ("", "#ffff00")
        assert tab.said == []


@pytest.mark.browser
def test_alerts_go_by_themselves_and_a_dead_source_leaves_what_stands(
    visit: Callable[..., Any],
) -> None:
    with visit() as tab:
        page = opened_frames(tab, "/embed/canh-bao/")
        assert page.locator(".item:not([hidden])").count() == 2
        tab.down = True
        page.clock.fast_forward("06:00")
        page.locator(".stale:not([hidden])").wait_for()
        assert "Chưa cập nhật được từ" in page.locator(".stale").inner_text()
        assert "0276.1022" in page.locator(".stale").inner_text()
        assert page.locator(".item:not([hidden])").count() == 2
        page.clock.fast_forward("23:00:00")
        page.clock.run_for(16_000)
        assert page.locator(".item:not([hidden])").count() == 1
        page.clock.fast_forward("12:00:00")
        page.clock.run_for(16_000)
        assert page.locator(".item:not([hidden])").count() == 0
        assert not page.locator(".empty").is_visible(), "it may not say that there is no alert"


@pytest.mark.browser
def test_the_script_does_the_same_on_a_host_page(visit: Callable[..., Any], codes: Any) -> None:
    code = next(text for text in codes.scripts if "/embed/canh-bao/" in text)
    html = f"<!doctype html><title>x</title>{code.replace('data-loa', 'data-theme=dark data-loa')}"
    with visit((html, {})) as tab:
        tab.page.goto("https://cong.example.vn")
        box = tab.page.locator("[data-loa] section")
        box.wait_for()
        assert box.locator("ul > li.t").count() == 2
        assert "dark" in str(box.get_attribute("class"))
        tab.down = True
        tab.page.clock.fast_forward("06:00")
        box.locator(".z").wait_for()
        assert box.locator("ul > li.t").count() == 2
        assert "Chưa cập nhật được từ" in box.locator(".z").inner_text()
        tab.page.clock.fast_forward("35:00:00")
        tab.page.clock.run_for(16_000)
        assert box.locator("ul > li.t").count() == 0
        assert "không có cảnh báo" not in box.inner_text()


@pytest.mark.browser
def test_the_script_leaves_the_widgets_of_other_sites_alone(
    visit: Callable[..., Any], codes: Any
) -> None:
    other = codes.scripts[0].split("\n")[0].replace(SITE, "https://khac.example.vn")
    html = f"<!doctype html><title>x</title>{other}{codes.scripts[1]}"
    with visit((html, {})) as tab:
        tab.page.goto("https://cong.example.vn")
        tab.page.locator("[data-loa] section").wait_for()
        tab.page.clock.run_for(2_000)
        roots = "[...document.querySelectorAll('[data-loa]')].map(e => e.shadowRoot !== null)"
        assert tab.page.evaluate(roots) == [False, True]
        assert not [url for url in tab.asked if "khac.example.vn" in url]


@pytest.mark.browser
def test_a_dead_site_leaves_the_link_and_the_number(visit: Callable[..., Any], codes: Any) -> None:
    with visit((f"<!doctype html><title>x</title>{codes.scripts[0]}", {})) as tab:
        tab.down = True
        tab.page.goto("https://cong.example.vn")
        tab.page.clock.run_for(10_000)
        host = tab.page.locator("[data-loa]")
        assert host.locator("a").is_visible()
        assert "0276.1022" in host.inner_text()


@pytest.mark.browser
def test_a_script_with_other_bytes_is_refused(visit: Callable[..., Any], codes: Any) -> None:
    spoilt = codes.scripts[0].replace("sha384-", "sha384-AAAA")
    with visit((f"<!doctype html><title>x</title>{spoilt}", {})) as tab:
        tab.page.goto("https://cong.example.vn")
        tab.page.clock.run_for(2_000)
        assert tab.page.evaluate("document.querySelector('[data-loa]').shadowRoot === null")


@pytest.mark.browser
def test_the_builder_gives_each_portal_its_code(visit: Callable[..., Any]) -> None:
    from playwright.sync_api import expect

    with visit() as tab:
        page = opened_frames(tab, "/nhung/")
        code = page.locator("#c-ma")

        def value() -> str:
            return str(code.input_value())

        assert '/embed/canh-bao/"' in value()
        page.select_option("#c-gi", label="Danh bạ của xã, phường")
        page.select_option("#c-part", "25567")
        assert f'src="{SITE}/embed/danh-ba/25567/"' in value()
        assert "Phường Ninh Thạnh" in value()
        page.select_option("#c-lang", "en")
        assert f'src="{SITE}/embed/en/danh-ba/25567/"' in value()
        page.get_by_text("Tùy chỉnh thêm").click()
        page.select_option("#c-theme", "dark")
        page.fill("#c-count", "2")
        page.locator("#c-count").blur()
        assert '/25567/#count=2&amp;theme=dark"' in value()
        preview = page.locator("#c-xem iframe")
        assert str(preview.get_attribute("src")).endswith("/25567/#count=2&theme=dark")
        page.select_option("#c-kieu", "script")
        assert (
            f'data-count="2" data-theme="dark" data-loa="{SITE}/embed/en/danh-ba/25567/"' in value()
        )
        assert "connect-src" in page.locator("#c-csp").inner_text()
        page.select_option("#c-kieu", "grow")
        assert "loa-1.js" in value()
        expect(preview).not_to_have_attribute("height", "480")
        page.select_option("#c-cong", "wordpress")
        assert value().startswith(f'<iframe src="{SITE}/embed/en/danh-ba/25567/#count=2&amp;theme=')
        assert page.locator("#c-kieu").is_disabled()
        assert page.locator("#c-csp").inner_text() == f"frame-src {SITE}"
        page.select_option("#c-theme", "")
        page.fill("#c-count", "5")
        page.locator("#c-count").blur()
        assert value() == f"{SITE}/embed/en/danh-ba/25567/"
        page.select_option("#c-cong", "sharepoint")
        assert re.fullmatch(r"<iframe [^\n]+></iframe>", value())
        page.select_option("#c-cong", "text")
        assert "<" not in value()
        page.select_option("#c-cong", "html")
        page.select_option("#c-gi", label="Biểu ngữ: Mỗi nhà một ứng dụng cảnh báo")
        assert value().startswith("<a href=")
        page.select_option("#c-cong", "sharepoint")
        picture, target, alt = value().split("\n")
        assert re.fullmatch(rf"Ảnh: {SITE}/embed/bieu-ngu/\S+@2x\.png", picture)
        assert target == f"Liên kết: {SITE}/a/cai-ung-dung/"
        assert alt == "Mô tả (alt): Cài Mẫu Smart để nhận cảnh báo. Cài ngay"
        page.select_option("#c-cong", "html")
        assert page.locator("#c-xem img").is_visible()
        assert page.locator("#c-csp").inner_text().startswith("img-src")
        assert tab.said == []


@pytest.mark.browser
def test_the_builder_works_by_keyboard(visit: Callable[..., Any]) -> None:
    with visit() as tab:
        page = opened_frames(tab, "/nhung/")
        page.locator("#c-gi").focus()
        page.keyboard.press("ArrowDown")
        assert "/embed/so-can-goi/" in page.locator("#c-ma").input_value()
        for _ in range(12):
            page.keyboard.press("Tab")
            if page.evaluate("document.activeElement.id") == "c-copy":
                break
        page.keyboard.press("Enter")
        page.locator("#c-said", has_text="chép").wait_for()


def test_the_book_for_webmasters_lists_every_widget_and_view() -> None:
    book = (THEME.parent / "docs" / "nhung.md").read_text(encoding="utf-8")
    for widget in WIDGETS:
        assert f"| {widget.title} | `{widget_path(widget.name)}` |" in book
    assert all(f"`{view}`" in book for view in VIEWS)
