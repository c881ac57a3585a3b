"""The shards that browsers read: leaves of postings, cards, words, fresh texts, manifests."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterable
from itertools import groupby
from typing import ClassVar

from model.kinds import kind_class
from model.output import EVERY_DOCUMENT, Family, Key, ListChange, Row, Store, list_name
from model.site import Site
from plugins.search.analysis import Aliases, spelled
from plugins.search.base import STREAMS, Base
from plugins.search.cards import card
from plugins.search.layout import (
    CARDS,
    FOLDER,
    GROUP,
    base_files,
    boundary,
    card_files,
    first_number,
    groups,
    leaves,
)
from plugins.search.packing import leaf, packed_json
from plugins.search.priors import prior_of
from plugins.search.texts import texts_of


class OfBase(Family):
    """A family of files made from the base; they share what was loaded for one build."""

    slow: ClassVar[bool] = True
    _shared: ClassVar[Base | None] = None

    def list_keys(self, change: ListChange) -> Iterable[Key]:
        """Return the files that the change touches."""
        return [(f"{number:05d}",) for number in base_files(change, self.files)]

    def files(self, base: int) -> int:
        """Return how many files a base of this many documents has."""
        return 1

    def foreseen(self, key: Key) -> Iterable[str]:
        """Return the list of all documents."""
        return [f"list:{EVERY_DOCUMENT}"]

    def base(self, store: Store) -> Base:
        """Return the base of the build that `store` serves."""
        kinds = store.site.kinds  # read for every output, because what is shared is read once
        shared = OfBase._shared
        if shared is None or shared.store is not store or shared.kinds != kinds:
            shared = OfBase._shared = Base(store)
        return shared


class Leaves(OfBase):
    """`tim-kiem/i/<n>.bin`: keys by the hash of their text, with their postings."""

    name: ClassVar[str] = "search-leaves"
    derives: ClassVar[str] = STREAMS

    def files(self, base: int) -> int:
        """Return the number of leaves."""
        return leaves(base)

    def path(self, key: Key) -> str:
        """Return the leaf's path."""
        return f"{FOLDER}/i/{int(key[0])}.bin"

    def render(self, key: Key, store: Store) -> bytes | None:
        """Return the leaf, or None if the base has no such leaf."""
        base, number = self.base(store), int(key[0])
        count = leaves(base.count)
        if number >= count:
            return None
        low = first_number(number, count)
        return leaf(base.tag, base.count, low, base.entries(number))


class Cards(OfBase):
    """`tim-kiem/d/<n>.bin`: what a result shows, eight documents a file."""

    name: ClassVar[str] = "search-cards"

    def files(self, base: int) -> int:
        """Return the number of files of cards."""
        return card_files(base)

    def path(self, key: Key) -> str:
        """Return the cards' path."""
        return f"{FOLDER}/d/{int(key[0])}.bin"

    def render(self, key: Key, store: Store) -> bytes | None:
        """Return the cards, or None if the base has no such documents."""
        base, start = self.base(store), int(key[0]) * CARDS
        rows = base.rows[start : start + CARDS]
        if not rows:
            return None
        return packed_json(
            [int.from_bytes(base.tag, "little"), *(card(row, store) for row in rows)]
        )


class Words(OfBase):
    """`tim-kiem/words.bin`: the base's words, for repair of typing errors and completion."""

    name: ClassVar[str] = "search-words"
    derives: ClassVar[str] = STREAMS

    def path(self, key: Key) -> str:
        """Return the file's path."""
        return f"{FOLDER}/words.bin"

    def render(self, key: Key, store: Store) -> bytes | None:
        """Return the words in order, each as: letters shared with the last, rest, log2 of count."""
        base = self.base(store)
        if not base.count:
            return None
        count: Counter[str] = Counter()
        for _, words in base.streams:
            count.update(set(words))
        return vocabulary(count)


def vocabulary(count: Counter[str]) -> bytes:
    """Return the packed words; long numbers and words seen once in a large base are left out."""
    return packed_json(
        [
            [word, number.bit_length()]
            for word, number in sorted(count.items())
            if not word.isdecimal() and len(word) <= 20
        ]
    )


class Manifest(OfBase):
    """`tim-kiem/base.json`: what the base is, which kind each document is of, synonyms."""

    name: ClassVar[str] = "search-base"

    def __init__(self, aliases: Aliases) -> None:
        self.aliases = aliases

    def site_keys(self, site: Site) -> Iterable[Key]:
        """Return the one manifest."""
        return [("00000",)]

    def path(self, key: Key) -> str:
        """Return the manifest's path."""
        return f"{FOLDER}/base.json"

    def render(self, key: Key, store: Store) -> bytes | None:
        """Return the manifest as JSON."""
        base = self.base(store)
        names = [(kind, lang) for kind in base.kinds for lang in store.site.languages]
        order = {list_name(*name): place for place, name in enumerate(names)}
        listed = [list_name(row.kind, row.lang) for row in base.rows]
        runs = [
            number
            for place, run in groupby(order.get(name, -1) for name in listed)
            for number in (place, len(list(run)))
        ]
        value = {
            "count": base.count,
            "leaves": leaves(base.count),
            "tag": int.from_bytes(base.tag, "little"),
            "version": base.version,
            "kinds": [
                [list_name(kind, lang), prior_of(kind, lang), kind_class(kind).prefix]
                for kind, lang in names
            ],
            "runs": runs,
            "aliases": spelled(self.aliases.forms),
        }
        return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()


class Now(Family):
    """`tim-kiem/now.json`: how many documents there are, base and fresh."""

    name: ClassVar[str] = "search-now"
    slow: ClassVar[bool] = True
    """Made with the base, so that the numbers fit it."""

    def site_keys(self, site: Site) -> Iterable[Key]:
        """Return the one file."""
        return [("now",)]

    def path(self, key: Key) -> str:
        """Return the file's path."""
        return f"{FOLDER}/now.json"

    def render(self, key: Key, store: Store) -> bytes | None:
        """Return the numbers, and a hash of the fresh part that tells copies of it apart."""
        count = store.count(EVERY_DOCUMENT)
        base = boundary(count)
        rows = store.slice(EVERY_DOCUMENT, base, count)
        names = "\n".join(f"{row.id} {row.digest}" for row in rows)
        version = hashlib.sha256(names.encode()).hexdigest()[:12]
        return json.dumps({"count": count, "base": base, "fresh": version}).encode()


class Fresh(Family):
    """`tim-kiem/f/<k>.bin`: texts of four of the newest documents, for the browser to read."""

    name: ClassVar[str] = "search-fresh"
    slow: ClassVar[bool] = True

    def list_keys(self, change: ListChange) -> Iterable[Key]:
        """Return the groups that the change touches."""
        return [(str(number),) for number in groups(change)]

    def foreseen(self, key: Key) -> Iterable[str]:
        """Return the list of all documents."""
        return [f"list:{EVERY_DOCUMENT}"]

    def path(self, key: Key) -> str:
        """Return the group's path."""
        return f"{FOLDER}/f/{key[0]}.bin"

    def render(self, key: Key, store: Store) -> bytes | None:
        """Return each document's card and texts, or None if no fresh document is in the group."""
        start = int(key[0]) * GROUP
        if start < boundary(store.count(EVERY_DOCUMENT)):
            return None
        rows = store.slice(EVERY_DOCUMENT, start, start + GROUP)
        return packed_json([fresh(row, store) for row in rows]) if rows else None


def fresh(row: Row, store: Store) -> list[object]:
    """Return kind, card and texts of a fresh document; an empty list if its kind is off."""
    if row.kind not in store.site.kinds or row.lang not in store.site.languages:
        return []
    return [
        list_name(row.kind, row.lang),
        *card(row, store),
        *texts_of(row.document, store.body(row.id))[1:],
    ]
