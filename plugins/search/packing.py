"""The bytes of leaves (bits) and of the other shards (JSON under raw deflate)."""

from __future__ import annotations

import json
import zlib
from codecs import register_error
from collections.abc import Mapping, Sequence
from unicodedata import normalize

KEEP = 160
"""Postings kept of one key; the strongest, then the newest."""
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


def strongest(variants: Variants, days: Mapping[int, int]) -> tuple[int, Variants]:
    """Return in how many documents a key stands, and its postings, at most KEEP of them.

    `days`: the day of the document with each number.
    """
    documents = {document for postings in variants.values() for document, _ in postings}
    if sum(map(len, variants.values())) <= KEEP:
        return len(documents), variants
    every = [
        (-weight, -days[document], -document, codes)
        for codes, some in variants.items()
        for document, weight in some
    ]
    kept: dict[tuple[int, ...], list[Posting]] = {}
    for weight, _, document, codes in sorted(every)[:KEEP]:
        kept.setdefault(codes, []).append((-document, -weight))
    return len(documents), {codes: sorted(some) for codes, some in kept.items()}


def worth_keeping(pair: Variants) -> bool:
    """Whether a pair of words stands in two documents, or in one's title."""
    postings = [posting for some in pair.values() for posting in some]
    return len({document for document, _ in postings}) > 1 or any(
        strength >= TITLE for _, strength in postings
    )


class Bits:
    """Numbers written bit by bit, the highest first."""

    def __init__(self) -> None:
        self._value, self._width = 0, 0
        self._done: list[tuple[int, int]] = []

    def put(self, value: int, width: int) -> None:
        """Append the `width` low bits of a number."""
        self._value = self._value << width | value
        self._width += width
        if self._width > 4096:
            self._done.append((self._value, self._width))
            self._value, self._width = 0, 0

    def rice(self, value: int, low: int) -> None:
        """Append a number as so many ones as it has 2**low, a nought, and its `low` low bits."""
        ones = value >> low
        self.put(((1 << ones) - 1) << (1 + low) | value & ((1 << low) - 1), ones + 1 + low)

    def gamma(self, value: int) -> None:
        """Append a number from 1 on as Elias gamma."""
        width = value.bit_length()
        self.put(value, 2 * width - 1)

    def all(self) -> tuple[int, int]:
        """Return everything as one number, and its width."""
        value, width = 0, 0
        for part, size in [*self._done, (self._value, self._width)]:
            value, width = value << size | part, width + size
        return value, width


IMPACT_WIDTHS = (10, 7, 4, 2, 3, 3, 3, 4, 4, 4, 4, 10, 6, 5, 8, 9)
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


def gap_low(slots: int, postings: int) -> int:
    """Return the low bits of the Rice code of the gaps between so many postings in the slots."""
    return max(0, (max(1, slots * 11 >> 4) // postings).bit_length() - 1)


def key_bits(
    documents: int, variants: Mapping[int, Sequence[int]], pair: bool, slots: int
) -> tuple[int, int]:
    """Return the bits of one key in a leaf, and how many they are.

    `variants`: codes (12 bits each of a pair's two, or 12 and a nought) -> postings in rising order
    as number << 4 | impact. Written are: whether its documents' number stands apart from its
    postings', and that number; spellings; of each its codes, number of postings and, of each
    posting, distance to the one before and impact.
    """
    bits = Bits()
    if documents == sum(map(len, variants.values())):
        bits.put(0, 1)
    else:
        bits.put(1, 1)
        bits.gamma(documents)
    bits.gamma(len(variants))
    for codes, postings in sorted(variants.items(), key=lambda item: (-len(item[1]), item[0])):
        bits.rice(codes >> 12, CODE_LOW)
        if pair:
            bits.rice(codes & 4095, CODE_LOW)
        bits.gamma(len(postings))
        _postings(bits, slots, postings)
    return bits.all()


def _postings(bits: Bits, slots: int, postings: Sequence[int]) -> None:
    low = gap_low(slots, len(postings))
    mask, before, all_bits, total = (1 << low) - 1, -1, 0, 0
    for posting in postings:
        document, weight = posting >> 4, posting & 15
        gap = document - before - 1
        before, ones, width = document, gap >> low, IMPACT_WIDTHS[weight]
        size = ones + 1 + low + width
        value = (((1 << ones) - 1) << (1 + low) | gap & mask) << width | IMPACT_CODES[weight]
        all_bits, total = all_bits << size | value, total + size
    bits.put(all_bits, total)
