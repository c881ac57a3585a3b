"""JSON Feed 1.1 (jsonfeed.org/version/1.1)."""

from __future__ import annotations

import json
from functools import lru_cache
from typing import Any, ClassVar

from model.words import Words
from plugins.feeds.entries import Entry, Feed
from plugins.feeds.families import ListFeeds

VERSION = "https://jsonfeed.org/version/1.1"


def write_json_feed(feed: Feed) -> bytes:
    """Return the feed as JSON."""
    data = {
        "version": VERSION,
        "title": feed.title,
        "home_page_url": feed.home,
        "feed_url": feed.url,
        "description": feed.description,
        "language": feed.lang,
        "authors": [{"name": feed.author}],
    }
    items = ",".join(_item(entry, feed.lang) for entry in feed.entries)
    return f'{_json(data)[:-1]},"items":[{items}]}}\n'.encode()


def _json(data: dict[str, Any]) -> str:
    return json.dumps(data, ensure_ascii=False, separators=(",", ":"))


@lru_cache(maxsize=64)
def _item(entry: Entry, lang: str) -> str:
    words = Words(lang)
    item = {
        "id": entry.id,
        "url": entry.url,
        "title": entry.title,
        "content_html": entry.html,
        "content_text": "" if entry.html else entry.summary or entry.title,
        "summary": entry.summary,
        "date_published": words.iso(entry.published),
        "date_modified": words.iso(entry.updated),
        "tags": [*([entry.section] if entry.section else []), *entry.tags],
        "language": lang,
    }
    return _json({key: value for key, value in item.items() if value})


class JsonFeeds(ListFeeds):
    """`…/feed.json`."""

    name: ClassVar[str] = "jsonfeed"
    file: ClassVar[str] = "feed.json"

    def write(self, feed: Feed) -> bytes:
        """Return the feed in this format."""
        return write_json_feed(feed)
