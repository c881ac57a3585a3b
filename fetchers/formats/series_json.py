"""Figures in JSON: a list of days, regions with parallel lists, or a snapshot of regions.

Gives the same items as `fetchers.formats.series`.
"""

from __future__ import annotations

import re
from typing import Any

from fetchers.formats import Item, Page, Parsed, Unreadable
from fetchers.formats.figures import Days, style_of
from fetchers.formats.json_list import at
from fetchers.formats.json_text import parse_json, text_of
from fetchers.formats.series import (
    brief,
    by_region,
    figure_in,
    region_item,
    region_key,
    snapshot_day,
)
from fetchers.formats.settings import settings
from fetchers.formats.table import ROWS
from model.option_groups import TODAY, SeriesJsonOptions

_NO_YEAR = re.compile(r"(\d{1,2})[/-](\d{1,2})")
Lines = list[list[str]]


def parse(page: Page) -> Parsed:
    """Return an item per region that the source asks for."""
    options = settings(page, SeriesJsonOptions)
    found = at(parse_json(page.data), options.items)
    if isinstance(found, dict):
        found = [{"@key": key, **row} for key, row in found.items() if isinstance(row, dict)]
    objects = [row for row in found if isinstance(row, dict)] if isinstance(found, list) else []
    if not objects:
        raise Unreadable(
            f"JSON không có danh sách “{options.items or 'gốc'}”",
            "nếu nguồn đã đổi cấu trúc, sửa options.items của nguồn",
        )
    notes: list[str] = []
    named = [(region_key(text_of(at(row, p)) for p in options.region), row) for row in objects]
    chosen = by_region(named, options, notes)
    fixed = "" if options.date else snapshot_day(options, page)
    raw = [
        (code, name, [line for row in group for line in _lines(row, name, fixed, options, notes)])
        for code, name, group in chosen
    ]
    if sum(len(lines) for _, _, lines in raw) > ROWS:
        raise Unreadable(f"có quá {ROWS} dòng số liệu", "chia nhỏ nguồn")
    days = Days((line[0] for _, _, lines in raw for line in lines), page.source.dates)
    style = style_of(
        (c for _, _, lines in raw for line in lines for c in line[1:]), options.numbers
    )
    items = [_item(code, name, lines, days, style, options, notes) for code, name, lines in raw]
    return Parsed(items, [*brief(notes), *days.notes()])


def _lines(
    row: dict[str, Any], name: str, fixed: str, options: SeriesJsonOptions, notes: list[str]
) -> Lines:
    """Return [day, value…] lines of one object: one line, or one for each of its parallel lists."""
    days = fixed or at(row, options.date)
    values = {column: at(row, path) for column, path in options.columns.items()}
    missing = [path for column, path in options.columns.items() if values[column] is None]
    if len(missing) == len(values) or days is None:
        raise Unreadable(
            f"thiếu “{', '.join(missing) or options.date}” trong JSON",
            "nếu nguồn đã đổi tên trường, sửa options của nguồn",
        )
    if not isinstance(days, list):
        return [[_day(text_of(days), options), *map(text_of, values.values())]]
    lists = [value if isinstance(value, list) else [] for value in values.values()]
    if any(len(one) != len(days) for one in lists):
        notes.append(f"{name}: số ngày và số giá trị không bằng nhau, bỏ vùng này")
        return []
    return [
        [_day(text_of(day), options), *(text_of(one[i]) for one in lists)]
        for i, day in enumerate(days)
    ]


def _day(text: str, options: SeriesJsonOptions) -> str:
    match = _NO_YEAR.fullmatch(text.strip())
    if match and not options.year:
        raise Unreadable(f"ngày “{text}” không ghi năm", "thêm options.year của nguồn")
    return f"{text.strip()}/{options.year}" if match else text


def _item(
    code: str,
    name: str,
    lines: Lines,
    days: Days,
    style: str,
    options: SeriesJsonOptions,
    notes: list[str],
) -> Item:
    rows: Lines = []
    for day, *cells in lines:
        found = TODAY if day == TODAY else str(days.read(day) or "")
        if not found:
            notes.append(f"{name}: không đọc được ngày “{day[:30]}”, bỏ dòng")
            continue
        values = [figure_in(cell, style, f"{name} {found}", notes) for cell in cells]
        rows.append([found, *values])
    return region_item(code, name, list(options.columns), rows)
