"""Machine-readable copies of a document, beside its page; their addresses stay once published."""

from __future__ import annotations

from model.output import Row, Store

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


def copies(row: Row, store: Store) -> tuple[tuple[str, str], ...]:
    """Return (format, address) of the copies that a document's page offers to programmes."""
    found = []
    if row.kind == "statistics" and any(store.file(name) for name in row.document.files()):
        found.append(("CSV", csv_path(row.path)))
    if row.kind not in WITHOUT_JSON:
        found.append(("JSON", json_path(row.path)))
    return tuple(found)
