"""The alerts in force as banners: which they are, in which language, gravest first."""

from __future__ import annotations

from typing import NamedTuple

from model.kinds.alerts import SEVERITIES, Alert, active_alerts
from model.output import LANGUAGE, Row, Store, list_name

MOST = 50
"""Current alerts that are looked at; more than a handful at once has never been seen."""


class Banner(NamedTuple):
    """An alert in force, in the language wanted or, where it is not translated, in Vietnamese."""

    path: str
    lang: str
    alert: Alert

    @property
    def grave(self) -> bool:
        """Whether life is in danger (CAP Extreme or Severe)."""
        return self.alert.severity in ("Extreme", "Severe")


def banners(lang: str, store: Store) -> tuple[Banner, ...]:
    """Return the alerts in force, gravest first, then newest first."""
    rows = store.newest("alerts", MOST)
    alerts = {row.id: row.document for row in rows if isinstance(row.document, Alert)}
    active = {alert.identifier for alert in active_alerts(alerts.values())}
    found = [_banner(row, lang, store) for row in rows if alerts[row.id].identifier in active]
    grades = list(SEVERITIES)
    return tuple(sorted(found, key=lambda banner: grades.index(banner.alert.severity)))


def _banner(row: Row, lang: str, store: Store) -> Banner:
    other = store.document(list_name(row.id, lang)) if lang != LANGUAGE else None
    shown = other or row
    if not isinstance(shown.document, Alert):
        raise TypeError(f"{shown.id} is no alert")
    return Banner(shown.path, shown.lang, shown.document)


def successor(row: Row, store: Store) -> Row | None:
    """Return the newest current alert that updates or cancels this one; None if there is none."""
    if not isinstance(row.document, Alert) or row.state != "current":
        return None
    for other in store.newest(list_name("alerts", row.lang), MOST):
        if (
            isinstance(other.document, Alert)
            and row.document.identifier in other.document.references
        ):
            return other
    return None
