"""Promises that every page keeps: frame, order, links, weight."""

import gzip
import itertools
import json
import re
import subprocess
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from bs4 import Tag

from tests.theme.links import dead, soup

TYPICAL = ("index.html", "kiem-chung/dap-khong-vo/index.html", "huong-dan/khi-nuoc-len/index.html")


def pages(sample: Path) -> list[Path]:
    framed = sample / "embed"  # held to promises of their own: tests/test_widgets.py
    every = (path for path in sorted(sample.rglob("*.html")) if framed not in path.parents)
    found = [path for path in every if soup(path).find("main")]
    assert len(found) > 60
    return found


def text(tag: Tag | None) -> str:
    assert tag is not None
    return " ".join(tag.get_text(" ").split())


def test_every_page_says_its_language_title_and_one_heading(sample: Path) -> None:
    for path in pages(sample):
        page = soup(path)
        assert page.html is not None
        assert page.html["lang"] in ("vi", "en", "km"), path
        assert text(page.title), path
        assert len(page.find_all("h1")) == 1, path


def test_headings_never_skip_a_level(sample: Path) -> None:
    for path in pages(sample):
        levels = [int(tag.name[1]) for tag in soup(path).find_all(re.compile("^h[1-6]$"))]
        steps = [(a, b) for a, b in itertools.pairwise(levels) if b > a + 1]
        assert levels[0] == 1, path
        assert not steps, f"{path}: {levels}"


def test_hotlines_come_first_and_in_one_order(sample: Path) -> None:
    wanted = ["tel:115", "tel:114", "tel:113", "tel:02761022"]
    for path in pages(sample):
        links = [str(tag["href"]) for tag in soup(path).select("a[href^='tel:']")]
        assert links[:4] == wanted, path


def test_no_page_runs_or_styles_inline_or_calls_a_stranger(sample: Path) -> None:
    for path in pages(sample):
        page = soup(path)
        assert not page.select("style, [style]"), path
        inline = [tag for tag in page.find_all("script") if not tag.get("src")]
        data = {"application/ld+json", "application/json"}  # read, never run
        assert all(tag.get("type") in data for tag in inline), path
        handlers = [
            tag for tag in page.find_all(True) if any(a.startswith("on") for a in tag.attrs)
        ]
        assert not handlers, path
        fetched = [tag.get("src") or "" for tag in page.select("[src]")]
        fetched += [tag["href"] for tag in page.select("link[rel=stylesheet], link[rel=icon]")]
        assert fetched, path
        assert all(not urlsplit(str(address)).netloc for address in fetched), path
        policy = page.select_one("meta[http-equiv=Content-Security-Policy]")
        assert policy is not None
        assert "unsafe" not in str(policy["content"]), path


def test_links_within_the_site_lead_somewhere(sample: Path) -> None:
    followed, wrong = dead(sample, "https://mau.example.vn", pages(sample))
    assert followed > 3000
    assert wrong == []


def test_a_table_in_a_text_scrolls_by_finger_and_keyboard(sample: Path) -> None:
    table = soup(sample / "tin-tuc/tieu-de-rat-dai/index.html").select_one(".prose table")
    assert table is not None
    assert table.parent is not None
    assert table.parent["class"] == ["scroll"]
    assert table.parent["tabindex"] == "0"


def test_ids_are_unique(sample: Path) -> None:
    for path in pages(sample):
        ids = [str(tag["id"]) for tag in soup(path).select("[id]")]
        assert len(ids) == len(set(ids)), path


@pytest.mark.parametrize("name", TYPICAL)
def test_home_and_documents_are_light(sample: Path, name: str) -> None:
    html, css = (sample / name).read_bytes(), (sample / "theme/site.css").read_bytes()
    assert len(html) + len(css) <= 50_000
    assert len(gzip.compress(html)) + len(gzip.compress(css)) <= 14_000


def test_scripts_of_the_frame_are_small(sample: Path) -> None:
    scripts = list((sample / "theme").glob("*.js"))
    assert scripts
    assert sum(len(gzip.compress(path.read_bytes())) for path in scripts) <= 15_000


def test_a_debunk_says_fact_then_warning_then_claim_then_fact(sample: Path) -> None:
    page = soup(sample / "kiem-chung/dap-khong-vo/index.html")
    assert "vỡ" in text(page.h1)
    assert "không" in text(page.h1)
    parts = page.select("article h2, article .warn")
    said = [text(part) for part in parts[:5]]
    assert said[0] == "Sự thật"
    assert said[1].startswith("Cảnh báo:")
    assert said[2] == "Điều được lan truyền"
    assert said[3] == "Vì sao không đúng"
    assert said[4] == "Xin nhớ và nói lại điều này"
    facts = [text(tag) for tag in page.select(".b-fact p")]
    assert len(facts) == 2
    assert facts[0] == facts[1]
    assert "Sai sự thật" in text(page.select_one(".b-claim .verdict"))
    article = text(page.article)
    for words in (
        "Thông báo xả nước số 12",
        "Ban Chỉ huy",
        "Sửa giờ xả nước",
        "21:10 ngày 28/10/2025",
    ):
        assert words in article


def test_a_rumour_under_check_has_no_verdict_and_says_so(sample: Path) -> None:
    page = soup(sample / "kiem-chung/nuoc-uong/index.html")
    assert "Đang xác minh" in text(page.select_one(".b-wait h2"))
    assert not page.select(".b-fact")
    assert "khi chưa có kết luận" in text(page.select_one(".warn"))


def test_the_rumour_is_never_a_title_or_description(sample: Path) -> None:
    swept = 0
    for path in sorted((sample / "kiem-chung").glob("*/index.html")):
        page = soup(path)
        quote = page.select_one(".b-claim blockquote")
        if quote is None:
            continue
        swept += 1
        assert page.head is not None
        for tag in page.head.select("meta[content], title"):
            assert text(quote) not in (tag.get("content") or text(tag)), path
    assert swept >= 5


def test_a_verdict_in_a_list_says_that_it_judges_the_rumour(sample: Path) -> None:
    found = soup(sample / "kiem-chung/index.html").select(".verdict")
    assert len(found) >= 5
    assert all(text(tag).startswith("Tin lan truyền:") for tag in found)


def test_a_retired_app_offers_its_successor_and_no_store(sample: Path) -> None:
    page = soup(sample / "huong-dan/ung-dung-cu/index.html")
    notice = page.select_one(".n-stop")
    assert "đã ngừng từ 1/1/2025" in text(notice)
    assert notice is not None
    assert notice.a is not None
    assert notice.a["href"] == "/huong-dan/cai-ung-dung/"
    assert not page.select(".stores")


def test_a_guide_says_for_which_stage_it_is_in_its_list_too(sample: Path) -> None:
    said = "Việc cần làm khi đang xảy ra"
    assert said in text(soup(sample / "huong-dan/khi-nuoc-len/index.html").article)
    assert said in text(soup(sample / "huong-dan/index.html").main)


def test_guides_stand_by_hazard_and_stage(sample: Path) -> None:
    links = soup(sample / "huong-dan/index.html").select(".hazards tbody a")
    assert [text(tag) for tag in links] == ["Lũ, lụt", "Làm ngay"]
    assert [str(tag["href"]) for tag in links] == [
        "/huong-dan/tinh-huong-lu-lut/",
        "/huong-dan/tinh-huong-lu-lut/trong/",
    ]
    hazard = soup(sample / "huong-dan/tinh-huong-lu-lut/index.html")
    assert [text(tag) for tag in hazard.select("main h2")] == ["Việc cần làm khi đang xảy ra"]
    stage = soup(sample / "huong-dan/tinh-huong-lu-lut/trong/index.html")
    assert text(stage.h1) == "Lũ, lụt: Việc cần làm khi đang xảy ra"
    assert [text(tag) for tag in stage.select(".crumbs a")] == ["Trang chủ", "Hướng dẫn", "Lũ, lụt"]
    assert [text(tag) for tag in stage.select(".row-title")] == ["Khi nước đang lên"]
    own = soup(sample / "huong-dan/khi-nuoc-len/index.html").select_one("article .by a")
    assert own is not None
    assert own["href"] == "/huong-dan/tinh-huong-lu-lut/"


def test_the_official_channels_name_who_published_them(sample: Path) -> None:
    for lang in ("", "en/", "km/"):
        page = soup(sample / f"{lang}kenh-chinh-thuc/index.html")
        assert page.main is not None
        numbers = [str(tag["href"]) for tag in page.main.select("a[href^='tel:']")]
        assert numbers == ["tel:115", "tel:114", "tel:113", "tel:02761022"]
        assert page.main.select("a[href='https://zalo.me/0000000000000000000']")
        assert len(page.select("head link[hreflang]")) == 4
    said = text(soup(sample / "kenh-chinh-thuc/index.html").main)
    assert "Đã công bố tại: Quyết định mẫu số 1, 1/10/2025" in said


def test_news_names_its_source_and_links_to_the_original(sample: Path) -> None:
    page = soup(sample / "tin-tuc/mua-lon-dem-nay/index.html")
    assert "Báo Mẫu" in text(page.select_one(".by"))
    link = page.select_one("a.button")
    assert link is not None
    assert link["href"] == "https://bao.mau.example.vn/mua-lon-dem-nay"
    assert text(link) == "Đọc bài gốc trên Báo Mẫu"


def test_what_may_go_stale_says_so_in_the_browser(sample: Path) -> None:
    page = soup(sample / "huong-dan/khi-nuoc-len/index.html")
    notice = page.select_one("[data-from]")
    assert notice is not None
    assert notice["data-from"] == "2025-11-01T00:00:00+07:00"
    assert notice.has_attr("hidden")


def test_figures_say_in_the_browser_that_nothing_newer_came(sample: Path) -> None:
    page = soup(sample / "so-lieu/benh-cum/index.html")
    notice = page.select_one("[data-from]")
    assert notice is not None
    assert notice.has_attr("hidden")
    assert "chưa có gì mới hơn" in text(notice)
    assert "Số liệu tính đến" in text(page.select_one(".by"))


def test_home_gives_advice_before_anything_else(sample: Path) -> None:
    page = soup(sample / "index.html")
    assert page.main is not None
    said = [text(tag) for tag in page.main.find_all("h2")]
    assert said[:4] == ["Việc cần làm ngay", "Kiểm chứng tin đồn", "Tin chính thống", "Số liệu"]
    calls = text(page.select_one(".calls"))
    assert "7 giờ đến 22 giờ như gọi số cố định" in calls
    assert "Miễn cước đến 31/12/2030" in calls


def test_archive_pages_chain_from_newest_to_oldest(sample: Path) -> None:
    seen: list[str] = []
    address: str | None = "/tin-tuc/"
    while address:
        page = soup(sample / address.strip("/") / "index.html")
        seen += [str(tag["href"]) for tag in page.select(".row-title a")]
        older = page.select_one(".pager a[rel=next]")
        address = str(older["href"]) if older else None
    assert len(seen) == len(set(seen)) == 47


def test_an_empty_list_stands_and_leads_to_the_vietnamese_one(sample: Path) -> None:
    page = soup(sample / "en/tin-tuc/index.html")
    assert page.main is not None
    assert page.main.select_one("a[hreflang=vi][href='/tin-tuc/']")


def test_translations_name_each_other(sample: Path) -> None:
    names = ("huong-dan/khi-nuoc-len", "en/huong-dan/khi-nuoc-len", "km/huong-dan/khi-nuoc-len")
    twins = [
        {
            str(tag["hreflang"]): str(tag["href"])
            for tag in soup(sample / n / "index.html").select("head link[hreflang]")
        }
        for n in names
    ]
    assert twins[0] == twins[1] == twins[2]
    assert set(twins[0]) == {"vi", "en", "km", "x-default"}


def test_the_html_is_valid(sample: Path, html_validate: Path, tmp_path: Path) -> None:
    files = [str(path) for path in pages(sample)]
    broken = tmp_path / "broken.html"
    broken.write_text("<p><div></p>")
    command = [str(html_validate), "-c", str(Path(__file__).with_name(".htmlvalidate.json"))]
    found = json.loads(_run([*command, "-f", "json", *files, str(broken)]))
    said = {entry["filePath"]: entry["messages"] for entry in found}
    assert said.pop(str(broken)), "the checker checks nothing"
    assert said == {}


def _run(command: list[str]) -> str:
    return subprocess.run(command, capture_output=True, text=True, check=False).stdout
