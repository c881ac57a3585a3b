"""Guides: what replaces a retired app."""

from __future__ import annotations

from dataclasses import dataclass

from model.kinds.guides import Guide
from model.output import Row, Store
from plugins.documents.trail import Place, guide_place


@dataclass(frozen=True)
class GuideDetails:
    """`replacement`: our guide to the app that took over, or only its name."""

    replacement: Place | str | None


def guide_details(row: Row, store: Store) -> GuideDetails:
    """Return the successor of the guide's app, if it has one."""
    document = row.document
    if not isinstance(document, Guide) or document.app is None or not document.app.replaced_by:
        return GuideDetails(None)
    name = document.app.replaced_by
    return GuideDetails(guide_place(name, row.lang, store) or name)
