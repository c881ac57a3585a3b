"""A document's token stream: every token once, with how much the document is about it.

BM25F with the saturation done per document and in whole numbers: lengths are compared with fixed
usual lengths, so a stream follows from its document alone and equals the browser's.
"""

from __future__ import annotations

import sys
from array import array
from binascii import crc32, crc_hqx
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import NamedTuple

from plugins.search.analysis import Aliases, pairs, tokens
from plugins.search.texts import Texts

FIELDS = ((768, 20, 12), (512, 30, 20), (160, 50, 35), (64, 75, 380))
"""(weight * 64, share of the length norm in %, usual length in syllables) of the four texts."""
SATURATION = 128
"""BM25's k1 = 2, times 64."""
KEY_BITS = 36
FORMAT = 4
"""To be raised when streams are made in another way."""


Spelling = tuple[str, tuple[int, ...]]
"""A key and the codes of its syllables."""


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
    text = min(10, 16 * (lead + body) // (lead + body + SATURATION))
    if title:
        return 12 + short + (text > 7)
    if head:
        return min(12, 16 * (head + lead + body) // (head + lead + body + SATURATION))
    return text


def stream(texts: Texts, aliases: Aliases) -> list[Token]:
    """Return a document's tokens in no particular order, each spelling once."""
    weights: dict[Spelling, list[int]] = {}
    short = 0
    for field, (text, (weight, share, usual)) in enumerate(zip(texts, FIELDS, strict=True)):
        found, extras = tokens(text, aliases)
        if not field:
            short = (len(found) <= 4) + (len(found) <= 8)
        step = weight * 100 // (100 - share + share * len(found) // usual)
        stand = Counter[Spelling]((unit.text, (unit.code,)) for unit in found)
        stand.update(pairs(found))
        stand.update((extra.key, extra.codes) for extra in extras)
        for spelling, times in stand.items():
            if spelling in weights:
                weights[spelling][field] = times * step
            else:
                weights[spelling] = [0] * field + [times * step] + [0] * (3 - field)
    return [Token(*key, impact(parts, short)) for key, parts in weights.items()]


@lru_cache(maxsize=1 << 16)
def key_number(key: str) -> int:
    """Return a key's number below 2**36: CRC-32, 3 bits of CRC-CCITT, whether it is a pair."""
    data = key.encode()
    return crc32(data) << 4 | (crc_hqx(data, 0) & 7) << 1 | (" " in key)


def pack(found: Iterable[Token]) -> bytes:
    """Return a stream as sorted 64-bit numbers (key 36, codes 12 + 12, impact 4), then its words.

    The words are the syllables by which the vocabulary is made, parted by blanks.
    """
    numbers = array("Q")
    words = []
    rows = []
    for key, codes, strength in found:
        spelling = codes[0] << 12 | (codes[1] if len(codes) > 1 else 0)
        rows.append(key_number(key) << 28 | spelling << 4 | strength)
        if " " not in key and key[0] != "=":
            words.append(key)
    numbers.extend(sorted(rows))
    if sys.byteorder == "big":
        numbers.byteswap()
    return len(rows).to_bytes(4, "little") + numbers.tobytes() + " ".join(words).encode()


def unpack(data: bytes) -> tuple[array[int], list[str]]:
    """Return the numbers and the words that `pack` wrote (a word may stand more than once)."""
    stop = 4 + 8 * int.from_bytes(data[:4], "little")
    numbers = array("Q", data[4:stop])
    if sys.byteorder == "big":
        numbers.byteswap()
    return numbers, data[stop:].decode().split()
