"""SpecialAnnouncement for alerts. It is no CAP message; machines that act on alerts read CAP."""

from __future__ import annotations

from model.kinds.alerts import Alert
from model.output import Row, Store
from model.structured_data.nodes import Node, areas, filled, moment, publisher


def announcement(row: Row, store: Store) -> Node | None:
    """Return the announcement; None for exercises, which machines must not spread."""
    alert, site = row.document, store.site
    if not isinstance(alert, Alert) or alert.exercise:
        return None
    words = [alert.summary, *alert.instruction]
    place = {"@type": "Place", "name": alert.area}
    return filled(
        {
            "@type": "SpecialAnnouncement",
            "name": alert.title,
            "text": " ".join(filter(None, words)) or alert.title,
            "category": alert.subject,
            "datePosted": moment(alert.date),
            "expires": moment(alert.expires),
            "url": site.absolute(row.path),
            "inLanguage": row.lang,
            "identifier": alert.identifier,
            "spatialCoverage": [place, *areas(alert.places)],
            "publisher": publisher(site),
            "webFeed": site.absolute("/" + alert.prefix + "/atom.xml"),
        }
    )
