"""An article's own page: what it says of itself, then what a reader sees; never its full text.

Sources of a fact, best first: schema.org NewsArticle and its kin (JSON-LD, microdata), OpenGraph
and other meta elements, then the page: its h1, the first element that shows a date, the first
paragraph long enough to be a lead.
"""

from __future__ import annotations

import codecs
import re

from bs4 import BeautifulSoup

from fetchers.cleaning.dates import read_date
from fetchers.cleaning.html import title_text
from fetchers.formats import Item, Page
from fetchers.formats.html_tree import attribute, line_of, parse_html
from fetchers.formats.linked_data import is_a, nodes_in_page, said
from model.source import Dates
from model.text import one_line

LEAD_LENGTH = 60
"""Characters from which on a paragraph is a lead and no caption or button."""
DATE_LENGTH = 80
"""Characters beyond which an element holds more than a date."""
_CHARSET = re.compile(rb"charset\s*=\s*[\"']?\s*([\w-]+)", re.IGNORECASE)
_NEWS = ("NewsArticle", "ReportageNewsArticle", "Article", "Report", "BlogPosting")
_DATED = re.compile(r"date|time|ngay|publish", re.IGNORECASE)
_ASIDE = ["nav", "header", "footer", "aside", "form", "figure", "figcaption", "noscript"]
_META = {
    "title": ("og:title", "twitter:title", "dc.title"),
    "summary": ("og:description", "description", "twitter:description"),
    "published": ("article:published_time", "datePublished", "pubdate", "dc.date"),
    "updated": ("article:modified_time", "dateModified", "lastmod"),
    "image": ("og:image", "twitter:image"),
}
_SCHEMA = {
    "title": ("headline", "name"),
    "summary": ("description", "abstract"),
    "published": ("datePublished",),
    "updated": ("dateModified",),
    "image": ("image", "thumbnailUrl"),
}


def read_article(page: Page) -> Item:
    """Return title, summary, published, updated, image and language, as far as the page says."""
    tree = parse_html(page.data, _encoding(page))
    meta = _meta(tree)
    node = next((node for node in nodes_in_page(tree, []) if is_a(node, *_NEWS)), {})
    item = {key: one_line(said(node, *names)) for key, names in _SCHEMA.items()}
    for key, names in _META.items():
        item[key] = item[key] or next((meta[name] for name in names if name in meta), "")
    title = _without_site(title_text(item["title"]), meta.get("og:site_name", ""))
    item["title"] = title or _heading(tree)
    item["published"] = item["published"] or _visible_date(tree, page.source.dates)
    item["summary"] = item["summary"] or _lead(tree)
    item["language"] = attribute(tree.html, "lang")
    return {key: value for key, value in item.items() if value}


def _encoding(page: Page) -> str:
    """Return the encoding that the server or the page names; "" if neither names a known one."""
    for text in (page.content_type.encode("ascii", "ignore"), page.data[:2048]):
        if match := _CHARSET.search(text):
            try:
                return codecs.lookup(match[1].decode("ascii", "ignore")).name
            except LookupError:
                continue
    return ""


def _meta(tree: BeautifulSoup) -> dict[str, str]:
    """Return the meta elements by name; the first of a name wins."""
    found: dict[str, str] = {}
    for element in tree.find_all("meta"):
        content = one_line(attribute(element, "content"))
        for name in ("property", "name", "itemprop"):
            if content and attribute(element, name):
                found.setdefault(attribute(element, name), content)
    return found


def _without_site(title: str, site: str) -> str:
    """Take the site's name off a title that drags it along (“… - Bộ Y tế”, “… | Báo A”)."""
    if site and title.endswith(site) and len(title) > len(site):
        return title[: -len(site)].rstrip(" -–—|·»:")
    return title


def _heading(tree: BeautifulSoup) -> str:
    found = (line_of(element) for element in tree.find_all(["h1", "title"]))
    return next((re.sub(r"^null(?=\w)", "", text) for text in found if text), "")


def _visible_date(tree: BeautifulSoup, rules: Dates) -> str:
    for element in tree.find_all("time"):
        if stamp := attribute(element, "datetime"):
            return stamp
    for element in tree.find_all(["span", "div", "p", "small", "li"]):
        if _DATED.search(f"{attribute(element, 'class')} {attribute(element, 'id')}"):
            text = line_of(element)
            if len(text) <= DATE_LENGTH and read_date(text, rules) is not None:
                return text
    return ""


def _lead(tree: BeautifulSoup) -> str:
    for element in tree.find_all("p"):
        text = line_of(element)
        if len(text) < LEAD_LENGTH or element.find_parent(_ASIDE) is not None:
            continue
        if sum(len(line_of(link)) for link in element.find_all("a")) < len(text) / 2:
            return text
    return ""
