"""A list page of an agency that has no feed: one CSS selector for its links, nothing else to say.

`options.links` selects the links (or elements that hold one) to articles. Each new article's own
page says the rest (`fetchers.formats.article`); the link's text is the title where it has none.
"""

from __future__ import annotations

from bs4 import BeautifulSoup, Tag

from fetchers.cleaning.links import clean_link
from fetchers.formats import Item, Page, Parsed, Unreadable, capped
from fetchers.formats.article import read_article
from fetchers.formats.html_tree import attribute, line_of, parse_html, select
from fetchers.formats.settings import settings
from model.option_groups import HtmlNewsOptions


def parse(page: Page) -> Parsed:
    """Return an item a link; a page without one is unreadable, for its lay-out may have changed."""
    options = settings(page, HtmlNewsOptions)
    tree = parse_html(page.data)
    found: dict[str, Item] = {}
    for link in _links(tree, options.links):
        if address := clean_link(attribute(link, "href"), page.url):
            known = found.setdefault(address, {"link": address, "detail": address})
            if title := attribute(link, "title") or line_of(link):
                known.setdefault("listed", title)
    if not found:
        raise Unreadable(
            f"không thấy liên kết nào theo “{options.links}”", "trang có thể đã đổi giao diện"
        )
    more = (clean_link(attribute(a, "href"), page.url) for a in _links(tree, options.next))
    items, notes = capped(list(found.values()), page)
    return Parsed(items, notes, more=[link for link in dict.fromkeys(more) if link])


def detail(page: Page, item: Item) -> Item:
    """Return an item completed from its own page."""
    found = read_article(page)
    if not found.get("title") and item.get("listed"):
        found["title"] = item["listed"]
    return {**found, **item}


def _links(tree: BeautifulSoup, selector: str) -> list[Tag]:
    chosen = select(tree, selector) if selector else []
    links = [element if element.name == "a" else element.find("a") for element in chosen]
    return [link for link in links if isinstance(link, Tag) and attribute(link, "href")]
