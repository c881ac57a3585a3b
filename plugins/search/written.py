"""A leaf's file as its bits, in which single keys are put, replaced and dropped.

The file (`packing.py`; the browser's half is `parseLeaf` in `theme/static/search/core.js`): 4 bytes
of tag; 16 bits: how many keys; 6 bits: `far`; then of each key, in rising order, its distance to
the one before (of the first: to the leaf's lowest) in a Rice code of `far` low bits, and its bits.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass, field

HEAD = 22
"""Bits before the first key."""
Piece = tuple[int, int, int]
"""(number of a key, its bits, how many)."""


@dataclass
class Written:
    """The bits of a leaf's keys; `ends`: where each key's end."""

    low: int
    """The lowest number that a key of the leaf may have."""
    keys: array[int] = field(default_factory=lambda: array("Q"))
    ends: array[int] = field(default_factory=lambda: array("I"))
    bits: int = 0
    far: int = 0

    @classmethod
    def read(cls, low: int, keys: array[int], ends: array[int], data: bytes) -> Written:
        """Return what `bytes` wrote as `data`."""
        made = cls(low, keys, ends)
        made.far = made.usual_far()
        whole = int.from_bytes(data, "big") >> (-(HEAD + made.width) % 8)
        made.bits = whole & ((1 << made.width) - 1)
        return made

    @property
    def width(self) -> int:
        """How many bits there are."""
        return self.ends[-1] if self.ends else 0

    def usual_far(self) -> int:
        """Return the low bits by which the distances of the keys are written shortest."""
        spread = (self.keys[-1] - self.low) // len(self.keys) if self.keys else 1
        return max(0, max(1, spread).bit_length() - 1)

    def put(self, key: int, body: int, width: int) -> None:
        """Put a key's bits in, in place of those that it has."""
        at = bisect_left(self.keys, key)
        if self.keys[at : at + 1] == array("Q", (key,)):
            self._splice(at, at + 1, [(key, body, width)])
        else:
            after = list(self._pieces(at, at + 1))
            self._splice(at, at + len(after), [(key, body, width), *after])

    def drop(self, key: int) -> None:
        """Take a key out, if it is there."""
        at = bisect_left(self.keys, key)
        if self.keys[at : at + 1] == array("Q", (key,)):
            after = list(self._pieces(at + 1, at + 2))
            self._splice(at, at + 1 + len(after), after)

    def fill(self, pieces: Iterable[Piece]) -> None:
        """Take these keys, rising, in place of all."""
        some = list(pieces)
        self.keys = array("Q", (key for key, _, _ in some))
        self.far = self.usual_far()
        self.keys, self.ends, self.bits = array("Q"), array("I"), 0
        self._splice(0, 0, some)

    def settle(self) -> None:
        """Write all distances anew if another `far` has become the usual one."""
        if self.far != self.usual_far():
            self.fill(self._pieces(0, len(self.keys)))

    def bytes(self) -> bytes:
        """Return the file but for its tag."""
        value = (len(self.keys) << 6 | self.far) << self.width | self.bits
        rest = -(HEAD + self.width) % 8
        return (value << rest).to_bytes((HEAD + self.width + rest) // 8, "big")

    def _pieces(self, first: int, last: int) -> Iterable[Piece]:
        """Yield the keys at these places, as far as there are."""
        for place in range(first, min(last, len(self.keys))):
            key, end = self.keys[place], self.ends[place]
            before = self.keys[place - 1] if place else self.low
            start = self.ends[place - 1] if place else 0
            width = end - start - ((key - before) >> self.far) - 1 - self.far
            yield key, self.bits >> (self.width - end) & ((1 << width) - 1), width

    def _splice(self, first: int, last: int, pieces: list[Piece]) -> None:
        """Put pieces in place of the keys `first`..`last` - 1; the distance after them stays."""
        start = self.ends[first - 1] if first else 0
        stop = self.ends[last - 1] if last else 0
        before, value, at, ends = self.keys[first - 1] if first else self.low, 0, start, array("I")
        low, mask = 1 + self.far, (1 << self.far) - 1
        for key, body, width in pieces:
            gap, before = key - before, key
            ones = gap >> self.far
            head = ((1 << ones) - 1) << low | gap & mask
            value = (value << (ones + low) | head) << width | body
            at += ones + low + width
            ends.append(at)
        after, more = self.width - stop, at - stop
        kept = self.bits >> (after + stop - start) << (at - start) | value
        self.bits = kept << after | self.bits & ((1 << after) - 1)
        self.keys[first:last] = array("Q", (key for key, _, _ in pieces))
        self.ends[first:] = ends + array("I", (end + more for end in self.ends[last:]))
