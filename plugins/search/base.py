"""The base part in memory: token streams, turned into postings a batch of leaves at a time."""

from __future__ import annotations

import hashlib
from array import array
from bisect import bisect_left
from zlib import crc32

from model.kinds.base import Document
from model.output import EVERY_DOCUMENT, Store
from plugins.search.analysis import Aliases
from plugins.search.layout import boundary, first_number, leaves
from plugins.search.packing import Posting, worth_keeping
from plugins.search.streams import FORMAT, pack, stream, unpack
from plugins.search.texts import texts_of

STREAMS = "search"
BATCH = 32
"""Leaves whose postings are gathered at once."""


class Streams:
    """The Analysis: a document's token stream."""

    name = STREAMS

    def __init__(self, aliases: Aliases, table: str) -> None:
        self.aliases = aliases
        self.version = f"{FORMAT}-{hashlib.sha256(table.encode()).hexdigest()}"

    def derive(self, document: Document, html: str) -> bytes:
        """Return the document's packed token stream."""
        return pack(stream(texts_of(document, html), self.aliases))


class Base:
    """The base part in memory, for the renders of one build."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.count = boundary(store.count(EVERY_DOCUMENT))
        self.rows = store.slice(EVERY_DOCUMENT, 0, self.count)
        self.kinds, self.languages = store.site.kinds, store.site.languages
        names = "\n".join(row.id for row in self.rows)
        self.tag = crc32(f"{FORMAT} {','.join(self.kinds)}\n{names}".encode()).to_bytes(4, "little")
        self._streams: list[tuple[array[int], list[str]]] | None = None
        self._batch: tuple[int, dict[int, dict[tuple[int, ...], list[Posting]]]] = (-1, {})

    @property
    def version(self) -> str:
        """A hash of all that the base is made of."""
        total = hashlib.sha256(self.tag)
        for row in self.rows:
            total.update(f"{row.id} {row.digest}\n".encode())
        return total.hexdigest()[:12]

    @property
    def streams(self) -> list[tuple[array[int], list[str]]]:
        """The token streams in order; a document of a kind that is off has an empty one."""
        if self._streams is None:
            data = self.store.derived(STREAMS, EVERY_DOCUMENT, 0, self.count)
            self._streams = [
                unpack(item)
                if row.kind in self.kinds and row.lang in self.languages
                else (array("Q"), [])
                for row, item in zip(self.rows, data, strict=True)
            ]
        return self._streams

    def entries(self, number: int) -> list[tuple[int, dict[tuple[int, ...], list[Posting]]]]:
        """Return a leaf's keys, rising, with their postings; see `worth_keeping` of pairs."""
        count = leaves(self.count)
        start = number // BATCH * BATCH
        if self._batch[0] != start:
            self._batch = (start, self._gather(start, min(start + BATCH, count)))
        low, high = first_number(number, count), first_number(number + 1, count)
        found = self._batch[1]
        return [(key, found[key]) for key in sorted(found) if low <= key < high]

    def _gather(self, start: int, stop: int) -> dict[int, dict[tuple[int, ...], list[Posting]]]:
        count = leaves(self.count)
        low, high = first_number(start, count) << 28, first_number(stop, count) << 28
        postings: dict[int, list[Posting]] = {}
        for document, (numbers, _) in enumerate(self.streams):
            for item in numbers[bisect_left(numbers, low) : bisect_left(numbers, high)]:
                postings.setdefault(item >> 4, []).append((document, item & 15))
        found: dict[int, dict[tuple[int, ...], list[Posting]]] = {}
        for spelling, some in postings.items():
            codes = (spelling >> 12 & 4095, spelling & 4095)
            found.setdefault(spelling >> 24, {})[codes] = some
        return {
            key: variants
            for key, variants in found.items()
            if not key & 1 or worth_keeping(variants)
        }
