"""The index brought up to date equals the index made anew, whatever happened to the documents."""

import random
import sqlite3
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any, TypeVar

import pytest

from model.fields import VIETNAM
from model.kinds import kind_class
from model.output import EVERY_DOCUMENT, Family, Key, Row
from model.site import Site
from plugins.search.analysis import Aliases
from plugins.search.ledger import Index
from plugins.search.pages import Letters
from plugins.search.shards import Cards, Fresh, Leaves, Manifest, Now, Table, Words
from tests.search_site import sentence
from tests.test_kinds import LEAST

T = TypeVar("T")
START = datetime(2021, 1, 1, tzinfo=VIETNAM)
SITE = Site.model_validate(
    {
        "name": "Trang",
        "url": "https://thu.example.vn",
        "agency": {"name": "Cơ quan"},
        "hotlines": [{"number": "115", "label": "Cấp cứu"}],
    }
)


class Shelf:
    """A Book over rows held in memory."""

    def __init__(self) -> None:
        self.site, self.tables = SITE, sqlite3.connect(":memory:", isolation_level=None)
        self.now = START + timedelta(days=500)
        self.every: dict[str, tuple[Row, str]] = {}
        for statement in Index.schema:
            self.tables.execute(statement)

    def row(self, identity: str) -> Row | None:
        return self.every[identity][0] if identity in self.every else None

    def rows(self) -> list[Row]:
        current = [row for row, _ in self.every.values() if row.state == "current"]
        return sorted(current, key=lambda row: row.place(EVERY_DOCUMENT))

    def body(self, identity: str) -> str:
        return self.every[identity][1]

    def spread(self, make: Callable[[int], T], count: int) -> list[T]:
        return [make(place) for place in range(count)]

    def put(self, identity: str, title: str, body: str, day: float, state: Any = "current") -> None:
        kind = identity.split("/")[0]
        date = START + timedelta(days=day)
        values: dict[str, Any] = {**LEAST[kind], "title": title, "date": date.isoformat()}
        if kind == "alerts":
            values["identifier"] = f"vn-80-{identity.split('/')[1]}-{date:%Y%m%d}-1"
            values["expires"] = (date + timedelta(days=9)).isoformat()
        document = kind_class(kind).model_validate(values)
        digest = str(hash((title, body, day)))
        self.every[identity] = (Row(identity, f"{identity}.md", digest, state, document), body)

    def dump(self) -> dict[str, list[Any]]:
        names = ("doc", "stream", "leaf", "word", "meta")
        return {
            name: self.tables.execute(f"SELECT * FROM search_{name} ORDER BY 1").fetchall()
            for name in names
        }

    def ledger(self, name: str) -> sqlite3.Connection:
        return self.tables

    def template(self, name: str, page: Any) -> bytes:
        return repr(page.entries).encode()

    def anew(self) -> "Shelf":
        other = Shelf()
        other.every, other.now = self.every, self.now
        INDEX.renew(other)
        return other


INDEX = Index(Aliases(), "")
FAMILIES: dict[str, Family] = {
    family.name: family
    for family in (
        Leaves(),
        Cards(),
        Words(),
        Table(),
        Manifest(Aliases()),
        Now(),
        Fresh(),
        Letters(),
    )
}


def write(shelf: Shelf, rng: random.Random, identity: str, day: float) -> None:
    shelf.put(identity, sentence(rng, 4), f"<p>{sentence(rng, 12)}</p>", day)


def filled(count: int, rng: random.Random) -> Shelf:
    shelf = Shelf()
    for number in range(count):
        write(shelf, rng, f"news/bai-{number}", number)
    INDEX.renew(shelf)
    return shelf


def change(shelf: Shelf, rng: random.Random, step: int) -> list[str]:
    """Change one document or a few at random; return their ids."""
    known = sorted(shelf.every)
    some = rng.choice(known)
    turn = rng.randrange(9)
    if turn == 0:
        write(shelf, rng, some := f"news/moi-{step}", 500 + step)
    elif turn == 1:
        kind = rng.choice(["news", "guides"])
        write(shelf, rng, some := f"{kind}/cu-{step}", rng.uniform(0, 300))
    elif turn == 2:
        del shelf.every[some]
    elif turn == 3:
        write(shelf, rng, some := f"alerts/khan-{step}", rng.uniform(400, 600))
    elif turn == 4 and not some.startswith("alerts"):
        row, body = shelf.every[some]
        shelf.put(some, row.document.title, f"{body}<p>{sentence(rng, 2)}</p>", step)
    elif turn == 8:
        shelf.now += timedelta(days=rng.choice([1, 1, -1, 30]))
        return []
    elif turn == 5:
        row, body = shelf.every[some]
        shelf.every[some] = (Row(row.id, row.file, row.digest, "expired", row.document), body)
    else:
        row, body = shelf.every[some]
        at = row.document.sorted_at
        day = (at - START).total_seconds() / 86_400 if at else 0
        shelf.put(some, row.document.title, f"{body}<p>{sentence(rng, 2)}</p>", day)
    return [some, rng.choice(known)]


def files(shelf: Shelf) -> dict[tuple[str, Key], bytes | None]:
    """Return all that browsers read, as the families make it; the page needs a whole site."""
    return {
        (name, key): FAMILIES[name].render(key, shelf)  # type: ignore[arg-type]
        for name, key in INDEX.keys(shelf.tables)
        if name != "search-page"
    }


def settle(shelf: Shelf, changed: list[str]) -> bool:
    """Take in what changed as a build does; return whether it was done in place."""
    before = files(shelf)
    touched = INDEX.update(shelf, changed)
    if touched is not None:
        after = files(shelf)
        every = before.keys() | after.keys()
        assert {key for key in every if before.get(key) != after.get(key)} <= set(touched)
        return True
    for name in ("doc", "stream", "leaf", "word", "meta"):
        shelf.tables.execute(f"DROP TABLE search_{name}")
    for statement in Index.schema:
        shelf.tables.execute(statement)
    INDEX.renew(shelf)
    return False


def follow(count: int, steps: int, seed: int) -> int:
    """Change a site at random; return how many changes were taken in place."""
    rng = random.Random(seed)
    shelf = filled(count, rng)
    kept = 0
    for step in range(steps):
        kept += settle(shelf, change(shelf, rng, step))
        found, wanted = shelf.dump(), shelf.anew().dump()
        for name, rows in wanted.items():
            assert (found[name] == rows) is True, (seed, step, name)
    return kept


@pytest.mark.parametrize(("count", "steps"), [(3, 30), (70, 60)])
def test_any_changes_lead_to_what_is_made_anew(count: int, steps: int) -> None:
    assert follow(count, steps, seed=count) > steps // 2


@pytest.mark.torture
def test_many_more_changes_lead_to_what_is_made_anew() -> None:
    for seed in range(40):
        follow(3 + seed * 9, 150, seed)
