"""A leaf of the base as the build's memory keeps it: every posting, and each key's finished bits.

A document that comes, goes or changes touches the postings of its own keys; only their bits are
made again, and the leaf's file is put together from what is kept.
"""

from __future__ import annotations

import sqlite3
import struct
from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import accumulate, pairwise
from zlib import crc32

from plugins.search.layout import first_number, leaves
from plugins.search.packing import KEEP, TITLE, key_bits, leaf
from plugins.search.streams import FORMAT

_HEAD = struct.Struct("<IIIII")
_IMPACT = 28
"""A value is impact << 28 | number of the document, so that the strongest stand last."""
_NUMBER = (1 << _IMPACT) - 1

Op = tuple[int, int, bool]
"""(item of a stream, number of the document, whether it comes or goes)."""


@dataclass(frozen=True)
class Ground:
    """What the leaves of one base have in common."""

    slots: int
    days: Sequence[int]
    """The day of the document in each slot."""


def tag(slots: int) -> int:
    """Return what each leaf of a base of this size begins with, in four bytes."""
    return crc32(f"leaf {FORMAT} {slots}".encode())


@dataclass
class Leaf:
    """The postings of a range of keys: spelling (key << 24 | codes) -> values, rising."""

    spellings: array[int] = field(default_factory=lambda: array("Q"))
    counts: array[int] = field(default_factory=lambda: array("I"))
    """How many values each spelling has."""
    values: array[int] = field(default_factory=lambda: array("I"))
    doubles: dict[int, int] = field(default_factory=dict)
    """Key -> how many postings more than documents it has: some write a word in two ways."""
    bits: dict[int, tuple[int, int]] = field(default_factory=dict)
    """Key -> its bits, how many; see `worth_keeping` of pairs."""

    def apply(self, ops: Iterable[Op], doubles: Mapping[int, int], ground: Ground) -> None:
        """Take postings out, put postings in, and make the bits of their keys.

        `doubles`: key -> how many of its postings become seconds of their document.
        """
        keys = set()
        for item, number, comes in sorted(ops, key=lambda op: op[2]):
            keys.add(item >> 28)
            (self._put if comes else self._drop)(item >> 4, (item & 15) << _IMPACT | number)
        for key, more in doubles.items():
            self.doubles[key] = self.doubles.get(key, 0) + more
            if not self.doubles[key]:
                del self.doubles[key]
        for key in keys:
            self._renew(key, ground)

    def _put(self, spelling: int, value: int) -> None:
        place = bisect_left(self.spellings, spelling)
        if place == len(self.spellings) or self.spellings[place] != spelling:
            self.spellings.insert(place, spelling)
            self.counts.insert(place, 0)
        start = sum(self.counts[:place])
        at = bisect_left(self.values, value, start, start + self.counts[place])
        self.values.insert(at, value)
        self.counts[place] += 1

    def _drop(self, spelling: int, value: int) -> None:
        place = bisect_left(self.spellings, spelling)
        here = self.spellings[place : place + 1] == array("Q", [spelling])
        start = sum(self.counts[:place])
        stop = start + self.counts[place] if here else start
        at = bisect_left(self.values, value, start, stop)
        if at == stop or self.values[at] != value:
            raise sqlite3.DatabaseError("a posting is missing in the search index's memory")
        del self.values[at]
        self.counts[place] -= 1
        if not self.counts[place]:
            del self.spellings[place], self.counts[place]

    def _of(self, key: int) -> tuple[int, list[array[int]]]:
        """Return the place of a key's first spelling, and the values of each of its spellings."""
        first, last = (bisect_left(self.spellings, (key + more) << 24) for more in (0, 1))
        ends = list(accumulate(self.counts[first:last], initial=sum(self.counts[:first])))
        return first, [self.values[start:stop] for start, stop in pairwise(ends)]

    def _renew(self, key: int, ground: Ground) -> None:
        first, every = self._of(key)
        documents = sum(map(len, every)) - self.doubles.get(key, 0)
        if not documents or (key & 1 and not worth_keeping(documents, every)):
            self.bits.pop(key, None)
            return
        variants = {
            self.spellings[first + place] & 0xFFFFFF: sorted(map(_posting, some))
            for place, some in enumerate(kept(every, ground.days))
            if some
        }
        self.bits[key] = key_bits(documents, variants, bool(key & 1), ground.slots)

    def renew(self, ground: Ground) -> None:
        """Count every key's doubles and make its bits."""
        for key in sorted({spelling >> 24 for spelling in self.spellings}):
            _, every = self._of(key)
            if more := sum(map(len, every)) - distinct(every):
                self.doubles[key] = more
            self._renew(key, ground)

    def dump(self) -> bytes:
        """Return the leaf as the build's memory keeps it."""
        doubles = sorted(self.doubles.items())
        bits = sorted((key, *found) for key, found in self.bits.items())
        arrays = (
            self.spellings,
            self.counts,
            array("Q", (key for key, _ in doubles)),
            array("I", (more for _, more in doubles)),
            array("Q", (key for key, _, _ in bits)),
            array("I", (width for _, _, width in bits)),
            self.values,
        )
        parts = [part.tobytes() for part in arrays]
        parts += [body.to_bytes(width + 7 >> 3, "little") for _, body, width in bits]
        data = b"".join(parts)
        sizes = (len(self.spellings), len(doubles), len(bits), len(self.values))
        return _HEAD.pack(crc32(data), *sizes) + data

    @classmethod
    def load(cls, data: bytes) -> Leaf:
        """Return the leaf that `dump` wrote; raise DatabaseError if it is damaged."""
        check, spellings, doubles, keys, values = _HEAD.unpack_from(data)
        view, at = memoryview(data), _HEAD.size
        if crc32(view[at:]) != check:
            raise sqlite3.DatabaseError("a leaf of the search index is damaged")
        parts = []
        sizes = (spellings, spellings, doubles, doubles, keys, keys, values)
        for code, count in zip("QIQIQII", sizes, strict=True):
            part = array(code)
            part.frombytes(view[at : at + count * part.itemsize])
            at += count * part.itemsize
            parts.append(part)
        made = cls(parts[0], parts[1], parts[6], dict(zip(parts[2], parts[3], strict=True)))
        for key, width in zip(parts[4], parts[5], strict=True):
            size = width + 7 >> 3
            made.bits[key] = int.from_bytes(data[at : at + size], "little"), width
            at += size
        return made


def file_of(data: bytes, number: int, slots: int) -> bytes:
    """Return the file that browsers read of the leaf `number` that `dump` wrote as `data`."""
    bits = sorted((key, *found) for key, found in Leaf.load(data).bits.items())
    low = first_number(number, leaves(slots))
    return leaf(tag(slots).to_bytes(4, "little"), low, bits)


def _posting(value: int) -> int:
    return (value & _NUMBER) << 4 | value >> _IMPACT


def distinct(every: Sequence[Sequence[int]]) -> int:
    """Return in how many documents a key with these spellings' values stands."""
    if len(every) == 1:
        return len(every[0])
    return len({value & _NUMBER for some in every for value in some})


def worth_keeping(documents: int, every: Sequence[Sequence[int]]) -> bool:
    """Whether a pair of words stands in two documents, or in one's title."""
    return documents > 1 or any(some[-1] >> _IMPACT >= TITLE for some in every)


def kept(every: Sequence[array[int]], days: Sequence[int]) -> list[Sequence[int]]:
    """Return of each spelling the values that are kept: the strongest of all, then the newest."""
    if sum(map(len, every)) <= KEEP:
        return list(every)
    level, above = 15, 0
    while True:
        here = [_level(some, level) for some in every]
        stand = sum(stop - start for start, stop in here)
        if above + stand >= KEEP:
            break
        level, above = level - 1, above + stand
    equal = [
        (days[value & _NUMBER], value, -place)
        for place, (start, stop) in enumerate(here)
        for value in every[place][start:stop]
    ]
    equal.sort(reverse=True)
    found: list[list[int]] = [
        list(some[stop:]) for some, (_, stop) in zip(every, here, strict=True)
    ]
    for _, value, place in equal[: KEEP - above]:
        found[-place].append(value)
    return list(found)


def _level(values: Sequence[int], level: int) -> tuple[int, int]:
    """Return where the values of this impact begin and end."""
    start = bisect_left(values, level << _IMPACT)
    return start, bisect_right(values, (level << _IMPACT) + _NUMBER, lo=start)


def gather(
    streams: Sequence[tuple[int, array[int]]], low: int, high: int
) -> Mapping[int, array[int]]:
    """Return spelling -> values of the keys `low`..`high` - 1; `streams`: (number, items)."""
    found: dict[int, array[int]] = {}
    for number, items in streams:
        for item in items[bisect_left(items, low << 28) : bisect_left(items, high << 28)]:
            value = (item & 15) << _IMPACT | number
            spelling = item >> 4
            if spelling in found:
                found[spelling].append(value)
            else:
                found[spelling] = array("I", (value,))
    return found


def made(found: Mapping[int, array[int]], ground: Ground) -> Leaf:
    """Return the leaf with these values (in any order)."""
    one = Leaf(array("Q", sorted(found)))
    for spelling in one.spellings:
        one.counts.append(len(found[spelling]))
        one.values.extend(sorted(found[spelling]))
    one.renew(ground)
    return one
