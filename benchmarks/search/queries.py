"""The query sets: known items in every disguise, questions, ambiguous words, citizens' needs.

A set is made twice, from two seeds: `tune` is looked at while the ranking is changed, `judge` only
to report.
"""

from __future__ import annotations

import random
import re
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from itertools import pairwise
from pathlib import Path

import yaml

from benchmarks.search.corpus import Corpus, Text
from model.text import fold

Query = tuple[str, str]
"""(what is typed, id of the document that should come)."""
_ROWS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
NEIGHBOURS = {
    letter: row[max(0, at - 1) : at] + row[at + 1 : at + 2]
    for row in _ROWS
    for at, letter in enumerate(row)
}
"""Letter -> the keys beside it."""
TELEX_TONES = {"\u0300": "f", "\u0301": "s", "\u0309": "r", "\u0303": "x", "\u0323": "j"}
TELEX_MARKS = {"\u0302": None, "\u0306": "w", "\u031b": "w"}
OLD_STYLE = {"òa": "oà", "óa": "oá", "ỏa": "oả", "õa": "oã", "ọa": "oạ", "òe": "oè", "óe": "oé",
             "ỏe": "oẻ", "ùy": "uỳ", "úy": "uý", "ủy": "uỷ", "ũy": "uỹ", "ụy": "uỵ"}  # fmt: skip


def slip(query: str, rng: random.Random) -> str:
    """Return the query with one wrong key in one syllable."""
    words = query.split()
    long = [place for place, word in enumerate(words) if len(word) > 2 and word.isalpha()]
    if not long:
        return query
    place = rng.choice(long)
    word = words[place]
    at = rng.randrange(len(word))
    other = rng.choice(NEIGHBOURS.get(fold(word[at]), "a"))
    made = [
        word[:at] + word[at + 1 :],
        word[:at] + word[at : at + 2][::-1] + word[at + 2 :],
        word[:at] + other + word[at + 1 :],
        word[:at] + word[at] * 2 + word[at + 1 :],
    ]
    words[place] = rng.choice(made)
    return " ".join(words)


def telex(query: str) -> str:
    """Return the keys that type the query in Telex, the tone at the syllable's end."""
    typed = []
    for word in unicodedata.normalize("NFD", query.lower()).split():
        out, tone = "", ""
        for letter in word:
            if letter in TELEX_TONES:
                tone = TELEX_TONES[letter]
            elif letter in TELEX_MARKS:
                out += TELEX_MARKS[letter] or out[-1]
            else:
                out += "dd" if letter == "đ" else letter
        typed.append(out + tone)
    return " ".join(typed)


def old_style(query: str) -> str:
    """Return the query with tone marks in their old places."""
    for new, old in OLD_STYLE.items():
        query = re.sub(rf"{new}\b", old, query)
    return query


def new_style(text: str) -> str:
    """Return a text with tone marks in their new places."""
    for new, old in OLD_STYLE.items():
        text = re.sub(rf"{old}\b", new, text)
    return text


def half_marked(query: str, rng: random.Random) -> str:
    """Return the query with about half of its syllables without marks."""
    return " ".join(fold(word) if rng.random() < 0.5 else word for word in query.split())


DISGUISES: dict[str, Callable[[str, random.Random], str]] = {
    "full": lambda query, _: query,
    "none": lambda query, _: fold(query),
    "half": half_marked,
    "typo": slip,
    "none+typo": lambda query, rng: slip(fold(query), rng),
    "nfd": lambda query, _: unicodedata.normalize("NFD", query),
    "old": lambda query, _: old_style(query),
    "telex": lambda query, _: telex(query),
    "joined": lambda query, _: fold(query).replace(" ", "", 1),
}


def _clean(words: list[str]) -> bool:
    return all(re.fullmatch(r"[\w]+", word) and not word.isdecimal() for word in words)


def titles(texts: list[Text], seed: int, count: int) -> list[Query]:
    """Return three neighbouring words (4 to 7 syllables) that stand in one title only."""
    rng = random.Random(seed)
    found: list[Query] = []
    every = "\n".join(" ".join(text.words).replace("_", " ").lower() for text in texts)
    for text in rng.sample(texts, len(texts)):
        starts = list(range(len(text.words) - 2))
        rng.shuffle(starts)
        for at in starts:
            words = text.words[at : at + 3]
            query = " ".join(words).replace("_", " ").lower()
            fits = _clean(words) and 4 <= len(query.split()) <= 7
            if fits and every.count(query) == 1:
                found.append((query, text.id))
                break
        if len(found) == count:
            break
    return found


def scattered(texts: list[Text], seed: int, count: int) -> list[Query]:
    """Return three words of several syllables, not side by side, of title and summary."""
    rng = random.Random(seed)
    found: list[Query] = []
    for text in rng.sample(texts, len(texts)):
        words = [*text.words, *text.lead]
        long = [at for at, word in enumerate(words) if "_" in word and _clean([word])]
        if len(long) < 6:
            continue
        at = sorted(rng.sample(long, 3))
        if all(b - a > 1 for a, b in pairwise(at)):
            picked = " ".join(words[place] for place in at)
            found.append((picked.replace("_", " ").lower(), text.id))
        if len(found) == count:
            break
    return found


def phrases(text: str) -> set[str]:
    """Return the pairs of neighbouring words of a text as spelled; none spans a sentence.

    Tone marks are taken to their new places first: hoà and hòa are one spelling.
    """
    found: set[str] = set()
    for part in re.split(r"[.!?;:…\n]", new_style(unicodedata.normalize("NFC", text).lower())):
        words = re.findall(r"\w+", part)
        found.update(f"{before} {after}" for before, after in pairwise(words))
    return found


def segmented(texts: Iterable[Text]) -> set[str]:
    """Return the words of two syllables that the news' own segmentation knows."""
    every = {word for text in texts for word in (*text.words, *text.lead)}
    return {new_style(word.replace("_", " ").lower()) for word in every if word.count("_") == 1}


def ambiguous(
    words: set[str], pages: Mapping[str, str], count: int = 120
) -> list[tuple[str, list[str]]]:
    """Return words of two syllables in 5 to 60 pages whose folded form has other spellings.

    `pages`: id -> text. Each comes with the ids of the pages in which it stands as it is spelled.
    """
    stands: dict[str, list[str]] = defaultdict(list)
    for identity, text in pages.items():
        for pair in phrases(text):
            stands[pair].append(identity)
    spelled: dict[str, list[str]] = defaultdict(list)
    for pair, ids in stands.items():
        if 5 <= len(ids) <= 60 and not any(letter.isdigit() for letter in pair):
            spelled[fold(pair)].append(pair)
    several = sorted(
        pair
        for pairs in spelled.values()
        if len(pairs) > 1
        for pair in pairs
        if fold(pair) != pair and pair in words
    )
    picked = random.Random(8).sample(several, min(count, len(several)))
    return [(pair, stands[pair]) for pair in picked]


def also_in(
    chosen: Iterable[tuple[str, list[str]]], pages: Mapping[str, str]
) -> list[tuple[str, list[str]]]:
    """Return the same words, each with those of `pages` too in which it stands as spelled."""
    standing = {identity: phrases(text) for identity, text in pages.items()}
    return [
        (pair, sorted({*ids, *(one for one, pairs in standing.items() if pair in pairs)}))
        for pair, ids in chosen
    ]


CITIZENS = ("citizens", "citizens-tune", "citizens-judge")


def citizens(name: str = "citizens") -> list[Query]:
    """Return the hand-written needs: what is typed, the documents that answer, parted by blanks.

    "citizens" and "citizens-tune" are looked at while the ranking is changed, "citizens-judge" not.
    """
    file = Path(__file__).with_name(f"{name}.yaml")
    table = yaml.safe_load(file.read_text(encoding="utf-8"))
    return [(query, " ".join(item["answer"])) for item in table for query in item["typed"]]


def sets(corpus: Corpus, judge: bool, count: int) -> dict[str, list[Query]]:
    """Return every set by name: "title/full", "title/none", …, "questions", "citizens"."""
    seed = 200 if judge else 100
    texts = [text for text in corpus.texts if text.words]
    rng = random.Random(seed)
    made: dict[str, list[Query]] = {}
    for name, base in (
        ("title", titles(texts, seed, count)),
        ("scatter", scattered(texts, seed, count)),
    ):
        for disguise, change in DISGUISES.items():
            made[f"{name}/{disguise}"] = [(change(query, rng), answer) for query, answer in base]
    half = corpus.questions[judge::2]
    made["questions"] = random.Random(seed).sample(half, min(count, len(half)))
    made["citizens-covid"] = corpus.citizens
    return made
