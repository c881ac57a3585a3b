"""Services: the guides to the apps that do the same."""

from __future__ import annotations

from dataclasses import dataclass

from model.kinds.services import AppFunction, Service, Sms
from model.output import Row, Store
from model.phone import Phone, parse_phone
from plugins.documents.trail import Place, guide_place


@dataclass(frozen=True)
class ServiceApp:
    """A function of an app, with our guide to it where there is one."""

    function: AppFunction
    guide: Place | None


@dataclass(frozen=True)
class ServiceDetails:
    """What `services.html` shows beyond the fields."""

    apps: tuple[ServiceApp, ...]
    texts: tuple[tuple[Sms, Phone], ...]
    """Text messages, each with its number to print and to dial."""


def service_details(row: Row, store: Store) -> ServiceDetails:
    """Return the apps of the service."""
    document = row.document
    if not isinstance(document, Service):
        return ServiceDetails((), ())
    return ServiceDetails(
        tuple(ServiceApp(app, guide_place(app.guide, row.lang, store)) for app in document.apps),
        tuple((way, parse_phone(way.number)) for way in document.sms),
    )
