"""The rows of a series file (`data/series/*.csv`): day -> the values of its columns, as text."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from typing import NamedTuple

Rows = dict[str, tuple[str, ...]]
"""ISO day -> a value for each column, "" where none was published."""


class Lines(NamedTuple):
    """A series file's columns (without the day) and rows."""

    columns: tuple[str, ...]
    rows: Rows


def read_rows(text: str) -> Lines:
    """Return what a series file holds; nothing for an empty or foreign file."""
    table = list(csv.reader(io.StringIO(text)))
    if not table or table[0][:1] != ["date"]:
        return Lines((), {})
    width = len(table[0])
    return Lines(
        tuple(table[0][1:]), {row[0]: tuple(row[1:]) for row in table[1:] if len(row) == width}
    )


def written(columns: Sequence[str], rows: Mapping[str, Sequence[str]]) -> str:
    """Return a series file's text, days in order."""
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(["date", *columns])
    writer.writerows([day, *rows[day]] for day in sorted(rows))
    return stream.getvalue()
