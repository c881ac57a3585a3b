"""The bytes of leaves and of the other shards: variable-length numbers under raw deflate."""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterable, Mapping, Sequence

KEEP = 400
"""Postings kept of one key; the strongest, then the newest."""
Posting = tuple[int, int]
"""(document's number, impact 0..15)."""
Variants = Mapping[tuple[int, ...], Sequence[Posting]]
"""Codes of a spelling -> postings in rising order; the second code of a syllable is 0."""


def deflate(data: bytes) -> bytes:
    """Return data under raw deflate (RFC 1951), which every browser can undo."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    return packer.compress(data) + packer.flush()


def inflate(data: bytes) -> bytes:
    """Return what `deflate` was given."""
    return zlib.decompress(data, -15)


def packed_json(value: object) -> bytes:
    """Return compact JSON under deflate."""
    return deflate(json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode())


def put(out: bytearray, number: int) -> None:
    """Append a number, seven bits a byte, the lowest first."""
    while number > 127:
        out.append(number & 127 | 128)
        number >>= 7
    out.append(number)


def strongest(variants: Variants) -> tuple[int, Variants]:
    """Return in how many documents a key stands, and its postings, at most KEEP of them."""
    documents = {document for postings in variants.values() for document, _ in postings}
    if sum(map(len, variants.values())) <= KEEP:
        return len(documents), variants
    every = [
        (-weight, -document, codes) for codes, some in variants.items() for document, weight in some
    ]
    kept: dict[tuple[int, ...], list[Posting]] = {}
    for weight, document, codes in sorted(every)[:KEEP]:
        kept.setdefault(codes, []).append((-document, -weight))
    return len(documents), {codes: sorted(some) for codes, some in kept.items()}


def leaf(tag: bytes, low: int, entries: Iterable[tuple[int, Variants]]) -> bytes:
    """Return a leaf: 4 bytes of tag, then keys in rising order from `low` on.

    Of a key: distance to the one before; documents; spellings; of each its codes, number of
    postings and, of each posting, distance and impact in one number.
    """
    out = bytearray(tag)
    for number, variants in entries:
        count, kept = strongest(variants)
        put(out, number - low)
        low = number
        put(out, count)
        put(out, len(kept))
        for codes, postings in sorted(kept.items(), key=lambda item: (-len(item[1]), item[0])):
            put(out, codes[0])
            if number & 1:
                put(out, codes[1])
            put(out, len(postings))
            before = -1
            for document, weight in postings:
                put(out, (document - before - 1) << 4 | weight)
                before = document
    return deflate(bytes(out))
