"""Spreadsheets: XLSX (ECMA-376) to a Table, by openpyxl behind caps on the unpacked size.

Merged cells hold their value in each cell they cover. A formula counts as the value that the
spreadsheet saved with it; without one the cell stays a formula and is refused later. Dates come as
ISO dates, whole numbers without “.0”. The old XLS is told by its first bytes and read by `xls.py`.
"""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterator
from typing import TYPE_CHECKING

from fetchers.formats import Page, Parsed, Unreadable
from fetchers.formats.headings import columns_of, items_of
from fetchers.formats.settings import settings
from fetchers.formats.table import ROWS, Columns, Table, find_header
from fetchers.formats.xls import MAGIC, cell_text, read_xls
from model.option_groups import XlsxOptions

if TYPE_CHECKING:
    from openpyxl.workbook import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

UNPACKED = 24 * 1024 * 1024
FILES = 1_000
COLUMNS = 200
_BROKEN = (
    *(zipfile.BadZipFile, zlib.error, SyntaxError, NotImplementedError, RuntimeError, EOFError),
    *(OSError, KeyError, ValueError, TypeError, IndexError, AttributeError, AssertionError),
)
"""What a damaged archive or part makes the libraries trip over."""
_CURE = "mở tệp bằng bảng tính, lưu lại dạng .xlsx chỉ gồm bảng cần dùng"


def read_xlsx(data: bytes, columns: Columns, sheet: str = "") -> Table:
    """Return the table on `sheet` (by name; the first one that has rows when empty)."""
    if data.startswith(MAGIC):
        return read_xls(data, columns, sheet)
    _refuse_bombs(data)
    values, formulas = _workbook(data, values=True), _workbook(data, values=False)
    names = [sheet] if sheet else values.sheetnames
    if sheet and sheet not in values.sheetnames:
        raise Unreadable(
            f"không có trang tính “{sheet}” (có: {', '.join(values.sheetnames)})",
            "sửa mục sheet của nguồn trong sources.yaml",
        )
    for name in names:
        page = values[name]
        if (hasattr(page, "merged_cells") and page.max_row > 1) or len(names) == 1:
            return find_header(_rows(page, formulas[name]), columns)
    raise Unreadable("tệp không có trang tính nào có dữ liệu", _CURE)


def _refuse_bombs(data: bytes) -> None:
    """Judge the archive by its directory, before anything is unpacked."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = archive.infolist()
            if len(members) > FILES or sum(member.file_size for member in members) > UNPACKED:
                raise Unreadable(f"tệp XLSX giải nén ra quá {UNPACKED >> 20} MiB", _CURE)
            for member in members:
                if member.filename.endswith((".xml", ".rels")) and _has_entities(archive, member):
                    raise Unreadable("tệp XLSX có khai báo thực thể XML (không an toàn)", _CURE)
    except Unreadable:
        raise
    except _BROKEN:
        raise Unreadable("không phải tệp XLSX hoặc tệp bị hỏng", _CURE) from None


def _has_entities(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> bool:
    with archive.open(member) as stream:
        head = stream.read(4096)
    return b"<!DOCTYPE" in head or b"<!ENTITY" in head or b"<\0!\0" in head or b"\0<\0!" in head


def _workbook(data: bytes, *, values: bool) -> Workbook:
    from openpyxl import load_workbook
    from openpyxl.utils.exceptions import InvalidFileException

    try:
        return load_workbook(io.BytesIO(data), data_only=values, keep_links=False)
    except (InvalidFileException, *_BROKEN):
        raise Unreadable("tệp XLSX bị hỏng hoặc thiếu phần", _CURE) from None


def _rows(page: Worksheet, formulas: Worksheet) -> Iterator[tuple[int, list[str]]]:
    if page.max_column > COLUMNS or page.max_row > ROWS:
        raise Unreadable(
            f"trang tính có {page.max_row} dòng, {page.max_column} cột: quá lớn", _CURE
        )
    merged = {
        (row, column): (area.min_row, area.min_col)
        for area in page.merged_cells.ranges
        if area.size["rows"] * area.size["columns"] <= ROWS
        for row in range(area.min_row, area.max_row + 1)
        for column in range(area.min_col, area.max_col + 1)
    }
    for row in range(1, page.max_row + 1):
        cells = []
        for column in range(1, page.max_column + 1):
            at = merged.get((row, column), (row, column))
            value = page.cell(*at).value
            formula = formulas.cell(*at).value if value is None else None
            cells.append(_text(value if value is not None else formula))
        yield row, cells


def _text(value: object) -> str:
    return "" if value is None else cell_text(value)


def parse(page: Page) -> Parsed:
    """Return an item per row."""
    options = settings(page, XlsxOptions)
    columns = columns_of(page.source, options)
    return items_of(read_xlsx(page.data, columns, options.sheet), columns, page.source, options)
