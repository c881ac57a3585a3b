"""Vietnamese text: normal form, folding of tone marks, slugs, one-line and plain text."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_SPACES = re.compile(r"[\s\u200b\ufeff]+")
_CONTROLS = re.compile(
    r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]"
)
_FORBIDDEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_PLAIN = re.compile(r"[a-z0-9 -]*")
_LATIN_MARKS = re.compile("[\u0300-\u036f]")
"""Tone marks as characters of their own (Unicode: Combining Diacritical Marks)."""
SLUG_LENGTH = 80


def clean(text: str) -> str:
    """Return `text` in NFC without control, bidi-override and surrogate characters."""
    return _CONTROLS.sub("", unicodedata.normalize("NFC", _CONTROLS.sub("", text)))


def legal(text: str) -> str:
    """Return `text` without the characters that XML 1.0 (section 2.2) forbids."""
    return _FORBIDDEN.sub("", text)


def one_line(text: str) -> str:
    """Return clean `text` with every run of white space folded to one blank."""
    if text.isprintable() and "  " not in text and unicodedata.is_normalized("NFC", text):
        return text.strip()  # printable: no control, no invisible, no white space but the blank
    return _SPACES.sub(" ", clean(text)).strip()


def fold(text: str) -> str:
    """Return `text` lower-case and without tone marks: “Đường dây NÓNG” -> “duong day nong”."""
    if text.isascii():
        return text.casefold()
    plain = unicodedata.normalize("NFD", text.replace("đ", "d").replace("Đ", "D"))
    return unicodedata.normalize("NFC", _LATIN_MARKS.sub("", plain)).casefold()


@lru_cache(maxsize=4096)
def slug(text: str, length: int = SLUG_LENGTH) -> str:
    """Return an ASCII slug of at most `length` characters, cut at a word; "" if nothing is left."""
    plain = fold(text)
    if len(plain) <= length and _PLAIN.fullmatch(plain):
        return "-".join(plain.replace("-", " ").split())
    from slugify import slugify  # only what has more than letters, digits and blanks needs it

    return slugify(plain, max_length=length, word_boundary=True, save_order=True)


def shorten(text: str, length: int) -> str:
    """Return one-line `text` of at most `length` characters, cut at a word, with an ellipsis."""
    line = one_line(text)
    if len(line) <= length:
        return line
    cut = line[: length - 1]
    head = cut.rsplit(" ", 1)[0] if " " in cut[length // 2 :] else cut
    return head.rstrip(" ,;:.–-") + "…"
