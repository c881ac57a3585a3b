"""Readings of a mistyped word: Telex and VNI residue, one wrong key, words run together."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from plugins.search.analysis import analyse, is_syllable

LETTERS = "abcdeghiklmnopqrstuvxy"
READINGS = 6
TELEX, SPLIT, EDIT, COMPLETION = 14, 13, 11, 12
"""How far a reading is believed, in sixteenths."""
_DOUBLED = re.compile(r"([aeod])\1")
_HOOK = re.compile(r"([aou])w")
_TONES = "fsrxj"
_VNI_INSIDE = re.compile(r"^[a-z]+[1-9]+[a-z]+[1-9]*$")
_VNI_END = re.compile(r"^([a-z]+)[1-9]{1,2}$")


class Reading(NamedTuple):
    """A word, or two, that may have been meant; `trust` in sixteenths."""

    words: tuple[str, ...]
    trust: int


def without_vni(query: str) -> str:
    """Return the query without VNI's digits (“be65nh vie65n”); other digits stay."""
    words = query.split(" ")
    lowered = [word.lower() for word in words]
    at_end = [found for found in map(_VNI_END.match, lowered) if found and is_syllable(found[1])]
    return " ".join(
        re.sub(r"[1-9]", "", word)
        if _VNI_INSIDE.match(low) or (len(at_end) > 1 and _VNI_END.match(low))
        else word
        for word, low in zip(words, lowered, strict=True)
    )


def telex(word: str) -> list[str]:
    """Return the syllables that a word with Telex keys left in may stand for."""
    plain = _HOOK.sub(r"\1", _DOUBLED.sub(r"\1", word))
    plain = "u" + plain[1:] if plain.startswith("w") else plain
    forms = [plain]
    for place in range(1, len(plain)):
        if plain[place] in _TONES:
            forms.append(plain[:place] + plain[place + 1 :])
    found = [_DOUBLED.sub(r"\1", form) for form in forms]
    read = (analyse(form)[0] for form in found if is_syllable(form))
    return list(dict.fromkeys(form for form in read if form != word))


def edits(word: str) -> Iterable[str]:
    """Yield every word one wrong key away (left out, doubled, swapped, another)."""
    for place in range(len(word) + 1):
        head, tail = word[:place], word[place:]
        if tail:
            yield head + tail[1:]
        if len(tail) > 1:
            yield head + tail[1] + tail[0] + tail[2:]
        for letter in LETTERS:
            yield head + letter + tail
            if tail:
                yield head + letter + tail[1:]


def readings(word: str, words: Mapping[str, int]) -> list[Reading]:
    """Return the likeliest readings of a word; `words`: known word -> log2 of its documents."""
    if len(word) > 20 or any(letter.isdecimal() for letter in word):
        return []
    found: dict[tuple[str, ...], int] = {}
    for form in telex(word):
        found.setdefault((form,), TELEX)
    for place in range(1, len(word)):
        parts = (word[:place], word[place:])
        if all(part in words and is_syllable(part) and len(part) > 1 for part in parts):
            found.setdefault(parts, SPLIT)
    for form in edits(word):
        if form in words and form != word:
            found.setdefault((form,), EDIT)
    ranked = sorted(
        (-trust, -min(words.get(part, 0) for part in parts), parts)
        for parts, trust in found.items()
    )
    return [Reading(parts, -trust) for trust, _, parts in ranked[:READINGS]]


def completions(start: str, words: Mapping[str, int], most: int) -> list[Reading]:
    """Return the commonest words that begin with `start`."""
    found = sorted((-count, word) for word, count in words.items() if word.startswith(start))
    return [Reading((word,), COMPLETION) for _, word in found[:most] if word != start]
