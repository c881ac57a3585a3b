"""Formats: bytes -> plain dicts, a module a shape, a line here each. No socket, clock or file.

How a format plugs in
---------------------
A module `fetchers/formats/<shape>.py` has one function::

    def parse(page: Page) -> Parsed

`page` holds the bytes, the address they came from, the media type and the Source with its typed
`options` (declare them in `model/options.py`). The answer holds items: dicts of JSON values (text,
numbers, lists, dicts), still raw. Which keys an item has is agreed between the format and the
kind's normaliser (`fetchers/normalise/<kind>.py` lists the keys that it understands); a text that
is a date stays the text that was sent.

- What is not of this shape raises `Unreadable` with a reason in Vietnamese.
- What was dropped, cut or repaired is a line in `notes` (Vietnamese), with a count.
- `empty=True` says that the bytes prove that there is nothing (an empty list that is well-formed);
  without it no items is a failure.
- `more` names further addresses of the same shape (next pages); the pipeline fetches them, up to
  the source's `limits.pages`, and calls `parse` for each.
- A module may have `detail(page: Page, item: Item) -> Item`: it completes an item from the page
  that `item["detail"]` names. The pipeline fetches that page only for items that are new.

It runs in a child process with limits, so it may use a parser that can be made to eat memory.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from importlib import import_module
from typing import Any, NamedTuple

from model.source import Source

Item = dict[str, Any]
"""One raw item; JSON values only."""

FORMATS: dict[str, str] = {
    "rss": "fetchers.formats.rss",
    "sitemap": "fetchers.formats.sitemap",
    "html-news": "fetchers.formats.html_news",
    "faq": "fetchers.formats.faq",
    "open311": "fetchers.formats.open311",
    "geojson": "fetchers.formats.geojson",
    "series-json": "fetchers.formats.series_json",
    "series": "fetchers.formats.series",
    "json": "fetchers.formats.json_list",
    "html-table": "fetchers.formats.html_table",
    "xlsx": "fetchers.formats.xlsx",
    "csv": "fetchers.formats.csv",
    "css": "fetchers.formats.css",
    "factcheck-api": "fetchers.formats.factcheck_api",
    "claimreview": "fetchers.formats.claimreview",
}
"""Name in sources.yaml -> module."""


class Page(NamedTuple):
    """What a source sent: the address that answered, its Content-Type, the unpacked bytes."""

    url: str
    content_type: str
    data: bytes
    source: Source


@dataclass(frozen=True)
class Parsed:
    """What a page holds; `notes` are Vietnamese lines for the Outcome."""

    items: list[Item]
    notes: list[str] = field(default_factory=list)
    empty: bool = False
    more: list[str] = field(default_factory=list)


def capped(items: list[Item], page: Page) -> tuple[list[Item], list[str]]:
    """Return at most `limits.items` items, and the note that says how many were left out."""
    cap = page.source.limits.items
    left = len(items) - cap
    return (items[:cap], [cut_note(left, cap)]) if left > 0 else (items, [])


def cut_note(count: int, cap: int) -> str:
    """Return the line that says that `count` items beyond `cap` were left out."""
    return f"chỉ đọc {cap} mục đầu, bỏ {count} mục sau (xem limits.items)"


class Unreadable(ValueError):
    """The bytes are not what the format reads; the message is Vietnamese and fits on a line."""

    def __init__(self, message: str, cure: str = "") -> None:
        super().__init__(f"{message}; {cure}" if cure else message)


def parser_of(shape: str) -> Callable[[Page], Parsed]:
    """Return the `parse` of a format; KeyError if there is none of that name."""
    parse: Callable[[Page], Parsed] = import_module(FORMATS[shape]).parse
    return parse


def detail_of(shape: str) -> Callable[[Page, Item], Item] | None:
    """Return the `detail` of a format, or None if its lists say everything."""
    return getattr(import_module(FORMATS[shape]), "detail", None)
