"""How the index is cut: live, fresh and base documents, their numbers, leaves, cards. All from ids.

Nothing here counts documents one by one: a document's part and number follow from its own id and
its near neighbours, so that one document added, edited, moved in time or deleted leaves the numbers
of (nearly) all others as they were.

Live: the newest current alerts. Fresh: today's documents and up to WINDOW of those before, cut
where the smallest hash among them stands. Both are read by the browser as texts. Base: the rest,
numbered by hash: a number is a slot of a table of BUCKETs of slots, at most half full. So what is
published today never changes the base: its bill is paid by the first build after midnight.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from hashlib import blake2b
from typing import NamedTuple

from plugins.search.streams import KEY_BITS

WINDOW = 8
"""Fresh documents of earlier days at most."""
TODAY = 16
"""Fresh documents of today at most; where there are more, fresh ones in all."""
TAIL = TODAY + WINDOW + 1
"""So many of the newest documents tell which are fresh."""
LIVE = 16
"""Alerts at most that are kept out of the base."""
GROUP = 4
"""Fresh and live documents in one file, of each so many: texts, which the browser reads itself."""
BUCKET = 64
LEVELS = 8
"""Levels of age; a level is four times as wide as the one before."""
FOLDER = "tim-kiem"


class Parts(NamedTuple):
    """Ids of the documents of each part; fresh and live ones from the oldest."""

    base: Sequence[str]
    fresh: Sequence[str]
    live: Sequence[str]


class Dated(NamedTuple):
    """What tells a document's part: the day is that of its date since 1970 (`entry.day_of`)."""

    id: str
    day: int
    alert: bool


class Spot(NamedTuple):
    """What an id says of its document's place in the table of slots."""

    hash: int
    id: str

    def bucket(self, slots: int) -> int:
        """Return the bucket, of a table of so many slots."""
        return (self.hash >> 32) * (slots // BUCKET) >> 32


def spot(identity: str) -> Spot:
    """Return the spot of a document."""
    return Spot(int.from_bytes(blake2b(identity.encode(), digest_size=8).digest(), "big"), identity)


def cut(tail: Sequence[str], window: int) -> int:
    """Return how many of the last `window` + 1 documents (or fewer: all) belong to the base."""
    if len(tail) <= window:
        return 0
    marks = [blake2b(identity.encode(), digest_size=8, key=b"cut").digest() for identity in tail]
    return marks.index(min(marks)) + 1


def fresh(newest: Sequence[Dated], today: int) -> list[str]:
    """Return the fresh ones of the TAIL newest documents (or fewer: all), from the oldest."""
    ids = [one.id for one in newest]
    before = sum(one.day < today for one in newest)
    if len(ids) - before > TODAY:
        tail = ids[-TODAY - 1 :]
        return tail[cut(tail, TODAY) :]
    tail = ids[:before][-WINDOW - 1 :]
    return tail[cut(tail, WINDOW) :] + ids[before:]


def parts(ordered: Iterable[Dated], today: int) -> Parts:
    """Return the parts of a site on the day `today`; `ordered`: from the oldest."""
    found = list(ordered)
    live = [one.id for one in found if one.alert][-LIVE:]
    away = set(live)
    others = [one for one in found if one.id not in away]
    new = fresh(others[-TAIL:], today)
    return Parts([one.id for one in others[: len(others) - len(new)]], new, live)


def steps(base: int) -> int:
    """Return the slots that a base of so many documents needs at least: twice as many, in steps."""
    wanted = max(1, 2 * base)
    step = max(BUCKET, 1 << max(0, wanted.bit_length() - 4))
    return -(-wanted // step) * step


def slots(spots: Iterable[Spot]) -> int:
    """Return the slots for a base: the fewest steps in which no bucket overflows."""
    every = list(spots)
    count = steps(len(every))
    while every and not _fits(every, count):
        count = steps(count // 2 + 1)
    return count if every else 0


def _fits(spots: Sequence[Spot], count: int) -> bool:
    stand = [0] * (count // BUCKET)
    for one in spots:
        stand[one.bucket(count)] += 1
    return max(stand) <= BUCKET


def numbers(spots: Iterable[Spot], count: int) -> dict[str, int]:
    """Return the number of each document of whole buckets in a table of `count` slots.

    In the order of their hashes each takes the first free slot of its own sequence, so the table
    does not tell in which order documents came.
    """
    taken: set[int] = set()
    found: dict[str, int] = {}
    for one in sorted(spots):
        first, place = one.bucket(count) * BUCKET, one.hash % BUCKET
        step = (one.hash // BUCKET) % BUCKET | 1
        while first + place in taken:
            place = (place + step) % BUCKET
        taken.add(first + place)
        found[one.id] = first + place
    return found


def leaves(count: int) -> int:
    """Return how many leaves a table of this many slots has: about 2 to 3 KB each."""
    return min(count // 4, 1200 + count * 65 // 1000)


def cards(count: int) -> int:
    """Return how many slots of this many share a file of result cards: of 3 or 7 documents.

    The fewer the less a first answer waits for; but a small index is kept whole for offline use if
    it has few files, and a large one shall have at most 4,000.
    """
    return 8 if 1280 < count <= 8192 else 16


def card_files(count: int) -> int:
    """Return how many files of result cards so many slots have."""
    return -(-count // cards(count))


def leaf_of(number: int, count: int) -> int:
    """Return the leaf, of `count`, that holds a key's number."""
    return number * count >> KEY_BITS


def first_number(leaf: int, count: int) -> int:
    """Return the lowest key number that a leaf may hold."""
    return -(-(leaf << KEY_BITS) // count)


def age_limits(days: Sequence[int]) -> list[int]:
    """Return the days on which the levels of age begin; `days`: of all base documents.

    A document's level is the number of limits that its day does not pass.
    """
    ordered = sorted(days, reverse=True)
    return [ordered[16 << 2 * k] for k in range(LEVELS - 1) if 16 << 2 * k < len(ordered)]


def freshness(level: int, count: int) -> int:
    """Return how new a document of this level of age is among `count`: 0..63."""
    return max(0, 63 - (10 << 2 * level) * 64 // max(1, count))
