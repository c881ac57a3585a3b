"""Colours of the agency made readable: WCAG 2.2 contrast (1.4.3: 4.5:1 for text, we ask 7:1)."""

from __future__ import annotations

from model.colour import contrast, luminance, readable

__all__ = ["NIGHT", "WANTED", "WHITE", "contrast", "luminance", "readable", "style"]
WHITE, NIGHT = "#ffffff", "#14181d"
WANTED = 7.0


def style(primary: str) -> str:
    """Return the CSS rule that gives the theme the agency's colour, by day and by night."""
    day, night = readable(primary, WHITE), readable(primary, NIGHT)
    return f":root{{--brand-day:{day};--brand-night:{night}}}"
