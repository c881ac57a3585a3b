"""RSS 2.0 (rssboard.org/rss-specification) with Atom's self link."""

from __future__ import annotations

from html import escape
from io import StringIO
from typing import ClassVar

from plugins.feeds.entries import Feed
from plugins.feeds.families import ListFeeds


def write_rss(feed: Feed) -> bytes:
    """Return the feed as RSS; a guid is a permalink only while it is the page's own address."""
    import feedgenerator

    out = feedgenerator.Rss201rev2Feed(
        title=feed.title,
        link=feed.home,
        description=feed.description,
        language=feed.lang,
        feed_url=feed.url,
    )
    for entry in feed.entries:
        out.add_item(
            title=entry.title,
            link=entry.url,
            unique_id=entry.id,
            unique_id_is_permalink=entry.id == entry.url,
            description=escape(entry.summary, quote=False) or entry.html or None,
            author_name=feed.author,
            pubdate=entry.published,
            updateddate=entry.updated,
            categories=[entry.section] if entry.section else [],
        )
    text = StringIO()
    out.write(text, "utf-8")
    return text.getvalue().encode()


class RssFeeds(ListFeeds):
    """`…/rss.xml`."""

    name: ClassVar[str] = "rss"
    file: ClassVar[str] = "rss.xml"

    def write(self, feed: Feed) -> bytes:
        """Return the feed in this format."""
        return write_rss(feed)
