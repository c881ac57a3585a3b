"""A list page and its articles, read by the CSS selectors that the source's YAML gives.

`item` marks each entry of the list, `fields` what is read inside it, `article` what is read from
the entry's own page (fetched only for entries that are new). Without `item` the page is one entry.
A field named `link` becomes the entry's address; `body` and `answer` keep their paragraphs. A list
whose entries are gone is unreadable, never empty: a redesigned page looks just like that.
"""

from __future__ import annotations

from collections.abc import Mapping

from bs4 import Tag

from fetchers.cleaning.links import clean_link
from fetchers.formats import Item, Page, Parsed, Unreadable
from fetchers.formats.html_tree import attribute, line_of, paragraphs, parse_html, select
from fetchers.formats.settings import settings
from model.option_groups import CssOptions

LONG = {"body", "answer", "summary", "question"}
"""Fields that keep their paragraphs."""
LINKS = {"link", "image", "url"}
"""Fields that are addresses."""


def parse(page: Page) -> Parsed:
    """Return an item per entry of the list page."""
    options = settings(page, CssOptions)
    tree = parse_html(page.data)
    entries: list[Tag] = select(tree, options.item) if options.item else [tree]
    if not entries:
        raise Unreadable(
            f"trang không còn mục nào khớp bộ chọn “{options.item}”",
            "xem lại trang nguồn: có thể trang đã đổi giao diện hoặc đang trả về trang báo lỗi",
        )
    fields = options.fields if options.item else {**options.fields, **options.article}
    items = [_item(entry, fields, options, page) for entry in entries]
    kept = [item for item in items if set(item) - set(options.values) - {"detail"}]
    notes = [f"{len(items) - len(kept)} mục trống: bỏ qua"] if len(kept) < len(items) else []
    if not kept:
        raise Unreadable("không đọc được trường nào", "xem lại các bộ chọn của nguồn")
    return Parsed(kept, notes, more=_next(tree, options, page))


def detail(page: Page, item: Item) -> Item:
    """Return `item` completed from its own page; where that is silent the list's word stays."""
    options = settings(page, CssOptions)
    found = _values(parse_html(page.data), options.article, page.url)
    if not found:
        raise Unreadable("trang bài không khớp bộ chọn nào trong mục article")
    told = {field: text for field, text in item.items() if field != "detail"}
    return {**told, **found, "url": page.url}


def _item(entry: Tag, fields: Mapping[str, str], options: CssOptions, page: Page) -> Item:
    item: Item = {**options.values, **_values(entry, fields, page.url)}
    if options.item and options.article and item.get("link"):
        item["detail"] = item["link"]
    if not options.item:
        item.setdefault("url", page.url)
    return item


def _values(root: Tag, fields: Mapping[str, str], base: str) -> dict[str, str]:
    values = {field: _read(root, field, rule, base) for field, rule in fields.items()}
    return {field: text for field, text in values.items() if text}


def _read(root: Tag, field: str, rule: str, base: str) -> str:
    """Return a field's text: the first element's that has any; of a long field all, a line each."""
    selector, _, name = rule.partition("@")
    found = select(root, selector.strip()) if selector.strip() else [root]
    if field in LINKS:
        address = attribute(found[0], name or "href") if found else ""
        return clean_link(address, base)
    if name:
        return attribute(found[0], name) if found else ""
    if field in LONG:
        return "\n".join(filter(None, (paragraphs(element) for element in found)))
    return next(filter(None, map(line_of, found)), "")


def _next(tree: Tag, options: CssOptions, page: Page) -> list[str]:
    if not options.next:
        return []
    links = [clean_link(attribute(a, "href"), page.url) for a in select(tree, options.next)]
    return [link for link in dict.fromkeys(links) if link and link != page.url]
