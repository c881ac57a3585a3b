"""How the index is cut into files: base and fresh part, leaves, cards, groups. All from counts.

Documents are numbered from the oldest. The base is every document below a boundary, a multiple of
STEP; the fresh part is the rest. A new document touches one small group of the fresh part; crossing
the boundary makes the base once.
"""

from __future__ import annotations

from collections.abc import Iterable

from model.output import EVERY_DOCUMENT, ListChange
from plugins.search.streams import KEY_BITS

STEP = 32
GROUP = 4
"""Fresh documents in one file: their texts, which the browser reads itself."""
CARDS = 6
"""Base documents whose result cards share a file."""
PER_LEAF = 4
"""Base documents for each leaf."""
FOLDER = "tim-kiem"


def boundary(count: int) -> int:
    """Return how many of `count` documents the base has."""
    return count // STEP * STEP


def leaves(base: int) -> int:
    """Return how many leaves a base of this many documents has."""
    return base // PER_LEAF


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


def base_files(change: ListChange, each: int) -> Iterable[int]:
    """Return the numbers of base files (one for `each` documents) that a change touches."""
    if change.name != EVERY_DOCUMENT or not base_changed(change):
        return ()
    most = max(boundary(change.before), boundary(change.after))
    return range(-(-most // each))


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
