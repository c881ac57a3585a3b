"""Sitemaps (sitemaps.org 0.9), news sitemaps (Google's news 0.9) and sitemap indexes as a source.

A news sitemap says title, date and language; of other entries the article's own page is read, for
new ones only. `lastmod` says when a page changed and is often the same everywhere, so it only
orders the entries and never becomes a date of publication.
"""

from __future__ import annotations

import re
from typing import Any

from lxml import etree

from fetchers.formats import Item, Page, Parsed, Unreadable, capped
from fetchers.formats.article import read_article
from fetchers.formats.feed_bytes import fit_xml
from fetchers.formats.settings import settings
from model.option_groups import SitemapOptions


def parse(page: Page) -> Parsed:
    """Return the entries of a sitemap, newest first; of an index, its sitemaps as `more`."""
    matching = re.compile(settings(page, SitemapOptions).match)
    root = _root(page)
    name = _name(root)
    if name == "sitemapindex":
        places = sorted(_children(root, "sitemap"), key=_changed, reverse=True)
        return Parsed([], more=[link for place in places if (link := _said(place, "loc"))])
    if name != "urlset":
        raise Unreadable("dữ liệu không phải sitemap")
    entries = sorted(_children(root, "url"), key=_changed, reverse=True)
    items = [_item(entry) for entry in entries]
    kept = [item for item in items if item.get("link") and matching.search(item["link"])]
    items, notes = capped(kept, page)
    return Parsed(items, notes, empty=not entries)


def detail(page: Page, item: Item) -> Item:
    """Return an entry completed from its own page; what the sitemap said stays."""
    return {**read_article(page), **item}


def _root(page: Page) -> Any:
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, recover=True, huge_tree=False, load_dtd=False
    )
    try:
        root = etree.fromstring(fit_xml(page.data), parser=parser)
    except (etree.XMLSyntaxError, ValueError):
        root = None
    if root is None:
        raise Unreadable("dữ liệu không phải XML")
    return root


def _name(element: Any) -> str:
    return element.tag.rsplit("}", 1)[-1].lower() if isinstance(element.tag, str) else ""


def _children(root: Any, name: str) -> list[Any]:
    return [element for element in root if _name(element) == name]


def _said(entry: Any, *path: str) -> str:
    """Return the text at a path of element names, whatever their namespaces."""
    for element in entry:
        if _name(element) == path[0].lower():
            return _said(element, *path[1:]) if path[1:] else (element.text or "").strip()
    return ""


def _changed(entry: Any) -> str:
    return _said(entry, "news", "publication_date") or _said(entry, "lastmod")


def _item(entry: Any) -> Item:
    link = _said(entry, "loc")
    item = {
        "link": link,
        "title": _said(entry, "news", "title"),
        "published": _said(entry, "news", "publication_date"),
        "language": _said(entry, "news", "publication", "language"),
        "image": _said(entry, "image", "loc"),
        "detail": link,
    }
    return {key: value for key, value in item.items() if value}
