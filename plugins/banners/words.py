"""What a banner says: light to import, because every build asks for it."""

from __future__ import annotations

from dataclasses import dataclass

VERSION = "3"
"""Raised whenever a banner of the same words looks different."""


@dataclass(frozen=True, slots=True)
class Words:
    """What a banner says, in which colours, and where it leads (`target`, for the QR code)."""

    lang: str
    headline: str
    action: str
    address: str
    publisher: str
    alt: str
    ground: str
    ink: str
    target: str
    qr: bool
