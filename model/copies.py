"""Machine-readable copies of a document, beside its page; their addresses stay once published."""

from __future__ import annotations

from model.output import Row

JSON = "du-lieu.json"
CSV = "so-lieu.csv"
CARD = "lien-he.vcf"
WITHOUT_JSON = frozenset({"news", "pages"})
"""Kinds whose documents have no JSON of their own: press items, and pages without fields."""


def json_path(page: str) -> str:
    """Return the address of the JSON copy of the document whose page has this address."""
    return page + JSON


def csv_path(page: str) -> str:
    """Return the address of a series' figures."""
    return page + CSV


def card_path(page: str) -> str:
    """Return the address of a contact's vCard."""
    return page + CARD


def copies(row: Row) -> tuple[tuple[str, str], ...]:
    """Return (format, address) of the copies that the foot of a document's page offers.

    Statistics offer theirs beside the figures.
    """
    return () if row.kind in {*WITHOUT_JSON, "statistics"} else (("JSON", json_path(row.path)),)
