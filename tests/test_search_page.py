"""The search page in a browser: keyboard, screen reader, address, way back, offline, bad input."""

import base64
import json
import re
import unicodedata
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from model.places import communes
from plugins.search.packing import packed_text
from tests.search_site import ORIGIN, build, serve, write_document, write_site, write_today

pytestmark = pytest.mark.browser
PAGE = f"{ORIGIN}/tim-kiem/"
COMMUNE = communes("80")[0]
RUMOUR = "Uống nước chanh nóng chữa khỏi COVID-19"


@pytest.fixture(scope="module")
def output(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = write_site(tmp_path_factory.mktemp("page"), 70)
    claim = f"claim: {RUMOUR}\nverdict: checking\n"
    write_document(folder, 70, "misinformation", claim, "Nước chanh không chữa COVID-19", "Không.")
    old = "Chiều nay nước dâng tới chân đê Bá Mộng, bà con nghe loa của xã để biết lúc rời đi.\n"
    write_document(folder, 5, "news", "summary: Tin cũ\n", "Nước sông lên", old)
    body = "Bác sĩ nói: nước chanh là đồ uống, không phải thuốc; hãy gọi trạm y tế khi sốt cao.\n"
    head = f'places: ["{COMMUNE.code}"]\n'
    write_document(folder, 71, "guides", head, "Chăm sóc người sốt tại nhà", body)
    write_document(folder, 72, "guides", "", "Hỏi gì khi gọi trực đêm, lối vào nhà ở đâu", "Gọi.\n")
    write_today(folder, 2)
    return build(folder)


@pytest.fixture
def page(browser: Any, output: Path) -> Iterator[Any]:
    context = browser.new_context(service_workers="block")
    context.sent = serve(context, output)
    opened = context.new_page()
    opened.wrong = []
    opened.on("pageerror", lambda error: opened.wrong.append(str(error)))
    yield opened
    assert opened.wrong == []
    context.close()


def results(page: Any) -> list[str]:
    page.wait_for_selector("#ket-qua li")
    return [str(text) for text in page.locator("#ket-qua h2").all_inner_texts()]


def settled(page: Any) -> str:
    for _ in range(80):
        text = str(page.inner_text("#trang-thai"))
        if text and text != "Đang tìm…":
            return text
        page.wait_for_timeout(50)
    raise AssertionError("the page never answered")


@pytest.mark.parametrize(
    "typed",
    [
        "nước chanh nóng",
        "nuoc chanh nong chua covid",
        "nc chanh nóng chữa covid",
        "nước chnah",
        "uong nuoc chanh nongs",
    ],
)
def test_a_rumour_is_answered_by_its_debunk(page: Any, typed: str) -> None:
    page.goto(f"{PAGE}?q={typed}")
    assert results(page)[0] == "Nước chanh không chữa COVID-19"


def test_the_address_is_shareable_and_the_way_back_keeps_the_place(page: Any) -> None:
    page.goto(PAGE)
    page.fill("#q", "khẩu trang")
    page.keyboard.press("Enter")
    first = results(page)
    assert "q=kh" in page.url
    page.click("#them button")
    page.wait_for_selector("#ket-qua li:nth-child(15)")
    page.locator("#ket-qua li:nth-child(14) a").scroll_into_view_if_needed()
    page.locator("#ket-qua li:nth-child(14) a").click()
    page.wait_for_url(re.compile(r"bai-"))
    page.go_back()
    page.wait_for_selector("#ket-qua li:nth-child(15)")
    assert results(page)[: len(first)] == first
    page.wait_for_timeout(200)
    assert page.evaluate("scrollY") > 300
    page.fill("#q", "bão")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("q=b"))
    page.go_back()
    page.wait_for_timeout(300)
    assert page.input_value("#q") == "khẩu trang"


def test_answers_come_while_one_types_and_obey_the_keyboard(page: Any) -> None:
    page.goto(PAGE)
    page.click("#q")
    page.keyboard.type("s")
    page.wait_for_timeout(300)
    assert page.is_hidden("#goi-y")
    page.keyboard.type("ốt ca", delay=30)
    page.wait_for_selector("#goi-y li")
    box = page.locator("#q")
    assert box.get_attribute("role") == "combobox"
    assert box.get_attribute("aria-expanded") == "true"
    assert box.get_attribute("aria-controls") == "goi-y"
    page.keyboard.press("ArrowDown")
    chosen = page.locator("#goi-y [aria-selected=true]")
    assert chosen.count() == 1
    assert box.get_attribute("aria-activedescendant") == chosen.get_attribute("id")
    page.keyboard.press("ArrowUp")
    assert page.locator("#goi-y [aria-selected=true]").count() == 0
    page.keyboard.press("Escape")
    assert page.is_hidden("#goi-y")
    assert box.get_attribute("aria-expanded") == "false"
    page.keyboard.type("o", delay=30)
    page.wait_for_selector("#goi-y li")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("/(huong-dan|tin-tuc|kiem-chung)/"))


def test_what_was_asked_is_marked_with_its_own_marks(page: Any) -> None:
    page.goto(f"{PAGE}?q=sot cao")
    assert results(page)[0] == "Chăm sóc người sốt tại nhà"
    marks = page.locator("#ket-qua li:first-child mark").all_inner_texts()
    assert "sốt" in marks
    assert "cao" in marks


def test_filters_by_kind(page: Any) -> None:
    page.goto(f"{PAGE}?q=nước&loai=misinformation")
    results(page)
    kinds = set(page.locator("#ket-qua .row-meta span:first-child").all_inner_texts())
    assert kinds == {"Kiểm chứng tin đồn"}
    assert page.input_value("select[name=loai]") == "misinformation"


def test_filters_by_place(page: Any) -> None:
    page.goto(f"{PAGE}?q=nước&noi={COMMUNE.code}")
    assert results(page) == ["Chăm sóc người sốt tại nhà"]
    assert page.input_value("select[name=noi]") == COMMUNE.code
    page.select_option("select[name=noi]", "")
    page.wait_for_selector("#ket-qua li:nth-child(2)")


def test_a_place_is_found_by_its_name(page: Any) -> None:
    page.goto(f"{PAGE}?q={COMMUNE.name}")
    assert results(page)[0] == "Chăm sóc người sốt tại nhà"


def test_a_mistyped_word_is_asked_back(page: Any) -> None:
    page.goto(f"{PAGE}?q=nước chnah")
    results(page)
    link = page.locator("#y-ban a")
    assert link.inner_text() == "nước chanh"
    link.click()
    page.wait_for_timeout(300)
    assert page.input_value("#q") == "nước chanh"


def test_a_word_that_the_first_answers_spell_is_not_asked_back(page: Any) -> None:
    """In a long question a word may stand in no pair of the index, and still be spelled right."""
    page.goto(f"{PAGE}?q=goi 7777 hoi gi loi vao nha o dau")
    assert results(page)[0] == "Hỏi gì khi gọi trực đêm, lối vào nhà ở đâu"
    assert page.locator("#y-ban a").count() == 0


@pytest.mark.parametrize(
    "typed",
    [
        "x",
        "zzzzqqq",
        "😀😀",
        "?!…",
        "<script>alert(1)</script>",
        ".*(a+)+$",
        "中文查询",
        "\x00\x01",
        "a" * 10_000,
        "'; --",
    ],
)
def test_bad_input_gets_a_calm_answer(page: Any, typed: str) -> None:
    page.goto(PAGE)
    page.evaluate("(text) => { document.getElementById('q').value = text; }", typed)
    page.evaluate("document.getElementById('tim').requestSubmit()")
    assert settled(page).startswith(("Tìm thấy", "Chưa tìm thấy"))
    assert page.locator("script:not([src]):not([type='application/json'])").count() == 0


def test_an_empty_query_shows_the_index(page: Any) -> None:
    page.goto(f"{PAGE}?q=++")
    page.wait_for_timeout(300)
    assert page.is_visible("#muc-luc")
    assert page.is_hidden("#ket-qua")


def test_nothing_found_shows_whom_to_call(page: Any) -> None:
    page.goto(f"{PAGE}?q=zzzzqqq")
    settled(page)
    assert page.is_visible("#khong-thay")
    assert page.locator("#khong-thay a[href^='tel:']").count() >= 1


def test_a_republished_site_is_asked_again(page: Any, output: Path) -> None:
    page.goto(PAGE)
    page.fill("#q", "bão")
    page.keyboard.press("Enter")
    results(page)
    once = {"left": 1}

    def stale(route: Any) -> None:
        if once["left"]:
            once["left"] = 0
            route.fulfill(status=200, body=b"\x03\x00")  # an empty leaf: cut short
        else:
            route.fallback()

    page.route(re.compile(r"/tim-kiem/i/"), stale)
    page.fill("#q", "mưa lớn")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("q=m"))
    assert settled(page).startswith("Tìm thấy")
    assert once["left"] == 0


def test_half_a_manifest_is_asked_for_again(page: Any) -> None:
    once = {"left": 1}

    def cut(route: Any) -> None:
        if once["left"]:
            once["left"] = 0
            route.fulfill(status=200, body='{"count": 7')
        else:
            route.fallback()

    page.route(re.compile(r"/tim-kiem/now\.json"), cut)
    page.goto(f"{PAGE}?q=mưa lớn")
    assert settled(page).startswith("Tìm thấy")
    assert once["left"] == 0


def test_a_page_that_is_older_than_the_index_reads_the_new_base(page: Any, output: Path) -> None:
    old = (output / "tim-kiem/index.html").read_text(encoding="utf-8")
    old = re.sub(r'"version":"[^"]+"', '"version":"1-1"', old)
    page.route(re.compile(r"/tim-kiem/\?q="), lambda route: route.fulfill(body=old))
    with page.expect_request(re.compile("/tim-kiem/base.json")):
        page.goto(f"{PAGE}?q=mưa lớn")
    assert settled(page).startswith("Tìm thấy")


def test_without_the_vocabulary_the_other_words_are_still_found(page: Any) -> None:
    page.route(re.compile(r"/tim-kiem/words"), lambda route: route.abort())
    page.goto(f"{PAGE}?q=nước chanh zzqq")
    assert results(page)[0] == "Nước chanh không chữa COVID-19"


def test_an_index_that_is_gone_is_said_so(page: Any) -> None:
    page.route(re.compile(r"/tim-kiem/.*\.(bin|json)"), lambda route: route.fulfill(status=404))
    page.goto(f"{PAGE}?q=bão")
    assert settled(page).startswith("Chưa tải được")
    assert page.is_visible("#muc-luc")
    assert page.is_visible("#khong-thay")


def test_what_was_found_once_is_found_offline(page: Any) -> None:
    page.goto(f"{PAGE}?q=sốt cao")
    page.wait_for_load_state("networkidle")  # the first results stand before the others
    first = results(page)
    page.route(re.compile(r"/tim-kiem/.*\.(bin|json)"), lambda route: route.abort())
    page.reload()
    page.wait_for_load_state("networkidle")
    assert results(page) == first


def test_what_was_kept_is_shown_at_once_and_then_brought_up_to_date(
    page: Any, output: Path
) -> None:
    now = json.loads((output / "tim-kiem/now.json").read_text())
    told = zlib.decompress(base64.b64decode(now["first"]), -15).decode("cp1258")
    newest = json.loads(unicodedata.normalize("NFC", told))
    card = newest[0][0][0]
    page.goto(f"{PAGE}?q={card[1]}")
    assert card[1] in results(page)
    card[1] += " (tin mới nhất)"
    packed = packed_text(json.dumps(newest, ensure_ascii=False))
    now |= {"fresh": "khac", "first": base64.b64encode(packed).decode()}
    page.route(re.compile(r"/tim-kiem/now\.json"), lambda route: route.fulfill(json=now))
    page.reload()
    page.locator("#ket-qua h2", has_text="(tin mới nhất)").wait_for()


def test_the_address_asks_for_its_leaves_before_the_page_has_its_script(page: Any) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(urlsplit(request.url).path))
    held: list[Any] = []
    page.route(re.compile(r"/search/page\.js"), lambda route: held.append(route))
    with page.expect_request(re.compile(r"/tim-kiem/i/\d+\.bin")):
        page.goto(f"{PAGE}?q=sốt cao", wait_until="commit")
    while not held:
        page.wait_for_timeout(20)
    held[0].fallback()
    assert results(page)
    for name in ("start.js", "page.js"):
        assert len([path for path in asked if path.endswith(f"/search/{name}")]) == 1
    leaves = [path for path in asked if "/tim-kiem/i/" in path]
    assert sorted(leaves) == sorted(set(leaves))


def test_leaves_that_came_early_from_an_older_index_are_asked_for_anew(page: Any) -> None:
    old: list[str] = []

    def truncated(route: Any) -> None:
        if route.request.url in old:
            route.fallback()
        else:
            old.append(route.request.url)
            route.fulfill(body=b"x")

    page.route(re.compile(r"/tim-kiem/i/\d+\.bin"), truncated)
    page.goto(f"{PAGE}?q=sốt cao")
    assert results(page)
    assert old


def test_an_old_article_shows_the_piece_that_says_it(page: Any) -> None:
    page.goto(f"{PAGE}?q=đê bá mộng")
    assert results(page)[0] == "Nước sông lên"
    page.wait_for_selector("#ket-qua li:first-child p mark")
    said = page.inner_text("#ket-qua li:first-child p:not(.row-meta)")
    assert "nước dâng tới chân đê Bá Mộng, bà con" in said
    marks = page.locator("#ket-qua li:first-child p mark").all_inner_texts()
    assert marks == ["đê", "Bá", "Mộng"]


def test_a_page_leads_to_what_is_related(page: Any) -> None:
    page.goto(f"{PAGE}?q=khẩu trang")
    results(page)
    page.click("#ket-qua li:first-child a")
    page.wait_for_url(re.compile("/(huong-dan|tin-tuc|kiem-chung)/"))
    page.locator("#lien-quan").evaluate("place => place.scrollIntoView()")
    page.wait_for_selector("#lien-quan li a")
    assert page.is_visible("#lien-quan h2")
    links = page.locator("#lien-quan a").evaluate_all("all => all.map((a) => a.pathname)")
    assert 0 < len(links) <= 5
    assert len(set(links)) == len(links)
    assert page.evaluate("location.pathname") not in links


def test_what_is_related_costs_nothing_before_it_is_reached(page: Any) -> None:
    page.set_viewport_size({"width": 360, "height": 200})
    page.goto(f"{ORIGIN}/huong-dan/bai-00071/")
    page.wait_for_timeout(300)
    assert not [path for path in page.context.sent if path.startswith("/tim-kiem/")]
    with page.expect_request(re.compile("/tim-kiem/base.json")):
        page.keyboard.press("End")


def test_a_repeated_question_costs_no_shard(page: Any) -> None:
    page.goto(f"{PAGE}?q=sốt cao")
    results(page)
    before = {name for name in page.context.sent if name.endswith(".bin")}
    count = {name: page.context.sent[name] for name in before}
    page.fill("#q", "cao sốt")
    page.fill("#q", "sốt cao")
    page.keyboard.press("Enter")
    page.wait_for_timeout(400)
    assert {name: page.context.sent[name] for name in before} == count


def test_without_javascript_the_index_finds_things(browser: Any, output: Path) -> None:
    context = browser.new_context(java_script_enabled=False)
    serve(context, output)
    page = context.new_page()
    page.goto(f"{ORIGIN}/")
    page.fill("#q", "chanh")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("/tim-kiem/"))
    page.click(".letters a:text-is('N')")
    page.click("text=Nước chanh không chữa COVID-19")
    assert page.inner_text("h1") == "Nước chanh không chữa COVID-19"
    context.close()


def test_every_letter_has_a_page_and_browsers_may_add_the_engine(output: Path) -> None:
    page = (output / "tim-kiem/index.html").read_text(encoding="utf-8")
    letters = re.findall(r'href="(/tim-kiem/a-z/[^"]+)"', page)
    assert len(letters) > 20
    for address in letters:
        assert (output / address.strip("/") / "index.html").is_file()
    engine = (output / "opensearch.xml").read_text(encoding="utf-8")
    assert "http://localhost/tim-kiem/?q={searchTerms}" in engine
    written = sum(1 for _ in (output.parent / "content").rglob("*.md"))
    assert written > 70
    assert json.loads((output / "tim-kiem/now.json").read_text())["count"] == written
