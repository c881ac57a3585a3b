"""What the page of one kind shows beyond what all kinds share: `page.details`, typed per kind."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from model.output import Row, Store

if TYPE_CHECKING:
    from plugins.documents.details.statistics import Newest

_MAKERS = {
    "alerts": "alert_details",
    "campaigns": "campaign_details",
    "contacts": "contact_details",
    "documents": "document_details",
    "guides": "guide_details",
    "services": "service_details",
    "statistics": "statistics_details",
}
"""Kind -> function in the module of that name, imported when the first such page is made."""


def details(row: Row, store: Store) -> object | None:
    """Return the kind's own view of the row; None for kinds that need none."""
    if row.kind not in _MAKERS:
        return None
    module = import_module(f"plugins.documents.details.{row.kind}")
    made: object = getattr(module, _MAKERS[row.kind])(row, store)
    return made


def figures_of(row: Row, store: Store) -> tuple[Newest, ...]:
    """Return the newest figure of each column of a series; none for other kinds."""
    if row.kind != "statistics":
        return ()
    from plugins.documents.details.statistics import newest_figures

    return newest_figures(row, store)
