"""Copies of one document beside its page: the record as JSON, a series' figures as CSV."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, ClassVar

from model.copies import WITHOUT_JSON, csv_path, json_path
from model.output import Family, Key, Row, Store, public_path
from plugins.open_data.envelope import envelope, written
from plugins.open_data.records import record
from plugins.open_data.tables import Cell, write_csv

if TYPE_CHECKING:
    from model.series import Series


class DocumentJson(Family):
    """`<page>/du-lieu.json`. Key: (document id,)."""

    name: ClassVar[str] = "document-json"

    def document_keys(self, row: Row) -> Iterable[Key]:
        """Return the document's copy."""
        return [] if row.kind in WITHOUT_JSON else [(row.id,)]

    def foreseen(self, key: Key) -> Iterable[str]:
        """Return the document."""
        return [key[0]]

    def path(self, key: Key) -> str:
        """Return the copy's path."""
        return json_path(public_path(key[0])).lstrip("/")

    def render(self, key: Key, store: Store) -> bytes | None:
        """Return the record with its head, or None when the document is not public."""
        row = store.document(key[0])
        if row is None or row.kind not in store.site.kinds:
            return None
        item = record(row, store)
        if row.kind == "statistics":
            item["rows"] = _rows(_series(row, store))
        return written({**envelope(row.kind, [row], store.site), "item": item})


class SeriesCsv(Family):
    """`<page>/so-lieu.csv`: the figures that the page shows. Key: (document id,)."""

    name: ClassVar[str] = "series-csv"

    def document_keys(self, row: Row) -> Iterable[Key]:
        """Return the file of a series."""
        return [(row.id,)] if row.kind == "statistics" else []

    def foreseen(self, key: Key) -> Iterable[str]:
        """Return the document."""
        return [key[0]]

    def path(self, key: Key) -> str:
        """Return the file's path."""
        return csv_path(public_path(key[0])).lstrip("/")

    def render(self, key: Key, store: Store) -> bytes | None:
        """Return the table, empty where no figure can be read; None without a public document."""
        row = store.document(key[0])
        if row is None or row.kind not in store.site.kinds:
            return None
        series = _series(row, store)
        keys = [
            name
            for name, used in (
                ("date", any(item.day for item in series.rows)),
                ("place", any(item.place for item in series.rows)),
            )
            if used
        ]
        return write_csv([*(keys or ["date"]), *series.columns], map(_cells, _rows(series)))


def _series(row: Row, store: Store) -> Series:
    from model.kinds.statistics import Statistics
    from model.series import read_series

    document = row.document
    if not isinstance(document, Statistics):
        raise TypeError(f"{row.id} has no series")
    names = [column.name for column in document.columns]
    return read_series(store.file(document.series), document.series, names)


def _rows(series: Series) -> list[dict[str, Any]]:
    return [
        {
            **({"date": row.day.isoformat()} if row.day else {}),
            **({"place": row.place} if row.place else {}),
            "values": dict(row.values),
        }
        for row in series.rows
    ]


def _cells(row: dict[str, Any]) -> dict[str, Cell]:
    return {**row, **row["values"]}
