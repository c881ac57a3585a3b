"""Alerts: which later message took an alert's place."""

from __future__ import annotations

from dataclasses import dataclass

from model.banner import successor
from model.kinds.alerts import Alert
from model.output import Row, Store
from plugins.documents.trail import Place


@dataclass(frozen=True)
class AlertDetails:
    """`successor`: the message that updates or cancels this one; `cancelled`: it cancels."""

    successor: Place | None
    cancelled: bool


def alert_details(row: Row, store: Store) -> AlertDetails:
    """Return what became of the alert."""
    other = successor(row, store)
    if other is None or not isinstance(other.document, Alert):
        return AlertDetails(None, cancelled=False)
    place = Place(other.document.title, other.path)
    return AlertDetails(place, cancelled=other.document.message == "cancel")
