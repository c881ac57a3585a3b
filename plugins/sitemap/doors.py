"""robots.txt (RFC 9309) and the OpenSearch 1.1 description of the site's own search."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape  # xml.sax would import the whole of urllib and ssl
from typing import ClassVar

from model.output import Family, Key, Store
from model.site import Site
from model.text import shorten
from plugins.sitemap.shards import INDEX

SHORT_NAME, LONG_NAME, DESCRIPTION = 16, 48, 1024
"""Greatest lengths that OpenSearch 1.1 allows."""


class Robots(Family):
    """`robots.txt`."""

    name: ClassVar[str] = "robots"

    def site_keys(self, site: Site) -> Iterable[Key]:
        """Return the one file."""
        return [("robots",)]

    def path(self, key: Key) -> str:
        """Return "robots.txt"."""
        return "robots.txt"

    def render(self, key: Key, store: Store) -> bytes | None:
        """Return a file that lets everyone in and names the sitemap."""
        sitemap = store.site.absolute(f"/{INDEX}")
        return f"User-agent: *\nAllow: /\n\nSitemap: {sitemap}\n".encode()


class OpenSearch(Family):
    """`opensearch.xml`: lets a browser offer the site's search."""

    name: ClassVar[str] = "opensearch"

    def site_keys(self, site: Site) -> Iterable[Key]:
        """Return the one file."""
        return [("opensearch",)]

    def path(self, key: Key) -> str:
        """Return "opensearch.xml"."""
        return "opensearch.xml"

    def render(self, key: Key, store: Store) -> bytes | None:
        """Return the description."""
        site = store.site
        template = site.absolute("/tim-kiem/?q={searchTerms}")
        lines = [
            '<?xml version="1.0" encoding="UTF-8"?>',
            '<OpenSearchDescription xmlns="http://a9.com/-/spec/opensearch/1.1/">',
            f"<ShortName>{escape(site.short_name or shorten(site.name, SHORT_NAME))}</ShortName>",
            f"<LongName>{escape(shorten(site.name, LONG_NAME))}</LongName>",
            f"<Description>{escape(shorten(site.description or site.name, DESCRIPTION))}"
            "</Description>",
            f'<Url type="text/html" template="{escape(template)}"/>',
            f'<Url type="application/opensearchdescription+xml" rel="self" '
            f'template="{escape(site.absolute("/opensearch.xml"))}"/>',
            "<Language>vi</Language>",
            "<InputEncoding>UTF-8</InputEncoding>",
            "<OutputEncoding>UTF-8</OutputEncoding>",
            "</OpenSearchDescription>",
            "",
        ]
        return "\n".join(lines).encode()
