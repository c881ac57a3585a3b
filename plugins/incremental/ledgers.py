"""Plugins' ledgers in the state file: which documents they have yet to take in, and the taking in.

The commit that notes changed documents notes them for the ledgers too (`todo`); a ledger takes them
in later, after what is urgent is on the disk, in a commit of its own. A build killed in between
leaves them to the next one.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime

from model.ledger import Ledger, T
from model.output import EVERY_DOCUMENT, Key, Row
from model.site import Site
from plugins.incremental import changes as ch
from plugins.incremental.digest import digest
from plugins.incremental.documents import Documents, MemoryDocuments
from plugins.incremental.state import State
from plugins.incremental.workers import pool

CHUNK = 64
ALL = "*"
"""Stands in `todo` for: everything anew."""
TURN = ""
"""Stands in `todo`, and in `due`, for: the time is another (`Ledger.turn`)."""
_work: Callable[[int], object] | None = None


class BookOf:
    """A build's documents as a ledger asks for them."""

    def __init__(
        self, site: Site, state: State, documents: Documents, workers: int, now: datetime
    ) -> None:
        self.site, self.tables, self.workers, self.now = site, state.db, workers, now
        self._state, self._documents = state, documents

    def row(self, identity: str) -> Row | None:
        """Return a document whatever its state, or None."""
        return self._documents.row(identity)

    def rows(self) -> Sequence[Row]:
        """Return every current document, from the oldest."""
        if not isinstance(self._documents, MemoryDocuments):  # which forks may ask for bodies too
            self._documents = MemoryDocuments.of_state(self._state)
        return self._documents.slice(EVERY_DOCUMENT, 0, self._documents.count(EVERY_DOCUMENT))

    def body(self, identity: str) -> str:
        """Return the HTML body of a document."""
        return self._documents.body(identity)

    def spread(self, make: Callable[[int], T], count: int) -> list[T]:
        """Return what `make` makes of 0..count-1, with as many processes as pay."""
        return spread(make, count, self.workers)


class Ledgers:
    """The ledgers of one build, in the order of their names."""

    def __init__(self, state: State, ledgers: Iterable[Ledger], engine: str) -> None:
        self.state, self.engine = state, engine
        self.ledgers = sorted(ledgers, key=lambda ledger: ledger.name)

    def note(self, changes: Iterable[ch.Change], site: Site, now: datetime, *, anew: bool) -> bool:
        """Note what changed; return whether ledgers must be made anew. Within a transaction."""
        for ledger in self.ledgers:
            known = digest([self.engine, ledger.settings(site)])
            if anew or self.state.meta(f"ledger:{ledger.name}") != known:
                if not self._stands(ledger):
                    self._empty(ledger)
                self.state.remember(f"ledger:{ledger.name}", known)
                self._todo(ledger, [ALL])
                anew = True
            else:
                self._todo(ledger, {row.id for change in changes for row in change if row})
            self._turn(ledger, now)
        return anew

    def _turn(self, ledger: Ledger, now: datetime) -> None:
        """Note that the time is another, and when it will be the next time."""
        turn, end = ledger.turn(now)
        if self.state.meta(f"turn:{ledger.name}") != turn:
            self.state.remember(f"turn:{ledger.name}", turn)
            self._todo(ledger, [TURN])
        if end:
            self.state.db.execute("INSERT OR IGNORE INTO due VALUES (?, ?)", (end, TURN))

    def _todo(self, ledger: Ledger, names: Iterable[str]) -> None:
        self.state.db.executemany(
            "INSERT OR IGNORE INTO todo VALUES (?, ?)", [(ledger.name, name) for name in names]
        )

    def _stands(self, ledger: Ledger) -> bool:
        return bool(self._tables(ledger)) and self.state.meta("engine") == self.engine

    def _tables(self, ledger: Ledger) -> list[str]:
        sql = "SELECT name FROM sqlite_master WHERE type = 'table' AND name LIKE ? ESCAPE '!'"
        return [name for (name,) in self.state.db.execute(sql, (f"{ledger.name}!_%",)).fetchall()]

    def _empty(self, ledger: Ledger) -> None:
        for table in self._tables(ledger):
            self.state.db.execute(f'DROP TABLE "{table}"')
        for statement in ledger.schema:
            self.state.db.execute(statement)

    @property
    def behind(self) -> bool:
        """Whether a ledger has documents to take in."""
        return self.state.db.execute("SELECT 1 FROM todo LIMIT 1").fetchone() is not None

    def take_in(self, book: BookOf) -> set[tuple[str, Key]]:
        """Take in what is noted; return the (family, key)s that this touches. In a transaction."""
        touched: set[tuple[str, Key]] = set()
        for ledger in self.ledgers:
            found = self.state.db.execute("SELECT id FROM todo WHERE ledger = ?", (ledger.name,))
            changed = {identity for (identity,) in found}
            if changed:
                touched |= self._take(ledger, changed, book)
        self.state.db.execute("DELETE FROM todo")
        return touched

    def _take(self, ledger: Ledger, changed: set[str], book: BookOf) -> set[tuple[str, Key]]:
        touched = None if ALL in changed else self._update(ledger, changed - {TURN}, book)
        if touched is not None:
            return touched
        before = set(ledger.keys(book.tables))
        self._empty(ledger)
        ledger.renew(book)
        return before | set(ledger.keys(book.tables))

    def _update(
        self, ledger: Ledger, changed: set[str], book: BookOf
    ) -> set[tuple[str, Key]] | None:
        """Let a ledger follow changes; where it gives up, its tables are as they were before."""
        db = self.state.db
        db.execute("SAVEPOINT ledger")
        touched = ledger.update(book, sorted(changed))
        if touched is None:  # half a change would hide which outputs there were
            db.execute("ROLLBACK TO ledger")
        db.execute("RELEASE ledger")
        return None if touched is None else set(touched)

    def keys(self) -> set[tuple[str, Key]]:
        """Return the (family, key) of every output that is made from ledgers."""
        return {item for ledger in self.ledgers for item in ledger.keys(self.state.db)}


def spread(make: Callable[[int], T], count: int, workers: int) -> list[T]:
    """Return what `make` makes of 0..count-1, with as many processes as pay."""
    global _work
    if workers < 2 or count < 2 or not hasattr(os, "fork"):
        return [make(place) for place in range(count)]
    _work = make
    try:
        with pool(workers) as processes:
            return list(processes.map(_spread_one, range(count)))  # type: ignore[arg-type]
    finally:
        _work = None


def _spread_one(place: int) -> object:
    if _work is None:
        raise RuntimeError("the worker was forked before its work was set")
    return _work(place)
