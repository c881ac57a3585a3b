"""Where things stand on a banner: text fitted into boxes, a button, a QR code.

Lengths are CSS pixels from the top left corner. Text is never under 12 px; what does not fit is
left out in a fixed order (publisher, address, then the headline in favour of the call to action).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from plugins.banners.lettering import Script, width

SMALLEST = 12.0
STEP = 0.5


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


def wrap(text: str, script: Script, ems: float) -> list[str] | None:
    """Return lines no wider than `ems`, or None if a word alone is wider.

    Lines break at blanks and, in Khmer, at zero-width spaces.
    """
    lines: list[str] = []
    for word in text.replace("\u200b", "\u200b ").split():
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
    """Return the same number of lines of more equal length (no lone last word)."""
    if len(lines) < 2:
        return lines
    narrow = ems
    best = lines
    while narrow > ems * 0.6:
        narrow *= 0.96
        tried = wrap(text, script, narrow)
        if tried is None or len(tried) > len(lines):
            break
        best = tried
    return best


def below(text: Text, gap: float) -> float:
    """Return the y at which something may stand below `text`."""
    return text.y + text.height + gap


def centred(text: Text, box: Box) -> Text:
    """Return `text` in the middle of the box's height."""
    top = box.y + max(0.0, (box.height - text.height) / 2)
    return Text(text.lines, text.script, text.size, text.x, top, text.centre)
