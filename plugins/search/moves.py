"""How a document stands in the index, and how it moved from one state of it to the next."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable
from itertools import pairwise
from typing import NamedTuple

from plugins.search.entry import Stream


class Standing(NamedTuple):
    """What the index knew of a document."""

    part: int
    digest: str
    place: str
    day: int
    sort: int
    number: int | None
    letter: str
    card: str

    @property
    def listing(self) -> tuple[str, str]:
        """What the index by letter shows of it: the page and the title."""
        return self.letter, json.loads(self.card)[1]


class Move(NamedTuple):
    """What happened to a document of the base."""

    before: int | None
    """Its number before; None: it was not in the base."""
    after: int | None
    old: Stream
    new: Stream
    dated: bool
    """Whether its day or kind is another."""

    def items(self) -> tuple[Iterable[int], Iterable[int]]:
        """Return the items that go (from the number before) and that come (to the one after)."""
        old, new = self.old.parts[0], self.new.parts[0]
        if self.before != self.after or self.dated:
            return old, new
        return set(old).difference(new), set(new).difference(old)

    def doubles(self) -> Counter[int]:
        """Return key -> how many postings more than one the document has of it now than before."""
        change: Counter[int] = Counter()
        for items, sign in ((self.new.parts[0], 1), (self.old.parts[0], -1)):
            for first, second in pairwise(items):
                if first >> 28 == second >> 28:
                    change[first >> 28] += sign
        return change
