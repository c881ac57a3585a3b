"""SpecialAnnouncement for alerts. It is no CAP message; machines that act on alerts read CAP."""

from __future__ import annotations

from model.kinds.alerts import Alert
from model.structured_data.nodes import Node, Subject, areas, filled, moment, publisher


def announcement(it: Subject) -> Node | None:
    """Return the announcement; None for exercises, which machines must not spread."""
    alert, site = it.row.document, it.store.site
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
            "url": site.absolute(it.row.path),
            "inLanguage": it.row.lang,
            "identifier": alert.identifier,
            "spatialCoverage": [place, *areas(alert.places)],
            "publisher": publisher(site),
            "webFeed": site.absolute("/" + alert.prefix + "/atom.xml"),
        }
    )
