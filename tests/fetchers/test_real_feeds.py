"""The whole journey on captured feeds: every item arrives, once, as a valid document."""

import gzip
import json
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path

import feedparser
import pytest

from model.check.site import check_site

pytestmark = pytest.mark.real
HEADER = re.compile(rb"^\s*Header:\s*Content-type:\s*(.+?)\s*$", re.IGNORECASE | re.MULTILINE)


def captures(folder: Path) -> Iterator[tuple[str, bytes]]:
    """Yield (name, bytes) of every feed in the captures."""
    for path in sorted((folder / "feeds").rglob("*")):
        if path.suffix == ".zip":
            with zipfile.ZipFile(path) as archive:
                for name in sorted(archive.namelist()):
                    yield name, archive.read(name)
        elif path.suffix == ".gz":
            yield path.stem, gzip.decompress(path.read_bytes())
        elif path.suffix in (".xml", ".txt"):
            yield path.name, path.read_bytes()


def content_type(data: bytes) -> str:
    match = HEADER.search(data[:2000])
    return match[1].decode("ascii", "ignore") if match else ""


def told_by_feedparser(data: bytes) -> int:
    """Count the distinct items with a title or a link that feedparser alone sees."""
    headers = {"content-type": kind} if (kind := content_type(data)) else {}
    entries = feedparser.parse(data, response_headers=headers).entries
    seen = [(e.get("title"), e.get("link"), e.get("id")) for e in entries]
    return len({item for item in seen if item[0] or item[1]})


def test_every_item_of_every_capture_arrives_exactly_once(real_data: Path, desk) -> None:
    wanted: dict[str, int] = {}
    for number, (name, data) in enumerate(captures(real_data)):
        source = desk.source(f"nguon-{number}", name=name, home=f"https://n{number}.example.vn/")
        headers = {"content_type": kind} if (kind := content_type(data)) else {}
        desk.web.put(source.url, data, **headers)
        wanted[source.id] = told_by_feedparser(data)
    assert len(wanted) > 380
    outcomes = {outcome.source: outcome for outcome in desk.run()}
    assert not [outcome.crash for outcome in outcomes.values() if outcome.crash]
    missing = {
        outcomes[source].name: (count, str(outcomes[source]))
        for source, count in wanted.items()
        if outcomes[source].counts.get("new", 0) < count
    }
    assert not missing
    assert not {o.name: str(o) for o in outcomes.values() if o.counts.get("new", 0) > o.items}
    assert sum(wanted.values()) > 400
    assert not [problem for problem in check_site(desk.folder, desk.now) if not problem.warning]
    before = desk.snapshot()
    said = [source for source, outcome in outcomes.items() if outcome.items]
    again = desk.run(*said, stateless=True)
    assert desk.snapshot() == before
    assert not any(outcome.counts.get("new") or outcome.counts.get("updated") for outcome in again)


def test_items_without_byte_order_mark_are_not_lost(real_data: Path, desk) -> None:
    for name in ("simplepie_feed-utf16le.xml", "simplepie_feed-utf16be.xml"):
        data = (real_data / "feeds" / "other-publishers" / name).read_bytes()
        source = desk.source(name.rsplit("utf16", 1)[1][:2])
        desk.web.put(source.url, data)
    outcomes = desk.run()
    assert [outcome.counts.get("new", 0) for outcome in outcomes] == [o.items for o in outcomes]


def test_facts_of_a_capture_come_out_as_they_went_in(real_data: Path, desk) -> None:
    path = real_data / "feeds" / "vnexpress_tin-moi-nhat_2017-07-26.rss.xml"
    data = path.read_bytes()
    source = desk.source("vnexpress", name="VnExpress")
    desk.web.put(source.url, data)
    desk.run()
    documents = {loaded.document.link: loaded for loaded in desk.documents().values()}
    links = set(re.findall(r"<link>\s*(http\S+\.html)\s*</link>", data.decode()))
    assert len(links) == 25
    assert set(documents) == links
    fever = next(d for link, d in documents.items() if link.endswith("-3618863.html")).document
    assert fever.title == "Một tuần Hà Nội có 1.400 người bệnh sốt xuất huyết vào viện"
    assert fever.date.isoformat() == "2017-07-26T19:41:14+07:00"
    assert fever.summary.startswith("Từ ngày 17-23/7, Hà Nội ghi nhận 1.400 ca")
    assert str(fever.image).endswith("sotxuathuyet2671-1501066281_180x108.jpg")
    english = [file for file, loaded in desk.documents().items() if file.endswith(".en.md")]
    assert len(english) == sum("//e.vnexpress.net/" in link for link in links)


def test_the_items_of_a_covid_day_keep_their_signed_pictures(real_data: Path, desk, feed) -> None:
    path = real_data / "feeds" / "vnexpress_covid-day_2020-08-12_items.json"
    items = json.loads(path.read_text("utf-8"))
    rows = items if isinstance(items, list) else next(iter(items.values()))
    entries = [
        {
            "title": f"<![CDATA[{row['title']}]]>",
            "link": row["link"],
            "description": f"<![CDATA[{row['summary']}]]>",
        }
        for row in rows
    ]
    source = desk.source("vnexpress")
    desk.web.put(source.url, feed(*entries))
    desk.run()
    documents = [loaded.document for loaded in desk.documents().values()]
    assert {document.link for document in documents} == {row["link"].strip() for row in rows}
    assert sum("&s=" in str(document.image) for document in documents) > 20
    assert not any("<" in document.summary for document in documents)
