"""Sitemaps hold every current page once, robots.txt and OpenSearch follow their rules."""

from datetime import datetime, timedelta
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from model.kinds import KINDS
from model.output import ListChange
from plugins.sitemap.shards import SHARD, SitemapIndex, SitemapShards, shards
from tests.outlets.conftest import URL, page_path

S = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
LINK = "{http://www.w3.org/1999/xhtml}link"
NEWS = "{http://www.google.com/schemas/sitemap-news/0.9}"
SCHEMA = etree.XMLSchema(etree.parse(str(Path(__file__).with_name("sitemap.xsd"))))


def sitemaps(outlets: dict[str, bytes]) -> dict[str, etree._Element]:
    index = etree.fromstring(outlets["sitemap.xml"])
    SCHEMA.assertValid(index)
    paths = [page_path(node.findtext(f"{S}loc")) for node in index]
    assert len(paths) > 10
    assert set(paths) == {p for p in outlets if p.startswith("sitemap-")}
    return {path: etree.fromstring(outlets[path]) for path in paths}


def documents(outlets: dict[str, bytes]) -> list[etree._Element]:
    return [
        url
        for path, root in sitemaps(outlets).items()
        if path.split("-")[1] in KINDS
        for url in root
    ]


def test_every_sitemap_is_valid(outlets: dict[str, bytes]) -> None:
    for path, root in sitemaps(outlets).items():
        SCHEMA.assertValid(root)
        assert len(outlets[path]) < 50 * 1024 * 1024


def test_every_current_page_stands_once_and_no_other(
    outlets: dict[str, bytes], folder: Path
) -> None:
    paths = [page_path(url.findtext(f"{S}loc")) for url in documents(outlets)]
    assert len(set(paths)) == len(paths)
    pages = {p for p in outlets if p.endswith("/index.html")}
    assert set(paths) <= pages
    assert "canh-bao/lu-song-mau/index.html" in paths
    assert "canh-bao/da-qua/index.html" in pages - set(paths)
    names = {p.split("/")[-2] for p in paths}
    files = {file.name.split(".")[0] for file in (folder / "content").rglob("*.md")}
    missing = files - names
    assert missing <= {"da-qua", "het-han"} | _hidden(folder)


def _hidden(folder: Path) -> set[str]:
    return {
        file.stem
        for file in (folder / "content").rglob("*.md")
        if "status: draft" in file.read_text(encoding="utf-8")
        or "publish_at:" in file.read_text(encoding="utf-8")
    }


def test_list_pages_of_the_sitemap_exist(outlets: dict[str, bytes]) -> None:
    root = sitemaps(outlets)["sitemap-trang.xml"]
    paths = [page_path(url.findtext(f"{S}loc")) for url in root]
    assert len(paths) > 20
    assert not [path for path in paths if path not in outlets]
    assert "danh-ba/xa-25567/index.html" in paths


def test_translations_point_at_each_other(outlets: dict[str, bytes]) -> None:
    versions = {
        url.findtext(f"{S}loc"): {(n.get("hreflang"), n.get("href")) for n in url.iter(LINK)}
        for url in documents(outlets)
    }
    linked = {address: links for address, links in versions.items() if links}
    assert len(linked) == 3
    for address, links in linked.items():
        assert {lang for lang, _ in links} == {"vi", "en", "km", "x-default"}
        assert address in {href for _, href in links}
        for _, href in links:
            assert versions[href] == links


def test_news_are_those_of_the_last_two_days(outlets: dict[str, bytes]) -> None:
    root = sitemaps(outlets)["sitemap-tin-moi.xml"]
    dates = [
        datetime.fromisoformat(node.text or "") for node in root.iter(f"{NEWS}publication_date")
    ]
    assert dates
    assert max(dates) - min(dates) < timedelta(days=2)
    assert all(node.findtext(f".//{NEWS}title") for node in root)


def test_robots_lets_everyone_in_and_names_the_sitemap(outlets: dict[str, bytes]) -> None:
    lines = outlets["robots.txt"].decode().splitlines()
    assert lines[:2] == ["User-agent: *", "Allow: /"]
    assert f"Sitemap: {URL}/sitemap.xml" in lines


def test_opensearch_keeps_to_its_lengths(outlets: dict[str, bytes]) -> None:
    space = "{http://a9.com/-/spec/opensearch/1.1/}"
    root = etree.fromstring(outlets["opensearch.xml"])
    assert len(root.findtext(f"{space}ShortName")) <= 16
    assert len(root.findtext(f"{space}LongName")) <= 48
    assert len(root.findtext(f"{space}Description")) <= 1024
    templates = {node.get("type"): node.get("template") for node in root.iter(f"{space}Url")}
    assert templates["text/html"] == f"{URL}/tim-kiem/?q={{searchTerms}}"
    assert b'href="/opensearch.xml"' in outlets["index.html"]


def _shards(members: list[str]) -> dict[str, list[str]]:
    return {str(n): members[n * SHARD : (n + 1) * SHARD] for n in range(shards(len(members)))}


@settings(deadline=None, max_examples=200)
@given(st.integers(0, 320), st.integers(0, 320), st.sampled_from(["add", "remove", "edit"]))
def test_every_shard_that_changes_is_named_and_a_new_document_names_one(
    size: int, rank: int, what: str
) -> None:
    before = [f"d{number}" for number in range(size)]
    after = list(before)
    rank = min(rank, size if what == "add" else size - 1)
    if rank < 0:
        return
    if what == "add":
        after.insert(rank, "new")
    elif what == "remove":
        del after[rank]
    else:
        after[rank] += " edited"
    shifted = None if what == "edit" else rank
    edited = frozenset({rank}) if what == "edit" else frozenset()
    change = ListChange("news", size, len(after), shifted, edited, max(len(after) - 1 - rank, 0))
    named = {key[1] for key in SitemapShards().list_keys(change)}
    old, new = _shards(before), _shards(after)
    assert {n for n in old.keys() | new.keys() if old.get(n) != new.get(n)} <= named
    assert bool(list(SitemapIndex().list_keys(change))) == (len(old) != len(new))
    if what == "add" and rank == size:
        assert len(named) == 1
