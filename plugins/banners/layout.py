"""Where things stand on a banner: text fitted into boxes, a button, a QR code.

Lengths are CSS pixels from the top left corner. Text is never under 12 px; what does not fit is
left out in a fixed order (publisher, address, then the headline in favour of the call to action).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from plugins.banners.lettering import Script, width

SMALLEST = 12.0
STEP = 0.5
_BASE = frozenset(map(chr, range(0x1780, 0x17B4)))
_CLUSTER = re.compile(r"[\u1780-\u17b3](?:\u17d2[\u1780-\u17b3]|[\u17b4-\u17d1\u17d3\u17dd])*|.")
"""A Khmer consonant or independent vowel with its subscripts, vowels and signs (Unicode 16.4)."""


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle."""

    x: float
    y: float
    width: float
    height: float

    def inset(self, by: float) -> Box:
        """Return the box without a margin of `by` on each side."""
        return Box(self.x + by, self.y + by, self.width - 2 * by, self.height - 2 * by)


@dataclass(frozen=True, slots=True)
class Text:
    """Lines set in one size at one place; `y` is the top of the first line."""

    lines: tuple[str, ...]
    script: Script
    size: float
    x: float
    y: float
    centre: float | None = None
    """Middle of the lines when they are centred."""

    @property
    def height(self) -> float:
        """Height of the lines."""
        return len(self.lines) * self.size * self.script.line


def words_of(text: str, script: Script, ems: float) -> list[str]:
    """Return what a line may end after: blanks and, in Khmer, zero-width spaces (kept at the end).

    Khmer has no blanks between words: what is wider than the line is parted between syllables.
    """
    words: list[str] = []
    for word in text.replace("\u200b", "\u200b ").split():
        pieces = [word]
        if script.name == "km" and width(word.rstrip("\u200b"), script) > ems:
            pieces = [f"{piece}\u200b" for piece in syllables(word.rstrip("\u200b"))]
            pieces[-1] = pieces[-1] if word.endswith("\u200b") else pieces[-1].rstrip("\u200b")
        words += pieces
    return words


def syllables(word: str) -> list[str]:
    """Return the syllables of a Khmer word, as near as its letters tell.

    A cluster with a vowel or a subscript opens a syllable if the one before has such a cluster;
    a bare consonant closes what it follows.
    """
    pieces: list[str] = []
    full = True
    for cluster in _CLUSTER.findall(word):
        heavy = len(cluster) > 1 and cluster[0] in _BASE
        if not pieces or (heavy and full):
            pieces.append(cluster)
            full = heavy
        else:
            pieces[-1] += cluster
            full = full or heavy
    return pieces


def wrap(text: str, script: Script, ems: float) -> list[str] | None:
    """Return lines no wider than `ems`, or None if a word alone is wider.

    Lines break where `words_of` parts the text.
    """
    lines: list[str] = []
    for word in words_of(text, script, ems):
        joined = word
        if lines:
            glue = "" if lines[-1].endswith("\u200b") else " "
            joined = f"{lines[-1]}{glue}{word}"
        if lines and width(joined, script) <= ems:
            lines[-1] = joined
        elif width(word, script) <= ems:
            lines.append(word)
        else:
            return None
    return [line.replace("\u200b", "") for line in lines]


def fit(text: str, script: Script, box: Box, largest: float) -> Text | None:
    """Return `text` in the largest size that fits the box, or None if it does not at 12 px."""
    size = largest
    script = script.setting(text)
    while size >= SMALLEST:
        lines = wrap(text, script, box.width / size)
        if lines and len(lines) * size * script.line <= box.height + 0.5:
            return Text(
                tuple(balanced(text, lines, script, box.width / size)), script, size, box.x, box.y
            )
        size -= STEP if size <= 40 else 2
    return None


def balanced(text: str, lines: Sequence[str], script: Script, ems: float) -> Sequence[str]:
    """Return the same number of lines of the most equal length (no lone last word).

    Of all ways to part the words that keep within `ems`, the one with the least squared slack.
    """
    words = words_of(text, script, ems)
    if not 1 < len(lines) < len(words):
        return lines
    best: dict[int, tuple[float, tuple[str, ...]]] = {0: (0.0, ())}
    for _ in lines:
        further: dict[int, tuple[float, tuple[str, ...]]] = {}
        for start, (slack, done) in best.items():
            for end in range(start + 1, len(words) + 1):
                line = " ".join(words[start:end]).replace("\u200b ", "").rstrip("\u200b")
                spare = ems - width(line, script)
                if spare < 0:
                    break
                found = (slack + spare * spare, (*done, line))
                further[end] = min(further.get(end, found), found)
        best = further
    return best.get(len(words), (0.0, tuple(lines)))[1]


def below(text: Text, gap: float) -> float:
    """Return the y at which something may stand below `text`."""
    return text.y + text.height + gap


def centred(text: Text, box: Box) -> Text:
    """Return `text` in the middle of the box's height."""
    top = box.y + max(0.0, (box.height - text.height) / 2)
    return Text(text.lines, text.script, text.size, text.x, top, text.centre)
