"""Small kinds in one file: CSV for a spreadsheet, GeoJSON (RFC 7946) for a map."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, ClassVar

from model.output import Family, Key, ListChange, Row, Store
from model.site import Site
from plugins.open_data.columns import COLUMNS, flat
from plugins.open_data.envelope import envelope, written
from plugins.open_data.records import record
from plugins.open_data.shards import is_on, kind_of
from plugins.open_data.tables import write_csv


class _Wholes(Family):
    """`du-lieu/<kind>[.<lang>].<ending>`. Key: (list,)."""

    ending: ClassVar[str]
    kinds: ClassVar[Iterable[str]]

    def site_keys(self, site: Site) -> Iterable[Key]:
        """Return a file per kind that is on: it stands even empty."""
        return [(kind,) for kind in self.kinds if kind in site.kinds]

    def list_keys(self, change: ListChange) -> Iterable[Key]:
        """Return the file on any change of the list."""
        if kind_of(change.name) in self.kinds:
            yield (change.name,)

    def foreseen(self, key: Key) -> Iterable[str]:
        """Return the list."""
        return [f"list:{key[0]}"]

    def path(self, key: Key) -> str:
        """Return the file's path."""
        return f"du-lieu/{key[0]}.{self.ending}"

    def render(self, key: Key, store: Store) -> bytes | None:
        """Return the file, or None when its kind is off or nothing is in this language."""
        count = store.count(key[0])
        if not is_on(key[0], store) or not (count or key[0] == kind_of(key[0])):
            return None
        return self.write(key[0], store.slice(key[0], 0, count), store)

    def write(self, name: str, rows: Sequence[Row], store: Store) -> bytes:
        """Return the rows in this format."""
        raise TypeError(f"{type(self).__name__} does not say how it is written")


class WholeCsv(_Wholes):
    """The list as a table."""

    name: ClassVar[str] = "data-whole-csv"
    ending: ClassVar[str] = "csv"
    kinds: ClassVar[Iterable[str]] = ("contacts", "places", "services")

    def write(self, name: str, rows: Sequence[Row], store: Store) -> bytes:
        """Return the list as CSV."""
        return write_csv(COLUMNS[kind_of(name)], (flat(record(row, store)) for row in rows))


class WholeGeojson(_Wholes):
    """What has a place on the map; what has none stands in the table only."""

    name: ClassVar[str] = "data-geojson"
    ending: ClassVar[str] = "geojson"
    kinds: ClassVar[Iterable[str]] = ("contacts", "places")

    def write(self, name: str, rows: Sequence[Row], store: Store) -> bytes:
        """Return a FeatureCollection."""
        features = [feature for row in rows if (feature := _feature(row, store))]
        head = envelope(name, rows, store.site)
        return written({"type": "FeatureCollection", **head, "features": features})


def _feature(row: Row, store: Store) -> dict[str, Any] | None:
    from model.kinds.located import Located

    document = row.document
    shape = document.shape if isinstance(document, Located) else None
    if shape is None:
        return None
    data = record(row, store)
    return {
        "type": "Feature",
        "id": data["id"],
        "geometry": shape.model_dump(),
        "properties": {
            name: value for name, value in data.items() if name not in ("geometry", "coordinates")
        },
    }
