"""Addresses of a document's machine-readable copies, beside its page; once published they stay."""

from __future__ import annotations

JSON = "du-lieu.json"
CSV = "so-lieu.csv"
CARD = "lien-he.vcf"


def json_path(page: str) -> str:
    """Return the address of the JSON copy of the document whose page has this address."""
    return page + JSON


def csv_path(page: str) -> str:
    """Return the address of a series' figures."""
    return page + CSV


def card_path(page: str) -> str:
    """Return the address of a contact's vCard."""
    return page + CARD
