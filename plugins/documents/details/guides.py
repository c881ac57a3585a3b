"""Guides: what replaces a retired app, what can be printed for a living one."""

from __future__ import annotations

from dataclasses import dataclass

from model.artwork import install_path
from model.kinds.guides import Guide
from model.output import Row, Store
from model.sheets import Download, downloads, sheet_folder
from plugins.documents.hazards import hazard_place
from plugins.documents.trail import Place, guide_place


@dataclass(frozen=True)
class GuideDetails:
    """What `guides.html` shows beyond the fields."""

    replacement: Place | str | None = None
    """Our guide to the app that took over, or only its name."""
    hazard: Place | None = None
    """The list of its hazard."""
    downloads: tuple[Download, ...] = ()
    short: str = ""
    """Short address of the app below the site's base; "" without an app."""
    qr: str = ""
    """Path of the QR code to it, without its ending."""


def guide_details(row: Row, store: Store) -> GuideDetails:
    """Return the list of the guide's hazard, and its app's successor, sheets, short address."""
    document = row.document
    if not isinstance(document, Guide):
        return GuideDetails()
    hazard = _hazard(document.hazard, row, store)
    if document.app is None:
        return GuideDetails(hazard=hazard)
    name = document.app.replaced_by
    stem = row.id.split(".", 1)[0]
    return GuideDetails(
        replacement=(guide_place(name, row.lang, store) or name) if name else None,
        hazard=hazard,
        downloads=downloads(row, store),
        short=install_path(row.slug) if store.document(stem) else "",
        qr=f"{sheet_folder(row.id)}/qr",
    )


def _hazard(code: str, row: Row, store: Store) -> Place | None:
    return hazard_place(code, row.lang, store) if code and row.state == "current" else None
