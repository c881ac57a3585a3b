"""Tables (CSV, XLSX, HTML) as records: headings matched, wrong rows left out and said.

A row whose cells do not fit under the headings is never squeezed into place: a shifted column would
put one hospital's number under another's name.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from fetchers.formats import Item, Unreadable
from fetchers.formats.decoding import is_garbled, mend
from model.text import clean, fold, one_line

ROWS = 200_000
CELL = 32_767
"""Longest cell (Excel's own limit); a longer one means a wrong quote or delimiter."""

Columns = Mapping[str, Sequence[str]]
"""Our field -> the headings under which sources print it."""


class Table(NamedTuple):
    """Headings and rows as they stand; a row comes with its number in the source."""

    header: list[str]
    rows: list[tuple[int, list[str]]]


class Records(NamedTuple):
    """The rows as items, and a Vietnamese note for each row or cell that was left out."""

    items: list[Item]
    notes: list[str]


def heading(text: str) -> str:
    """Return a heading as it is compared: without tone marks, case, punctuation."""
    return " ".join(re.findall(r"[^\W_]+", fold(one_line(text))))


def find_header(rows: Iterable[tuple[int, list[str]]], columns: Columns) -> Table:
    """Return the table below the first row that has the headings of `columns`.

    Title lines above the headings are skipped (ten at most); without `columns` the first row that
    is not blank holds the headings.
    """
    wanted = {heading(name) for names in columns.values() for name in names}
    kept: list[tuple[int, list[str]]] = []
    for number, cells in rows:
        if any(cell.strip() for cell in cells):
            kept.append((number, cells))
        if len(kept) > ROWS:
            raise Unreadable(f"bảng có quá {ROWS} dòng", "chia nhỏ nguồn")
    if not kept:
        raise Unreadable("bảng không có dòng nào", "kiểm tra lại địa chỉ nguồn")
    best = max(range(min(10, len(kept))), key=lambda i: (_known(kept[i][1], wanted), -i))
    header = [one_line(cell) for cell in kept[best][1]]
    while header and not header[-1]:
        header.pop()
    return Table(header, kept[best + 1 :])


def _known(cells: list[str], wanted: set[str]) -> int:
    return sum(heading(cell) in wanted for cell in cells if cell.strip())


def records(table: Table, columns: Columns, required: Iterable[str] = ()) -> Records:
    """Return a dict per row: our fields by `columns`, other headings as they are printed.

    Raises Unreadable when a required field has no heading (renamed or removed columns): then
    nothing of the source is touched.
    """
    names = _field_names(table.header, columns, required)
    notes: list[str] = []
    items: list[Item] = []
    for number, cells in table.rows:
        if problem := _misfit(cells, table.header):
            notes.append(f"dòng {number}: {problem}")
        elif values := _values(names, cells, number, notes):
            items.append(values)
    return Records(items, notes)


def _field_names(header: list[str], columns: Columns, required: Iterable[str]) -> list[str]:
    """Return the field (or printed heading) that each column fills; the first match wins."""
    by_heading = {heading(name): field for field, names in columns.items() for name in names}
    names: list[str] = []
    for text in header:
        field = by_heading.get(heading(text), text)
        names.append("" if field in names else field)
    for field in required:
        if field not in names:
            printed = " / ".join(columns.get(field, (field,)))
            raise Unreadable(
                f"thiếu cột “{printed}” (các cột hiện có: {', '.join(filter(None, header))})",
                "nếu nguồn đã đổi tên cột, sửa mục columns của nguồn trong sources.yaml",
            )
    return names


def _misfit(cells: list[str], header: list[str]) -> str:
    """Return what is wrong with a row's shape; "" if its cells stand under the headings."""
    extra = [cell for cell in cells[len(header) :] if cell.strip()]
    if extra:
        return f"có {len(cells)} ô nhưng chỉ có {len(header)} tiêu đề cột (lệch cột?), bỏ dòng"
    printed = [cell.strip() for cell in cells if cell.strip()]
    if len(printed) > 2 and len(set(printed)) == 1:
        return "một ô chiếm cả dòng (ghi chú, tên nhóm), bỏ dòng"
    if len(cells) < len(header):
        return f"chỉ có {len(cells)} ô trên {len(header)} cột (lệch cột?), bỏ dòng"
    if any(len(cell) > CELL for cell in cells):
        return f"có ô dài quá {CELL} ký tự, bỏ dòng"
    return ""


def _values(names: list[str], cells: list[str], number: int, notes: list[str]) -> Item | None:
    values: Item = {"row": number}
    for name, cell in zip(names, cells, strict=False):
        if not name or not cell.strip():
            continue
        text = sound(cell)
        if text is None:
            shown = one_line(cell)[:60]
            notes.append(f"dòng {number}: chữ lỗi mã hóa không khôi phục được “{shown}”, bỏ dòng")
            return None
        if text.startswith("=") and (text := _unquoted(text)).startswith("="):
            notes.append(f"dòng {number}, cột {name}: ô là công thức “{text[:40]}”, bỏ ô")
            continue
        values[name] = text
    return values if len(values) > 1 else None


def sound(cell: str) -> str | None:
    """Return the clean cell, its mojibake undone; None if that cannot be done exactly."""
    if not is_garbled(cell):
        return clean(cell).strip()
    mended = mend(cell)
    return None if mended is None else clean(mended).strip()


def _unquoted(text: str) -> str:
    """Undo Excel's way to keep leading zeros: ="0276" is 0276."""
    match = re.fullmatch(r'="([^"]*)"', text)
    return match[1] if match else text
