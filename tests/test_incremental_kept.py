"""What is slow to draw is drawn once, kept by its recipe, forgotten when nobody uses it."""

import sqlite3
from collections.abc import Iterable
from pathlib import Path
from typing import ClassVar

import pytest

from model.output import Family, Key, Registry, Row, Store
from tests import building

DRAWN: list[str] = []


class Pictures(Family):
    """A slow picture of each document's title."""

    name: ClassVar[str] = "test-pictures"

    def document_keys(self, row: Row) -> Iterable[Key]:
        return [(row.id,)]

    def foreseen(self, key: Key) -> Iterable[str]:
        return [key[0]]

    def path(self, key: Key) -> str:
        return f"anh/{key[0]}.svg"

    def render(self, key: Key, store: Store) -> bytes | None:
        row = store.document(key[0])
        if row is None:
            return None
        title = row.document.title

        def draw() -> bytes:
            DRAWN.append(title)
            return title.encode()

        return store.kept(f"picture 1 {title}", draw)


@pytest.fixture
def site(tmp_path: Path) -> Path:
    DRAWN.clear()
    return building.new_site(tmp_path / "s")


def build(site: Path, engine: str = "engine") -> None:
    families = Registry()
    families.add(Pictures())
    building.build(site, engine=engine, families=families)


def put(site: Path, title: str, body: str) -> None:
    file = site / "content" / "pages" / "mot.md"
    file.parent.mkdir(exist_ok=True)
    file.write_text(f"---\ntitle: {title}\n---\n{body}\n", encoding="utf-8")


def recipes(site: Path) -> list[str]:
    with sqlite3.connect(site / ".state" / "build.db") as db:
        return [recipe for (recipe,) in db.execute("SELECT recipe FROM kept ORDER BY recipe")]


def test_drawn_once_while_its_recipe_is_the_same(site: Path) -> None:
    put(site, "Một", "thân")
    build(site)
    put(site, "Một", "thân khác")
    build(site)
    build(site, "another programme")
    assert DRAWN == ["Một"]
    put(site, "Hai", "thân")
    build(site, "another programme")
    assert DRAWN == ["Một", "Hai"]
    assert recipes(site) == ["picture 1 Hai", "picture 1 Một"]
    build(site, "a third programme")
    assert recipes(site) == ["picture 1 Hai"]
    assert (site / "output" / "anh" / "pages" / "mot.svg").read_text("utf-8") == "Hai"
