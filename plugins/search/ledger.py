"""The search index in the build's memory: documents, their parts and numbers, leaves, words.

`update` changes what the changed documents touch and nothing else; the tables are then the same as
`renew` makes of all documents (tests/test_search_ledger.py).
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import ClassVar

from model.ledger import Book, Ledger, Tables
from model.output import Key
from model.site import Site
from plugins.search.analysis import Aliases
from plugins.search.base import lay_base
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
    GROUP,
    Dated,
    card_files,
    leaves,
    parts,
)
from plugins.search.tables import (
    BASE,
    FRESH,
    LIVING,
    SCHEMA,
    members,
    number_of,
    put,
    remember_number,
    stands,
)
from plugins.search.update import Update

NAME = "search"
CHUNK = 64
"""Documents that a process takes at once."""


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
        yield from (("search-cards", (str(number),)) for number in range(card_files(slots)))
        yield from ((f"search-{name}", (name,)) for name in ("words", "table", "base", "now"))
        yield ("search-page", ("vi",))  # it carries the manifest
        yield from (("search-letters", (letter,)) for letter in LETTERS)
        most = max(len(members(tables, part)) for part in (FRESH, LIVING))
        yield from (("search-fresh", (str(k),)) for k in range(1, -(-most // GROUP)))

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
        today = day_at(self.book.now)
        dated = (Dated(row.id, day_of(row), row.kind == "alerts") for row in self.rows)
        cuts = parts(dated, today)
        part = dict.fromkeys(cuts.fresh, FRESH) | dict.fromkeys(cuts.live, LIVING)
        self._documents(part)
        lay_base(self.book)
        remember_number(self.tables, "today", today)

    def _entries(self, chunk: int) -> list[Entry]:
        rows = self.rows[chunk * CHUNK : (chunk + 1) * CHUNK]
        site = self.book.site
        return [entry_of(row, self.book.body(row.id), site, self.aliases) for row in rows]

    def _documents(self, part: dict[str, int]) -> None:
        """Note each document with its entry; `part`: of those that are not in the base."""
        chunks = -(-len(self.rows) // CHUNK)
        entries = [one for some in self.book.spread(self._entries, chunks) for one in some]
        for row, entry in zip(self.rows, entries, strict=True):
            stand = part.get(row.id, BASE)
            new = stand != BASE
            text = text_of(row, self.book.body(row.id), self.aliases) if new else ""
            put(self.tables, row, entry, stand, None, text)
        base = ((row.id, one) for row, one in zip(self.rows, entries, strict=True))
        self.tables.executemany(
            "INSERT INTO search_stream VALUES (?, ?)",
            sorted((name, entry.stream.data) for name, entry in base if name not in part),
        )
