"""A document's token stream: every token once, with how much the document is about it.

BM25F with the saturation done per document and in whole numbers: lengths are compared with fixed
usual lengths, so a stream follows from its document alone and equals the browser's.
"""

from __future__ import annotations

import sys
from array import array
from binascii import crc32, crc_hqx
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple, TypeVar

from plugins.search.analysis import Aliases, Spelled, spelled_text
from plugins.search.texts import Texts

FIELDS = ((768, 20, 12), (512, 30, 20), (160, 50, 35), (64, 75, 380))
"""(weight * 64, share of the length norm in %, usual length in syllables) of the four texts."""
SATURATION = 128
"""BM25's k1 = 2, times 64."""
ONCE = 4
"""Impact of what a text says at least once, however long it is (as in BM25+)."""
KEY_BITS = 36
FORMAT = 5
"""To be raised when streams are made in another way."""


Pair = tuple[Spelled, Spelled]
K = TypeVar("K")


class Token(NamedTuple):
    """A key ("benh", "benh vien", "=ubnd"), the codes of its spelling, its impact 0..15."""

    key: str
    codes: tuple[int, ...]
    impact: int


def impact(parts: Sequence[int], short: int) -> int:
    """Return how much a document is about a key, 0..15: what its title says comes first.

    `parts`: the key's weights in the four texts; `short`: 0..2, the fewer words the title has.
    """
    title, head, lead, body = parts
    text = min(10, max(ONCE, 16 * (lead + body) // (lead + body + SATURATION)))
    if title:
        return 12 + short + (text > 7)
    if head:
        return min(12, 16 * (head + lead + body) // (head + lead + body + SATURATION))
    return text


class Weighed(NamedTuple):
    """How much a document is about its words, and about its pairs of neighbouring syllables."""

    words: dict[Spelled, int]
    """Syllables, names, numbers and synonyms as they are spelled -> impact."""
    pairs: dict[Pair, int]


def weigh(texts: Texts, aliases: Aliases) -> Weighed:
    """Return how much a document with these texts is about what."""
    words: list[Counter[Spelled]] = []
    every: list[Counter[Pair]] = []
    steps: list[int] = []
    short = 0
    for text, (weight, share, usual) in zip(texts, FIELDS, strict=True):
        found, extras = spelled_text(text, aliases)
        stand = Counter(filter(None, found))
        length = stand.total()
        if not steps:
            short = (length <= 4) + (length <= 8)
        steps.append(weight * 100 // (100 - share + share * length // usual))
        neighbours = Counter([(a, b) for a, b in pairwise(found) if a and b])
        for extra in extras:
            if len(extra.codes) == 1:
                stand[extra.key, extra.codes[0]] += 1
            else:
                before, after = extra.key.split(" ")
                neighbours[(before, extra.codes[0]), (after, extra.codes[1])] += 1
        words.append(stand)
        every.append(neighbours)
    return Weighed(_impacts(words, steps, short), _impacts(every, steps, short))


def _impacts(stands: Sequence[Counter[K]], steps: Sequence[int], short: int) -> dict[K, int]:
    """Return key -> impact; `stands`: how often each key stands in the four texts."""
    *heads, body = stands
    step = steps[-1]
    usual = {times: impact((0, 0, 0, times * step), short) for times in set(body.values())}
    found = {key: usual[times] for key, times in body.items()}
    for key in set().union(*heads):
        parts = [stand[key] * step for stand, step in zip(stands, steps, strict=True)]
        found[key] = impact(parts, short)
    return found


def stream(texts: Texts, aliases: Aliases) -> list[Token]:
    """Return a document's tokens in no particular order, each spelling once."""
    words, every = weigh(texts, aliases)
    found = [Token(key, (code,), strength) for (key, code), strength in words.items()]
    for ((first, one), (second, other)), strength in every.items():
        found.append(Token(f"{first} {second}", (one, other), strength))
    return found


@lru_cache(maxsize=1 << 16)
def key_number(key: str) -> int:
    """Return a key's number below 2**36: CRC-32, 3 bits of CRC-CCITT, whether it is a pair."""
    data = key.encode()
    return crc32(data) << 4 | (crc_hqx(data, 0) & 7) << 1 | (" " in key)


def is_word(key: str) -> bool:
    """Whether a key is a word of the vocabulary: no pair, synonym, number or monster."""
    return " " not in key and key[0] != "=" and not key.isdecimal() and len(key) <= 20


@lru_cache(maxsize=1 << 16)
def _as_first(one: Spelled) -> tuple[int, int, int]:
    """Return what a pair's first syllable gives to its number.

    The key's two sums up to the blank, and the bits of its code and of the pair's mark.
    """
    data = one[0].encode()
    mark = 1 << 28 | one[1] << 16
    return crc32(b" ", crc32(data)), crc_hqx(b" ", crc_hqx(data, 0)), mark


def pack(found: Weighed) -> bytes:
    """Return a stream as sorted 64-bit numbers (key 36, codes 12 + 12, impact 4), then its words.

    The words are those of the vocabulary, sorted, parted by blanks. A pair's `key_number` is made
    of its halves, whose sums are known.
    """
    words, every = found
    rows = [key_number(key) << 28 | code << 16 | some for (key, code), some in words.items()]
    firsts = {one: _as_first(one) for one in words}
    seconds = {one: (one[0].encode(), one[1] << 4) for one in words}
    for (first, second), some in every.items():
        crc, hqx, mark = firsts[first]
        data, code = seconds[second]
        sums = crc32(data, crc) << 32 | (crc_hqx(data, hqx) & 7) << 29
        rows.append(sums | mark | code | some)
    rows.sort()
    numbers = array("Q", rows)
    if sys.byteorder == "big":
        numbers.byteswap()
    known = sorted(set(filter(is_word, (key for key, _ in words))))
    return len(rows).to_bytes(4, "little") + numbers.tobytes() + " ".join(known).encode()


def unpack(data: bytes) -> tuple[array[int], list[str]]:
    """Return the numbers and the words that `pack` wrote."""
    stop = 4 + 8 * int.from_bytes(data[:4], "little")
    numbers = array("Q", data[4:stop])
    if sys.byteorder == "big":
        numbers.byteswap()
    return numbers, data[stop:].decode().split()
