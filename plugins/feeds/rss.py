"""RSS 2.0 (rssboard.org/rss-specification) with Atom's self link."""

from __future__ import annotations

from functools import lru_cache
from html import escape
from typing import ClassVar

from plugins.feeds.entries import Entry, Feed
from plugins.feeds.families import ListFeeds
from plugins.feeds.xml import HEAD, address, attribute, element, rfc822

_CREATOR = attribute("xmlns:dc", "http://purl.org/dc/elements/1.1/")


def write_rss(feed: Feed) -> bytes:
    """Return the feed as RSS; a guid is a permalink only while it is the page's own address."""
    own = attribute("href", address(feed.url)) + attribute("rel", "self")
    parts = [
        f'{HEAD}<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom"><channel>',
        element("title", feed.title),
        element("link", address(feed.home)),
        element("description", feed.description),
        element("atom:link", "", own),
        element("language", feed.lang),
        element("lastBuildDate", rfc822(max(entry.updated for entry in feed.entries))),
    ]
    items = [_item(entry, feed.author) for entry in feed.entries]
    return "".join([*parts, *items, "</channel></rss>"]).encode()


@lru_cache(maxsize=64)
def _item(entry: Entry, author: str) -> str:
    said = escape(entry.summary, quote=False) or entry.html
    permanent = attribute("isPermaLink", str(entry.id == entry.url).lower())
    parts = [
        element("title", entry.title),
        element("link", address(entry.url)),
        element("description", said) if said else "",
        element("dc:creator", author, _CREATOR) if author else "",
        element("pubDate", rfc822(entry.published)),
        element("guid", entry.id, permanent),
        element("category", entry.section) if entry.section else "",
    ]
    return f"<item>{''.join(parts)}</item>"


class RssFeeds(ListFeeds):
    """`…/rss.xml`."""

    name: ClassVar[str] = "rss"
    file: ClassVar[str] = "rss.xml"

    def write(self, feed: Feed) -> bytes:
        """Return the feed in this format."""
        return write_rss(feed)
