"""Where the announcer breathes, and how long reading takes."""

from __future__ import annotations

import re

WORDS_A_MINUTE = 140
LONGEST, SHORT = 14, 8
"""Syllables in one breath: a longer group is parted before a word that opens a new thought; pieces
that together are no longer than the second are read as one."""
_STOP = re.compile(
    r"(?:(?<=[.!?…:;,])|(?<=[.!?…:;,]”))\s+"
    r"(?!(?<=xã, )phường|(?<=phòng, )chống|(?<=cháy, )chữa|(?<=nạn, )cứu|(?<=bộ, )công chức)"
)
"""Where a pause stands, but within what everybody says in one go: “xã, phường”."""
_END = re.compile(r"[.!?…]”?$")
_OPENERS = frozenset({
    "và", "hoặc", "nhưng", "để", "khi", "nếu", "thì", "vì", "do", "nên", "mà", "cho", "tại",
    "ở", "từ", "đến", "theo", "trong", "bằng", "của", "với", "trước", "sau", "không", "đừng",
    "hãy",
})  # fmt: skip


def breath_groups(text: str) -> list[str]:
    """Return the text in the pieces that are read in one breath, in order, nothing lost."""
    groups: list[str] = []
    for piece in _STOP.split(text):
        for group in _parted(piece.split()):
            last = groups[-1] if groups else "."
            together = len(last.split()) + len(group.split())
            if _END.search(last) or together > SHORT:
                groups.append(group)
            else:
                groups[-1] = f"{last} {group}"
    return groups


def _parted(words: list[str]) -> list[str]:
    if len(words) <= LONGEST:
        return [" ".join(words)] if words else []
    middle = len(words) / 2
    places = [index for index in range(3, len(words) - 2) if _opens(words, index)]
    if not places:
        return [" ".join(words)]
    cut = min(places, key=lambda index: abs(index - middle))
    return [*_parted(words[:cut]), *_parted(words[cut:])]


def _opens(words: list[str], index: int) -> bool:
    """Say whether a new thought begins here; “và” within a name (“… và Công nghệ”) opens none."""
    word = words[index].lower()
    return word in _OPENERS and not (word == "và" and words[index + 1][:1].isupper())


def minutes(text: str) -> float:
    """Return the minutes that reading `text` (spelled out) takes at 140 words a minute."""
    return len(re.findall(r"\w+", text.replace("-", " "))) / WORDS_A_MINUTE
