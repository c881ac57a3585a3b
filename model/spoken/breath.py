"""Where the announcer breathes, and how long reading takes."""

from __future__ import annotations

import re

WORDS_A_MINUTE = 140
LONGEST = 14
"""Syllables in one breath; a longer group is parted before a word that opens a new thought."""
_STOP = re.compile(r"(?:(?<=[.!?…:;,])|(?<=[.!?…:;,]”))\s+")
_OPENERS = frozenset({
    "và", "hoặc", "nhưng", "để", "khi", "nếu", "thì", "vì", "do", "nên", "mà", "cho", "tại",
    "ở", "từ", "đến", "theo", "trong", "bằng", "của", "với", "trước", "sau", "không", "đừng",
    "hãy",
})  # fmt: skip


def breath_groups(sentence: str) -> list[str]:
    """Return the sentence in the pieces that are read in one breath, in order, nothing lost."""
    return [group for piece in _STOP.split(sentence) for group in _parted(piece.split())]


def _parted(words: list[str]) -> list[str]:
    if len(words) <= LONGEST:
        return [" ".join(words)] if words else []
    middle = len(words) / 2
    places = [
        index
        for index, word in enumerate(words)
        if word.lower() in _OPENERS and 3 <= index <= len(words) - 3
    ]
    if not places:
        return [" ".join(words)]
    cut = min(places, key=lambda index: abs(index - middle))
    return [*_parted(words[:cut]), *_parted(words[cut:])]


def minutes(text: str) -> float:
    """Return the minutes that reading `text` (spelled out) takes at 140 words a minute."""
    return len(re.findall(r"\w+", text.replace("-", " "))) / WORDS_A_MINUTE
