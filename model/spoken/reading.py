"""`read_aloud`: a printed text in the words of an announcer.

At each place the first rule that matches says its part; what no rule knows is copied. A rule sees
what stands before and after, because “115” is a number to call after “gọi” and a count before
“người”. Signs without a sound go, brackets and dashes between words become pauses.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import NamedTuple

from model.spoken.numbers import figure, one_by_one
from model.spoken.tables import LETTERS
from model.text import one_line


@dataclass(frozen=True)
class Manner:
    """How a site speaks: the south's numbers, its own words, the numbers that it answers."""

    south: bool = False
    words: Mapping[str, str] = field(default_factory=dict)
    """What is written -> how it is said: “Tây Ninh Smart” -> “Tây Ninh sờ-mát”."""
    phones: frozenset[str] = frozenset()
    """Digits of the numbers that this site prints; always read one by one."""


class Spoken(NamedTuple):
    """A text to be read aloud; `spelled`: abbreviations that are read letter by letter."""

    text: str
    spelled: tuple[str, ...]


@dataclass
class Place:
    """Where a rule stands: the text before and after, the manner, and what was said last."""

    manner: Manner
    text: str = ""
    start: int = 0
    end: int = 0
    last: str = ""
    """Name of the rule that spoke last, while only a comma, “và” or “hoặc” came since."""
    spelled: dict[str, None] = field(default_factory=dict)

    @property
    def before(self) -> str:
        """The sixty characters before, in small letters."""
        return self.text[max(0, self.start - 60) : self.start].lower()

    @property
    def after(self) -> str:
        """What follows."""
        return self.text[self.end : self.end + 60]

    def spell(self, letters: str) -> str:
        """Return the names of the letters, the figures between them one by one."""
        names = (LETTERS.get(c.upper()) or (one_by_one(c) if c.isdigit() else "") for c in letters)
        return " ".join(filter(None, names))


class Rule(NamedTuple):
    """What is recognised, and what is said for it (None: the rule does not apply here)."""

    name: str
    pattern: re.Pattern[str]
    say: Callable[[re.Match[str], Place], str | None]


_PLAIN = re.compile(r"([A-Z]?[a-zà-ỹ]+)(?=[ ,;!?”]|[:.](?: |$)|$)")
"""A word in small letters, or with a capital in front."""
_FIRST = re.compile(r"\w+")
_COPY = re.compile(r"[^\W\d]+|\d+|\s+|.")
_JOINING = re.compile(r"\s*(?:,|;|và|hoặc|hay|–|-)?\s*")
_SIGNS = {
    "&": "và", "+": "cộng", "=": "bằng", "≥": "từ", "≤": "không quá", ">": "trên", "<": "dưới",
    "~": "khoảng", "≈": "khoảng", "±": "cộng trừ", "×": "nhân", "→": ", ", "@": "a còng",
    "(": ", ", ")": ", ", "[": ", ", "]": ", ", "–": ", ", "—": ", ", "|": ", ", "·": ", ",
    "•": ", ", "/": ", ", "*": "", "_": "", "#": "", "§": "mục",
    "%": "phần trăm", "‰": "phần nghìn", "°": "độ",
}  # fmt: skip


def read_aloud(text: str, manner: Manner | None = None) -> Spoken:
    """Return one paragraph of printed text as it is read aloud."""
    from model.spoken.rules import rules_of

    line = re.sub(r"\./\.$", ".", one_line(text).replace("...", "…"))
    line = re.sub(r"^(?:[-–•*+] )+", "", line)
    place = Place(manner or Manner(), _calmed(line))
    rules, special = rules_of(place.manner), _special(tuple(place.manner.words))
    said: list[str] = []
    while place.start < len(place.text):
        plain = _PLAIN.match(place.text, place.start)
        if plain and plain[1] not in special:
            place.start = plain.end()
            place.last = place.last if _JOINING.fullmatch(plain[1]) else ""
            said.append(plain[1])
            if place.text.startswith(" ", place.start):
                place.start += 1
                said.append(" ")
        else:
            said.append(_next(place, rules))
    return Spoken(_tidy("".join(said)), tuple(place.spelled))


@lru_cache(maxsize=8)
def _special(own: tuple[str, ...]) -> frozenset[str]:
    """Return the first words of all that a table or the site itself has said otherwise."""
    from model.spoken.tables import ABBREVIATIONS

    found = (_FIRST.search(name) for name in (*ABBREVIATIONS, *own))
    return frozenset(match[0] for match in found if match)


def _next(place: Place, rules: tuple[Rule, ...]) -> str:
    """Say what stands at the place and move behind it."""
    text, start = place.text, place.start
    inside = start > 0 and text[start - 1].isalnum() and text[start].isalnum()
    for rule in rules if not inside and not text[start].isspace() else ():
        match = rule.pattern.match(text, start)
        if match is None or match.end() == start:
            continue
        place.end = match.end()
        said = rule.say(match, place)
        if said is not None:
            place.last, place.start = rule.name, place.end
            return f" {said} " if said else " "
    found = _COPY.match(text, start)
    copied = found[0] if found else text[start]
    place.start += len(copied)
    if not _JOINING.fullmatch(copied):
        place.last = ""
    return _sign(copied, text[max(0, start - 1) : start], text[place.start : place.start + 2])


def _sign(copied: str, before: str, after: str) -> str:
    """Return what is said for a sign; everything else stays as it is."""
    if copied.isdecimal():
        return f" {figure(copied)} "
    if copied in "<>" and not after.strip()[:1].isdigit():
        return " "
    if copied == "–" and before.isalnum() and after[:1].isdigit():
        return " đến "
    if copied == "-" and before.isdigit() and after[:1].isalpha():
        return " đến "
    if copied == "+" and before.isdigit() and not after[:1].isalnum():
        return " trở lên "
    if copied == "…":
        return ". " if after.strip()[:1].isupper() else ", "
    if copied == "-" and before == " " and after[:1] == " ":
        return ", "
    return f" {_SIGNS[copied]} " if copied in _SIGNS else ("" if _silent(copied) else copied)


def _silent(character: str) -> bool:
    """Say whether a character has no sound and no pause: pictures, arrows, stray marks."""
    import unicodedata

    return len(character) == 1 and unicodedata.category(character) in ("So", "Sk", "Cs", "Cn", "Co")


def _calmed(text: str) -> str:
    """Return a line in capitals in small letters, but for what is no word."""
    words = text.split(" ")
    loud = [word for word in words if word.isupper() and len(word) > 1]
    marked = [word for word in loud if not word.isascii()]
    if len(loud) < 3 or len(loud) < 0.6 * len(words) or len(marked) < 0.4 * len(loud):
        return text
    from model.spoken.tables import ABBREVIATIONS

    line = " ".join(
        word
        if word.strip(".,;:!?()“”") in ABBREVIATIONS or any(map(str.isdigit, word))
        else word.lower()
        for word in words
    )
    return line[:1].upper() + line[1:]


def _tidy(text: str) -> str:
    """Return the text with one blank between words and no two pauses in a row."""
    line = re.sub(r"\s+", " ", text)
    line = re.sub(r"\s+([,.;:!?”…])", r"\1", line)
    line = re.sub(r"([“])\s+", r"\1", line)
    line = re.sub(r"(?:,\s*)+([,.;:!?])", r"\1", line)
    line = re.sub(r"([.;:!?])(?:\s*[,;])+", r"\1", line)
    line = re.sub(r"([.,;:!?])(?=[^\W\d_])", r"\1 ", line)
    line = line.strip(" ,;")
    return re.sub(r"(?:^|[.!?]”? )[^\W\d_]", lambda match: match[0].upper(), line)
