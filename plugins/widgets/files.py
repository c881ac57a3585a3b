"""What widgets share: scripts and style, the schema of their data, who provides, what exists."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence
from typing import Any, ClassVar, NamedTuple

from model.artwork import FOLDER as BANNERS
from model.colour import readable
from model.output import LANGUAGE, Family, Key, Store
from model.site import Site
from model.widgets import FILES, FOLDER, SCHEMA, THEME, Widget, widget_path

STATIC = THEME / "static" / "embed"
CAMPAIGNS = 20
"""Newest campaigns that the page of what exists names."""
WHITE, NIGHT = "#ffffff", "#14181d"
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_SPACE = re.compile(r"\s*\n\s*")
_TEXT = {"type": "string"}
_URL = {"type": "string", "format": "uri"}
_TIME = {"type": "string", "format": "date-time"}
_TEXTS = {"type": "array", "items": _TEXT}


def as_json(values: Any) -> bytes:
    """Return JSON as it is published: UTF-8, short, nothing that is not JSON (no NaN)."""
    text = json.dumps(values, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    return text.encode() + b"\n"


class EmbedFiles(Family):
    """`embed/tep/<file>`: the theme's files for widgets; the style gets the agency's colour."""

    name: ClassVar[str] = "embed-file"

    def site_keys(self, site: Site) -> Iterable[Key]:
        """Return a key per file."""
        return [(path.name,) for path in sorted(STATIC.iterdir()) if path.suffix in (".js", ".css")]

    def path(self, key: Key) -> str:
        """Return the file's path."""
        return FILES.lstrip("/") + key[0]

    def render(self, key: Key, store: Store) -> bytes | None:
        """Return the file, or None if it is gone."""
        store.asset(f"embed/{key[0]}")
        path = STATIC / key[0]
        if not path.is_file():
            return None
        data = path.read_bytes()
        return _sheet(data.decode(), store.site.colours.primary) if path.suffix == ".css" else data


def _sheet(text: str, primary: str) -> bytes:
    day, night = readable(primary, WHITE), readable(primary, NIGHT)
    head = f":root{{--day:{day};--night:{night}}}"
    return (head + _SPACE.sub("\n", _COMMENT.sub("", text))).encode()


class Schema(Family):
    """`embed/du-lieu.schema.json`: JSON Schema 2020-12 of every widget's data."""

    name: ClassVar[str] = "widget-schema"

    def site_keys(self, site: Site) -> Iterable[Key]:
        """Return the one file."""
        return [("schema",)]

    def path(self, key: Key) -> str:
        """Return the schema's path."""
        return SCHEMA.lstrip("/")

    def render(self, key: Key, store: Store) -> bytes | None:
        """Return the schema."""
        return as_json(schema(store.site))


def schema(site: Site) -> dict[str, Any]:
    """Return the schema. Fields may be added; within version 1 none goes or changes its meaning."""
    call = _object({"number": _TEXT, "href": _TEXT, "label": _TEXT}, ["number", "href"])
    item = _object(
        {
            **dict.fromkeys(("title", "lang", "label", "figure", "text", "date"), _TEXT),
            "url": _URL,
            "tone": {"enum": ["grave", "bad", "good", "wait"]},
            "until_words": _TEXT,
            "from": _TIME,
            "until": _TIME,
            "lines": _TEXTS,
            "places": {"type": "array", "items": {"type": "string", "minLength": 2}},
            "calls": {"type": "array", "items": call},
            "links": {"type": "array", "items": _object({"text": _TEXT, "url": _URL})},
        },
        ["title"],
    )
    pair = _object({"name": _TEXT, "value": _TEXT})
    fields: dict[str, Any] = {
        "version": {"const": 1},
        "oldest": {"type": "integer", "minimum": 1},
        "widget": _TEXT,
        "lang": {"enum": ["vi", "en", "km"]},
        "part": _TEXT,
        "title": _TEXT,
        "url": _URL,
        "more": _TEXT,
        "empty": _TEXT,
        "count": {"type": "integer", "minimum": 1},
        "items": {"type": "array", "items": item},
        "search": _object(
            {
                "action": _URL,
                "label": _TEXT,
                "button": _TEXT,
                "hidden": {"type": "array", "items": pair},
            }
        ),
        "phone": call,
        "author": _TEXT,
        "authorUrl": _URL,
        "license": _TEXT,
        "licenseUrl": _URL,
        "dateModified": _TIME,
        "nextReview": _TIME,
        "accent": {"type": "string", "pattern": "^#[0-9a-fA-F]{6}$"},
        "note": _TEXT,
        "words": _object({"until": _TEXT, "stale": _TEXT, "source": _TEXT}),
    }
    optional = {"search", "phone", "license", "licenseUrl", "dateModified", "nextReview", "note"}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": site.absolute(SCHEMA),
        "title": "Dữ liệu của tiện ích nhúng, phiên bản 1",
        **_object(fields, [name for name in fields if name not in optional]),
    }


def _object(fields: dict[str, Any], required: Sequence[str] | None = None) -> dict[str, Any]:
    needed = list(fields) if required is None else list(required)
    return {"type": "object", "properties": fields, "required": needed}


class Providers(Family):
    """`embed/providers.json`: who we are, in the form of oembed.com's list of providers."""

    name: ClassVar[str] = "oembed-providers"

    def site_keys(self, site: Site) -> Iterable[Key]:
        """Return the one file."""
        return [("providers",)]

    def path(self, key: Key) -> str:
        """Return the file's path."""
        return f"{FOLDER.lstrip('/')}providers.json"

    def render(self, key: Key, store: Store) -> bytes | None:
        """Return the list of one provider; its answers are found through the pages' links."""
        site = store.site
        endpoint = {
            "schemes": [f"{site.absolute('/')}*"],
            "url": site.absolute(f"{FOLDER}oembed.{{format}}"),
            "formats": ["json", "xml"],
            "discovery": True,
        }
        provider = {"provider_name": site.name, "provider_url": site.absolute("/")}
        return as_json([{**provider, "endpoints": [endpoint]}])


class MissingPage(NamedTuple):
    """What `embed_404.html` gets as `page`."""

    lang: str
    path: str
    title: str
    description: str
    widgets: tuple[tuple[str, str], ...]
    """(title, public path)."""
    campaigns: tuple[tuple[str, str], ...]
    """(title, what its banners' addresses begin with)."""
    link: str


class NoSuchEmbed(Family):
    """`embed/404.html`: what servers answer below /embed/ for a widget or campaign unknown."""

    name: ClassVar[str] = "embed-404"

    def __init__(self, widgets: Sequence[Widget]) -> None:
        self.widgets = widgets

    def site_keys(self, site: Site) -> Iterable[Key]:
        """Return the one page."""
        return [("404",)]

    def path(self, key: Key) -> str:
        """Return the page's path."""
        return f"{FOLDER.lstrip('/')}404.html"

    def render(self, key: Key, store: Store) -> bytes | None:
        """Return the page with the widgets and the campaigns that exist."""
        site = store.site
        rows = store.newest("campaigns", CAMPAIGNS) if "campaigns" in site.kinds else []
        page = MissingPage(
            lang=LANGUAGE,
            path=f"{FOLDER}404.html",
            title="Không có tiện ích hoặc chiến dịch này",
            description="",
            widgets=tuple(
                (widget.title, widget_path(widget.name))
                for widget in self.widgets
                if not widget.kind or widget.kind in site.kinds
            ),
            campaigns=tuple(
                (row.document.title, f"/{BANNERS}/{row.slug}/")
                for row in rows
                if _drawn(row.document)
            ),
            link=site.absolute("/nhung/"),
        )
        return store.template("embed_404.html", page)


def _drawn(document: object) -> bool:
    return bool(getattr(document, "artwork", ()))
