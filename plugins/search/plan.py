"""A query taken apart: the features that are looked up for it, before anything is known.

`theme/static/search/core.js` makes the same plan.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import NamedTuple, Protocol

from plugins.search.analysis import Aliases, Unit, is_syllable, tokens
from plugins.search.packing import Variants
from plugins.search.repair import Reading, without_vni

LONGEST = 200
"""Characters of a query that are read."""
UNITS = 31
"""Places of a query that count: as many as a mask of 32 bits holds."""
PAIRS = 14
"""Pairs looked up for a long query."""
SHORT = 3
"""Up to so many syllables each is also looked up alone."""
ALONE = 5
"""Words of a longer query that are also looked up alone, where its pairs do not do."""
ALIKE = 10
"""Pairs, names and numbers by which a page finds documents like it."""
COMBINATIONS = 10
SINGLE, NAME, PAIR, SYNONYM, NUMBER = 128, 384, 160, 192, 192
"""Weights of features, in sixteenths of a sixteenth; a name is a word that is no syllable."""
FUNCTION_WORDS = frozenset(
    [
        "la",
        "cua",
        "va",
        "co",
        "cho",
        "cac",
        "nhung",
        "duoc",
        "trong",
        "khi",
        "thi",
        "ma",
        "nay",
        "do",
        "de",
        "voi",
        "den",
        "tu",
        "tai",
        "ve",
        "nhu",
        "mot",
        "ra",
        "vao",
        "o",
        "bi",
        "nao",
        "gi",
        "sao",
        "ai",
        "khong",
        "phai",
        "hay",
        "hoac",
        "nen",
        "se",
        "da",
        "dang",
        "toi",
        "minh",
        "ban",
        "the",
        "of",
        "and",
        "is",
        "are",
        "what",
        "how",
        "where",
        "when",
        "for",
        "my",
    ]
)


class Entry(NamedTuple):
    """What is known of a key: in how many documents it stands, and where."""

    documents: int
    variants: Variants


class Source(Protocol):
    """Where postings come from."""

    count: int
    """How many documents there are."""

    def lookup(self, keys: Iterable[str]) -> Mapping[str, Entry]:
        """Return the entries of those keys that stand anywhere."""

    def words(self) -> Mapping[str, int]:
        """Return every known word with the bit length of its documents' number."""

    def prior(self, document: int) -> int:
        """Return the document's prior in sixteenths; 0 leaves it out."""

    def freshness(self, document: int) -> int:
        """Return how new the document is among all, 0..63."""


@dataclass(frozen=True)
class Feature:
    """A key to look up for the place `slot` of a query; the best of a slot counts."""

    key: str
    codes: tuple[int, ...]
    slot: str
    first: int
    last: int
    weight: int


@dataclass
class Plan:
    """A query taken apart, and what was found for it."""

    units: list[Unit]
    spans: list[tuple[int, int]]
    """First and last place of each synonym."""
    features: list[Feature]
    entries: dict[str, Entry] = field(default_factory=dict)
    repaired: dict[int, list[Reading]] = field(default_factory=dict)

    def found(self, feature: Feature) -> bool:
        """Whether anything stands under the feature's key."""
        return feature.key in self.entries

    def uncovered(self) -> list[int]:
        """Return the places of the query for which nothing was found."""
        covered = {
            place
            for feature in self.features
            if self.found(feature)
            for place in range(feature.first, feature.last + 1)
        }
        return [place for place in range(len(self.units)) if place not in covered]


def plan(query: str, aliases: Aliases) -> Plan:
    """Return a query's features before anything is looked up."""
    found, extras = tokens(without_vni(query[:LONGEST]), aliases, query=True)
    found = found[:UNITS]
    extras = [extra for extra in extras if extra.last < len(found)]
    spans = [(extra.first, extra.last) for extra in extras if extra.key[0] == "="]
    extras = [
        extra
        for extra in extras
        if extra.key[0] == "=" or not inside(extra.first, extra.last, spans)
    ]
    features = [
        Feature(unit.text, (unit.code,), f"u{place}", place, place, weight)
        for place, unit in enumerate(found)
        for weight in [NAME if _is_name(unit.text) else SINGLE]
        if (len(found) <= SHORT or weight == NAME) and not inside(place, place, spans)
    ]
    features += [*_pairs(found, spans), *_joined(found)]
    for extra in extras:
        weight = SYNONYM if extra.key[0] == "=" else NUMBER
        first, last = _widest(extra.first, extra.last, spans)
        slot = f"x{first}-{last}"
        features.append(Feature(extra.key, extra.codes, slot, extra.first, extra.last, weight))
    return Plan(found, spans, features)


def _is_name(word: str) -> bool:
    return not is_syllable(word) and word not in FUNCTION_WORDS


def likeness(title: str, tags: Iterable[str], summary: str, aliases: Aliases) -> Plan:
    """Return what to look up for documents like one: names and numbers, then full pairs."""
    made = plan(". ".join(filter(None, (title, *tags, summary))), aliases)
    some = [
        feature for feature in made.features if feature.weight >= PAIR and feature.slot[0] != "u"
    ]
    some.sort(key=lambda feature: (feature.slot[0] != "x", feature.first))
    by_key = {feature.key: feature for feature in reversed(some)}
    made.features = [feature for feature in some if by_key[feature.key] is feature][:ALIKE]
    return made


def inside(first: int, last: int, spans: Iterable[tuple[int, int]]) -> bool:
    """Whether a stretch of the query is part of a synonym, which says the same."""
    return any(start <= first and last <= stop for start, stop in spans)


def _widest(first: int, last: int, spans: Iterable[tuple[int, int]]) -> tuple[int, int]:
    """Return the longest synonym around a stretch: of two that say the same one counts."""
    around = [(first, last), *((a, b) for a, b in spans if a <= first and last <= b)]
    return max(around, key=lambda span: span[1] - span[0])


def _pairs(found: Sequence[Unit], spans: Sequence[tuple[int, int]]) -> list[Feature]:
    pairs = []
    for place, (a, b) in enumerate(pairwise(found)):
        key = f"{a.text} {b.text}"
        weight = PAIR * (4 - _emptiness(key)) >> 2
        first, last = _widest(place, place + 1, spans)
        within = inside(place, place + 1, spans)
        slot = f"x{first}-{last}" if within else f"b{place}"
        pairs.append(Feature(key, (a.code, b.code), slot, place, place + 1, weight))
    pairs.sort(key=lambda pair: (-pair.weight, pair.first))
    return pairs[:PAIRS]


def _joined(found: Sequence[Unit]) -> list[Feature]:
    """Return foreign words written apart as one: blue zone."""
    return [
        Feature(a.text + b.text, (0,), f"b{place}", place, place + 1, PAIR)
        for place, (a, b) in enumerate(pairwise(found))
        if not (is_syllable(a.text) and is_syllable(b.text)) and (a.text + b.text).isalpha()
    ]


def _emptiness(key: str) -> int:
    return sum(word in FUNCTION_WORDS for word in key.split(" "))
