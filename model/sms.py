"""Text messages: what fits in one (3GPP TS 23.038), and Vietnamese without marks.

160 characters if all are of the GSM 7-bit alphabet (those of its extension count twice), 70 as
soon as one is not; Vietnamese letters with marks are not.
"""

from __future__ import annotations

import unicodedata

MARKED, BARE = 70, 160
_BASIC = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
_EXTENDED = frozenset("^{}\\[~]|€")


def is_gsm(text: str) -> bool:
    """Return whether every character is of the GSM 7-bit alphabet."""
    return all(c in _BASIC or c in _EXTENDED for c in text)


def sms_length(text: str) -> int:
    """Return how much of a message the text takes: septets, or 16-bit units where one is needed."""
    if is_gsm(text):
        return sum(2 if c in _EXTENDED else 1 for c in text)
    return len(text.encode("utf-16-le")) // 2


def fits_one(text: str) -> bool:
    """Return whether the text goes out as one message."""
    return sms_length(text) <= (BARE if is_gsm(text) else MARKED)


def bare(text: str) -> str:
    """Return “Đừng tin” as "Dung tin": capitals kept, signs made plain, the rest left out."""
    signs = str.maketrans(
        {"đ": "d", "Đ": "D", "“": '"', "”": '"', "‘": "'", "’": "'", "–": "-", "—": "-", "…": "...",
         "\u00a0": " "}
    )  # fmt: skip
    letters = unicodedata.normalize("NFD", text.translate(signs))
    plain = "".join(c for c in letters if unicodedata.category(c) != "Mn")
    return "".join(c if c in _BASIC or c in _EXTENDED else "" for c in plain)
