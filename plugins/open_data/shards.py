"""A kind's records in shards of 100, counted from the oldest, and which shards there are."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, ClassVar

from model.kinds import KINDS
from model.output import Family, Key, ListChange, Row, Store, list_name
from model.site import Site
from plugins.open_data.columns import COLUMNS, flat
from plugins.open_data.envelope import envelope, written
from plugins.open_data.records import record
from plugins.open_data.tables import write_csv

SHARD = 100
CURRENT = "alerts"
"""The kind whose list is only what is in force now: `canh-bao/hien-tai.json` holds all of it."""


def shards(count: int) -> int:
    """Return how many shards `count` documents fill."""
    return -(-count // SHARD)


def kind_of(name: str) -> str:
    """Return the kind whose whole list this is; "" for the list of a section or topic."""
    kind = name.split(".", 1)[0]
    return kind if kind in KINDS else ""


def is_on(name: str, store: Store) -> bool:
    """Return whether the site publishes this kind in this language."""
    site = store.site
    return name in (list_name(kind, lang) for kind in site.kinds for lang in site.languages)


class _Shards(Family):
    """`du-lieu/<kind>[.<lang>]/<n>.<ending>`. Key: (list, number from 1)."""

    ending: ClassVar[str]
    kinds: ClassVar[Iterable[str]]

    def list_keys(self, change: ListChange) -> Iterable[Key]:
        """Return the shards that hold what changed or moved."""
        if kind_of(change.name) not in self.kinds:
            return
        touched = {rank // SHARD for rank in change.edited}
        if change.shifted_from is not None:
            last = max(shards(change.before), shards(change.after))
            touched |= set(range(change.shifted_from // SHARD, last))
        yield from ((change.name, str(number + 1)) for number in sorted(touched))

    def foreseen(self, key: Key) -> Iterable[str]:
        """Return the list."""
        return [f"list:{key[0]}"]

    def path(self, key: Key) -> str:
        """Return the shard's path."""
        return f"du-lieu/{key[0]}/{key[1]}.{self.ending}"

    def render(self, key: Key, store: Store) -> bytes | None:
        """Return the shard, or None when the list does not reach it or its kind is off."""
        if not is_on(key[0], store):
            return None
        start = (int(key[1]) - 1) * SHARD
        rows = store.slice(key[0], start, start + SHARD)
        return self.write(key[0], rows, store) if rows else None

    def write(self, name: str, rows: Sequence[Row], store: Store) -> bytes:
        """Return the rows in this format."""
        raise TypeError(f"{type(self).__name__} does not say how it is written")


class ShardJson(_Shards):
    """Records with the envelope of author and licence."""

    name: ClassVar[str] = "data-json"
    ending: ClassVar[str] = "json"
    kinds: ClassVar[Iterable[str]] = [kind for kind in KINDS if kind != CURRENT]

    def write(self, name: str, rows: Sequence[Row], store: Store) -> bytes:
        """Return the shard as JSON."""
        items = [record(row, store) for row in rows]
        return written({**envelope(name, rows, store.site), "items": items})


class ShardCsv(_Shards):
    """The same as a table, for kinds that are one."""

    name: ClassVar[str] = "data-csv"
    ending: ClassVar[str] = "csv"
    kinds: ClassVar[Iterable[str]] = COLUMNS

    def write(self, name: str, rows: Sequence[Row], store: Store) -> bytes:
        """Return the shard as CSV."""
        return write_csv(COLUMNS[kind_of(name)], (flat(record(row, store)) for row in rows))


class ShardIndex(Family):
    """`du-lieu/<kind>[.<lang>]/index.json`: changes when a shard comes or goes. Key: (list,)."""

    name: ClassVar[str] = "data-index"

    def site_keys(self, site: Site) -> Iterable[Key]:
        """Return the index of each kind that is on: it stands even empty."""
        return [(kind,) for kind in site.kinds]

    def list_keys(self, change: ListChange) -> Iterable[Key]:
        """Return the index if the number of shards changed."""
        kind = kind_of(change.name)
        if kind and kind != CURRENT and shards(change.before) != shards(change.after):
            yield (change.name,)

    def foreseen(self, key: Key) -> Iterable[str]:
        """Return the list."""
        return [f"list:{key[0]}"]

    def path(self, key: Key) -> str:
        """Return the index's path."""
        return f"du-lieu/{key[0]}/index.json"

    def render(self, key: Key, store: Store) -> bytes | None:
        """Return the index, or None when its kind is off or nothing is in this language."""
        name, site = key[0], store.site
        count = shards(store.count(name)) if is_on(name, store) else 0
        if not is_on(name, store) or not (count or name == kind_of(name)):
            return None
        endings = ("json", "csv") if kind_of(name) in COLUMNS else ("json",)
        data: dict[str, Any] = envelope(name, [], site)
        if kind_of(name) == CURRENT:
            return written({**data, "json": [site.absolute("/canh-bao/hien-tai.json")]})
        for ending in endings:
            data[ending] = [
                site.absolute(f"/du-lieu/{name}/{number}.{ending}")
                for number in range(1, count + 1)
            ]
        return written(data)
