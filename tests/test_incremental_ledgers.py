"""Ledgers within a build: what was made from one that starts anew does not stay behind."""

from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path
from typing import ClassVar

import pytest

from model.ledger import Book, Ledger, Tables
from model.output import Key
from model.site import Site, load_site
from plugins.incremental.documents import StateDocuments
from plugins.incremental.ledgers import BookOf, Ledgers
from plugins.incremental.state import State
from tests import building

NOW = datetime(2021, 8, 28, tzinfo=UTC)


class Shelf(Ledger):
    """An output for each id; it gives up halfway when asked to take in "too-many"."""

    name: ClassVar[str] = "shelf"
    version = "1"
    schema = ("CREATE TABLE shelf_row (id TEXT PRIMARY KEY)",)

    def settings(self, site: Site) -> str:
        """Nothing of the site matters."""
        return ""

    def renew(self, book: Book) -> None:
        """Keep one row."""
        book.tables.execute("INSERT INTO shelf_row VALUES ('new')")

    def update(self, book: Book, changed: Iterable[str]) -> Iterable[tuple[str, Key]] | None:
        """Drop every row, put in the changed ones, and give up if one is too many."""
        before = set(self.keys(book.tables))
        book.tables.execute("DELETE FROM shelf_row")
        book.tables.executemany("INSERT INTO shelf_row VALUES (?)", [(name,) for name in changed])
        return None if "too-many" in changed else before | set(self.keys(book.tables))

    def keys(self, tables: Tables) -> Iterable[tuple[str, Key]]:
        """Return an output a row."""
        return [("shelf", (name,)) for (name,) in tables.execute("SELECT id FROM shelf_row")]


@pytest.fixture
def shelf(tmp_path: Path) -> tuple[Ledgers, BookOf]:
    """Return a ledger with one row, "old", and the book that it is kept from."""
    site, state = load_site(building.new_site(tmp_path)), State(tmp_path / "build.db")
    ledgers = Ledgers(state, [Shelf()], "engine")
    with state.transaction():
        ledgers.note([], site, NOW, anew=False)
    state.db.execute("DELETE FROM todo")
    state.db.execute("INSERT INTO shelf_row VALUES ('old')")
    return ledgers, BookOf(site, state, StateDocuments(state), 1, NOW)


@pytest.mark.parametrize(("changed", "kept"), [("other", "other"), ("too-many", "new")])
def test_what_a_ledger_no_longer_has_is_looked_at_again(
    shelf: tuple[Ledgers, BookOf], changed: str, kept: str
) -> None:
    ledgers, book = shelf
    with ledgers.state.transaction():
        ledgers.state.db.execute("INSERT INTO todo VALUES ('shelf', ?)", (changed,))
        touched = ledgers.take_in(book)
    assert touched == {("shelf", ("old",)), ("shelf", (kept,))}
    assert ledgers.keys() == {("shelf", (kept,))}
    assert not ledgers.behind
