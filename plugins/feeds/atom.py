"""Atom (RFC 4287)."""

from __future__ import annotations

from functools import lru_cache
from html import escape
from typing import ClassVar

from plugins.feeds.entries import Entry, Feed
from plugins.feeds.families import ListFeeds
from plugins.feeds.xml import HEAD, address, attribute, element


def write_atom(feed: Feed) -> bytes:
    """Return the feed as an Atom document; `updated` is its newest entry's."""
    lang = attribute("xml:lang", feed.lang)
    parts = [
        f'{HEAD}<feed{lang} xmlns="http://www.w3.org/2005/Atom">',
        element("title", feed.title),
        _link("alternate", feed.home),
        _link("self", feed.url),
        element("id", feed.id),
        element("updated", max(entry.updated for entry in feed.entries).isoformat()),
        f"<author>{element('name', feed.author)}</author>",
        element("subtitle", feed.description) if feed.description else "",
    ]
    return "".join([*parts, *map(_entry, feed.entries), "</feed>"]).encode()


def _link(relation: str, url: str) -> str:
    return element("link", "", attribute("href", address(url)) + attribute("rel", relation))


@lru_cache(maxsize=64)
def _entry(entry: Entry) -> str:
    html = attribute("type", "html")
    summary = escape(entry.summary, quote=False)
    parts = [
        element("title", entry.title),
        _link("alternate", entry.url),
        element("published", entry.published.isoformat()),
        element("updated", entry.updated.isoformat()),
        element("id", entry.id),
        element("summary", summary, html) if summary else "",
        element("content", entry.html, html) if entry.html else "",
        element("category", "", attribute("term", entry.section)) if entry.section else "",
    ]
    return f"<entry>{''.join(parts)}</entry>"


class AtomFeeds(ListFeeds):
    """`…/atom.xml`."""

    name: ClassVar[str] = "atom"
    file: ClassVar[str] = "atom.xml"

    def write(self, feed: Feed) -> bytes:
        """Return the feed in this format."""
        return write_atom(feed)
