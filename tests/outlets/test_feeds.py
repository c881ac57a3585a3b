"""Feeds: valid to independent readers, the same in three formats, with ids that stay."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import feedparser
import jsonschema
import pytest
from lxml import etree

from plugins.feeds.entries import absolute_addresses
from tests.building import build
from tests.outlets.conftest import NOW, URL, page_path

ATOM = "{http://www.w3.org/2005/Atom}"
JSON_FEED = {
    "type": "object",
    "required": ["version", "title", "items", "feed_url", "home_page_url", "language"],
    "additionalProperties": False,
    "properties": {
        "version": {"const": "https://jsonfeed.org/version/1.1"},
        "title": {"type": "string", "minLength": 1},
        "home_page_url": {"type": "string", "pattern": "^https://"},
        "feed_url": {"type": "string", "pattern": "^https://"},
        "description": {"type": "string"},
        "language": {"enum": ["vi", "en", "km"]},
        "authors": {"type": "array", "minItems": 1, "items": {"required": ["name"]}},
        "items": {
            "type": "array",
            "minItems": 1,
            "items": {
                "type": "object",
                "required": ["id", "url", "title", "date_published", "date_modified"],
                "anyOf": [{"required": ["content_html"]}, {"required": ["content_text"]}],
                "additionalProperties": False,
                "properties": {
                    "id": {"type": "string"},
                    "url": {"type": "string", "pattern": "^https://"},
                    "title": {"type": "string"},
                    "content_html": {"type": "string"},
                    "content_text": {"type": "string"},
                    "summary": {"type": "string"},
                    "date_published": {"type": "string", "pattern": r"\+07:00$"},
                    "date_modified": {"type": "string", "pattern": r"\+07:00$"},
                    "tags": {"type": "array", "items": {"type": "string"}},
                    "language": {"type": "string"},
                },
            },
        },
    },
}


def feeds(outlets: dict[str, bytes], ending: str) -> list[tuple[str, bytes]]:
    found = [(path, data) for path, data in outlets.items() if path.endswith(f"/{ending}")]
    assert len(found) > 5
    return found


def test_every_kind_that_runs_by_date_has_all_three_and_no_other(
    outlets: dict[str, bytes],
) -> None:
    folders = [
        {path.removesuffix(ending) for path, _ in feeds(outlets, ending)}
        for ending in ("atom.xml", "rss.xml", "feed.json")
    ]
    assert folders[0] == folders[1] == folders[2]
    assert {
        "tin-tuc/",
        "kiem-chung/",
        "canh-bao/",
        "tin-tuc/thien-tai/",
        "en/huong-dan/",
    } <= folders[0]
    assert not [path for path in folders[0] if path.startswith(("danh-ba/", "dich-vu/"))]


@pytest.mark.parametrize("ending", ["atom.xml", "rss.xml"])
def test_a_reader_finds_no_fault_and_every_entry_a_page(
    outlets: dict[str, bytes], ending: str
) -> None:
    for path, data in feeds(outlets, ending):
        etree.fromstring(data)
        feed = feedparser.parse(data)
        assert not feed.bozo, (path, feed.bozo_exception)
        assert feed.entries, path
        own = [link.href for link in feed.feed.links if link.rel == "self"]
        assert own == [f"{URL}/{path}"]
        ids = [entry.id for entry in feed.entries]
        assert len(set(ids)) == len(ids)
        for entry in feed.entries:
            assert entry.title
            assert page_path(entry.link) in outlets
            assert {"updated", "published"} & set(entry.keys())


def test_a_feed_is_as_new_as_its_newest_entry(outlets: dict[str, bytes]) -> None:
    for path, data in feeds(outlets, "atom.xml"):
        root = etree.fromstring(data)
        entries = [node.findtext(f"{ATOM}updated") for node in root.iter(f"{ATOM}entry")]
        assert root.findtext(f"{ATOM}updated") == max(map(str, entries)), path


def test_a_guid_is_a_permalink_while_it_is_the_address(outlets: dict[str, bytes]) -> None:
    for _, data in feeds(outlets, "rss.xml"):
        for item in etree.fromstring(data).iter("item"):
            guid = item.find("guid")
            assert guid.text == item.findtext("link")
            assert guid.get("isPermaLink") == "true"
            assert item.findtext("title")
            assert item.findtext("pubDate")


def test_json_feeds_follow_their_schema_and_say_what_atom_says(outlets: dict[str, bytes]) -> None:
    checker = jsonschema.Draft202012Validator(JSON_FEED)
    for path, data in feeds(outlets, "feed.json"):
        feed = json.loads(data)
        checker.validate(feed)
        assert feed["feed_url"] == f"{URL}/{path}"
        atom = feedparser.parse(outlets[path.replace("feed.json", "atom.xml")])
        assert [(item["id"], item["title"]) for item in feed["items"]] == [
            (entry.id, entry.title) for entry in atom.entries
        ]


def _texts(outlets: dict[str, bytes]) -> Iterator[tuple[str, Any]]:
    for path, data in feeds(outlets, "feed.json"):
        yield from ((path, item) for item in json.loads(data)["items"])


def test_hostile_words_arrive_as_the_words_they_are(outlets: dict[str, bytes]) -> None:
    title = "Hết </script><script>alert(1)</script> & <!-- rồi ]]>"
    path = f"{URL}/tin-tuc/ket-thuc-the/"
    atom = feedparser.parse(outlets["tin-tuc/atom.xml"], sanitize_html=False)
    rss = etree.fromstring(outlets["tin-tuc/rss.xml"])
    (entry,) = [entry for entry in atom.entries if entry.id == path]
    (item,) = [item for item in rss.iter("item") if item.findtext("link") == path]
    assert item.findtext("title") == title
    assert item.findtext("description") == "1 &lt; 2 &amp; 3 &gt; 2"
    assert entry.title.replace("&amp;", "&").replace("&lt;", "<").replace("&gt;", ">") == title
    assert entry.content[0].value.count(f'href="{URL}/huong-dan/khi-nuoc-len/"') == 1


def test_characters_that_xml_forbids_are_gone(outlets: dict[str, bytes]) -> None:
    (entry,) = [
        entry
        for entry in feedparser.parse(outlets["tin-tuc/atom.xml"]).entries
        if "ky-tu-cam" in entry.id
    ]
    assert entry.title == "Ký tự cấm &#11; đây"
    assert entry.summary == "tóm tắt"
    assert "\x0b" not in outlets["tin-tuc/ky-tu-cam/index.html"].decode()


def test_addresses_in_bodies_are_whole_and_others_untouched() -> None:
    html = (
        '<p><a href="/a/x/">x</a> <img alt="" src="/a/i.png"> <a href="//b/c">c</a> href="/y"</p>'
    )
    whole = absolute_addresses(html, "https://h.vn/a", "/a")
    assert 'href="https://h.vn/a/x/"' in whole
    assert 'src="https://h.vn/a/i.png"' in whole
    assert 'href="//b/c"' in whole
    assert whole.endswith('href="/y"</p>')


def test_no_feed_carries_a_rumour_as_title(outlets: dict[str, bytes]) -> None:
    titles = {item["title"] for path, item in _texts(outlets) if path.startswith("kiem-chung")}
    assert "Đập Mẫu an toàn, không có chuyện vỡ đập" in titles
    assert not [title for title in titles if "mọi người chạy ngay" in title]


def test_what_has_no_date_stands_in_no_feed(outlets: dict[str, bytes]) -> None:
    assert "huong-dan/khong-ngay/index.html" in outlets
    assert not [path for path, item in _texts(outlets) if "khong-ngay" in item["id"]]


def test_ids_outlive_a_move_to_another_host(make: Callable[..., Path]) -> None:
    def move(folder: Path) -> None:
        site = folder / "site.yaml"
        text = site.read_text(encoding="utf-8")
        text = text.replace("url: https://mau.example.vn\n", "url: https://moi.example.vn\n", 1)
        site.write_text(text + "identity: https://mau.example.vn\n", encoding="utf-8")

    output = make(move) / "output"
    item = next(etree.fromstring((output / "tin-tuc/rss.xml").read_bytes()).iter("item"))
    assert item.findtext("link").startswith("https://moi.example.vn/")
    assert item.findtext("guid").startswith("https://mau.example.vn/")
    assert item.find("guid").get("isPermaLink") == "false"


def test_updated_moves_only_when_the_document_says_so(make: Callable[..., Path]) -> None:
    folder = make()
    file = folder / "content/news/ket-thuc-the.md"
    feed = folder / "output/tin-tuc/feed.json"

    def modified() -> str:
        items = json.loads(feed.read_bytes())["items"]
        return str(next(i["date_modified"] for i in items if "ket-thuc-the" in i["id"]))

    before = modified()
    file.write_text(file.read_text(encoding="utf-8") + "\nThêm.\n", encoding="utf-8")
    build(folder, NOW)
    assert modified() == before
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace("summary:", "updated: 2025-10-29 22:00\nsummary:"), "utf-8")
    build(folder, NOW)
    assert modified() == "2025-10-29T22:00:00+07:00"
