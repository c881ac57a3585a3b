"""Which item is which: keys that outlive changed titles, missing ids and moved addresses.

A key is a letter and a number or hash: `n` the article's number in the address, `l` the address,
`g` the source's own id, `s` title and time together. `i` is the hash of a list's entry whose page
was read. `t` (title) and `d` (time) identify nothing by
themselves; they say whether two items with one `g` are likely the same.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime

from fetchers.cleaning.links import article_number, canonical, is_specific
from model.text import fold, one_line

STRONG = "nlgsx"
MOST_KEYS = 12


def digest(text: str, length: int = 14) -> str:
    """Return a short hash of `text` for keys and file names."""
    return hashlib.sha256(text.encode()).hexdigest()[:length]


def item_keys(link: str, guid: str, title: str, time: datetime | None, rest: str = "") -> list[str]:
    """Return the keys of an item, strongest first; never empty of a strong one.

    `link` is a cleaned address or "", `rest` any further text that tells it from others.
    """
    keys: list[str] = []
    name = one_line(fold(title))
    if number := article_number(link):
        keys.append(f"n{number}")
    if link and is_specific(link):
        keys.append(f"l{digest(canonical(link))}")
    if identity := one_line(guid):
        address = identity.startswith(("http://", "https://"))
        key = digest(canonical(identity) if address else identity)
        if f"l{key}" not in keys:
            keys.append(f"g{key}")
    if name and time:
        keys.append(f"s{digest(f'{name} {time.timestamp():.0f}')}")
    if not keys:
        keys.append(f"x{digest(f'{name} {link} {one_line(rest)}')}")
    if name:
        keys.append(f"t{digest(name, 8)}")
    if time:
        keys.append(f"d{digest(str(int(time.timestamp())), 8)}")
    return keys


def part(keys: Iterable[str], letter: str) -> set[str]:
    """Return the keys of one sort."""
    return {key for key in keys if key[0] == letter}


def same(ours: Sequence[str], theirs: Sequence[str], by: str) -> bool:
    """Return whether two items that share the key `by` are one item."""

    def shared(letter: str) -> bool:
        return bool(part(ours, letter) & part(theirs, letter))

    def differ(letter: str) -> bool:
        return bool(part(ours, letter) and part(theirs, letter)) and not shared(letter)

    if by[0] in "nl":
        return True
    if by[0] == "g":
        moved = differ("n") or (differ("l") and not shared("n"))
        return not moved or shared("t") or (shared("d") and not differ("n"))
    return not differ("n")


def without_ambiguous(batch: Sequence[list[str]]) -> list[list[str]]:
    """Return the keys of the items of one batch, without those that name several of them.

    A feed may give all its items one address (the front page) or one id; what is shared by items
    that are told apart by their titles and by another key identifies none of them.
    """
    groups: defaultdict[str, list[int]] = defaultdict(list)
    for number, keys in enumerate(batch):
        for key in keys:
            if key[0] in STRONG:
                groups[key].append(number)
    dropped: defaultdict[int, set[str]] = defaultdict(set)
    for key, numbers in groups.items():
        if not all(_one_item(batch[numbers[0]], batch[number], key) for number in numbers[1:]):
            for number in numbers:
                dropped[number].add(key)
    return [_kept(keys, dropped[number]) for number, keys in enumerate(batch)]


def _one_item(ours: list[str], theirs: list[str], by: str) -> bool:
    if by[0] == "s":
        return not any(
            part(ours, letter)
            and part(theirs, letter)
            and part(ours, letter) != part(theirs, letter)
            for letter in "nlg"
        )
    if part(ours, "t") == part(theirs, "t"):
        return True
    others = [letter for letter in "nlg" if letter != by[0]]
    return any(part(ours, letter) & part(theirs, letter) for letter in others)


def _kept(keys: list[str], dropped: set[str]) -> list[str]:
    kept = [key for key in keys if key not in dropped]
    if any(key[0] in STRONG for key in kept):
        return kept
    return [f"x{digest(' '.join(keys))}", *kept]


def joined(old: Sequence[str], new: Sequence[str]) -> list[str]:
    """Return the keys by which a document is known after it was seen again.

    `t` and `d` are the latest ones; of strong keys the newest of each sort come first, and the list
    is bounded, so that a source that changes its ids at every request cannot make it grow.
    """
    strong = [key for key in new if key[0] in STRONG]
    strong += [key for key in old if key[0] in STRONG and key not in strong]
    counts: defaultdict[str, int] = defaultdict(int)
    kept = []
    for key in strong:
        counts[key[0]] += 1
        if counts[key[0]] <= 3:
            kept.append(key)
    weak = [key for key in new if key[0] not in STRONG]
    weak += [key for key in old if key[0] in "tdhc" and not part(weak, key[0])]
    return [*kept, *weak][:MOST_KEYS]
