"""What open data there is: for people, for machines, and the schema of each kind's records."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from model.kinds import FACES, KINDS
from model.output import Family, Key, Store
from model.site import Site
from plugins.open_data.columns import COLUMNS
from plugins.open_data.envelope import written
from plugins.open_data.records import BORROWED, known, record_schema
from plugins.open_data.wholes import WholeCsv, WholeGeojson


@dataclass(frozen=True)
class DataSet:
    """A kind's data: where its files are, below the site's base."""

    kind: str
    label: str
    index: str
    schema: str
    table: str | None
    map: str | None
    sharded_table: bool
    ours: bool
    """Whether the site's licence covers it."""


@dataclass(frozen=True)
class DataPage:
    """What `open_data.html` gets as `page`."""

    lang: str
    path: str
    title: str
    description: str
    sets: Sequence[DataSet]


def data_sets(site: Site) -> list[DataSet]:
    """Return the data of every kind that is on."""
    return [
        DataSet(
            kind,
            FACES[kind].label,
            f"/du-lieu/{kind}/index.json",
            f"/du-lieu/{kind}/schema.json",
            f"/du-lieu/{kind}.csv" if kind in WholeCsv.kinds else None,
            f"/du-lieu/{kind}.geojson" if kind in WholeGeojson.kinds else None,
            kind in COLUMNS,
            kind not in BORROWED,
        )
        for kind in site.kinds
    ]


class Catalogue(Family):
    """`du-lieu/index.json`."""

    name: ClassVar[str] = "data-catalogue"

    def site_keys(self, site: Site) -> Iterable[Key]:
        """Return the one file."""
        return [("catalogue",)]

    def path(self, key: Key) -> str:
        """Return "du-lieu/index.json"."""
        return "du-lieu/index.json"

    def render(self, key: Key, store: Store) -> bytes | None:
        """Return the catalogue; it depends on `site.yaml` alone."""
        site = store.site
        data: dict[str, Any] = {
            "name": f"Dữ liệu mở – {site.name}",
            "author": site.agency.name,
            "datasets": [_plain(item, site) for item in data_sets(site)],
        }
        return written(known(data))


def _plain(item: DataSet, site: Site) -> dict[str, Any]:
    return {
        "kind": item.kind,
        "name": item.label,
        "license": site.licence if item.ours else None,
        "licenseUrl": site.licence_url if item.ours else None,
        "index": site.absolute(item.index),
        "schema": site.absolute(item.schema),
        "csv": site.absolute(item.table) if item.table else None,
        "geojson": site.absolute(item.map) if item.map else None,
    }


class CataloguePage(Family):
    """`du-lieu/index.html`."""

    name: ClassVar[str] = "data-page"

    def site_keys(self, site: Site) -> Iterable[Key]:
        """Return the one page."""
        return [("page",)]

    def path(self, key: Key) -> str:
        """Return "du-lieu/index.html"."""
        return "du-lieu/index.html"

    def render(self, key: Key, store: Store) -> bytes | None:
        """Return the page for people."""
        page = DataPage(
            lang="vi",
            path="/du-lieu/",
            title="Dữ liệu mở",
            description="Tải về và dùng lại nội dung của trang: JSON, CSV, GeoJSON.",
            sets=data_sets(store.site),
        )
        return store.template("open_data.html", page)


class Schemas(Family):
    """`du-lieu/<kind>/schema.json`. Key: (kind,)."""

    name: ClassVar[str] = "data-schema"

    def site_keys(self, site: Site) -> Iterable[Key]:
        """Return a key per kind that is on."""
        return [(kind,) for kind in site.kinds]

    def path(self, key: Key) -> str:
        """Return the schema's path."""
        return f"du-lieu/{key[0]}/schema.json"

    def render(self, key: Key, store: Store) -> bytes | None:
        """Return the schema, or None for a kind that is off."""
        kind, site = key[0], store.site
        if kind not in KINDS or kind not in site.kinds:
            return None
        return written(
            {"$id": site.absolute(f"/du-lieu/{kind}/schema.json"), **record_schema(kind)}
        )
