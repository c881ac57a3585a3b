"""Atom (RFC 4287)."""

from __future__ import annotations

from html import escape
from io import StringIO
from typing import ClassVar

from plugins.feeds.entries import Feed
from plugins.feeds.families import ListFeeds


def write_atom(feed: Feed) -> bytes:
    """Return the feed as an Atom document; `updated` is its newest entry's."""
    import feedgenerator

    out = feedgenerator.Atom1Feed(
        title=feed.title,
        link=feed.home,
        description=feed.description,
        language=feed.lang,
        feed_url=feed.url,
        feed_guid=feed.id,
        author_name=feed.author,
    )
    for entry in feed.entries:
        out.add_item(
            title=entry.title,
            link=entry.url,
            unique_id=entry.id,
            description=escape(entry.summary, quote=False) or None,
            content=entry.html or None,
            pubdate=entry.published,
            updateddate=entry.updated,
            categories=[entry.section] if entry.section else [],
        )
    text = StringIO()
    out.write(text, "utf-8")
    return text.getvalue().encode()


class AtomFeeds(ListFeeds):
    """`…/atom.xml`."""

    name: ClassVar[str] = "atom"
    file: ClassVar[str] = "atom.xml"

    def write(self, feed: Feed) -> bytes:
        """Return the feed in this format."""
        return write_atom(feed)
