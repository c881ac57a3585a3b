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


class Drawings(Pictures):
    """Pictures that say that they are drawn; where it happened is noted in a file."""

    name: ClassVar[str] = "test-drawings"
    draws: ClassVar[bool] = True

    def __init__(self, log: Path) -> None:
        self.log = log

    def render(self, key: Key, store: Store) -> bytes | None:
        row = store.document(key[0])
        return self.drawing(row, store) if row else None

    def drawing(self, row: Row, store: Store) -> bytes:
        def draw() -> bytes:
            with self.log.open("a", encoding="utf-8") as log:
                log.write(row.id + "\n")
            return row.id.encode()

        return store.kept(f"drawing {row.id}", draw)


class Gallery(Drawings):
    """Another output that shows the same drawings."""

    name: ClassVar[str] = "test-gallery"
    draws: ClassVar[bool] = False

    def path(self, key: Key) -> str:
        return f"a/{key[0]}.txt"


def test_on_all_cores_each_is_drawn_once_for_all_that_show_it(site: Path, tmp_path: Path) -> None:
    names = [f"so-{number}" for number in range(30)]
    (site / "content" / "pages").mkdir()
    for name in names:
        (site / "content" / "pages" / f"{name}.md").write_text(f"---\ntitle: {name}\n---\n")
    log = tmp_path / "drawn.txt"
    families = Registry()
    families.add(Gallery(log), Drawings(log))
    building.build(site, families=families, workers=2)
    assert sorted(log.read_text("utf-8").split()) == sorted(f"pages/{name}" for name in names)
    tree = building.tree(site / "output")
    assert tree["a/pages/so-7.txt"] == tree["anh/pages/so-7.svg"] == b"pages/so-7"
    assert len(tree) == 60
    assert len(recipes(site)) == 30


def test_who_waits_is_told_once_the_pages_are_there(site: Path) -> None:
    class Slow(Pictures):
        name: ClassVar[str] = "test-slow-pictures"
        slow: ClassVar[bool] = True

        def path(self, key: Key) -> str:
            return f"cham/{key[0]}.svg"

    families = Registry()
    families.add(Pictures(), Slow())
    told: list[tuple[bool, bool]] = []
    standing = [site / "output" / top / "pages/mot.svg" for top in ("anh", "cham")]

    def note() -> None:
        quick, slow = (path.read_text(encoding="utf-8") == "Hai" for path in standing)
        told.append((quick, slow))

    for title in ("Một", "Hai"):
        put(site, title, "thân")
        building.build(site, families=families, made=note)
    assert told == [(True, False)]
    assert all(path.read_text(encoding="utf-8") == "Hai" for path in standing)
