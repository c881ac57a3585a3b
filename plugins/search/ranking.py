"""The ranking, in whole numbers: the same plan and score here and in `theme/static/search/core.js`.

A query is turned into features (pairs of neighbours, rare words, synonyms, numbers); each feature's
postings come from a Source: Whoosh's index here, the shards in the browser.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from plugins.search.analysis import Aliases
from plugins.search.plan import (
    ALONE,
    COMBINATIONS,
    FUNCTION_WORDS,
    PAIR,
    SHORT,
    SINGLE,
    Feature,
    Plan,
    Source,
    inside,
    plan,
)
from plugins.search.repair import Reading, completions, readings

AGREES = 6
"""From so many sixteenths on a spelling counts as what was typed."""
BRIEF = 2
"""Up to so many syllables the kind of a document counts in full."""
HALF_MARKED = 8
"""How well any marks agree with a syllable typed without, among others with marks."""


class Hit(NamedTuple):
    """A document's number and score, and of how many places of the query it has something."""

    document: int
    score: int
    covered: int


def repair(plan: Plan, source: Source, typing: bool) -> None:
    """Look for other readings of places where nothing was found, and look those up."""
    places = plan.uncovered()
    last = len(plan.units) - 1
    if not places and not typing:
        return
    words = source.words()
    for place in places:
        plan.repaired[place] = readings(plan.units[place].text, words)
    if typing and plan.units:
        start = plan.units[last].text
        plan.repaired[last] = completions(start, words, 4) + plan.repaired.get(last, [])
    features = [feature for place in plan.repaired for feature in _alone(plan, place, words)]
    for place in range(last):
        if place in plan.repaired or place + 1 in plan.repaired:
            features += _combined(plan, place)
    known = {(feature.key, feature.slot) for feature in plan.features}
    plan.features += [feature for feature in features if (feature.key, feature.slot) not in known]
    plan.entries.update(source.lookup(dict.fromkeys(feature.key for feature in features)))


def second_look(plan: Plan, source: Source, hits: Sequence[Hit]) -> bool:
    """Look up the words of a longer query one by one where even the best document lacks some."""
    found = plan.units
    if len(found) <= SHORT or (hits and hits[0].covered == len(found)):
        return False
    slots = {feature.slot for feature in plan.features}
    alone = [
        Feature(unit.text, (unit.code,), f"u{place}", place, place, SINGLE)
        for place, unit in enumerate(found)
        if unit.text not in FUNCTION_WORDS
        and f"u{place}" not in slots
        and not inside(place, place, plan.spans)
    ][:ALONE]
    plan.features += alone
    plan.entries.update(source.lookup(dict.fromkeys(feature.key for feature in alone)))
    return bool(alone)


def _alone(plan: Plan, place: int, words: Mapping[str, int]) -> Iterable[Feature]:
    """Yield the place's word by itself, joined with its neighbour, split, and, if alone, reread."""
    unit = plan.units[place]
    if unit.text in words:
        yield Feature(unit.text, (unit.code,), f"u{place}", place, place, SINGLE)
    for first in (place - 1, place):
        if 0 <= first < len(plan.units) - 1:
            joined = plan.units[first].text + plan.units[first + 1].text
            if joined in words:
                yield Feature(joined, (0,), f"b{first}", first, first + 1, PAIR)
    for reading in plan.repaired[place]:
        if len(reading.words) == 2:
            key = " ".join(reading.words)
            yield Feature(key, (0, 0), f"s{place}", place, place, PAIR * reading.trust >> 4)
        elif len(plan.units) == 1:
            weight = SINGLE * reading.trust >> 4
            yield Feature(reading.words[0], (0,), f"u{place}", place, place, weight)


def _combined(plan: Plan, place: int) -> list[Feature]:
    """Return the pairs that the readings of two neighbours make, the likeliest first."""
    left, right = (_readings(plan, place + step) for step in (0, 1))
    made = [
        (-(a.trust * b.trust), x, y, a, b)
        for x, a in enumerate(left)
        for y, b in enumerate(right)
        if x or y
    ]
    made.sort(key=lambda item: item[:3])
    found = []
    for _, x, y, a, b in made[:COMBINATIONS]:
        codes = (plan.units[place].code if not x else 0, plan.units[place + 1].code if not y else 0)
        weight = PAIR * a.trust * b.trust >> 8
        key = f"{a.words[-1]} {b.words[0]}"
        found.append(Feature(key, codes, f"b{place}", place, place + 1, weight))
    return found


def _readings(plan: Plan, place: int) -> list[Reading]:
    return [Reading((plan.units[place].text,), 16), *plan.repaired.get(place, [])]


class Habit(NamedTuple):
    """What a query's writer types anywhere in it; what is left out elsewhere is then meant so."""

    tones: bool
    marks: bool


def habit(plan: Plan) -> Habit:
    """Return what of Vietnamese spelling the query shows."""
    codes = [unit.code for unit in plan.units]
    return Habit(any(code % 6 for code in codes), any(code // 6 for code in codes))


def spelling(wanted: Sequence[int], found: Sequence[int], typist: Habit) -> int:
    """Return how well a spelling agrees with what was typed, in sixteenths."""
    match = 16
    for typed, stands in zip(wanted, found, strict=False):
        if typed != stands:
            match = match * _agreement(typed, stands, typist) >> 4
    return match


def _agreement(typed: int, stands: int, typist: Habit) -> int:
    if not typed:
        return HALF_MARKED if any(typist) else 16
    tone, marks = typed % 6, typed // 6
    if not tone and marks == stands // 6:
        return 3 if typist.tones else 6
    if not marks and tone == stands % 6:
        return 3 if typist.marks else 6
    return 2


def rarity(count: int, documents: int) -> int:
    """Return about 8 * log2(documents / count), in whole numbers."""
    ratio = (documents + 1) * 16 // (count + 1)
    bits = ratio.bit_length() - 1
    return max(1, (bits << 3) + ((ratio << 3) >> bits) - 8 - 32) if ratio > 0 else 1


def score(plan: Plan, source: Source) -> list[Hit]:
    """Return every document found, the best first; of equals the newer."""
    typist = habit(plan)
    common = _commonness(plan)
    best: dict[str, dict[int, int]] = {}
    places: dict[int, int] = {}
    for feature in plan.features:
        entry = plan.entries.get(feature.key)
        if entry is None:
            continue
        slot = best.setdefault(feature.slot, {})
        weight = feature.weight
        beside = max(common.get(feature.first + step, 0) for step in (-1, 1))
        if feature.slot[0] == "b" and beside > 2 * entry.documents:
            weight = weight * 3 >> 2
        worth = rarity(entry.documents, source.count) * weight
        mask = (2 << feature.last) - (1 << feature.first)
        for codes, postings in entry.variants.items():
            match = spelling(feature.codes, codes, typist)
            step = worth * match >> 6
            for document, strength in postings:
                value = step * (1 + strength)
                if value > slot.get(document, 0):
                    slot[document] = value
                if match >= AGREES:
                    places[document] = places.get(document, 0) | mask
    total: dict[int, int] = {}
    for slot in best.values():
        for document, value in slot.items():
            total[document] = total.get(document, 0) + value
    return _weighed(total, places, max(1, len(plan.units)), source)


def _commonness(plan: Plan) -> Mapping[int, int]:
    """Return in how many documents the pair at each place of a query stands.

    Of two pairs that share a syllable the much rarer one is seldom a word: an [sinh xã] hội. It
    counts three quarters, or chance would outweigh the words on both sides of it.
    """
    found: dict[int, int] = {}
    for feature in plan.features:
        if feature.slot[0] == "b" and feature.key in plan.entries:
            stands = plan.entries[feature.key].documents
            found[feature.first] = max(stands, found.get(feature.first, 0))
    return found


def leaning(prior: int, units: int) -> int:
    """Return a document's prior for a query of so many syllables, in sixteenths."""
    return 16 + (prior - 16) * BRIEF // max(BRIEF, units) if prior > 16 else prior


def _weighed(
    total: Mapping[int, int], places: Mapping[int, int], units: int, source: Source
) -> list[Hit]:
    """Return the documents by their value, prior and how much of the query they have, in order."""
    hits = []
    for document, value in total.items():
        prior = source.prior(document)
        if prior:
            factor = leaning(prior, units) * 64 + source.freshness(document)
            covered = places.get(document, 0).bit_count()
            share = factor * (units + covered) // (2 * units)
            hits.append(Hit(document, value * share >> 10, covered))
    return sorted(hits, key=lambda hit: (-hit.score, -hit.document))


def search(
    query: str, source: Source, aliases: Aliases, typing: bool = False
) -> tuple[Plan, list[Hit]]:
    """Return how a query was read and the documents found; `typing`: the last word may go on."""
    made = plan(query, aliases)
    made.entries.update(source.lookup(dict.fromkeys(feature.key for feature in made.features)))
    repair(made, source, typing)
    hits = score(made, source)
    return made, score(made, source) if second_look(made, source, hits) else hits


def related(made: Plan, document: int, source: Source) -> list[Hit]:
    """Return the documents like `document`, of which `made` is the likeness, the most alike first.

    Those half as alike as the first, or more; what stands in one document only says nothing.
    """
    made.entries.update(source.lookup(dict.fromkeys(feature.key for feature in made.features)))
    made.features = [
        feature
        for feature in made.features
        if feature.key in made.entries and made.entries[feature.key].documents > 1
    ]
    hits = [hit for hit in score(made, source) if hit.document != document and hit.covered > 1]
    return [hit for hit in hits if hit.score * 2 >= hits[0].score]
