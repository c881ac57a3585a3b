"""Series of figures: a CSV in `data/series/` read into values, and everything wrong with it said.

UTF-8 (a BOM is allowed), commas between columns, a point for decimals. The key columns are `date`
(2021-08-28), `place` (official code) or both. An empty cell is a figure that was not published:
absent, never 0. A page shows what can be read; `problems` is what `model check` says of the rest.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import pairwise
from typing import NamedTuple

from model.problem import Problem, Problems

MAX_ROWS = 200_000
KEYS = ("date", "place")
_NUMBER = re.compile(r"-?\d{1,15}(\.\d+)?")
_THOUSANDS = re.compile(r"[1-9]\d{0,2}\.\d{3}")


class Row(NamedTuple):
    """The figures of one day, place, or both; a figure that was not published is absent."""

    day: date | None
    place: str
    values: Mapping[str, float]


@dataclass(frozen=True)
class Series:
    """Rows in the order of day and place. `columns` are the figure columns that the file has."""

    columns: tuple[str, ...] = ()
    rows: tuple[Row, ...] = ()
    problems: tuple[Problem, ...] = field(default=(), compare=False)

    def line(self, column: str, place: str = "") -> list[tuple[date, float]]:
        """Return (day, figure) of a column for one place, oldest first, published ones only."""
        return [
            (row.day, row.values[column])
            for row in self.rows
            if row.day and row.place == place and column in row.values
        ]

    def latest(self, column: str, place: str = "") -> tuple[date, float] | None:
        """Return the newest (day, figure) of a column; None if none was published."""
        line = self.line(column, place)
        return line[-1] if line else None

    def by_place(self, column: str) -> dict[str, tuple[date | None, float]]:
        """Return place -> its newest (day, figure)."""
        return {
            row.place: (row.day, row.values[column])
            for row in self.rows
            if row.place and column in row.values
        }

    @property
    def last_day(self) -> date | None:
        """The newest day that has a figure."""
        return max((row.day for row in self.rows if row.day and row.values), default=None)


def read_series(
    data: bytes | None, file: str, columns: Sequence[str], cumulative: Iterable[str] = ()
) -> Series:
    """Return what the CSV `data` holds of `columns`; what cannot be read is absent and said.

    `file` names it in problems; None is a file that is not there; `cumulative`: columns that may
    not fall.
    """
    if data is None:
        cure = "chép tệp CSV vào đúng chỗ, hoặc sửa lại tên"
        return Series(problems=(Problem(file, message="không có tệp số liệu này", cure=cure),))
    found: list[Problem] = []
    lines = _lines(data, file, found)
    header = [name.strip() for name in next(lines, (1, []))[1]]
    if not _usable(header, columns, file, found):
        return Series(problems=tuple(found))
    rows = sorted(
        _rows(lines, header, columns, file, found), key=lambda row: (row.day or date.min, row.place)
    )
    found += _repeated(rows, file) + _falls(rows, cumulative, file)
    present = tuple(name for name in columns if name in header)
    return Series(present, _once(rows), tuple(found))


def _lines(data: bytes, file: str, found: list[Problem]) -> Iterator[tuple[int, list[str]]]:
    """Yield (line number, cells); a fault of the file as a whole ends the reading and is said."""
    try:
        reader = csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""), strict=True)
        for cells in reader:
            if reader.line_num > MAX_ROWS:
                found.append(Problem(file, message=f"dài quá {MAX_ROWS} dòng", cure="chia nhỏ tệp"))
                return
            yield reader.line_num, cells
    except UnicodeDecodeError:
        found.append(
            Problem(file, message="tệp không phải UTF-8", cure="lưu lại với bảng mã UTF-8")
        )
    except csv.Error as error:
        cure = "mở bằng bảng tính và lưu lại thành CSV"
        found.append(Problem(file, message=f"tệp CSV viết sai ({error})", cure=cure))


def _usable(header: list[str], columns: Sequence[str], file: str, found: list[Problem]) -> bool:
    if not set(KEYS) & set(header):
        cure = "dòng đầu phải có cột date (ngày) hoặc place (mã địa bàn)"
        found.append(Problem(file, 1, message="thiếu cột date hoặc place", cure=cure))
        return False
    for name in columns:
        if name not in header:
            cure = f"thêm cột {name} vào tệp, hoặc bỏ khỏi columns; tệp có: {', '.join(header)}"
            found.append(Problem(file, 1, name, f"không có cột “{name}”", cure))
    for name in header:
        if header.count(name) > 1:
            found.append(Problem(file, 1, name, f"hai cột cùng tên “{name}”", "đổi tên một cột"))
    return len(set(header)) == len(header)


def _rows(
    lines: Iterable[tuple[int, list[str]]],
    header: list[str],
    columns: Sequence[str],
    file: str,
    found: list[Problem],
) -> Iterator[Row]:
    for line, cells in lines:
        if not any(cell.strip() for cell in cells):
            continue
        if len(cells) != len(header):
            message = f"có {len(cells)} ô, dòng đầu có {len(header)} ô"
            found.append(Problem(file, line, "", message, "kiểm tra dấu phẩy thừa hoặc thiếu"))
            continue
        row = dict(zip(header, (cell.strip() for cell in cells), strict=True))
        try:
            day = _day(row["date"]) if "date" in header else None
            place = _place(row.get("place", ""), required="place" in header)
        except Problems as error:
            found += [problem.at(file, line) for problem in error.problems]
            continue
        values = _values(row, columns, file, line, found)
        yield Row(day, place, values)


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text) if re.fullmatch(r"\d{4}-\d\d-\d\d", text) else _no_day(text)
    except ValueError:
        return _no_day(text)


def _no_day(text: str) -> date:
    raise Problems(
        [
            Problem(
                "", 0, "date", f"“{text}” không phải ngày", "viết năm-tháng-ngày, ví dụ 2021-08-28"
            )
        ]
    )


def _place(text: str, required: bool) -> str:
    if required and not re.fullmatch(r"\d{2}|\d{5}|VN|WORLD|[A-Z]{2,3}", text):
        cure = "viết mã tỉnh (2 chữ số), mã xã (5 chữ số), hoặc mã nước"
        raise Problems([Problem("", 0, "place", f"“{text}” không phải mã địa bàn", cure)])
    return text


def _values(
    row: Mapping[str, str], columns: Sequence[str], file: str, line: int, found: list[Problem]
) -> dict[str, float]:
    values = {}
    for name in columns:
        text = row.get(name, "")
        if not text:
            continue
        if _NUMBER.fullmatch(text):
            values[name] = float(text) if "." in text else int(text)
            if _THOUSANDS.fullmatch(text):
                message = f"“{text}” được hiểu là số lẻ {text.replace('.', ',')}"
                cure = f"nếu là số nghìn, viết liền: {text.replace('.', '')}"
                found.append(Problem(file, line, name, message, cure, warning=True))
        else:
            cure = "viết chữ số, dấu chấm cho phần lẻ, không dấu ngăn nghìn, ví dụ 1234.5"
            found.append(Problem(file, line, name, f"“{text[:40]}” không phải số", cure))
    return values


def _once(rows: list[Row]) -> tuple[Row, ...]:
    """Return the rows whose day and place stand once; of repeated ones none can be believed."""
    keys = [row[:2] for row in rows]
    return tuple(
        row
        for index, row in enumerate(rows)
        if keys[index] not in keys[index - 1 : index] + keys[index + 1 : index + 2]
    )


def _repeated(rows: list[Row], file: str) -> list[Problem]:
    twice = {one[:2] for one, other in pairwise(rows) if one[:2] == other[:2]}
    return [
        Problem(
            file,
            0,
            "",
            f"{day or ''} {place} có hai dòng số liệu",
            "giữ lại dòng đúng",
        )
        for day, place in sorted(twice, key=str)
    ]


def _falls(rows: list[Row], cumulative: Iterable[str], file: str) -> list[Problem]:
    """Return a warning for each total that falls; agencies do correct figures."""
    found = []
    for name in cumulative:
        last: dict[str, float] = {}
        for row in rows:
            value = row.values.get(name)
            if value is None:
                continue
            if value < last.get(row.place, value):
                message = f"số cộng dồn giảm vào {row.day} ({last[row.place]:g} xuống {value:g})"
                cure = "đối chiếu với nguồn; nếu nguồn đã đính chính thì ghi vào revisions"
                found.append(Problem(file, 0, name, message, cure, warning=True))
            last[row.place] = value
    return found
