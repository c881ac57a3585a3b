"""Our feeds' XML says what the library that Pelican's users know says."""

from datetime import datetime, timedelta
from html import escape
from io import StringIO
from typing import Any

import feedgenerator
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from model.fields import VIETNAM
from plugins.feeds.atom import write_atom
from plugins.feeds.entries import Entry, Feed
from plugins.feeds.rss import write_rss

TEXT = st.text(
    st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufffe\uffff")
    | st.sampled_from("<>&\"'\n\t ]]>"),
    max_size=30,
)
WORDS = TEXT.filter(str.strip)
TIMES = st.datetimes(datetime(2000, 1, 1), datetime(2090, 1, 1)).map(  # noqa: DTZ001 - zone below
    lambda time: time.replace(microsecond=0, tzinfo=VIETNAM)
)
ADDRESSES = TEXT.map(
    lambda path: f"https://thu.example.vn/{path.split()[0] if path.split() else ''}"
)
ENTRIES = st.builds(
    lambda published, later, **rest: Entry(
        published=published, updated=published + timedelta(minutes=later), **rest
    ),
    published=TIMES,
    later=st.integers(0, 10_000),
    id=ADDRESSES,
    url=ADDRESSES,
    title=WORDS,
    summary=TEXT,
    html=TEXT,
    section=TEXT,
    tags=st.just(()),
)
FEEDS = st.builds(
    Feed,
    id=ADDRESSES,
    title=WORDS,
    description=WORDS,
    home=ADDRESSES,
    url=ADDRESSES,
    lang=st.sampled_from(["vi", "en", "km"]),
    author=WORDS,
    entries=st.lists(ENTRIES, min_size=1, max_size=4),
)


def same(ours: bytes, theirs: StringIO) -> bool:
    """Whether two documents are the same in canonical form."""
    parsed = (etree.fromstring(data) for data in (ours, theirs.getvalue().encode()))
    one, other = (etree.tostring(root, method="c14n") for root in parsed)
    return bool(one == other)


def head(feed: Feed) -> dict[str, str]:
    """Return what the library's writers get of a feed."""
    return {
        "title": feed.title,
        "link": feed.home,
        "description": feed.description,
        "language": feed.lang,
        "feed_url": feed.url,
    }


def item(entry: Entry) -> dict[str, Any]:
    """Return what the library's writers get of an entry."""
    return {
        "title": entry.title,
        "link": entry.url,
        "unique_id": entry.id,
        "pubdate": entry.published,
        "updateddate": entry.updated,
        "categories": [entry.section] if entry.section else [],
    }


@settings(max_examples=150, deadline=None)
@given(FEEDS)
def test_atom_is_the_librarys(feed: Feed) -> None:
    theirs = feedgenerator.Atom1Feed(**head(feed), feed_guid=feed.id, author_name=feed.author)
    for entry in feed.entries:
        theirs.add_item(
            **item(entry),
            description=escape(entry.summary, quote=False) or None,
            content=entry.html or None,
        )
    text = StringIO()
    theirs.write(text, "utf-8")
    assert same(write_atom(feed), text)


@settings(max_examples=150, deadline=None)
@given(FEEDS)
def test_rss_is_the_librarys(feed: Feed) -> None:
    theirs = feedgenerator.Rss201rev2Feed(**head(feed))
    for entry in feed.entries:
        theirs.add_item(
            **item(entry),
            unique_id_is_permalink=entry.id == entry.url,
            description=escape(entry.summary, quote=False) or entry.html or None,
            author_name=feed.author,
        )
    text = StringIO()
    theirs.write(text, "utf-8")
    assert same(write_rss(feed), text)


def test_what_xml_cannot_say_is_left_out() -> None:
    at = datetime(2021, 8, 1, 7, tzinfo=VIETNAM)
    entry = Entry("i", "https://a.vn/", "Mưa\x0b lớn\x00", "", "a\x1fb", at, at, "y\x08 tế", ())
    feed = Feed("i", "T", "D", "https://a.vn/", "https://a.vn/atom.xml", "vi", "A", [entry])
    for data in (write_atom(feed), write_rss(feed)):
        assert "Mưa lớn" in "".join(etree.fromstring(data).itertext())
