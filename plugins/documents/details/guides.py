"""Guides: what replaces a retired app."""

from __future__ import annotations

from dataclasses import dataclass

from model.kinds.guides import Guide
from model.output import Row, Store
from plugins.documents.hazards import hazard_place
from plugins.documents.trail import Place, guide_place


@dataclass(frozen=True)
class GuideDetails:
    """`replacement`: our guide to the app that took over, or only its name; `hazard`: its list."""

    replacement: Place | str | None
    hazard: Place | None


def guide_details(row: Row, store: Store) -> GuideDetails:
    """Return the successor of the guide's app, if it has one, and the list of its hazard."""
    document = row.document
    if not isinstance(document, Guide):
        return GuideDetails(None, None)
    name = document.app.replaced_by if document.app else ""
    replacement = guide_place(name, row.lang, store) or name or None
    return GuideDetails(replacement, _hazard(document.hazard, row, store))


def _hazard(code: str, row: Row, store: Store) -> Place | None:
    return hazard_place(code, row.lang, store) if code and row.state == "current" else None
