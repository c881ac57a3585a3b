"""The bytes of leaves (bits) and of the other shards (JSON under raw deflate)."""

from __future__ import annotations

import json
import zlib
from codecs import register_error
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from unicodedata import normalize

KEEP, KEEP_PAIR = 160, 400
"""Postings kept of a word and of a pair; the strongest, then the newest (docs/decisions/0058)."""
TITLE = 12
"""Impact from which on a key stands in a title, claim or name (`streams.impact`)."""
Posting = tuple[int, int]
"""(document's number, impact 0..15)."""
Variants = Mapping[tuple[int, ...], Sequence[Posting]]
"""Codes of a spelling -> postings in rising order; the second code of a syllable is 0."""


TONED = {
    ord(normalize("NFC", letter + tone)): letter + tone
    for letter in "aăâeêioôơuưyAĂÂEÊIOÔƠUƯY"
    for tone in "\u0300\u0301\u0303\u0309\u0323"
}
"""Vietnamese letters with a tone -> letter and tone: two bytes of windows-1258, not three."""


def _as_json(error: UnicodeError) -> tuple[str, int]:
    """Write what windows-1258 does not know as JSON writes it."""
    if not isinstance(error, UnicodeEncodeError):
        raise error
    return json.dumps(error.object[error.start : error.end])[1:-1], error.end


register_error("loa-json", _as_json)


def packed_text(text: str) -> bytes:
    """Return JSON in windows-1258 under deflate; to be read in the normal form NFC."""
    return deflate(text.translate(TONED).encode("cp1258", "loa-json"))


def deflate(data: bytes) -> bytes:
    """Return data under raw deflate (RFC 1951), which every browser can undo."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    return packer.compress(data) + packer.flush()


def planes(*parts: bytes) -> bytes:
    """Return parts of unlike bytes under one raw deflate, each with a code of its own."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -15, 9, zlib.Z_RLE)
    packed = [packer.compress(part) + packer.flush(zlib.Z_FULL_FLUSH) for part in parts]
    return b"".join(packed) + packer.flush()


def inflate(data: bytes) -> bytes:
    """Return what `deflate` was given."""
    return zlib.decompress(data, -15)


def packed_json(value: object) -> bytes:
    """Return compact JSON under deflate, as `packed_text`."""
    return packed_text(json.dumps(value, ensure_ascii=False, separators=(",", ":")))


def strongest(variants: Variants, days: Mapping[int, int], pair: bool) -> tuple[int, Variants]:
    """Return in how many documents a key stands, and its postings, at most as many as are kept.

    `days`: the day of the document with each number.
    """
    most = KEEP_PAIR if pair else KEEP
    documents = {document for postings in variants.values() for document, _ in postings}
    if sum(map(len, variants.values())) <= most:
        return len(documents), variants
    every = [
        (-weight, -days[document], -document, codes)
        for codes, some in variants.items()
        for document, weight in some
    ]
    kept: dict[tuple[int, ...], list[Posting]] = {}
    for weight, _, document, codes in sorted(every)[:most]:
        kept.setdefault(codes, []).append((-document, -weight))
    return len(documents), {codes: sorted(some) for codes, some in kept.items()}


def worth_keeping(pair: Variants) -> bool:
    """Whether a pair of words stands in two documents, or in one's title."""
    postings = [posting for some in pair.values() for posting in some]
    return len({document for document, _ in postings}) > 1 or any(
        strength >= TITLE for _, strength in postings
    )


IMPACT_WIDTHS = (11, 11, 11, 11, 1, 3, 3, 4, 5, 5, 4, 8, 6, 5, 7, 9)
"""Widths of the prefix code (canonical Huffman) of the impacts, measured on real articles."""
CODE_LOW = 3
"""Low bits of the Rice code of a spelling's code."""


def prefix_code(widths: Sequence[int]) -> list[int]:
    """Return the canonical code of each symbol: by width, then by symbol, counting up."""
    codes, code, before = [0] * len(widths), 0, 0
    for width, symbol in sorted((width, symbol) for symbol, width in enumerate(widths)):
        code <<= width - before
        codes[symbol], before = code, width
        code += 1
    return codes


IMPACT_CODES = prefix_code(IMPACT_WIDTHS)
_IMPACTS = tuple(zip(IMPACT_CODES, IMPACT_WIDTHS, strict=True))


def gap_low(slots: int, postings: int) -> int:
    """Return the low bits of the Rice code of the gaps between so many postings in the slots."""
    return max(0, (max(1, slots * 11 >> 4) // postings).bit_length() - 1)


IMPACT_AT = 28
"""A value is impact << 28 | number of the document, so that the strongest stand last."""
NUMBER = (1 << IMPACT_AT) - 1


def key_bits(
    documents: int, variants: Iterable[tuple[int, Sequence[int]]], pair: bool, slots: int
) -> tuple[int, int]:
    """Return the bits of one key in a leaf, and how many they are.

    `variants`: codes (12 bits each of a pair's two, or 12 and a nought) and postings, as
    impact << 28 | number, by their documents' numbers. Written are: whether the number of documents
    stands apart from that of postings, and that number (Elias gamma); spellings; of each its codes
    (Rice), number of postings and, of each posting, distance to the one before (Rice) and impact.
    """
    every = sorted(variants, key=lambda item: (-len(item[1]), item[0]))
    bits, total = 0, 1
    if documents != sum(len(postings) for _, postings in every):
        bits, total = 1 << 2 * documents.bit_length() - 1 | documents, 2 * documents.bit_length()
    size = 2 * len(every).bit_length() - 1
    bits, total = bits << size | len(every), total + size
    for codes, postings in every:
        head, size = _head(codes, len(postings), pair)
        bits, total = bits << size | head, total + size
        some, size = _postings(slots, postings)
        bits, total = bits << size | some, total + size
    return bits, total


@lru_cache(maxsize=1 << 14)
def _head(codes: int, postings: int, pair: bool) -> tuple[int, int]:
    """Return the bits of a spelling's codes and its number of postings."""
    bits, total = _rice(codes >> 12)
    if pair:
        more, size = _rice(codes & 4095)
        bits, total = bits << size | more, total + size
    size = 2 * postings.bit_length() - 1
    return bits << size | postings, total + size


def _rice(code: int) -> tuple[int, int]:
    """Return so many ones as a code has 2**CODE_LOW, a nought, and its low bits."""
    ones = code >> CODE_LOW
    low = code & ((1 << CODE_LOW) - 1)
    return ((1 << ones) - 1) << (1 + CODE_LOW) | low, ones + 1 + CODE_LOW


def _postings(slots: int, postings: Sequence[int]) -> tuple[int, int]:
    low = gap_low(slots, len(postings))
    mask, before, bits, total, tail = (1 << low) - 1, -1, 0, 0, 1 + low
    for posting in postings:
        document, (code, width) = posting & NUMBER, _IMPACTS[posting >> IMPACT_AT]
        gap = document - before - 1
        before, ones = document, gap >> low
        size = ones + tail + width
        bits = bits << size | (((1 << ones) - 1) << tail | gap & mask) << width | code
        total += size
    return bits, total
