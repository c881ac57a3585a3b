"""Agencies without a feed: list pages, sitemaps, and articles that say what a list leaves out."""

import gzip
import json
from pathlib import Path

import pytest

from fetchers.formats import Page, Unreadable
from fetchers.formats.article import read_article
from model.problem import Problems
from model.source import read_source

ARTICLE = """<!doctype html><html lang="vi"><head><meta charset="utf-8">
<meta property="og:title" content="Bài {n} | Sở A"><meta property="og:site_name" content="Sở A">
<meta property="article:published_time" content="2026-10-0{n}T08:00:00+07:00">
</head><body><nav><p>{nav}</p></nav><h1>Bài {n}</h1><p>Ảnh</p>
<p>Đoạn đầu của bài {n} nói điều chính mà người đọc cần biết về việc này trong tỉnh.</p>
<script>alert(1)</script></body></html>"""
LIST = """<html><body><ul>{rows}</ul><a class="next" href="/tin?trang=2">Sau</a></body></html>"""


def article(number: int) -> bytes:
    return ARTICLE.format(n=number, nav="Trang chủ " * 20).encode()


def listed(*numbers: int, more: str = "") -> bytes:
    rows = "".join(f'<li class="tin"><a href="/bai-{n}">Bài {n}</a></li>' for n in numbers)
    return LIST.format(rows=rows + more).encode()


def page(data: bytes, url: str = "https://a.example.vn/bai", kind: str = "") -> Page:
    values = {"name": "A", "url": "https://a.example.vn/", "format": "rss"}
    return Page(url, kind, data, read_source("a", values))


def html_news(desk, **more: object):
    options = {"links": "li.tin a", "next": "a.next"} | more
    source = desk.source(url="https://a.example.vn/tin", format="html-news", options=options)
    desk.web.put(source.url, listed(1, 2))
    desk.web.put("https://a.example.vn/tin?trang=2", listed(3))
    for number in range(1, 10):
        desk.web.put(f"https://a.example.vn/bai-{number}", article(number))
    return source


def asked(desk) -> list[str]:
    return [request.url.rsplit("/", 1)[-1] for request in desk.web.asked]


def test_a_list_page_and_its_articles(desk) -> None:
    html_news(desk)
    (outcome,) = desk.run()
    assert outcome.counts == {"new": 3}, outcome
    documents = sorted(desk.documents().values(), key=lambda loaded: loaded.document.title)
    first = documents[0].document
    assert first.title == "Bài 1"
    assert first.summary.startswith("Đoạn đầu của bài 1")
    assert first.date.isoformat() == "2026-10-01T08:00:00+07:00"
    assert str(first.link) == "https://a.example.vn/bai-1"


def test_articles_are_asked_once_and_again_when_their_entry_changes(desk) -> None:
    source = html_news(desk)
    desk.run()
    before, count = desk.snapshot(), len(desk.web.asked)
    desk.web.put(source.url, listed(1, 2, more="<!-- xem: 17 -->"))
    assert desk.run()[0].counts == {"unchanged": 3}
    assert desk.snapshot() == before
    assert asked(desk)[count:] == ["tin", "tin?trang=2"]
    desk.web.put(source.url, listed(1, 2, 4))
    assert desk.run()[0].counts == {"unchanged": 3, "new": 1}
    assert asked(desk)[-1] == "bai-4"


def test_what_is_over_the_limit_comes_next_time(desk) -> None:
    html_news(desk)
    desk.source(
        url="https://a.example.vn/tin",
        format="html-news",
        options={"links": "li.tin a"},
        limits={"details": 1},
    )
    desk.web.put("https://a.example.vn/tin", listed(1, 2, 3), etag='"a"')
    for turn in range(3):
        (outcome,) = desk.run()
        assert outcome.counts.get("new") == 1, (turn, outcome)
    assert desk.run()[0].result == "unmodified"
    assert len(desk.documents()) == 3


def test_an_article_that_cannot_be_had_is_said_and_tried_again(desk) -> None:
    html_news(desk)
    good = desk.web.answers["https://a.example.vn/bai-2"]
    desk.web.put("https://a.example.vn/bai-2", b"", 404)
    (outcome,) = desk.run()
    assert outcome.counts == {"new": 2}
    assert "1 trang bài không tải được" in str(outcome)
    desk.web.answers["https://a.example.vn/bai-2"] = good
    assert desk.run()[0].counts == {"unchanged": 2, "new": 1}


def test_a_list_page_whose_lay_out_changed_fails_loudly(desk) -> None:
    source = html_news(desk)
    desk.run()
    before = desk.snapshot()
    desk.web.put(source.url, b"<html><body><div>Moi</div></body></html>")
    (outcome,) = desk.run()
    assert outcome.failed
    assert "không thấy liên kết nào" in outcome.reason
    assert desk.snapshot() == before


def test_selectors_and_patterns_are_checked_before_a_run() -> None:
    block = {"name": "A", "url": "https://a.example.vn/", "format": "html-news", "options": {}}
    with pytest.raises(Problems, match=r"a\.options\.links"):
        read_source("a", block)
    block |= {"format": "sitemap", "options": {"match": "("}}
    with pytest.raises(Problems, match="biểu thức chính quy"):
        read_source("a", block)


NEWS_MAP = """<?xml version="1.0" encoding="UTF-8"?>
<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"
 xmlns:news="http://www.google.com/schemas/sitemap-news/0.9">{rows}</urlset>"""
ENTRY = """<url><loc>https://a.example.vn/bai-{n}</loc><news:news><news:publication><news:name>A
</news:name><news:language>vi</news:language></news:publication><news:publication_date>
2026-10-0{n}T09:00:00+07:00</news:publication_date><news:title>Tin {n} ở tỉnh</news:title>
</news:news></url>"""


def test_an_index_of_sitemaps_leads_to_news(desk) -> None:
    source = desk.source(
        url="https://a.example.vn/sitemap.xml",
        format="sitemap",
        options={"match": "/bai-"},
        expect=[1, 9],
    )
    index = "".join(
        f"<sitemap><loc>https://a.example.vn/{name}.xml</loc><lastmod>2026-10-01</lastmod></sitemap>"
        for name in ("tin", "cu")
    )
    desk.web.put(source.url, f"<sitemapindex>{index}</sitemapindex>".encode())
    rows = ENTRY.format(n=1) + ENTRY.format(n=2)
    desk.web.put("https://a.example.vn/tin.xml", NEWS_MAP.format(rows=rows).encode())
    old = "<url><loc>https://a.example.vn/bai-3</loc><lastmod>2026-10-02</lastmod></url>"
    other = "<url><loc>https://a.example.vn/lien-he</loc><lastmod>2026-10-02</lastmod></url>"
    desk.web.put("https://a.example.vn/cu.xml", f"<urlset>{old}{other}</urlset>".encode())
    for number in range(1, 4):
        desk.web.put(f"https://a.example.vn/bai-{number}", article(number))
    (outcome,) = desk.run()
    assert outcome.counts == {"new": 3}, outcome
    dates = {d.document.title: d.document.date.isoformat() for d in desk.documents().values()}
    assert dates == {
        "Tin 1 ở tỉnh": "2026-10-01T09:00:00+07:00",
        "Tin 2 ở tỉnh": "2026-10-02T09:00:00+07:00",
        "Bài 3": "2026-10-03T08:00:00+07:00",
    }
    before = desk.snapshot()
    desk.run(stateless=True)
    assert desk.snapshot() == before


def test_a_feed_without_summaries_may_ask_the_articles(desk, feed) -> None:
    source = desk.source(options={"article": "true"})
    items = (
        {"title": "Có lời dẫn", "link": "https://a.example.vn/bai-1", "description": "Sẵn có"},
        {"title": "Không lời dẫn", "link": "https://a.example.vn/bai-2"},
    )
    desk.web.put(source.url, feed(*items))
    desk.web.put("https://a.example.vn/bai-2", article(2))
    (outcome,) = desk.run()
    assert outcome.counts == {"new": 2}
    summaries = {d.document.title: d.document.summary for d in desk.documents().values()}
    assert summaries["Có lời dẫn"] == "Sẵn có"
    assert summaries["Không lời dẫn"].startswith("Đoạn đầu của bài 2")
    assert asked(desk).count("bai-1") == 0


def test_linked_data_is_read_wherever_it_stands_and_however_broken() -> None:
    facts = {"@type": "NewsArticle", "headline": "Tiêu đề", "datePublished": "2026-10-01T08:00:00Z"}
    for value in (facts, [facts], {"@graph": [{"@type": "WebSite"}, facts]}):
        script = json.dumps(value).replace("Ti", "Ti\t")
        html = f'<script type="application/ld+json">{script};</script><p>x</p>'
        found = read_article(page(html.encode()))
        assert found["title"] == "Ti êu đề"
        assert found["published"] == "2026-10-01T08:00:00Z"
    broken = read_article(page(b'<script type="application/ld+json">{"a":</script><h1>Tin</h1>'))
    assert broken["title"] == "Tin"


@pytest.mark.parametrize(
    "data", [b"", b"   ", b"\0\0", b"<div>" * 200_000, b"<!--" * 1000, bytes(range(256)) * 50]
)
def test_pages_that_are_none_say_little_or_are_refused(data: bytes) -> None:
    try:
        found = read_article(page(data))
    except Unreadable:
        assert data.count(b"<") > 1000
    else:
        assert set(found) <= {"title", "summary", "published", "image", "language"}


@pytest.mark.parametrize("charset", ["utf-8", "utf-16", "windows-1258"])
def test_the_charset_is_heard(charset: str) -> None:
    text = "<html><body><h1>Công văn số 12</h1></body></html>"
    if charset == "windows-1258":  # has o with horn and marks apart, as its users typed them
        text = text.replace("ố", "ô\u0301")
    found = read_article(page(text.encode(charset), kind=f"text/html; charset={charset}"))
    assert found["title"].startswith("Công văn s")


@pytest.mark.real
def test_a_captured_article_agrees_with_its_answer_key(real_data: Path) -> None:
    folder = real_data / "pages"
    data = gzip.decompress((folder / "vnexpress_article_2025-10-22.html.gz").read_bytes())
    key = json.loads((folder / "vnexpress_article_2025-10-22.expected.json").read_text())["V1"]
    found = read_article(page(data))
    assert found["title"] == key["title"]
    assert found["summary"].startswith(key["body"]["summary"][0])
    assert found["published"].startswith("2025-10-22")


@pytest.mark.real
def test_the_captured_ministry_article_says_title_date_and_lead(real_data: Path) -> None:
    path = real_data / "pages" / "moh_ncov_2021-05-22_article.html.gz"
    found = read_article(page(gzip.decompress(path.read_bytes())))
    wanted = "Những chỉ đạo “nóng” trong phòng, chống dịch COVID-19 trong tuần qua"
    assert found["title"] == wanted
    assert found["published"] == "(Thứ bảy, 22/05/2021 11:38)"
    assert "một loạt các chỉ đạo" in found["summary"]


CAPTURED_LISTS = {
    "moh_ncov_2021-05-24_tin-tuc.html.gz": ("a.text-tletin", 4),
    "moh_ncov_2021-05-24_khuyen-cao.html.gz": (".portlet-body h2.mt-3 a, a.text-tletin", 3),
    "sotttt.hanoi_2022-08-27_phong-chong-dich-benh-covid-19.html.gz": ("h3.asset-title a", 20),
}


@pytest.mark.real
@pytest.mark.parametrize("name", CAPTURED_LISTS)
def test_captured_list_pages_give_their_entries(real_data: Path, desk, name: str) -> None:
    selector, least = CAPTURED_LISTS[name]
    data = gzip.decompress((real_data / "pages" / name).read_bytes())
    source = desk.source(
        url="https://so.example.vn/tin", format="html-news", options={"links": selector}
    )
    desk.web.put(source.url, data)
    from fetchers.formats.html_news import parse

    found = parse(Page(source.url, "text/html", data, source)).items
    assert len(found) >= least
    assert all(item["link"].startswith("http") for item in found)
    for item in found:
        desk.web.put(item["link"], article(1).replace("Bài 1".encode(), item["listed"].encode()))
    (outcome,) = desk.run()
    assert outcome.counts.get("new", 0) + outcome.counts.get("repeated", 0) == len(found), outcome
