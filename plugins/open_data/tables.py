"""CSV that opens rightly in Excel (UTF-8 with BOM, CRLF) and in which no cell starts a formula."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence

BOM = "\ufeff"
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
Cell = str | int | float | None


def write_csv(header: Sequence[str], rows: Iterable[Mapping[str, Cell]]) -> bytes:
    """Return the table; a text that a spreadsheet would run gets an apostrophe in front (OWASP)."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(header)
    for row in rows:
        writer.writerow([_cell(row.get(name)) for name in header])
    return (BOM + out.getvalue()).encode()


def _cell(value: Cell) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        line = " ".join(value.split())
        return f"'{line}" if line.startswith(_FORMULA) else line
    return f"{value}"
