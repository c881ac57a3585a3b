"""Words of an item: its language, and whether it is about what the site wants."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from model.text import fold, one_line

_VIETNAMESE = re.compile("[ăđơưằẳẵắặầẩẫấậẻẽẹềểễếệỉĩịỏọồổỗốộờởỡớợủũụừửữứựỳỷỹỵ]", re.IGNORECASE)
"""Letters that no other language of these sources has."""
_KHMER = re.compile("[\u1780-\u17ff]")
_TONES = re.compile("[\u0300\u0301\u0303\u0309\u0323]")
_NO_WORD = re.compile(r"[\W_]+")
_LATIN_WORD = re.compile(r"[a-z]{2,}", re.IGNORECASE)


def language_of(text: str, declared: str, usual: str) -> str:
    """Return "vi", "en" or "km" for a text: its own letters first, then what was declared.

    A text of at least five Latin words without one Vietnamese letter is not Vietnamese.
    """
    if _KHMER.search(text):
        return "km"
    if _VIETNAMESE.search(text):
        return "vi"
    tag = declared.lower()[:2]
    if len(_LATIN_WORD.findall(text)) >= 5:
        return "en" if tag in ("en", "vi", "") else usual
    return tag if tag in ("en", "km") and usual != "vi" else usual


def wanted(text: str, include: Iterable[str], exclude: Iterable[str]) -> bool:
    """Return whether `text` has a word of `include` (if there are any) and none of `exclude`.

    Words are compared whole and without case; a word may be several (“dịch bệnh”). One typed with
    tone marks must stand there with them (“bão” is not “báo”), one typed without matches any.
    """
    included, excluded = tuple(include), tuple(exclude)
    if not included and not excluded:
        return True
    marked, plain = _spaced(text.casefold()), _spaced(fold(text))

    def has(words: Iterable[str]) -> bool:
        return any(_spaced(w.casefold()) in (plain if w.isascii() else marked) for w in words)

    return (not included or has(included)) and not has(excluded)


def _spaced(text: str) -> str:
    """Return the words of `text` between blanks; where in a word its tone stands does not count."""
    words = _NO_WORD.sub(" ", one_line(text)).split(" ")
    return f" {' '.join(filter(None, map(_tone_last, words)))} "


def _tone_last(word: str) -> str:
    if word.isascii():
        return word
    letters = unicodedata.normalize("NFD", word)
    bare = unicodedata.normalize("NFC", _TONES.sub("", letters))
    return bare + "".join(_TONES.findall(letters))
