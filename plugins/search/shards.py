"""The files that browsers read, made from the index's tables: leaves, cards, words, manifests."""

from __future__ import annotations

import base64
import hashlib
import json
from array import array
from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from typing import ClassVar

from model.kinds import FACES
from model.ledger import Tables
from model.output import Family, Key, Store, list_name
from plugins.search.analysis import Aliases, spelled
from plugins.search.entry import sorts
from plugins.search.layout import FOLDER, GROUP, age_limits, cards, leaves
from plugins.search.leaf import file_of, tag
from plugins.search.ledger import NAME
from plugins.search.packing import packed_json, packed_text, planes
from plugins.search.priors import prior_of
from plugins.search.tables import FRESH, LIVING, members, meta, number_of, stands


class OfIndex(Family):
    """A family of files made from the index's tables, whose ledger says what a change touches."""

    slow: ClassVar[bool] = True

    pattern: ClassVar[str]
    """The file's path below the index's folder; {0}, {1}: the parts of the key."""

    def path(self, key: Key) -> str:
        """Return the file's path."""
        return f"{FOLDER}/{self.pattern.format(*key)}"


class Leaves(OfIndex):
    """`tim-kiem/i/<n>.bin`: keys by the hash of their text, with their postings."""

    name: ClassVar[str] = "search-leaves"
    pattern: ClassVar[str] = "i/{0}.bin"

    def render(self, key: Key, store: Store) -> bytes | None:
        """Return the leaf, or None if the base has no such leaf."""
        tables, number = store.ledger(NAME), int(key[0])
        slots = number_of(tables, "slots")
        if number >= leaves(slots):
            return None
        found = tables.execute("SELECT data FROM search_leaf WHERE leaf = ?", (number,))
        return file_of(next(found)[0], slots)


class Cards(OfIndex):
    """`tim-kiem/d/<n>.bin`: what a result shows, of the documents in a few slots."""

    name: ClassVar[str] = "search-cards"
    pattern: ClassVar[str] = "d/{0}.bin"

    def render(self, key: Key, store: Store) -> bytes | None:
        """Return the cards as {place in the file: card}, or None if there are no such slots."""
        slots = number_of(store.ledger(NAME), "slots")
        first = int(key[0]) * cards(slots)
        if first >= slots:
            return None
        sql = "SELECT number, card FROM search_doc WHERE number >= ? AND number < ? ORDER BY number"
        found = list(store.ledger(NAME).execute(sql, (first, first + cards(slots))))
        parts = ",".join(f'"{number - first}":{card}' for number, card in found)
        return packed_text(f"{{{parts}}}")


class Words(OfIndex):
    """`tim-kiem/words.bin`: the base's words, for repair of typing errors and completion."""

    name: ClassVar[str] = "search-words"
    pattern: ClassVar[str] = "words.bin"

    def render(self, key: Key, store: Store) -> bytes | None:
        """Return each word with the bit length of its documents' number, in order of words."""
        found = store.ledger(NAME).execute("SELECT word, count FROM search_word ORDER BY word")
        words = [[word, count.bit_length()] for word, count in found]
        return packed_json(words) if words else None


class Table(OfIndex):
    """`tim-kiem/table.bin`: the kind and the age of the document in each slot."""

    name: ClassVar[str] = "search-table"
    pattern: ClassVar[str] = "table.bin"

    def render(self, key: Key, store: Store) -> bytes | None:
        """Return which slots are taken, each document's sort, then each one's age, under deflate.

        A bit a slot, the lowest of a byte first; a byte a document.
        """
        tables = store.ledger(NAME)
        sorts, days = meta(tables, "sorts"), array("H", meta(tables, "days"))
        if not sorts:
            return None
        taken = int("".join("1" if sort else "0" for sort in reversed(sorts)), 2)
        stand = [day for day, sort in zip(days, sorts, strict=True) if sort]
        ages = bytes(map(levels(age_limits(stand), stand).__getitem__, stand))
        kinds = bytes(sort - 1 for sort in sorts if sort)
        return planes(taken.to_bytes(len(sorts) // 8, "little"), kinds, ages)


def levels(limits: Sequence[int], days: Iterable[int]) -> Mapping[int, int]:
    """Return day -> level of age; `limits`: falling days."""
    rising = limits[::-1]
    return {day: len(rising) - bisect_left(rising, day) for day in set(days)}


class Manifest(OfIndex):
    """`tim-kiem/base.json`: what the base is, kinds with their priors, synonyms."""

    name: ClassVar[str] = "search-base"
    pattern: ClassVar[str] = "base.json"

    def __init__(self, aliases: Aliases) -> None:
        self.aliases = aliases

    def render(self, key: Key, store: Store) -> bytes | None:
        """Return the manifest as JSON."""
        return manifest(store, self.aliases).encode()


def manifest(store: Store, aliases: Aliases) -> str:
    """Return what the base is, as JSON."""
    tables = store.ledger(NAME)
    slots = number_of(tables, "slots")
    value = {
        "slots": slots,
        "leaves": leaves(slots),
        "cards": cards(slots),
        "tag": tag(slots),
        "version": base_version(tables),
        "kinds": [
            [list_name(kind, lang), prior_of(kind, lang), FACES[kind].prefix]
            for kind, lang in sorts(store.site)
        ],
        "aliases": spelled(aliases.forms),
    }
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def base_version(tables: Tables) -> str:
    """Return a hash of all that the base is made of."""
    return f"{number_of(tables, 'slots'):x}-{number_of(tables, 'sum'):x}"


class Now(OfIndex):
    """`tim-kiem/now.json`: how many documents there are, which base, the newest documents."""

    name: ClassVar[str] = "search-now"
    pattern: ClassVar[str] = "now.json"

    def render(self, key: Key, store: Store) -> bytes | None:
        """Return the numbers, a hash of the fresh part that tells copies of it apart, its texts.

        The first group of these comes with the numbers, as browsers read both before they answer.
        """
        tables = store.ledger(NAME)
        new = [members(tables, part) for part in (FRESH, LIVING)]
        value = {
            "count": stands(tables),
            "base": base_version(tables),
            "new": [len(some) for some in new],
            "fresh": hashlib.sha256(repr(new).encode()).hexdigest()[:12],
            "first": base64.b64encode(texts_of(tables, 0)).decode(),
        }
        return json.dumps(value).encode()


class Fresh(OfIndex):
    """`tim-kiem/f/<k>.bin`: four fresh documents and four alerts; the first are in `now.json`."""

    name: ClassVar[str] = "search-fresh"
    pattern: ClassVar[str] = "f/{0}.bin"

    def render(self, key: Key, store: Store) -> bytes | None:
        """Return cards and texts, the fresh ones' before the alerts'; None if there are none."""
        group = int(key[0])
        return texts_of(store.ledger(NAME), group) or None if group else None


def texts_of(tables: Tables, group: int) -> bytes:
    """Return a group's cards and texts, the fresh documents' before the alerts'; b"" if empty."""
    sql = "SELECT card, text FROM search_doc WHERE part = ? ORDER BY place LIMIT ? OFFSET ?"
    parts = [
        [f"[{card},{text}]" for card, text in tables.execute(sql, (part, GROUP, group * GROUP))]
        for part in (FRESH, LIVING)
    ]
    whole = ",".join(f"[{','.join(some)}]" for some in parts)
    return packed_text(f"[{whole}]") if any(parts) else b""
