"""Where a Store's answers come from: memory for many outputs, SQLite for a few."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any, Protocol

from model.kinds import kind_class
from model.output import Row
from plugins.incremental.state import State, unseal

FAR, OFTEN = 200, 3
"""More than `FAR` documents from both ends, a list asked for more than `OFTEN` times is read."""


class Documents(Protocol):
    """Where a Store's answers come from."""

    def row(self, identity: str) -> Row | None:
        """Return a document, whatever its state, or None."""
        ...

    def body(self, identity: str) -> str:
        """Return the HTML body of a document."""
        ...

    def kept(self, recipe: str) -> bytes | None:
        """Return what an earlier build kept under this recipe, or None."""
        ...

    def count(self, name: str) -> int:
        """Return how many documents a list has."""
        ...

    def slice(self, name: str, start: int, stop: int) -> list[Row]:
        """Return the rows at ranks start..stop-1, oldest first."""
        ...

    def newest(self, name: str, count: int) -> list[Row]:
        """Return up to `count` rows, newest first."""
        ...

    def lists(self, prefix: str) -> list[str]:
        """Return the names of lists with this prefix, sorted."""
        ...


def load_row(identity: str, file: str, digest_: str, state: Any, text: str) -> Row:
    """Return the row that the state's columns describe."""
    kind = kind_class(identity.split("/", 1)[0])
    return Row(identity, file, digest_, state, kind.model_validate_json(unseal(text)))


class StateDocuments:
    """Answers from the state file, a query each: for builds that do not need every document.

    After a fork each process opens the file itself. A place far from both ends of a list is counted
    out by SQLite; where a list is asked for often, its ids are read once.
    """

    def __init__(self, state: State) -> None:
        self.path, self._process, self._db = state.path, os.getpid(), state.db
        self.row = lru_cache(maxsize=1024)(self._row)
        self._asked: dict[str, int] = {}
        self._members: dict[str, list[str]] = {}

    @property
    def db(self) -> sqlite3.Connection:
        """The connection of the process that asks."""
        if self._process != os.getpid():
            self._process, self._db = os.getpid(), State(self.path).db
        return self._db

    def _row(self, identity: str) -> Row | None:
        found = self.db.execute(
            "SELECT id, file, digest, state, json FROM document WHERE id = ?", (identity,)
        ).fetchone()
        return load_row(*found) if found else None

    def body(self, identity: str) -> str:
        """Return the HTML body of a document."""
        found = self.db.execute(
            "SELECT html FROM body WHERE key = (SELECT body FROM document WHERE id = ?)",
            (identity,),
        ).fetchone()
        return unseal(found[0]) if found else ""

    def kept(self, recipe: str) -> bytes | None:
        """Return what an earlier build kept under this recipe, or None."""
        found = self.db.execute("SELECT data FROM kept WHERE recipe = ?", (recipe,)).fetchone()
        return found[0] if found else None

    def count(self, name: str) -> int:
        """Return how many documents a list has."""
        found = self.db.execute("SELECT count FROM list WHERE name = ?", (name,)).fetchone()
        return int(found[0]) if found else 0

    def slice(self, name: str, start: int, stop: int) -> list[Row]:
        """Return the rows at ranks start..stop-1, oldest first."""
        count = self.count(name)
        start, stop = max(start, 0), min(stop, count)
        if start >= stop:
            return []
        if min(start, count - stop) > FAR and self._often(name):
            wanted = self._all_ids(name)[start:stop]
        elif count - stop < start:  # nearer to the newest end: count from there
            wanted = self._ids(name, "DESC", stop - start, count - stop)[::-1]
        else:
            wanted = self._ids(name, "ASC", stop - start, start)
        return self._rows(wanted)

    def _often(self, name: str) -> bool:
        self._asked[name] = self._asked.get(name, 0) + 1
        return self._asked[name] > OFTEN

    def _all_ids(self, name: str) -> list[str]:
        if name not in self._members:
            self._members[name] = self._ids(name, "ASC", -1, 0)
        return self._members[name]

    def newest(self, name: str, count: int) -> list[Row]:
        """Return up to `count` rows, newest first."""
        return self._rows(self._ids(name, "DESC", count, 0))

    def lists(self, prefix: str) -> list[str]:
        """Return the names of lists with this prefix, sorted."""
        found = self.db.execute(
            "SELECT name FROM list WHERE count > 0 AND name >= ? AND name < ? ORDER BY name",
            (prefix, prefix + "\U0010ffff"),
        )
        return [name for (name,) in found]

    def _ids(self, name: str, direction: str, limit: int, offset: int) -> list[str]:
        found = self.db.execute(
            f"SELECT id FROM member WHERE list = ? ORDER BY place {direction} LIMIT ? OFFSET ?",  # noqa: S608
            (name, limit, offset),
        )
        return [identity for (identity,) in found]

    def _rows(self, identities: Iterable[str]) -> list[Row]:
        return [row for row in map(self.row, identities) if row]


class MemoryDocuments:
    """Answers from memory, bodies from the state file: for a full build, shared by its workers."""

    def __init__(self, state: State, rows: Mapping[str, Row]) -> None:
        self.rows = rows
        places: dict[str, list[tuple[str, str]]] = {}
        for row in rows.values():
            for name in row.lists:
                places.setdefault(name, []).append((row.place(name), row.id))
        self.members = {name: [id_ for _, id_ in sorted(places[name])] for name in sorted(places)}
        self._state = StateDocuments(state)

    @classmethod
    def of_state(cls, state: State) -> MemoryDocuments:
        """Load every document of the state file."""
        found = state.db.execute("SELECT id, file, digest, state, json FROM document ORDER BY id")
        return cls(state, {row[0]: load_row(*row) for row in found})

    def row(self, identity: str) -> Row | None:
        """Return a document, whatever its state, or None."""
        return self.rows.get(identity)

    def body(self, identity: str) -> str:
        """Return the HTML body of a document."""
        return self._state.body(identity)

    def kept(self, recipe: str) -> bytes | None:
        """Return what an earlier build kept under this recipe, or None."""
        return self._state.kept(recipe)

    def count(self, name: str) -> int:
        """Return how many documents a list has."""
        return len(self.members.get(name, ()))

    def slice(self, name: str, start: int, stop: int) -> list[Row]:
        """Return the rows at ranks start..stop-1, oldest first."""
        return [self.rows[id_] for id_ in self.members.get(name, [])[max(start, 0) : max(stop, 0)]]

    def newest(self, name: str, count: int) -> list[Row]:
        """Return up to `count` rows, newest first."""
        return [self.rows[id_] for id_ in self.members.get(name, [])[: -count - 1 : -1]]

    def lists(self, prefix: str) -> list[str]:
        """Return the names of lists with this prefix, sorted."""
        return [name for name in self.members if name.startswith(prefix)]
