"""XLS (Excel 97-2003, [MS-XLS]) to rows of text, by calamine; the same rules as for XLSX.

Merged cells hold their value in each cell they cover, dates come as ISO dates, whole numbers
without “.0”, a formula as the value that the spreadsheet saved with it. Like every format it runs
in a child process under limits of CPU and memory.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, time
from typing import TYPE_CHECKING

from fetchers.formats import Unreadable
from fetchers.formats.json_text import text_of
from fetchers.formats.table import ROWS, Columns, Table, find_header

if TYPE_CHECKING:
    from python_calamine import CalamineSheet, CalamineWorkbook

MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""What a compound file begins with: XLS, and an XLSX under a password."""
LOCKED = "EncryptedPackage".encode("utf-16-le")
"""Name of the stream that holds an XLSX under a password ([MS-OFFCRYPTO] 1.3.3)."""
COLUMNS = 256
DAMAGED = "tệp .xls bị hỏng hoặc không phải Excel"
CURE = "mở tệp bằng bảng tính, lưu lại dạng .xlsx không có mật khẩu, chỉ gồm bảng cần dùng"


def read_xls(data: bytes, columns: Columns, sheet: str = "") -> Table:
    """Return the table on `sheet` (by name; the first one that has rows when empty)."""
    book = _book(data)
    names = book.sheet_names
    if sheet and sheet not in names:
        raise Unreadable(
            f"không có trang tính “{sheet}” (có: {', '.join(names)})",
            "sửa mục sheet của nguồn trong sources.yaml",
        )
    for name in [sheet] if sheet else names:
        page = _sheet(book, name)
        if page.total_height > 1 or len(names) == 1 or sheet:
            return find_header(_rows(page), columns)
    raise Unreadable("tệp không có trang tính nào có dữ liệu", CURE)


def _book(data: bytes) -> CalamineWorkbook:
    from python_calamine import CalamineWorkbook

    with _judged("tệp bảng tính có mật khẩu" if LOCKED in data else DAMAGED):
        return CalamineWorkbook.from_filelike(io.BytesIO(data))


def _sheet(book: CalamineWorkbook, name: str) -> CalamineSheet:
    with _judged(f"trang tính “{name}” bị hỏng hoặc là biểu đồ"):
        return book.get_sheet_by_name(name)


@contextmanager
def _judged(reason: str) -> Iterator[None]:
    """Turn what the library says of a damaged file, its panics too, into Unreadable."""
    from python_calamine import CalamineError, PasswordError

    try:
        yield
    except PasswordError:
        raise Unreadable("tệp bảng tính có mật khẩu", CURE) from None
    except (CalamineError, OSError, ValueError):
        raise Unreadable(reason, CURE) from None
    except BaseException as error:
        if type(error).__name__ != "PanicException":  # a Rust panic is no Exception of Python's
            raise
        raise Unreadable(reason, CURE) from None


def _rows(page: CalamineSheet) -> Iterator[tuple[int, list[str]]]:
    if page.total_width > COLUMNS or page.total_height > ROWS:
        size = f"{page.total_height} dòng, {page.total_width} cột"
        raise Unreadable(f"trang tính có {size}: quá lớn", CURE)
    with _judged(DAMAGED):
        rows = page.to_python(skip_empty_area=False)
    for (top, left), (bottom, right) in page.merged_cell_ranges or []:
        value = rows[top][left] if top < len(rows) and left < len(rows[top]) else ""
        for row in rows[top : bottom + 1]:
            row[left : right + 1] = [value] * len(row[left : right + 1])
    for number, row in enumerate(rows, 1):
        yield number, [cell_text(value) for value in row]


def cell_text(value: object) -> str:
    """Return a cell's value as text: ISO dates, whole numbers without “.0”."""
    if isinstance(value, datetime):
        midnight = value.time() == time()
        return value.date().isoformat() if midnight else value.isoformat(" ", "minutes")
    if isinstance(value, (date, time)):
        return value.isoformat()
    return text_of(value) if isinstance(value, (str, int, float)) else str(value)
