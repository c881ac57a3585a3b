"""Contrast of colours by WCAG 2.2 (1.4.3: 4.5:1 for text)."""

from __future__ import annotations

LEAST = 4.5
"""What WCAG asks of text (1.4.3, level AA)."""


def luminance(colour: str) -> float:
    """Return the relative luminance of "#rrggbb", 0 to 1 (WCAG 2.2, definition)."""
    red, green, blue = (_linear(int(colour[at : at + 2], 16) / 255) for at in (1, 3, 5))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(channel: float) -> float:
    return channel / 12.92 if channel <= 0.04045 else float(((channel + 0.055) / 1.055) ** 2.4)


def contrast(one: str, other: str) -> float:
    """Return the contrast ratio of two colours, 1 to 21."""
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def ink_on(ground: str) -> str:
    """Return white or black, whichever is read more easily on `ground`."""
    return max("#ffffff", "#000000", key=lambda ink: contrast(ink, ground))


def readable(colour: str, ground: str, wanted: float = 7.0) -> str:
    """Return `colour`, moved towards black or white until it is easily read on `ground`."""
    goal = 0 if luminance(ground) > 0.18 else 255
    channels = [int(colour[at : at + 2], 16) for at in (1, 3, 5)]
    for step in range(21):
        mixed = [round(value + (goal - value) * step / 20) for value in channels]
        found = "#{:02x}{:02x}{:02x}".format(*mixed)
        if contrast(found, ground) >= wanted:
            break
    return found
