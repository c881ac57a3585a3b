"""Press feeds: RSS 0.9x, 1.0, 2.0, Atom and JSON Feed 1.x, told apart by their content.

An item: title, link, guid, published, updated (texts as sent), summary and content (HTML or text),
image, language, tags; keys that the feed did not give are absent.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

import feedparser

from fetchers.formats import Item, Page, Parsed, Unreadable, cut_note, json_feed
from fetchers.formats.article import read_article
from fetchers.formats.feed_bytes import fit
from fetchers.formats.settings import settings
from model.option_groups import RssOptions

_HTML = re.compile(rb"<(?:!doctype\s+html|html|body)[\s>]", re.IGNORECASE)


def parse(page: Page) -> Parsed:
    """Return the items of a feed; raise Unreadable if the bytes are no feed."""
    if page.data.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] == b"{":
        return json_feed.parse(page)
    if not page.data.strip():
        raise Unreadable("nguồn gửi tệp trống")
    ready = fit(page.data, page.source.limits.items)
    headers = {}  # no content-location: an empty link must not become the feed's own address
    if ready.recoded:
        headers["content-type"] = "application/xml; charset=utf-8"
    elif page.content_type:
        headers["content-type"] = page.content_type
    feed = feedparser.parse(
        ready.data, response_headers=headers, sanitize_html=False, resolve_relative_uris=False
    )
    entries = feed.get("entries", [])
    if not entries:
        _refuse_other_shapes(page, feed)
    notes = [cut_note(ready.cut, page.source.limits.items)] if ready.cut else []
    channel = feed.get("feed", {})
    language = _text(channel, "language")
    items = [_item(entry, language) for entry in entries]
    if settings(page, RssOptions).article:
        for item in items:
            if not item.get("summary") and not item.get("content") and item.get("link"):
                item["detail"] = item["link"]
    if "nukeviet" in _text(channel, "generator").lower():
        for item in items:
            item["clock"] = "no"
    empty = not items and bool(feed.get("version")) and not feed.get("bozo")
    return Parsed(items, notes, empty=empty)


def detail(page: Page, item: Item) -> Item:
    """Return an item completed from its own page; what the feed said stays."""
    return {**read_article(page), **item}


def _refuse_other_shapes(page: Page, feed: Mapping[str, Any]) -> None:
    if feed.get("version"):
        return
    if _HTML.search(page.data[:4096]):
        raise Unreadable("nguồn gửi trang HTML thay cho RSS/Atom")
    raise Unreadable("dữ liệu không phải RSS, Atom hay JSON Feed")


def _item(entry: Any, language: str) -> Item:
    item = {
        "title": _text(entry, "title"),
        "link": _link(entry),
        "guid": _text(entry, "id"),
        "published": _first(entry, "published", "created", "date"),
        "updated": _text(entry, "updated"),
        "summary": _text(entry, "summary"),
        "content": "\n".join(_text(part, "value") for part in _list(entry, "content")),
        "image": _image(entry),
        "language": _text(entry.get("title_detail", {}), "language") or language,
        "tags": [name for tag in _list(entry, "tags") if (name := _text(tag, "term"))],
    }
    return {key: value for key, value in item.items() if value}


def _first(entry: Any, *names: str) -> str:
    return next((text for name in names if (text := _text(entry, name))), "")


def _text(values: Any, name: str) -> str:
    # dict.get: feedparser's own mapping answers for one date with another
    value = dict.get(values, name) if isinstance(values, dict) else None
    return value.strip() if isinstance(value, str) else ""


def _list(entry: Any, name: str) -> list[Any]:
    value = dict.get(entry, name)
    return [part for part in value if isinstance(part, dict)] if isinstance(value, list) else []


def _link(entry: Any) -> str:
    """Return the item's address: its link, else the first alternate one, else an id that is one."""
    if link := _text(entry, "link"):
        return link
    for part in _list(entry, "links"):
        if _text(part, "rel") in ("", "alternate") and (href := _text(part, "href")):
            return href
    identity = _text(entry, "id")
    return identity if re.match(r"https?://\S+$", identity) else ""


def _image(entry: Any) -> str:
    for name in ("media_content", "media_thumbnail"):
        for part in _list(entry, name):
            medium = _text(part, "medium") or _text(part, "type").split("/")[0] or "image"
            if medium == "image" and (address := _text(part, "url")):
                return address
    for part in _list(entry, "enclosures"):
        if _text(part, "type").startswith("image/"):
            return _text(part, "href")
    return ""
