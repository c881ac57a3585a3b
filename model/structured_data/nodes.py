"""Nodes that many pages share: organisations, addresses, moments."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime
from html import unescape
from typing import Any, NamedTuple

from model.fields import SourceRef, Telephone
from model.output import Row, Store
from model.site import Site
from model.words import Words

Node = dict[str, Any]
_INLINE = re.compile(r"</?(?:a|strong|em|code|sup|sub|del|abbr)\b[^>]*>")
_TAG = re.compile(r"<[^>]*>")
_ISO = Words().iso


class Subject(NamedTuple):
    """A document whose page is described, where to ask about it, and the page's words."""

    row: Row
    store: Store
    t: Words


def filled(node: Mapping[str, Any]) -> Node:
    """Return the node without what is unknown (None, "", empty lists)."""
    return {key: value for key, value in node.items() if value not in (None, "", [], (), {})}


def moment(time: datetime | None) -> str | None:
    """Return a time for machines (RFC 3339, +07:00); None stays None."""
    return _ISO(time) if time else None


def plain_text(html: str) -> str:
    """Return the words of sanitised HTML on one line, as a reader sees them."""
    return " ".join(unescape(_TAG.sub(" ", _INLINE.sub("", html))).split())


def source(ref: SourceRef | None) -> Node | None:
    """Return the organisation that a source names."""
    return filled({"@type": "Organization", "name": ref.name, "url": ref.url}) if ref else None


def organization(site: Site) -> Node:
    """Return the agency that answers for the site, with its hotlines."""
    return filled(
        {
            "@type": "GovernmentOrganization",
            "@id": site.absolute("/") + "#agency",
            "name": site.agency.name,
            "url": site.agency.url or site.absolute("/"),
            "address": site.agency.address,
            "email": site.agency.email,
            "parentOrganization": _named("GovernmentOrganization", site.agency.parent),
            "sameAs": [channel.url for channel in site.channels if channel.url],
            "contactPoint": [
                {"@type": "ContactPoint", "telephone": line.number, "contactType": line.label}
                for line in site.hotlines
            ],
        }
    )


def publisher(site: Site) -> Node:
    """Return the agency, in short."""
    return {
        "@type": "GovernmentOrganization",
        "@id": site.absolute("/") + "#agency",
        "name": site.agency.name,
    }


def _named(type_: str, name: str) -> Node | None:
    return {"@type": type_, "name": name} if name else None


def page(row: Row, site: Site, type_: str) -> Node:
    """Return what every described page says of itself."""
    document = row.document
    return {
        "@type": type_,
        "name": document.title,
        "description": document.summary,
        "url": site.absolute(row.path),
        "inLanguage": row.lang,
        "datePublished": moment(document.date),
        "dateModified": moment(document.updated),
        "expires": moment(document.expires),
        "publisher": publisher(site),
        "license": site.licence_url,
        "keywords": list(document.tags),
    }


def phones(numbers: tuple[Telephone, ...], fallback: str) -> list[Node]:
    """Return contact points, the numbers as they are printed."""
    return [
        filled(
            {
                "@type": "ContactPoint",
                "telephone": phone.number,
                "contactType": phone.label or fallback,
                "contactOption": "TollFree" if phone.cost.casefold() == "miễn phí" else None,
            }
        )
        for phone in numbers
    ]


def areas(codes: tuple[str, ...]) -> list[Node]:
    """Return the administrative units with these codes."""
    from model.places import unit_name

    return [
        {"@type": "AdministrativeArea", "name": unit_name(code), "identifier": code}
        for code in codes
    ]
