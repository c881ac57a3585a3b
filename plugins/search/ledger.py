"""The search index in the build's memory: documents, their parts and numbers, leaves, words.

`update` changes what the changed documents touch and nothing else; the tables are then the same as
`renew` makes of all documents (tests/test_search_ledger.py).
"""

from __future__ import annotations

import hashlib
from array import array
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import ClassVar

from model.ledger import Book, Ledger, Tables
from model.output import Key
from model.site import Site
from plugins.search.analysis import Aliases
from plugins.search.entry import (
    DAY,
    EAST,
    LETTERS,
    Entry,
    day_at,
    day_of,
    enabled,
    entry_of,
    text_of,
)
from plugins.search.layout import (
    CARDS,
    GROUP,
    Dated,
    first_number,
    leaf_of,
    leaves,
    numbers,
    parts,
    slots,
    spot,
)
from plugins.search.leaf import Ground, gather, made
from plugins.search.tables import (
    BASE,
    FRESH,
    LIVING,
    SCHEMA,
    mark,
    members,
    number_of,
    put,
    remember_ground,
    remember_number,
    stands,
)
from plugins.search.update import Update

NAME = "search"
CHUNK, BATCH = 64, 16
"""Documents and leaves that a process takes at once."""


class Index(Ledger):
    """The ledger of the search index."""

    name: ClassVar[str] = NAME
    schema: ClassVar[Sequence[str]] = SCHEMA

    def __init__(self, aliases: Aliases, table: str) -> None:
        self.aliases = aliases
        self.version = hashlib.sha256(table.encode()).hexdigest()

    def settings(self, site: Site) -> str:
        """Return the kinds and languages that are on."""
        return f"{site.kinds} {site.languages}"

    def turn(self, now: datetime) -> tuple[str, int]:
        """Return the day, and when it ends: then documents pass from the fresh part to the base."""
        day = day_at(now)
        return str(day), (day + 1) * DAY - EAST

    def keys(self, tables: Tables) -> Iterator[tuple[str, Key]]:
        """Return the (family, key) of every file."""
        slots = number_of(tables, "slots")
        yield from (("search-leaves", (str(number),)) for number in range(leaves(slots)))
        yield from (("search-cards", (str(number),)) for number in range(-(-slots // CARDS)))
        yield from ((f"search-{name}", (name,)) for name in ("words", "table", "base", "now"))
        yield from (("search-letters", (letter,)) for letter in LETTERS)
        most = max(len(members(tables, part)) for part in (FRESH, LIVING))
        yield from (("search-fresh", (str(k),)) for k in range(-(-most // GROUP)))

    def renew(self, book: Book) -> None:
        """Make everything from nothing."""
        Renewal(book, self.aliases).run()

    def update(self, book: Book, changed: Iterable[str]) -> Iterable[tuple[str, Key]] | None:
        """Take in the documents with these ids."""
        wanted = list(changed)
        if len(wanted) > max(8, stands(book.tables) // 8):
            return None
        return Update(book, self.aliases).run(wanted)


class Renewal:
    """Makes all tables from the current documents."""

    def __init__(self, book: Book, aliases: Aliases) -> None:
        self.book, self.aliases, self.tables = book, aliases, book.tables
        self.rows = [row for row in book.rows() if enabled(row, book.site)]

    def run(self) -> None:
        """Fill the tables."""
        chunks = -(-len(self.rows) // CHUNK)
        entries = [one for some in self.book.spread(self._entries, chunks) for one in some]
        today = day_at(self.book.now)
        dated = (Dated(row.id, day_of(row), row.kind == "alerts") for row in self.rows)
        cuts = parts(dated, today)
        spots = [spot(identity) for identity in cuts.base]
        places = numbers(spots, count := slots(spots))
        part = dict.fromkeys(cuts.fresh, FRESH) | dict.fromkeys(cuts.live, LIVING)
        self._documents(entries, part, places)
        days, sorts, total = array("H", bytes(2 * count)), bytearray(count), 0
        streams: list[tuple[int, array[int]]] = []
        words: Counter[str] = Counter()
        for row, entry in zip(self.rows, entries, strict=True):
            if row.id in places:
                number = places[row.id]
                days[number], sorts[number] = day_of(row), 1 + entry.sort
                items, stand = entry.stream.parts
                streams.append((number, items))
                words.update(stand)
                total += mark(row.id, row.digest)
        self._leaves(streams, ground := Ground(count, days))
        self.tables.executemany("INSERT INTO search_word VALUES (?, ?)", sorted(words.items()))
        remember_ground(self.tables, ground, bytes(sorts))
        remember_number(self.tables, "sum", total)
        remember_number(self.tables, "today", today)

    def _entries(self, chunk: int) -> list[Entry]:
        rows = self.rows[chunk * CHUNK : (chunk + 1) * CHUNK]
        site = self.book.site
        return [entry_of(row, self.book.body(row.id), site, self.aliases) for row in rows]

    def _documents(
        self, entries: Sequence[Entry], part: dict[str, int], places: dict[str, int]
    ) -> None:
        for row, entry in zip(self.rows, entries, strict=True):
            stand = part.get(row.id, BASE)
            new = stand != BASE
            text = text_of(row, self.book.body(row.id), self.aliases) if new else ""
            put(self.tables, row, entry, stand, places.get(row.id), text)
        self.tables.executemany(
            "INSERT INTO search_stream VALUES (?, ?)",
            (
                (row.id, entry.stream.data)
                for row, entry in zip(self.rows, entries, strict=True)
                if row.id in places
            ),
        )

    def _leaves(self, streams: list[tuple[int, array[int]]], ground: Ground) -> None:
        count = leaves(ground.slots)

        def batch(place: int) -> list[bytes]:
            start, stop = place * BATCH, min((place + 1) * BATCH, count)
            found = gather(streams, first_number(start, count), first_number(stop, count))
            cut_up: list[dict[int, array[int]]] = [{} for _ in range(start, stop)]
            for spelling, values in found.items():
                cut_up[leaf_of(spelling >> 24, count) - start][spelling] = values
            return [made(some, ground).dump() for some in cut_up]

        done = self.book.spread(batch, -(-count // BATCH))
        self.tables.executemany(
            "INSERT INTO search_leaf VALUES (?, ?)",
            enumerate(data for some in done for data in some),
        )
