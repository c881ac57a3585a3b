"""CSV and TSV (RFC 4180 and what spreadsheets make of it): bytes to a Table."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

from fetchers.formats import Page, Parsed, Unreadable
from fetchers.formats.decoding import decode_text
from fetchers.formats.headings import columns_of, items_of
from fetchers.formats.settings import settings
from fetchers.formats.table import CELL, Columns, Table, find_header
from model.option_groups import CsvOptions

DELIMITERS = ",;\t|"
_NAMES = {"tab": "\t", "\\t": "\t", "phẩy": ",", "chấm phẩy": ";"}


def read_csv(data: bytes, columns: Columns, delimiter: str = "", encoding: str = "") -> Table:
    """Return the table in `data`; raise Unreadable for what is no table at all.

    Without `delimiter` the one that splits the first lines most evenly is taken.
    """
    text = decode_text(data, encoding)
    if not text.strip():
        raise Unreadable("tệp rỗng", "kiểm tra lại địa chỉ nguồn; bản cũ vẫn được giữ nguyên")
    if text.lstrip()[:1] in "<{[":
        raise Unreadable(
            "nguồn trả về trang web hoặc JSON, không phải bảng CSV", "kiểm tra địa chỉ nguồn"
        )
    mark = _NAMES.get(delimiter.lower(), delimiter) if delimiter else sniff(text)
    table = find_header(_rows(text, mark), columns)
    if len(table.header) == 1:
        other = sniff(text)
        if delimiter and other != mark and other in table.header[0]:
            raise Unreadable(
                f"dấu ngăn cột “{delimiter}” không tách được bảng",
                f"sửa delimiter của nguồn thành “{'tab' if other == chr(9) else other}”",
            )
    return table


def sniff(text: str) -> str:
    """Return the delimiter: the one that gives the same, largest number of cells on most lines."""
    sample = text[:20_000]

    def evenness(mark: str) -> tuple[int, int]:
        widths = [len(cells) for _, cells in _head(sample, mark)]
        if not widths or widths[0] == 1:
            return (0, 0)
        return (widths.count(widths[0]) * 4 // len(widths), widths[0])

    return max(DELIMITERS, key=evenness)


def _head(sample: str, mark: str) -> list[tuple[int, list[str]]]:
    """Return the first rows of a sample; its cut-off end is not a mistake."""
    rows: list[tuple[int, list[str]]] = []
    try:
        for row in _rows(sample, mark):
            rows.append(row)
            if len(rows) == 30:
                break
    except Unreadable:
        return []
    return rows


def _rows(text: str, mark: str) -> Iterator[tuple[int, list[str]]]:
    if len(mark) != 1:
        raise Unreadable(f"dấu ngăn cột “{mark}” phải là một ký tự", "sửa delimiter của nguồn")
    reader = csv.reader(io.StringIO(text), delimiter=mark)
    try:
        for cells in reader:
            yield reader.line_num, cells
    except csv.Error:
        raise Unreadable(
            f"dòng {reader.line_num} có ô quá dài (trên {CELL} ký tự) hoặc dấu nháy không đóng",
            "sửa tệp ở nguồn; bản cũ vẫn được giữ nguyên",
        ) from None


def parse(page: Page) -> Parsed:
    """Return an item per row."""
    options = settings(page, CsvOptions)
    columns = columns_of(page.source, options)
    table = read_csv(page.data, columns, options.delimiter, options.encoding)
    return items_of(table, columns, page.source, options)
