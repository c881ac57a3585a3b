"""The base of the index laid out whole: numbers, leaves, words, from the documents and streams.

That is so for a new index, and when a base has outgrown its table of slots: the streams are kept,
so no document is read again.
"""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Callable, Container, Sequence
from operator import itemgetter

from model.ledger import Book
from model.output import Key
from plugins.search.entry import Stream
from plugins.search.layout import card_files, first_number, leaf_of, leaves, numbers, slots, spot
from plugins.search.leaf import Ground, gather, made
from plugins.search.tables import BASE, mark, number_of, remember_ground, remember_number

BATCH = 64
"""Leaves that a process makes at once."""


def lay_base(book: Book) -> None:
    """Fill the base's tables from the documents of its part and their streams."""
    tables = book.tables
    sql = "SELECT id, digest, day, sort FROM search_doc WHERE part = ?"
    documents = [tuple(row) for row in tables.execute(sql, (BASE,))]
    spots = [spot(identity) for identity, *_ in documents]
    places = numbers(spots, count := slots(spots))
    days, sorts, total = array("H", bytes(2 * count)), bytearray(count), 0
    for identity, digest, day, sort in documents:
        days[places[identity]], sorts[places[identity]] = day, 1 + sort
        total += mark(identity, digest)
    tables.execute("UPDATE search_doc SET number = NULL WHERE number IS NOT NULL")
    sql = "UPDATE search_doc SET number = ? WHERE id = ?"
    tables.executemany(sql, [(number, identity) for identity, number in places.items()])
    streams, words = _streams(book, places)
    _put_leaves(book, streams, ground := Ground(count, days))
    tables.execute("DELETE FROM search_word")
    tables.executemany("INSERT INTO search_word VALUES (?, ?)", sorted(words.items()))
    remember_ground(tables, ground, bytes(sorts))
    remember_number(tables, "sum", total)


def lay_anew(
    book: Book, changed: Container[str], stream: Callable[[str], bytes]
) -> set[tuple[str, Key]]:
    """Lay the base out in another table of slots; return the (family, key)s that are touched.

    `changed`: documents whose stream may be another; `stream` makes the stream of a document.
    """
    tables = book.tables
    before = number_of(tables, "slots")
    found = tables.execute("SELECT id FROM search_doc WHERE part = ?", (BASE,))
    base = {identity for (identity,) in found}
    known = {identity for (identity,) in tables.execute("SELECT id FROM search_stream")}
    tables.executemany("DELETE FROM search_stream WHERE id = ?", [(one,) for one in known - base])
    come = [one for one in sorted(base) if one not in known or one in changed]
    streams = [(identity, stream(identity)) for identity in come]
    tables.executemany("INSERT OR REPLACE INTO search_stream VALUES (?, ?)", streams)
    lay_base(book)
    now = number_of(tables, "slots")
    most, files = max(before, now), max(card_files(before), card_files(now))
    return {
        *(("search-leaves", (str(number),)) for number in range(leaves(most))),
        *(("search-cards", (str(number),)) for number in range(files)),
        *((f"search-{name}", (name,)) for name in ("words", "table", "base")),
        ("search-page", ("vi",)),
    }


def _streams(
    book: Book, places: dict[str, int]
) -> tuple[list[tuple[int, array[int]]], Counter[str]]:
    """Return (number, items) of each document, rising, and in how many each word stands."""
    found: list[tuple[int, array[int]]] = []
    words: Counter[str] = Counter()
    for identity, data in book.tables.execute("SELECT id, data FROM search_stream"):
        items, stand = Stream(data).parts
        found.append((places[identity], items))
        words.update(stand)
    found.sort(key=itemgetter(0))
    return found, words


def _put_leaves(book: Book, streams: Sequence[tuple[int, array[int]]], ground: Ground) -> None:
    count = leaves(ground.slots)

    def batch(place: int) -> list[bytes]:
        start, stop = place * BATCH, min((place + 1) * BATCH, count)
        found = gather(streams, first_number(start, count), first_number(stop, count))
        cut_up: list[dict[int, list[int]]] = [{} for _ in range(start, stop)]
        for spelling, values in found.items():
            cut_up[leaf_of(spelling >> 24, count) - start][spelling] = values
        return [
            made(some, first_number(start + k, count), ground).dump()
            for k, some in enumerate(cut_up)
        ]

    done = book.spread(batch, -(-count // BATCH))
    book.tables.execute("DELETE FROM search_leaf")
    book.tables.executemany(
        "INSERT INTO search_leaf VALUES (?, ?)",
        enumerate(data for some in done for data in some),
    )
