"""What an item may say: nothing of it becomes active, nothing of it breaks a file, none is lost."""

from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fetchers.cleaning.html import title_text, to_text
from fetchers.cleaning.links import clean_link
from fetchers.formats import Page
from fetchers.formats.rss import parse
from fetchers.normalise.news import drafts
from model.check.site import check_site
from model.markup import Converter, markdown_settings
from model.source import read_source

TITLES = [
    "<script>alert(1)</script>Tin",
    "&lt;script&gt;alert(1)&lt;/script&gt;Tin",
    "<![CDATA[<img src=x onerror=alert(1)>Tin]]>",
    "---\nstatus: draft\n---\nTin",
    "{{ 7 * 7 }} {% include '/etc/passwd' %} Tin",
    "# Tin [a](javascript:alert(1)) ![x](http://evil.example/x.png)",
    "title: 'x' \"y\" &amp;amp; &amp;#x27;",
    "! &amp;anchor *alias %tag @at `tick`",
    "Tin \u202etxet\u202c \u2066x\u2069 \x85 \ufeff",
    "../../../../etc/passwd",
    "CON",
    "x" * 5000,
    "Tin " + "\u0301" * 200,
    "{static}/x |filename|/y",
    "<<<<<<< HEAD",
    "null",
    "0276.1022",
    "yes",
    "2021-08-28",
    "- a",
    "? b: c",
]
LINKS = [
    "javascript:alert(1)",
    "JaVaScRiPt:alert(1)",
    " java\tscript:alert(1)",
    "data:text/html,<script>alert(1)</script>",
    "vbscript:x",
    "file:///etc/passwd",
    "//",
    "http://",
    "http://[::1",
    "https://a.example.vn:99999/",
    "",
]


def test_hostile_titles_stay_text(desk, feed) -> None:
    items = [
        {"title": title.replace("\x85", ""), "link": f"https://a.example.vn/bai-{n + 1000001}.html"}
        for n, title in enumerate(TITLES)
    ]
    source = desk.source()
    desk.web.put(source.url, feed(*items))
    (outcome,) = desk.run()
    assert outcome.counts == {"new": len(TITLES)}, outcome
    documents = desk.documents()
    assert len(documents) == len(TITLES)
    for file, loaded in documents.items():
        assert file.startswith("content/news/2026/")
        assert len(file) < 120
        assert loaded.document.status == "published"
        assert "<script" not in loaded.document.title
        assert "<img" not in loaded.document.title
        assert not loaded.body
    kept = {loaded.document.title for loaded in documents.values()}
    assert {"null", "0276.1022", "yes", "2021-08-28", "- a", "{{ 7 * 7 }}"[:2]} - kept == {"{{"}


def test_links_that_lead_nowhere_are_dropped_and_said_the_items_stay(desk, feed) -> None:
    items = [{"title": f"Tin {n}", "link": f"<![CDATA[{link}]]>"} for n, link in enumerate(LINKS)]
    source = desk.source()
    desk.web.put(source.url, feed(*items))
    (outcome,) = desk.run()
    assert outcome.counts == {"new": len(LINKS)}
    assert f"{len(LINKS) - 1} địa chỉ không dùng được" in str(outcome)
    assert not any(loaded.document.link for loaded in desk.documents().values())


def test_impossible_dates_are_dropped_and_said_the_items_stay(desk, feed) -> None:
    first, last = "Thu, 01 Jan 1970 00:00:00 GMT", "Thu, 01 Jan 2099 00:00:00 GMT"
    dates = [first, last, "32/13/2021", "hôm nay"]
    items = [
        {"title": f"Tin {n}", "link": f"https://a.example.vn/{n}", "pubDate": date}
        for n, date in enumerate(dates)
    ]
    source = desk.source()
    desk.web.put(source.url, feed(*items))
    (outcome,) = desk.run()
    assert outcome.counts == {"new": 4}
    assert "2 ngày không thể có" in str(outcome)
    assert "2 ngày không đọc được" in str(outcome)
    for loaded in desk.documents().values():
        assert loaded.document.date is None
        assert loaded.document.sorted_at == desk.now


def test_a_flood_of_items_is_cut_and_said(desk) -> None:
    head, item = b'<rss version="2.0"><channel><title>A</title>', b"<item><title>%d</title></item>"
    data = head + b"".join(item % n for n in range(100_000)) + b"</channel></rss>"
    source = desk.source(limits={"items": 20})
    desk.web.put(source.url, data)
    (outcome,) = desk.run()
    assert outcome.counts == {"new": 20}
    assert "bỏ 99980 mục sau" in str(outcome)


def test_nukeviet_minutes_are_not_believed(desk, feed) -> None:
    items = [
        {
            "title": f"Tin {n}",
            "link": f"https://a.example.vn/{n}",
            "guid": f"<![CDATA[\nhttps://a.example.vn/{n}\n]]>",
            "pubDate": f"Wed, {n} Sep 2026 1{n}:09:30 GMT",
        }
        for n in range(1, 7)
    ]
    source = desk.source()
    desk.web.put(source.url, feed(*items))
    (outcome,) = desk.run()
    assert "lỗi NukeViet" in str(outcome)
    times = sorted(loaded.document.date.isoformat() for loaded in desk.documents().values())
    assert times[0] == "2026-09-01T00:00:00+07:00"
    assert all(time.endswith("T00:00:00+07:00") for time in times)


def test_tracking_is_taken_off_and_the_picture_stays_a_fact(desk, feed) -> None:
    summary = (
        '<a href="https://a.example.vn/1"><img width=1 height=1 src="https://t.example/p.gif">'
        '<img width=130 height=100 src="https://a.example.vn/a.jpg?w=9&amp;s=x"></a></br>Lời dẫn.'
        "<script>alert(1)</script><p>Đoạn hai.</p>"
    )
    item = {
        "title": "Tin",
        "link": "https://a.example.vn/1?utm_source=rss&amp;id=7&amp;fbclid=z#top",
        "description": f"<![CDATA[{summary}]]>",
    }
    source = desk.source()
    desk.web.put(source.url, feed(item))
    desk.run()
    (loaded,) = desk.documents().values()
    assert loaded.document.link == "https://a.example.vn/1?id=7"
    assert loaded.document.summary == "Lời dẫn. Đoạn hai."
    assert loaded.document.image == "https://a.example.vn/a.jpg?w=9&s=x"


def test_full_text_is_copied_only_where_the_licence_allows(desk) -> None:
    data = (
        b'<rss version="2.0" xmlns:c="http://purl.org/rss/1.0/modules/content/"><channel><item>'
        b"<title>Tin</title><link>https://a.example.vn/1</link><description>Lead</description>"
        b"<c:encoded><![CDATA[<p>One *two*</p><p># three</p>]]></c:encoded></item></channel></rss>"
    )
    for name, allowed in (("mo", True), ("dong", False)):
        source = desk.source(name, full_text=str(allowed).lower(), publisher=name)
        desk.web.put(source.url, data)
    desk.run()
    bodies = {loaded.document.source.name: loaded.body for loaded in desk.documents().values()}
    assert bodies["dong"] == ""
    html = Converter(markdown_settings()).html(bodies["mo"])
    assert html == "<p>One *two*</p>\n<p># three</p>"


def test_private_numbers_and_mailboxes_are_hidden_and_counted(desk, feed) -> None:
    item = {
        "title": "Gọi 0912 345 678 để được giúp",
        "link": "https://a.example.vn/1",
        "description": "Hoặc 115, 0276.1022, hay thư ai.do@gmail.com, so@tayninh.gov.vn.",
    }
    source = desk.source()
    desk.web.put(source.url, feed(item))
    (outcome,) = desk.run()
    assert "đã ẩn 2 dữ liệu cá nhân" in str(outcome)
    (loaded,) = desk.documents().values()
    assert loaded.document.title == "Gọi [số điện thoại đã ẩn] để được giúp"
    shown = "Hoặc 115, 0276.1022, hay thư [thư điện tử đã ẩn], so@tayninh.gov.vn."
    assert loaded.document.summary == shown
    assert not [p for p in check_site(desk.folder, desk.now) if not p.warning]


def test_json_feed(desk) -> None:
    data = """{"version": "https://jsonfeed.org/version/1.1", "items": [
      {"id": 1, "url": "https://a.example.vn/1", "title": "Tin một", "summary": "Lời dẫn",
       "date_published": "2026-10-01T08:00:00+07:00", "image": "https://a.example.vn/1.jpg"},
      {"id": "2", "url": "https://a.example.vn/2", "content_html": "<p>Tin không tiêu đề</p>"}]}"""
    source = desk.source()
    desk.web.put(source.url, data.encode())
    (outcome,) = desk.run()
    assert outcome.counts == {"new": 2}
    titles = {loaded.document.title for loaded in desk.documents().values()}
    assert titles == {"Tin một", "Tin không tiêu đề"}


def test_words_choose_and_languages_are_told(desk, feed) -> None:
    items = [
        {"title": "Dịch  bệnh mới ở xã A", "link": "https://a.example.vn/1"},
        {"title": "Chung kết bóng đá", "link": "https://a.example.vn/2"},
        {"title": "Bóng đá và dịch bệnh", "link": "https://a.example.vn/3"},
        {"title": "New EPIDEMIC cases in the province", "link": "https://a.example.vn/4"},
        {"title": "Đích bệnh viện", "link": "https://a.example.vn/5"},
    ]
    source = desk.source(include=["dịch bệnh", "epidemic"], exclude=["bóng đá"])
    desk.web.put(source.url, feed(*items))
    (outcome,) = desk.run()
    assert outcome.counts == {"new": 2}
    assert "3 mục ngoài chủ đề" in str(outcome)
    assert sum(file.endswith(".en.md") for file in desk.documents()) == 1


@pytest.mark.parametrize("link", LINKS)
def test_clean_link_gives_web_addresses_or_nothing(link: str) -> None:
    assert clean_link(link) == ""


@given(st.text(max_size=200), st.sampled_from(["", "https://a.example.vn/x/"]))
@settings(deadline=None, max_examples=300)
def test_any_link_is_a_safe_address_or_nothing(link: str, base: str) -> None:
    cleaned = clean_link(link, base)
    assert cleaned == "" or cleaned.startswith(("http://", "https://"))
    assert not set(cleaned) & set(" <>\"'`{}|\\^\n\t")
    assert clean_link(cleaned) == cleaned


PIECES = (
    "<p> </p> <script> </script> <!-- --> <b\tonclick=x> &amp; &#xD800; <![CDATA[ ]]> <svg> chữ < "
    "> & <a\thref='javascript:x'>"
)
MARKUP = st.lists(
    st.sampled_from([*PIECES.replace("\t", "\f").split(" "), "\0", "\ud800"]), max_size=30
).map(lambda pieces: "".join(pieces).replace("\f", " "))


@given(MARKUP)
@settings(deadline=None, max_examples=300)
def test_text_of_any_html_is_plain(fragment: str) -> None:
    for text in (to_text(fragment), title_text(fragment)):
        text.encode()
        assert "\0" not in text
        assert "onclick" not in text


@given(MARKUP, st.binary(max_size=60))
@settings(deadline=None, max_examples=150)
def test_any_bytes_are_read_or_refused(fragment: str, noise: bytes) -> None:
    source = read_source("a", {"name": "A", "url": "https://a.example.vn/", "format": "rss"})
    text = fragment.encode("utf-8", "surrogatepass")
    data = b'<rss version="2.0"><channel><item><title>' + text + b"</title><link>https://x.vn/1"
    data += b"</link></item>" + noise + b"</channel></rss>"
    parsed = parse(Page("https://a.example.vn/", "text/xml", data, source))
    made = drafts(parsed.items, source, datetime(2026, 1, 1, tzinfo=UTC))
    assert all(draft.title and draft.keys for draft in made.drafts)
