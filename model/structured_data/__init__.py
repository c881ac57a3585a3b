"""schema.org data (release 30.0) for a page: JSON-LD that says what the page shows, nothing more.

Pure functions from a document to plain dicts, a module per family of kinds, loaded when first
needed. A page's template prints `StructuredData.text(t)` in a `script` element of the type
`application/ld+json`, which browsers do not run and the site's policy therefore does not refuse.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from functools import cache
from importlib import import_module
from typing import Any, NamedTuple

from model.output import LANGUAGE, Row, Store
from model.share import share_pictures
from model.site import Site
from model.structured_data.nodes import Node, Subject, filled, organization
from model.words import Words

CONTEXT = "https://schema.org"
Crumb = tuple[str, str]
"""(name as the page shows it before translation, public address)."""
Maker = Callable[[Subject], "Node | None"]

MAKERS: dict[str, str] = {
    "news": "texts:news",
    "guides": "texts:guide",
    "questions": "texts:question",
    "documents": "texts:official_document",
    "misinformation": "claims:claim_review",
    "alerts": "announcements:announcement",
    "contacts": "directory:contact",
    "places": "directory:place",
    "services": "directory:service",
    "statistics": "figures:dataset",
}
"""Kind -> "module:function" that describes its documents; other kinds are plain web pages."""


class StructuredData(NamedTuple):
    """What a page says to machines: `node` describes it, `crumbs` lead to it, itself last."""

    site: Site
    crumbs: Sequence[Crumb]
    node: Callable[[Words], Node | None]

    def text(self, t: Words) -> str:
        """Return the JSON-LD; no character in it can end the element that it stands in."""
        node = self.node(t)
        graph = [*([node] if node else []), _trail([(t(n), p) for n, p in self.crumbs], self.site)]
        data = {"@context": CONTEXT, "@graph": graph}
        return escape(json.dumps(data, ensure_ascii=False, separators=(",", ":")))


def escape(text: str) -> str:
    """Return JSON that may stand inside a `script` element of an HTML page."""
    for mark, code in (
        ("<", "3c"),
        (">", "3e"),
        ("&", "26"),
        ("\u2028", "2028"),
        ("\u2029", "2029"),
    ):
        text = text.replace(mark, f"\\u{code:>04}")
    return text


def document_data(row: Row, store: Store, crumbs: Sequence[Crumb]) -> StructuredData:
    """Return the data of a document's page; an expired document only says where it stands."""
    way = [_home(row.lang), *crumbs, (row.document.title, row.path)]
    if row.state != "current":
        return StructuredData(store.site, way, _nothing)

    def described(t: Words) -> Node | None:
        node = _maker(row.kind)(Subject(row, store, t))
        pictures = [store.site.absolute(item.address) for item in share_pictures(row, store)]
        return {**node, "image": pictures} if node and pictures else node

    return StructuredData(store.site, way, described)


def home_data(site: Site, lang: str, path: str) -> StructuredData:
    """Return the data of a home page: the site and the agency that answers for it."""

    def described(t: Words) -> Node:
        return filled(
            {
                "@type": "WebSite",
                "@id": site.absolute("/") + "#site",
                "name": t(site.name),
                "description": t(site.description) if site.description else None,
                "url": site.absolute(path),
                "inLanguage": lang,
                "publisher": organization(site),
            }
        )

    return StructuredData(site, [(site.name, path)], described)


def list_data(
    site: Site, lang: str, title: str, path: str, crumbs: Sequence[Crumb]
) -> StructuredData:
    """Return the data of a list page: where it stands."""
    return StructuredData(site, [_home(lang), *crumbs, (title, path)], _nothing)


def _home(lang: str) -> Crumb:
    return "Trang chủ", "/" if lang == LANGUAGE else f"/{lang}/"


def _nothing(_: Words) -> None:
    """Describe nothing: the page only says where it stands."""


@cache
def _maker(kind: str) -> Maker:
    name, _, function = MAKERS.get(kind, "texts:web_page").partition(":")
    found: Any = getattr(import_module(f"model.structured_data.{name}"), function)
    maker: Maker = found
    return maker


def _trail(places: Sequence[Crumb], site: Site) -> Node:
    return {
        "@type": "BreadcrumbList",
        "itemListElement": [
            {"@type": "ListItem", "position": number, "name": name, "item": site.absolute(address)}
            for number, (name, address) in enumerate(places, 1)
        ],
    }
