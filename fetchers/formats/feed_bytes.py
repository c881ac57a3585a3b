"""A feed's bytes made fit for a parser: UTF-8 where it was UTF-16, no bad reference, bounded.

Feed parsers raise on a bad character reference, give nothing for UTF-16 without a byte order mark,
are quadratic on comments that never end, and read the hundred thousandth item although nobody
asked.
"""

from __future__ import annotations

import codecs
import re
from typing import NamedTuple

from fetchers.formats.nesting import refuse_deep

_REFERENCE = re.compile(rb"&#(?:[xX]0*([0-9a-fA-F]+)|0*(\d+));?")
_DECLARED = re.compile(r"^(\s*<\?xml[^>]*?)\s+encoding\s*=\s*(?:\"[^\"]*\"|'[^']*')")
_ITEM = re.compile(rb"<(?:[\w-]+:)?(item|entry)(?=[\s>/])", re.IGNORECASE)
_CLOSE = re.compile(rb"</(?:[\w-]+:)?(?:item|entry)\s*>", re.IGNORECASE)
MOST_COMMENTS = 500
_WIDE = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
    (b"<\0\0\0", "utf-32-le"),
    (b"\0\0\0<", "utf-32-be"),
    (b"<\0", "utf-16-le"),
    (b"\0<", "utf-16-be"),
)


class Fit(NamedTuple):
    """Bytes fit for a parser; `recoded`: now UTF-8 whatever was declared; `cut`: items left out."""

    data: bytes
    recoded: bool
    cut: int


def fit(data: bytes, items: int) -> Fit:
    """Return `data` fit for a parser, with at most `items` items."""
    narrow, recoded = _narrow(data)
    narrow = _REFERENCE.sub(_possible, narrow.replace(b"\0", b""))
    if narrow.count(b"<!--") > MOST_COMMENTS:
        narrow = _without_comments(narrow)
    narrow, cut = _capped(narrow, items)
    refuse_deep(narrow)
    return Fit(narrow, recoded, cut)


def fit_xml(data: bytes) -> bytes:
    """Return the bytes of another XML document fit for a parser."""
    narrow, _ = _narrow(data)
    return _REFERENCE.sub(_possible, narrow.replace(b"\0", b"")).lstrip()


def _narrow(data: bytes) -> tuple[bytes, bool]:
    for mark, encoding in _WIDE:
        if data.startswith(mark):
            text = data.decode(encoding, "replace").lstrip("\ufeff")
            return _DECLARED.sub(r"\1", text).encode("utf-8", "replace"), True
    return data, False


def _possible(match: re.Match[bytes]) -> bytes:
    """Keep a character reference that XML 1.0 allows (§2.2), drop any other."""
    digits = match[1] or match[2]
    code = int(digits, 16 if match[1] else 10) if len(digits) <= 8 else 0x110000
    allowed = code in (9, 10, 13) or 0x20 <= code <= 0xD7FF or 0xE000 <= code <= 0xFFFD
    return match[0] if allowed or 0x10000 <= code <= 0x10FFFF else b""


def _without_comments(data: bytes) -> bytes:
    """Drop comments in one pass; of one that never ends, or outlasts its CDATA, only the mark."""
    kept: list[bytes] = []
    position = 0
    while (start := data.find(b"<!--", position)) >= 0:
        kept.append(data[position:start])
        end = data.find(b"-->", start + 4)
        if end < 0:
            kept.append(data[start:].replace(b"<!--", b""))
            return b"".join(kept)
        position = start + 4 if data.find(b"]]>", start, end) >= 0 else end + 3
    kept.append(data[position:])
    return b"".join(kept)


def _capped(data: bytes, items: int) -> tuple[bytes, int]:
    starts = [match.start() for match in _ITEM.finditer(data)]
    if len(starts) <= items:
        return data, 0
    ends = [match.end() for match in _CLOSE.finditer(data, starts[items])]
    tail = data[ends[-1] :] if ends else b""
    return data[: starts[items]] + tail, len(starts) - items
