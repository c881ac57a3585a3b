"""JSON Feed 1.0 and 1.1 (jsonfeed.org): the same items as `fetchers.formats.rss` gives."""

from __future__ import annotations

import json
from typing import Any

from fetchers.formats import Item, Page, Parsed, Unreadable, capped


def load_json(data: bytes) -> Any:
    """Return the JSON value in `data` (RFC 8259); raise Unreadable for anything else.

    NaN, infinities, endless nesting and endless numbers are refused, whatever Python would accept.
    """
    try:
        return json.loads(data.decode("utf-8-sig"), parse_constant=_no_constant)
    except RecursionError:
        raise Unreadable("JSON lồng nhau quá sâu") from None
    except UnicodeDecodeError:
        raise Unreadable("JSON không phải UTF-8") from None
    except ValueError:
        raise Unreadable("JSON bị hỏng hoặc bị cụt") from None


def _no_constant(name: str) -> Any:
    raise ValueError(name)


def parse(page: Page) -> Parsed:
    """Return the items of a JSON Feed."""
    feed = load_json(page.data)
    version = feed.get("version") if isinstance(feed, dict) else None
    if not isinstance(version, str) or "jsonfeed.org" not in version:
        raise Unreadable("dữ liệu JSON nhưng không phải JSON Feed")
    entries = feed.get("items")
    if not isinstance(entries, list):
        raise Unreadable("JSON Feed không có danh sách items")
    rows, notes = capped([entry for entry in entries if isinstance(entry, dict)], page)
    language = _text(feed, "language")
    return Parsed([_item(row, language) for row in rows], notes, empty=not entries)


def _item(entry: dict[str, Any], language: str) -> Item:
    identity = entry.get("id")
    tags = entry.get("tags")
    item = {
        "title": _text(entry, "title"),
        "link": _text(entry, "url") or _text(entry, "external_url"),
        "guid": str(identity) if isinstance(identity, (str, int, float)) else "",
        "published": _text(entry, "date_published"),
        "updated": _text(entry, "date_modified"),
        "summary": _text(entry, "summary"),
        "content": _text(entry, "content_html") or _text(entry, "content_text"),
        "image": _text(entry, "image") or _text(entry, "banner_image"),
        "language": _text(entry, "language") or language,
        "tags": [tag for tag in tags if isinstance(tag, str)] if isinstance(tags, list) else [],
    }
    return {key: value for key, value in item.items() if value}


def _text(values: dict[str, Any], name: str) -> str:
    value = values.get(name)
    return value.strip() if isinstance(value, str) else ""
