"""Sitemap files (sitemaps.org 0.9) from addresses; the only place that writes their XML."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from html import escape  # xml.sax would import the whole of urllib and ssl
from typing import NamedTuple

from model.words import Words

SITEMAP = "http://www.sitemaps.org/schemas/sitemap/0.9"
NEWS = "http://www.google.com/schemas/sitemap-news/0.9"
XHTML = "http://www.w3.org/1999/xhtml"
_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
_ISO = Words().iso


class Url(NamedTuple):
    """A page: its full address, when it changed, its addresses by language (itself included)."""

    address: str
    changed: datetime | None = None
    languages: Sequence[tuple[str, str]] = ()


class NewsUrl(NamedTuple):
    """A page of the last days: who publishes it, in which language, when, under which title."""

    address: str
    publication: str
    lang: str
    published: datetime
    title: str


def write_urls(urls: Iterable[Url]) -> bytes:
    """Return a sitemap."""
    lines = [f'{_HEAD}<urlset xmlns="{SITEMAP}" xmlns:xhtml="{XHTML}">']
    for url in urls:
        changed = f"<lastmod>{_ISO(url.changed)}</lastmod>" if url.changed else ""
        links = "".join(
            f'<xhtml:link rel="alternate" hreflang="{lang}" href="{escape(address)}"/>'
            for lang, address in url.languages
        )
        lines.append(f"<url><loc>{escape(url.address)}</loc>{changed}{links}</url>")
    return "\n".join([*lines, "</urlset>", ""]).encode()


def write_news(urls: Iterable[NewsUrl]) -> bytes:
    """Return a news sitemap."""
    lines = [f'{_HEAD}<urlset xmlns="{SITEMAP}" xmlns:news="{NEWS}">']
    lines += [
        f"<url><loc>{escape(url.address)}</loc><news:news><news:publication>"
        f"<news:name>{escape(url.publication)}</news:name>"
        f"<news:language>{url.lang}</news:language></news:publication>"
        f"<news:publication_date>{_ISO(url.published)}</news:publication_date>"
        f"<news:title>{escape(url.title)}</news:title></news:news></url>"
        for url in urls
    ]
    return "\n".join([*lines, "</urlset>", ""]).encode()


def write_index(addresses: Iterable[str]) -> bytes:
    """Return a sitemap index."""
    lines = [f'{_HEAD}<sitemapindex xmlns="{SITEMAP}">']
    lines += [f"<sitemap><loc>{escape(address)}</loc></sitemap>" for address in addresses]
    return "\n".join([*lines, "</sitemapindex>", ""]).encode()
