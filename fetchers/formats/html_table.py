"""HTML tables to a Table: cells that span rows or columns count in each place that they cover."""

from __future__ import annotations

from collections.abc import Iterator

from bs4 import Tag

from fetchers.formats import Page, Parsed, Unreadable
from fetchers.formats.headings import columns_of, items_of
from fetchers.formats.html_tree import attribute, paragraphs, parse_html, select
from fetchers.formats.settings import settings
from fetchers.formats.table import Columns, Table, find_header, heading
from model.option_groups import HtmlTableOptions

SPAN = 1_000


def read_html_table(
    data: bytes | str, columns: Columns, selector: str = "", encoding: str = ""
) -> Table:
    """Return the table that `selector` names; without it the best match for `columns`."""
    tree = parse_html(data, encoding)
    found = [tag for tag in select(tree, selector or "table") if tag.name == "table"]
    if not found:
        raise Unreadable(
            f"trang không có bảng {f'“{selector}”' if selector else 'nào'}",
            "sửa mục table của nguồn (bộ chọn CSS của thẻ table)",
        )
    wanted = {heading(name) for names in columns.values() for name in names}
    best = max(found, key=lambda table: (_matches(table, wanted), len(table("tr"))))
    return find_header(_rows(best), columns)


def _matches(table: Tag, wanted: set[str]) -> int:
    first = [
        heading(cell.get_text(" ")) for row in table("tr", limit=10) for cell in row(["th", "td"])
    ]
    return sum(text in wanted for text in first)


def _rows(table: Tag) -> Iterator[tuple[int, list[str]]]:
    below: dict[int, tuple[int, str]] = {}
    for number, row in enumerate(table("tr"), start=1):
        if row.find_parent("table") is not table:
            continue
        cells: list[str] = []
        for cell in row(["td", "th"], recursive=False):
            _fill(cells, below)
            text, wide = _cell_text(cell), _span(cell, "colspan")
            tall = _span(cell, "rowspan") - 1
            for _ in range(wide):
                if tall > 0:
                    below[len(cells)] = (tall, text)
                cells.append(text)
        _fill(cells, below)
        yield number, cells


def _fill(cells: list[str], below: dict[int, tuple[int, str]]) -> None:
    """Add the cells that reach down from rows above into the next free places."""
    while (place := len(cells)) in below:
        left, text = below.pop(place)
        if left > 1:
            below[place] = (left - 1, text)
        cells.append(text)


def _span(cell: Tag, name: str) -> int:
    text = attribute(cell, name)
    return min(max(int(text), 1), SPAN) if text.isascii() and text.isdigit() else 1


def _cell_text(cell: Tag) -> str:
    if cell.find(["br", "p", "div", "li"]) is None:
        return " ".join(cell.get_text(" ").split())
    return paragraphs(cell)


def parse(page: Page) -> Parsed:
    """Return an item per row."""
    options = settings(page, HtmlTableOptions)
    columns = columns_of(page.source, options)
    table = read_html_table(page.data, columns, options.table, options.encoding)
    return items_of(table, columns, page.source, options)
