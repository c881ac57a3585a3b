"""oEmbed 1.0 answers (oembed.com, sections 2.3.4 and 4): static, so one per page and format.

A static answer cannot honour `maxwidth`: the width said is one that any page has, and the frame
fills what it gets. The type is `rich`, because that is what editors turn into a frame.
"""

from __future__ import annotations

from html import escape
from typing import Any

from model.site import Site
from model.widgets import WIDTH
from plugins.widgets.files import as_json

FORMATS = ("json", "xml")
MEDIA = {"json": "application/json+oembed", "xml": "text/xml+oembed"}
AGE = 3600
"""Seconds for which an answer may be kept; the frame itself is always current."""


def answer(site: Site, path: str, title: str, height: int) -> dict[str, Any]:
    """Return the answer for what may be framed at `path`."""
    address, name = escape(site.absolute(path), quote=True), escape(title, quote=True)
    return {
        "version": "1.0",
        "type": "rich",
        "title": title,
        "author_name": site.agency.name,
        "provider_name": site.name,
        "provider_url": site.absolute("/"),
        "cache_age": AGE,
        "width": WIDTH,
        "height": height,
        "html": f'<iframe src="{address}" title="{name}" width="{WIDTH}" height="{height}"'
        ' frameborder="0" scrolling="auto"></iframe>',
    }


def written(values: dict[str, Any], form: str) -> bytes:
    """Return an answer as JSON or XML (section 2.3.4.1)."""
    if form == "json":
        return as_json(values)
    rows = "".join(f"<{name}>{escape(str(value))}</{name}>" for name, value in values.items())
    head = '<?xml version="1.0" encoding="utf-8" standalone="yes"?>'
    return f"{head}\n<oembed>{rows}</oembed>\n".encode()
