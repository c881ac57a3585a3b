"""A leaf of the base as the build's memory keeps it: every posting, and the finished file.

A document that comes, goes or changes touches the postings of its own keys; only their bits are
made again and put into the file.
"""

from __future__ import annotations

import sqlite3
import struct
from array import array
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import accumulate, groupby, pairwise
from zlib import crc32

from plugins.search.packing import IMPACT_AT, KEEP, KEEP_PAIR, NUMBER, TITLE, key_bits
from plugins.search.streams import FORMAT
from plugins.search.written import Piece, Written

_HEAD = struct.Struct("<IIIII")
_CODES = "QIQIQII"
"""Of a dump's arrays."""

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

    written: Written
    """The file; see `worth_keeping` of pairs that it leaves out."""
    spellings: array[int] = field(default_factory=lambda: array("Q"))
    counts: array[int] = field(default_factory=lambda: array("I"))
    """How many values each spelling has."""
    values: array[int] = field(default_factory=lambda: array("I"))
    doubles: dict[int, int] = field(default_factory=dict)
    """Key -> how many postings more than documents it has: some write a word in two ways."""

    def apply(self, ops: Iterable[Op], doubles: Mapping[int, int], ground: Ground) -> None:
        """Take postings out, put postings in, and make the bits of their keys.

        `doubles`: key -> how many of its postings become seconds of their document.
        """
        keys = set()
        for item, number, comes in sorted(ops, key=lambda op: op[2]):
            keys.add(item >> 28)
            (self._put if comes else self._drop)(item >> 4, (item & 15) << IMPACT_AT | number)
        for key, more in doubles.items():
            self.doubles[key] = self.doubles.get(key, 0) + more
            if not self.doubles[key]:
                del self.doubles[key]
        for key in keys:
            if piece := self._piece(key, ground):
                self.written.put(*piece)
            else:
                self.written.drop(key)
        self.written.settle()

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

    def _piece(self, key: int, ground: Ground) -> Piece | None:
        """Return the key's bits, or None if it is not in the file."""
        first, every = self._of(key)
        if not every:
            return None
        spellings = self.spellings[first : first + len(every)]
        posted = [sorted(some, key=NUMBER.__and__) for some in every]
        return piece(spellings, every, posted, self.doubles.get(key, 0), ground)

    def dump(self) -> bytes:
        """Return the leaf as the build's memory keeps it."""
        doubles = sorted(self.doubles.items())
        arrays = (
            self.spellings,
            self.counts,
            array("Q", (key for key, _ in doubles)),
            array("I", (more for _, more in doubles)),
            self.written.keys,
            self.written.ends,
            self.values,
        )
        data = b"".join([*(part.tobytes() for part in arrays), self.written.bytes()])
        sizes = (len(self.spellings), len(doubles), len(self.written.keys), len(self.values))
        return _HEAD.pack(crc32(data), *sizes) + data

    @classmethod
    def load(cls, data: bytes, low: int) -> Leaf:
        """Return the leaf, from the number `low` on, that `dump` wrote."""
        view, at, parts = memoryview(data), _HEAD.size, []
        for code, count in zip(_CODES, _checked(data), strict=True):
            part = array(code)
            part.frombytes(view[at : at + count * part.itemsize])
            at += count * part.itemsize
            parts.append(part)
        written = Written.read(low, parts[4], parts[5], data[at:])
        doubles = dict(zip(parts[2], parts[3], strict=True))
        return cls(written, parts[0], parts[1], parts[6], doubles)


def _checked(data: bytes) -> tuple[int, ...]:
    """Return the lengths of a dump's arrays; raise DatabaseError if it is damaged."""
    check, spellings, doubles, keys, values = _HEAD.unpack_from(data)
    if crc32(memoryview(data)[_HEAD.size :]) != check:
        raise sqlite3.DatabaseError("a leaf of the search index is damaged")
    return spellings, spellings, doubles, doubles, keys, keys, values


def file_of(data: bytes, slots: int) -> bytes:
    """Return the file that browsers read of the leaf that `dump` wrote as `data`."""
    sizes = zip(_CODES, _checked(data), strict=True)
    stop = _HEAD.size + sum(array(code).itemsize * count for code, count in sizes)
    return tag(slots).to_bytes(4, "little") + data[stop:]


def piece(
    spellings: Sequence[int],
    every: Sequence[Sequence[int]],
    posted: Sequence[Sequence[int]],
    doubles: int,
    ground: Ground,
) -> Piece | None:
    """Return a key's bits, or None if it is not in the file.

    `every`: the spellings' values, rising; `posted`: the same by the documents' numbers.
    """
    key, total = spellings[0] >> 24, sum(map(len, every))
    if total == doubles or (key & 1 and not worth_keeping(total - doubles, every)):
        return None
    most = KEEP_PAIR if key & 1 else KEEP
    if total > most:
        posted = [sorted(some, key=NUMBER.__and__) for some in kept(every, ground.days, most)]
    codes = (spelling & 0xFFFFFF for spelling in spellings)
    some = [item for item in zip(codes, posted, strict=True) if item[1]]
    return key, *key_bits(total - doubles, some, bool(key & 1), ground.slots)


def distinct(every: Sequence[Sequence[int]]) -> int:
    """Return in how many documents a key with these spellings' values stands."""
    if len(every) == 1:
        return len(every[0])
    return len({value & NUMBER for some in every for value in some})


def worth_keeping(documents: int, every: Sequence[Sequence[int]]) -> bool:
    """Whether a pair of words stands in two documents, or in one's title."""
    return documents > 1 or any(some[-1] >> IMPACT_AT >= TITLE for some in every)


def kept(every: Sequence[Sequence[int]], days: Sequence[int], most: int) -> list[Sequence[int]]:
    """Return of each spelling what is kept: the strongest `most` of all, of equals the newest."""
    if sum(map(len, every)) <= most:
        return list(every)
    level, above = 15, 0
    while True:
        here = [_level(some, level) for some in every]
        stand = sum(stop - start for start, stop in here)
        if above + stand >= most:
            break
        level, above = level - 1, above + stand
    equal = [
        (days[value & NUMBER], value, -place)
        for place, (start, stop) in enumerate(here)
        for value in every[place][start:stop]
    ]
    equal.sort(reverse=True)
    found: list[list[int]] = [
        list(some[stop:]) for some, (_, stop) in zip(every, here, strict=True)
    ]
    for _, value, place in equal[: most - above]:
        found[-place].append(value)
    return list(found)


def _level(values: Sequence[int], level: int) -> tuple[int, int]:
    """Return where the values of this impact begin and end."""
    start = bisect_left(values, level << IMPACT_AT)
    return start, bisect_right(values, (level << IMPACT_AT) + NUMBER, lo=start)


def gather(
    streams: Iterable[tuple[int, array[int]]], low: int, high: int
) -> Mapping[int, list[int]]:
    """Return spelling -> values of the keys `low`..`high` - 1; `streams`: (number, items)."""
    found: defaultdict[int, list[int]] = defaultdict(list)
    first, last = low << 28, high << 28
    for number, items in streams:
        start = bisect_left(items, first)
        for item in items[start : bisect_left(items, last, start)]:
            found[item >> 4].append((item & 15) << IMPACT_AT | number)
    return found


def made(found: Mapping[int, list[int]], low: int, ground: Ground) -> Leaf:
    """Return the leaf from the number `low` on with these values, by the documents' numbers."""
    order = sorted(found)
    one, pieces = Leaf(Written(low), array("Q", order)), []
    for key, group in groupby(order, key=_key_of):
        spellings = list(group)
        posted = [found[spelling] for spelling in spellings]
        every = [sorted(some) for some in posted]
        for some in every:
            one.counts.append(len(some))
            one.values.extend(some)
        doubles = sum(map(len, every)) - distinct(every)
        if doubles:
            one.doubles[key] = doubles
        pieces.append(piece(spellings, every, posted, doubles, ground))
    one.written.fill(filter(None, pieces))
    return one


def _key_of(spelling: int) -> int:
    return spelling >> 24
