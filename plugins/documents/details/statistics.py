"""Statistics: each column's newest figure and chart, tables of the newest days and of places."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from model.copies import csv_path, json_path
from model.kinds.statistics import Column, Statistics
from model.output import Row, Store
from model.places import unit_name
from model.series import Series, read_series
from model.words import Words
from plugins.documents.chart import bar, chart, describe

DAYS = 14
PLACES = 200


class Figure(NamedTuple):
    """A column: its newest figure and how it came there."""

    label: str
    unit: str
    value: float
    day: date | None
    chart: str
    """SVG; "" where there is nothing to draw."""
    text: str
    """What the chart shows, in words."""


class Line(NamedTuple):
    """A row of a table: what it is about, and a cell per column (None: not published)."""

    name: str
    cells: tuple[float | None, ...]
    bar: str


@dataclass(frozen=True)
class StatisticsDetails:
    """What `statistics.html` shows beyond the fields; all empty when the file says nothing."""

    figures: tuple[Figure, ...]
    columns: tuple[Column, ...]
    days: tuple[Line, ...]
    places: tuple[Line, ...]
    last_day: date | None
    csv: str
    """Address of the figures as a table."""
    json: str
    """Address of the document for machines."""


def statistics_details(row: Row, store: Store) -> StatisticsDetails | None:
    """Return what the series of the document says."""
    document = row.document
    if not isinstance(document, Statistics):
        return None
    names = [column.name for column in document.columns]
    series = read_series(store.file(document.series), document.series, names)
    words = store.words(row.lang)
    columns = tuple(column for column in document.columns if column.name in series.columns)
    figures = (figure(series, column, words) for column in columns)
    return StatisticsDetails(
        figures=tuple(found for found in figures if found),
        columns=columns,
        days=days(series, columns),
        places=places(series, columns),
        last_day=series.last_day,
        csv=csv_path(row.path),
        json=json_path(row.path),
    )


class Newest(NamedTuple):
    """The newest figure of a column, as lists show it."""

    label: str
    unit: str
    value: float
    day: date | None


def newest_figures(row: Row, store: Store) -> tuple[Newest, ...]:
    """Return the newest figure of each column of a series; none for other kinds."""
    document = row.document
    if not isinstance(document, Statistics):
        return ()
    names = [column.name for column in document.columns]
    series = read_series(store.file(document.series), document.series, names)
    found = ((column, series.latest(column.name)) for column in document.columns)
    return tuple(
        Newest(column.label, column.unit, latest[1], latest[0])
        for column, latest in found
        if latest
    )


def figure(series: Series, column: Column, words: Words) -> Figure | None:
    """Return the column's newest figure for the whole region; None if none was published."""
    line = series.line(column.name)
    if not line:
        whole = series.by_place(column.name)
        if set(whole) != {""}:
            return None
    latest = series.latest(column.name)
    if latest is None:
        return None
    day, value = latest
    drawn = chart(line, column.label, words) if len(line) > 1 else ""
    return Figure(column.label, column.unit, value, day, drawn, describe(line, column.unit, words))


def days(series: Series, columns: Sequence[Column]) -> tuple[Line, ...]:
    """Return the newest days, newest first."""
    rows = [row for row in series.rows if row.day and not row.place][-DAYS:]
    return tuple(
        Line(
            f"{row.day.day}/{row.day.month}/{row.day.year}" if row.day else "",
            tuple(row.values.get(column.name) for column in columns),
            "",
        )
        for row in reversed(rows)
    )


def places(series: Series, columns: Sequence[Column]) -> tuple[Line, ...]:
    """Return a line per place, the highest of the first column first, with a bar of it."""
    by_column = [series.by_place(column.name) for column in columns]
    if not by_column:
        return ()
    codes = sorted({code for found in by_column for code in found})
    most = max((value for _, value in by_column[0].values()), default=0.0)

    def cells(code: str) -> tuple[float | None, ...]:
        return tuple(found[code][1] if code in found else None for found in by_column)

    lines = [
        Line(
            unit_name(code),
            cells(code),
            bar(by_column[0][code][1], most) if code in by_column[0] else "",
        )
        for code in codes
    ]
    return tuple(sorted(lines, key=lambda line: -(line.cells[0] or 0))[:PLACES])
