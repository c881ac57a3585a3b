"""Hospitals and other institutions, places and services: how to reach them.

Each function imports its own kind: a build of one document loads no other.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from model.structured_data.nodes import Node, Subject, areas, filled, phones, source
from model.words import Words

if TYPE_CHECKING:
    from model.kinds.located import Located
    from model.kinds.services import Service

CONTACT_TYPES = {
    "hospital": "Hospital",
    "clinic": "MedicalClinic",
    "health-centre": "MedicalClinic",
    "health-station": "MedicalClinic",
    "pharmacy": "Pharmacy",
    "police": "PoliceStation",
    "cdc": "GovernmentOrganization",
    "committee": "GovernmentOffice",
    "command-board": "GovernmentOrganization",
    "welfare": "GovernmentOrganization",
}
"""Our type -> schema.org's; others are an Organization."""
ALWAYS = "Mo-Su 00:00-23:59"


def contact(it: Subject) -> Node | None:
    """Return an institution."""
    from model.kinds.contacts import Contact

    document = it.row.document
    if not isinstance(document, Contact):
        return None
    node = _located(it, CONTACT_TYPES.get(document.type, "Organization"), document)
    node["email"] = document.email
    node["sameAs"] = document.url
    node["alternateName"] = list(document.old_names)
    return filled(node)


def place(it: Subject) -> Node | None:
    """Return a place."""
    from model.kinds.places import Place

    document = it.row.document
    if not isinstance(document, Place):
        return None
    return filled(_located(it, "Place", document))


def _located(it: Subject, type_: str, document: Located) -> dict[str, Any]:
    points = phones(document.phones, it.t(document.group_name))
    civic = type_ not in ("Organization", "GovernmentOrganization", "Place")
    return {
        "@type": type_,
        "name": document.title,
        "description": document.summary,
        "url": it.store.site.absolute(it.row.path),
        "address": _address(document),
        "geo": _geo(document),
        "telephone": [point["telephone"] for point in points],
        "contactPoint": points if type_ != "Place" else None,
        "openingHours": ALWAYS if civic and document.hours == "24/24" else None,
    }


def _address(document: Located) -> Node | None:
    if not (document.address or document.commune):
        return None
    return filled(
        {
            "@type": "PostalAddress",
            "streetAddress": document.address,
            "addressLocality": document.commune_name,
            "addressCountry": "VN",
        }
    )


def _geo(document: Located) -> Node | None:
    if document.coordinates is None:
        return None
    latitude, longitude = document.coordinates
    return {"@type": "GeoCoordinates", "latitude": latitude, "longitude": longitude}


def service(it: Subject) -> Node | None:
    """Return a service with every way to it, the telephone first."""
    from model.kinds.services import Service

    document = it.row.document
    if not isinstance(document, Service):
        return None
    return filled(
        {
            "@type": "GovernmentService",
            "name": document.title,
            "description": document.summary,
            "url": it.store.site.absolute(it.row.path),
            "provider": source(document.provider),
            "areaServed": areas(document.places),
            "audience": {"@type": "Audience", "audienceType": document.audience}
            if document.audience
            else None,
            "availableChannel": _channels(document, it.t),
        }
    )


def _channels(document: Service, t: Words) -> list[Node]:
    channels: list[Node] = [
        {"servicePhone": point} for point in phones(document.phones, t(document.group_name))
    ]
    channels += [
        {"serviceSmsNumber": {"@type": "ContactPoint", "telephone": sms.number}}
        for sms in document.sms
    ]
    channels += [{"name": app.name, "serviceUrl": app.url} for app in document.apps if app.url]
    if document.form:
        channels.append({"serviceUrl": document.form})
    if document.address:
        channels.append({"serviceLocation": {"@type": "Place", "address": document.address}})
    return [{"@type": "ServiceChannel", **channel} for channel in channels]
