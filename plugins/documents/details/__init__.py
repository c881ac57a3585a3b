"""What the page of one kind shows beyond what all kinds share: `page.details`, typed per kind."""

from __future__ import annotations

from collections.abc import Callable

from model.output import Row, Store
from plugins.documents.details.alerts import alert_details
from plugins.documents.details.campaigns import campaign_details
from plugins.documents.details.contacts import contact_details
from plugins.documents.details.documents import document_details
from plugins.documents.details.guides import guide_details
from plugins.documents.details.services import service_details
from plugins.documents.details.statistics import statistics_details

_MAKERS: dict[str, Callable[[Row, Store], object]] = {
    "alerts": alert_details,
    "campaigns": campaign_details,
    "contacts": contact_details,
    "documents": document_details,
    "guides": guide_details,
    "services": service_details,
    "statistics": statistics_details,
}


def details(row: Row, store: Store) -> object | None:
    """Return the kind's own view of the row; None for kinds that need none."""
    maker = _MAKERS.get(row.kind)
    return maker(row, store) if maker else None
