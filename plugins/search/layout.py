"""How the index is cut into files: base and fresh part, leaves, cards, groups. All from counts.

Documents are numbered from the oldest. The base is every document below a boundary, a multiple of
STEP; the fresh part is the rest. A new document touches one small group of the fresh part; crossing
the boundary makes the base once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from model.output import EVERY_DOCUMENT, ListChange
from plugins.search.streams import KEY_BITS

STEP = 16
GROUP = 4
"""Fresh documents in one file: their texts, which the browser reads itself."""
CARDS = 8
"""Base documents whose result cards share a file."""
FOLDER = "tim-kiem"


def boundary(count: int) -> int:
    """Return how many of `count` documents the base has."""
    return count // STEP * STEP


def leaves(base: int) -> int:
    """Return how many leaves a base of this many documents has: about 2 to 3 KB each."""
    return min(base // 2, 1300 + base * 14 // 100)


def card_files(base: int) -> int:
    """Return how many files hold the cards of a base."""
    return -(-base // CARDS)


def leaf_of(number: int, count: int) -> int:
    """Return the leaf, of `count`, that holds a key's number."""
    return number * count >> KEY_BITS


def first_number(leaf: int, count: int) -> int:
    """Return the lowest key number that a leaf may hold."""
    return -(-(leaf << KEY_BITS) // count)


def base_changed(change: ListChange) -> bool:
    """Whether a change of the list of all documents reaches into the base."""
    after = boundary(change.after)
    moved = change.shifted_from is not None and change.shifted_from < after
    return boundary(change.before) != after or moved or any(rank < after for rank in change.edited)


def base_files(change: ListChange, files: Callable[[int], int]) -> Iterable[int]:
    """Return the numbers of the files that a change touches; `files`: how many a base has."""
    if change.name != EVERY_DOCUMENT or not base_changed(change):
        return ()
    most = max(boundary(change.before), boundary(change.after))
    return range(files(most))


def groups(change: ListChange) -> Iterable[int]:
    """Return the numbers of fresh groups that a change touches; group k has ranks 4k .. 4k + 3."""
    if change.name != EVERY_DOCUMENT:
        return ()
    before, after = boundary(change.before), boundary(change.after)
    low = after if change.before == 0 else min(before, after)
    stop = max(change.before, change.after)
    if before != after:
        ranks = set(range(low, stop))
    else:
        ranks = {rank for rank in change.edited if rank >= low}
        if change.shifted_from is not None:
            ranks |= set(range(max(low, change.shifted_from), stop))
    return sorted({rank // GROUP for rank in ranks})
