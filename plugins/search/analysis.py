"""Vietnamese text -> the tokens that the shards, Whoosh and the browser share.

A token is a folded syllable with the code of its spelling: tone and vowel marks packed into one
small number that is blind to where a tone mark stands and to NFC/NFD. The same rules stand in
`theme/static/search/core.js`; `tests/test_search_parity.py` ties the two.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

CODE_LIMIT = 4095
"""Codes are 12 bits; no Vietnamese syllable comes near."""
LONG = 64
"""Letters without a blank from which on nothing is remembered of them."""
_TONES = {"\u0300": 1, "\u0301": 2, "\u0309": 3, "\u0303": 4, "\u0323": 5}
_QUALITIES = {
    "a\u0306": 1,
    "a\u0302": 2,
    "e\u0302": 1,
    "o\u0302": 1,
    "o\u031b": 2,
    "u\u031b": 1,
}
_RADIX = {"a": 3, "e": 2, "o": 3, "u": 2, "d": 2}
_FINAL_Y = re.compile(r"^(b|c|d|g|h|k|l|m|n|p|r|s|t|v|x|qu|ch|gh|kh|ngh|nh|ph|th|tr)y$")
_W = r"[^\W_\u0300-\u036f]|[\u0300-\u036f\u17b4-\u17d3\u17dd]"
_WORD = re.compile(rf"(?:{_W})+(?:[.\-/,](?:{_W})+)*|[.!?;:…\n]")
_PART = re.compile(rf"(?:{_W})+")
_GLUED = re.compile(r"^(?:(\d+)([a-z]+)|([a-z]+)(\d+))$")
_CLUSTER = re.compile(
    r"[\u1780-\u17b3](?:\u17d2[\u1780-\u17b3]|[\u17b4-\u17d1\u17d3\u17dd])*|[\u4e00-\u9fff]"
)
_UNSPACED = re.compile(r"[\u1780-\u17dd\u4e00-\u9fff]")
_SYLLABLE = re.compile(
    r"^(?:ngh|ng|nh|gh|gi|kh|ph|qu|th|tr|ch|[bcdghklmnprstvx])?"
    r"(?:a[iouy]?|e[ou]?|i[aeu]?|ieu|o[aeio]?|oa[ioy]|oeo|u[aeiouy]?|uay|uau|uo[iu]|uy[aeu]|y|yeu|"
    r"(?:[aeiouy]|[iy]e|o[aeo]|u[aeoy]|uye)(?:ch|ng|nh|[cmnpt]))$"
)
_POWERS = {"nghin": 3, "ngan": 3, "trieu": 6, "ti": 9}
"""Folded number words (tỷ folds to "ti")."""


Spelled = tuple[str, int]
"""A folded syllable and the code of its marks."""


class Unit(NamedTuple):
    """A syllable or word in its place; neighbours have consecutive `place`s."""

    text: str
    code: int
    place: int


class Extra(NamedTuple):
    """A token besides the syllables: it stands for the units `first`..`last`."""

    key: str
    codes: tuple[int, ...]
    first: int
    last: int


class Sayings:
    """What people say of what documents call otherwise; one way, and as spelled: bão is not báo."""

    def __init__(self, groups: Iterable[tuple[Sequence[str], Sequence[str]]] = ()) -> None:
        self._first: dict[Spelled, list[tuple[tuple[Spelled, ...], Sequence[str]]]] = {}
        for words, said in groups:
            for word in words:
                form = spelled_as(word)
                self._first.setdefault(form[0], []).append((form, said))

    def of(self, text: str) -> list[str]:
        """Return what people say of a text, each saying once."""
        stands = spelled_as(text)
        return list(
            dict.fromkeys(
                one
                for start, unit in enumerate(stands)
                for form, said in self._first.get(unit, ())
                if stands[start : start + len(form)] == form
                for one in said
            )
        )


def spelled_as(text: str) -> tuple[Spelled, ...]:
    """Return the syllables of a text with their spelling."""
    return tuple((unit.text, unit.code) for unit in units(text))


class Aliases:
    """Words that mean the same: folded forms, as tuples of syllables, to one token of their own.

    `said`: what people say of documents, which is made part of their texts.
    """

    def __init__(self, groups: Iterable[Sequence[str]] = (), said: Sayings | None = None) -> None:
        self.said = said or Sayings()
        self.forms: dict[tuple[str, ...], str] = {}
        for group in groups:
            name = "=" + "".join(unit.text for unit in units(group[0]))
            for form in group:
                self.forms[tuple(unit.text for unit in units(form))] = name
        self.first: dict[str, list[tuple[tuple[str, ...], str]]] = {}
        for parts, name in sorted(self.forms.items()):
            self.first.setdefault(parts[0], []).append((parts, name))

    def find(self, found: Sequence[Spelled | None]) -> Iterator[Extra]:
        """Yield a token for every alias among the syllables; a sentence's end does not part it."""
        places = [place for place, one in enumerate(found) if one]
        texts = [one[0] for one in found if one]
        first = self.first
        for start in [start for start, text in enumerate(texts) if text in first]:
            for form, name in first[texts[start]]:
                stop = start + len(form)
                if tuple(texts[start:stop]) == form:
                    yield Extra(name, (0,), places[start], places[stop - 1])


@lru_cache(maxsize=1 << 16)
def analyse(word: str) -> tuple[str, int]:
    """Return a word's folded form and the code of its marks (0: written without any)."""
    base: list[str] = []
    marks: list[int] = []
    tone = 0
    for letter in unicodedata.normalize("NFD", word.lower()):
        if letter in _TONES:
            tone = _TONES[letter]
        elif "\u0300" <= letter <= "\u036f":
            if base:
                marks[-1] = _QUALITIES.get(base[-1] + letter, marks[-1])
        else:
            base.append("d" if letter == "đ" else letter)
            marks.append(int(letter == "đ"))
    code = 0
    for letter, mark in zip(base, marks, strict=True):
        code = code * _RADIX.get(letter, 1) + mark
    return _FINAL_Y.sub(r"\1i", "".join(base)), min(code * 6 + tone, CODE_LIMIT)


def is_syllable(folded: str) -> bool:
    """Whether a folded word could be a Vietnamese syllable."""
    return _SYLLABLE.match(folded) is not None


def _split(part: str) -> list[str]:
    """Return the syllables of a run of letters: 72h -> 72 h; Khmer and Chinese by cluster."""
    if _UNSPACED.search(part):
        return _CLUSTER.findall(part) or [part]
    glued = _GLUED.match(part.lower())
    if glued and part.isascii():
        return [piece for piece in glued.groups() if piece]
    return [part]


def _word(text: str) -> tuple[tuple[Spelled, ...], str]:
    """Return the syllables of a written word (none: a sentence ends), and it as one (or "")."""
    pieces = [piece for part in _PART.findall(text) for piece in _split(part)]
    found = tuple(map(analyse, pieces))
    if len(found) < 2 or _UNSPACED.search(pieces[0]):
        return found, ""
    whole = "".join(folded for folded, _ in found)
    return found, whole if len(whole) <= 16 and not whole.isdecimal() else ""


@lru_cache(maxsize=1 << 16)
def _chunk(text: str) -> tuple[list[Spelled | None], list[tuple[str, int, int]]]:
    """Read what stands between two blanks; return it as `read` does."""
    found, joined = list[Spelled | None](), []
    for word in _WORD.findall(text):
        pieces, whole = _word(word)
        if whole:
            joined.append((whole, len(found), len(found) + len(pieces) - 1))
        found += pieces or (None,)
    return found, joined


def read(text: str) -> tuple[list[Spelled | None], list[Extra]]:
    """Return the syllables of a text, and each written word of several (TP.HCM) as one token.

    Where a sentence ends stands None, so that neighbours belong together.
    """
    found, extras = list[Spelled | None](), list[Extra]()
    for line in unicodedata.normalize("NFC", text).split("\n"):
        chunks = line.split()
        usual = max(map(len, chunks), default=0) < LONG
        for some, joined in map(_chunk if usual else _chunk.__wrapped__, chunks):
            if joined:
                at = len(found)
                extras += [Extra(key, (0,), at + first, at + last) for key, first, last in joined]
            found += some
        found.append(None)
    return found, extras


def units(text: str) -> list[Unit]:
    """Return the syllables of a text in their places."""
    return [Unit(*one, place) for place, one in enumerate(read(text)[0]) if one]


def _numbers(found: Sequence[Spelled | None], whole_only: bool) -> Iterator[Extra]:
    """Yield numbers written in pieces as one token: 0276 3822 115, 1.500.000, 1,5 triệu."""
    stop = 0
    for start in [place for place, one in enumerate(found) if one and one[0] < ":"]:
        if start < stop:
            continue
        stop = start
        while _digits(found[stop]):
            stop += 1
        if stop > start:
            texts = [one[0] for one in found[start : stop + 1] if one]
            yield from _runs(texts[: stop - start], start, whole_only)
            yield from _scaled(texts, start, stop)


def _digits(one: Spelled | None) -> bool:
    return one is not None and one[0].isascii() and one[0].isdecimal()


def _runs(texts: Sequence[str], start: int, whole_only: bool) -> Iterator[Extra]:
    stop = len(texts)
    for first in range(stop if not whole_only else 1):
        for last in range(stop - 1 if whole_only else first, min(stop, first + 5)):
            text = "".join(texts[first : last + 1])
            if last > first and 4 <= len(text) <= 13:
                yield Extra(text, (0,), start + first, start + last)
            if text.startswith("84") and 10 <= len(text) <= 12:
                yield Extra("0" + text[2:], (0,), start + first, start + last)


def _scaled(texts: Sequence[str], start: int, stop: int) -> Iterator[Extra]:
    """Yield 1,5 triệu as a number; `texts`: the pieces and, if it follows at once, the power."""
    *pieces, last = texts
    if last not in _POWERS or stop - start > 2:
        return
    whole, part = pieces[0], "".join(pieces[1:])
    power = _POWERS[last] - len(part)
    if power >= 0 and len(whole) <= 4:
        yield Extra(str(int(whole + part) * 10**power), (0,), start, stop)


def _number_after_so(found: Sequence[Spelled | None]) -> Iterator[Extra]:
    """Yield “công văn [số] 462” as the pair that a reader types: “văn 462”."""
    for index in [place for place, one in enumerate(found) if one and one[0] == "so"]:
        before, after = found[index - 1] if index else None, found[index + 1]
        if before and after and _digits(after):
            key = f"{before[0]} {after[0]}"
            yield Extra(key, (before[1], after[1]), index - 1, index + 1)


def spelled_text(
    text: str, aliases: Aliases, query: bool = False
) -> tuple[list[Spelled | None], list[Extra]]:
    """Return the syllables of a text as `read` does, and the tokens besides them.

    In a `query` a number in pieces is taken whole; in a document its runs are tokens too.
    """
    found, extras = read(text)
    extras += _numbers(found, query)
    extras += _number_after_so(found)
    extras += aliases.find(found)
    return found, extras


def tokens(text: str, aliases: Aliases, query: bool = False) -> tuple[list[Unit], list[Extra]]:
    """Return the syllables of a text and the tokens besides them, which count syllables only."""
    found, extras = spelled_text(text, aliases, query)
    made: list[Unit] = []
    places = []
    for place, one in enumerate(found):
        places.append(len(made))
        if one:
            made.append(Unit(*one, place))
    return made, [
        extra._replace(first=places[extra.first], last=places[extra.last]) for extra in extras
    ]


def pairs(found: Sequence[Unit]) -> Iterator[tuple[str, tuple[int, int]]]:
    """Yield each pair of neighbouring syllables as key and codes; none spans a sentence's end."""
    for before, after in pairwise(found):
        if before.place + 1 == after.place:
            yield f"{before.text} {after.text}", (before.code, after.code)


def spelled(aliases: Mapping[tuple[str, ...], str]) -> list[list[str]]:
    """Return the aliases as the browser reads them: [token, form, ...] sorted."""
    groups: dict[str, list[str]] = {}
    for form, name in sorted(aliases.items()):
        groups.setdefault(name, []).append(" ".join(form))
    return [[name, *forms] for name, forms in sorted(groups.items())]
