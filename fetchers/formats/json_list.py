"""A list of objects somewhere in a JSON value, its fields named by paths (“a.b.0.c”).

Lists of texts come as one text, a line each; an object where a list is expected counts as its
values (servers that answer {"1": {…}, "2": {…}}).
"""

from __future__ import annotations

from typing import Any

from fetchers.formats import Item, Page, Parsed, Unreadable
from fetchers.formats.json_text import parse_json, text_of
from fetchers.formats.linked_data import unescaped
from fetchers.formats.settings import settings
from fetchers.formats.table import ROWS, sound
from model.option_groups import JsonOptions


def parse(page: Page) -> Parsed:
    """Return an item per object; a list that is there and empty proves that there is nothing."""
    options = settings(page, JsonOptions)
    value = parse_json(page.data, options.encoding)
    rows: list[Any] = []
    for path in options.items or ("",):
        rows += _rows(value, path)
    if len(rows) > ROWS:
        raise Unreadable(f"danh sách có quá {ROWS} mục", "chia nhỏ nguồn")
    notes: list[str] = []
    items = [item for row in rows if (item := _item(row, options, notes))]
    return Parsed(items, notes, empty=not rows)


def _rows(value: Any, path: str) -> list[Any]:
    found = at(value, path)
    if isinstance(found, dict):
        inner = list(found.values())
        found = inner if path and inner and all(isinstance(i, dict) for i in inner) else [found]
    if not isinstance(found, list):
        raise Unreadable(
            f"JSON không có danh sách “{path or 'gốc'}”",
            "nếu nguồn đã đổi cấu trúc, sửa mục options.items của nguồn",
        )
    return found


def at(value: Any, path: str) -> Any:
    """Return what stands at a dotted path, None if nothing does."""
    for step in filter(None, path.split(".")):
        if isinstance(value, dict):
            value = value.get(step)
        elif isinstance(value, list) and step.isdecimal() and int(step) < len(value):
            value = value[int(step)]
        else:
            return None
    return value


def _item(row: Any, options: JsonOptions, notes: list[str]) -> Item | None:
    item: Item = {}
    paths = options.columns or {name: (name,) for name in row} if isinstance(row, dict) else {}
    for field, names in paths.items():
        text = next(filter(None, (as_text(at(row, name)) for name in names)), "")
        settled = sound(text)
        if settled is None:
            notes.append(f"chữ lỗi mã hóa không khôi phục được “{text[:60]}”, bỏ mục")
            return None
        if settled:
            item[field] = unescaped(settled)
    return {**options.values, **item} if item else None


def as_text(value: Any) -> str:
    """Return a scalar, or a list of scalars, as text."""
    if isinstance(value, list):
        return "\n".join(filter(None, map(text_of, value)))
    return text_of(value)
