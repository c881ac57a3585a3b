"""What the index keeps of one document: its stream, its card, its place among the others."""

from __future__ import annotations

import json
import zlib
from array import array
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import NamedTuple

from model.output import EVERY_DOCUMENT, LANGUAGE, Row
from model.site import Site
from model.text import fold
from plugins.search.analysis import Aliases
from plugins.search.cards import card
from plugins.search.streams import pack, unpack, weigh
from plugins.search.texts import texts_of

DAY = 86_400
EAST = 7 * 3600
"""Seconds by which days begin sooner in Việt Nam than in UTC."""
LETTERS = "abcdeghiklmnopqrstuvxy0"
"""First letters of titles, folded; "0" holds figures and everything else."""


@dataclass(frozen=True)
class Stream:
    """A document's packed token stream, as the memory keeps it; b"": no document."""

    data: bytes

    @cached_property
    def parts(self) -> tuple[array[int], frozenset[str]]:
        """The items (key << 28 | codes << 4 | impact, rising) and the words of the vocabulary."""
        if not self.data:
            return array("Q"), frozenset()
        items, words = unpack(zlib.decompress(self.data))
        return items, frozenset(words)


class Entry(NamedTuple):
    """A document of the index."""

    stream: Stream
    card: str
    """What a result shows, as JSON; first the sort."""
    sort: int
    """Place of the document's kind and language among those that are on."""
    letter: str
    """Its page of the index by letter; "": it stands on none."""


def enabled(row: Row, site: Site) -> bool:
    """Whether a document can be found: it is current, its kind and language are on."""
    return row.state == "current" and row.kind in site.kinds and row.lang in site.languages


def day_of(row: Row) -> int:
    """Return the day of a document since 1970; 0 for one without a date."""
    at = row.document.sorted_at
    return day_at(at) if at else 0


def day_at(at: datetime) -> int:
    """Return the day since 1970, in Việt Nam, at most 65,535."""
    return min(max((int(at.timestamp()) + EAST) // DAY, 0), 65_535)


def place_of(row: Row) -> str:
    """Return the sort key of a document among all."""
    return row.place(EVERY_DOCUMENT)


def sorts(site: Site) -> list[tuple[str, str]]:
    """Return the kinds and languages that are on, in the order that an Entry's `sort` counts."""
    return [(kind, lang) for kind in site.kinds for lang in site.languages]


def entry_of(row: Row, html: str, site: Site, aliases: Aliases) -> Entry:
    """Return what the index keeps of a document with the body `html`."""
    packed = pack(weigh(texts_of(row.document, html, aliases.said), aliases))
    sort = sorts(site).index((row.kind, row.lang))
    shown = _json([sort, *card(row, html)])
    return Entry(Stream(zlib.compress(packed, 0)), shown, sort, letter_of(row))


def letter_of(row: Row) -> str:
    """Return a document's page of the index by letter: all in Vietnamese stand there but news."""
    if row.kind == "news" or row.lang != LANGUAGE:
        return ""
    first = fold(row.document.title.lstrip("“\"'‘([ "))[:1]
    return first if first and first in LETTERS[:-1] else LETTERS[-1]


def text_of(row: Row, html: str, aliases: Aliases) -> str:
    """Return the texts besides the title, as JSON, that a browser reads of a fresh document."""
    return _json(texts_of(row.document, html, aliases.said)[1:])


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
