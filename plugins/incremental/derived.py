"""What plugins derive from each document (token streams), kept by content between builds.

A registered Analysis makes bytes out of one document; its families read them in bulk through the
Store. They are made, over all cores, only when such a family has outputs to make, and kept under a
digest of the programme, the analysis and the document.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from pathlib import Path

from model.output import Analysis, Row
from plugins.incremental.digest import digest
from plugins.incremental.documents import Documents
from plugins.incremental.state import State

CHUNK = 64
_work: tuple[Analysis, Sequence[Row], Documents] | None = None


class Derived:
    """The kept results; `engine` is the digest of the programme that makes them."""

    def __init__(self, path: Path, engine: str, analyses: Iterable[Analysis]) -> None:
        self.path, self.engine = path, engine
        self.analyses = {analysis.name: analysis for analysis in analyses}
        self._state: State | None = None
        self._owner = 0

    def prepare(
        self, state: State, documents: Documents, name: str, list_name: str, workers: int
    ) -> None:
        """Make what is missing for the documents of a list, and forget what no document needs."""
        analysis = self.analyses[name]
        rows = documents.slice(list_name, 0, documents.count(list_name))
        keys = [self.key(name, row) for row in rows]
        found = state.db.execute("SELECT key FROM derived WHERE name = ?", (name,))
        known = {key for (key,) in found}
        missing = [row for row, key in zip(rows, keys, strict=True) if key not in known]
        data = derive(analysis, missing, documents, workers)
        made = [(name, self.key(name, row), item) for row, item in zip(missing, data, strict=True)]
        with state.transaction():
            stale = [(name, key) for key in known.difference(keys)]
            state.db.executemany("DELETE FROM derived WHERE name = ? AND key = ?", stale)
            state.db.executemany("INSERT OR REPLACE INTO derived VALUES (?, ?, ?)", made)

    def key(self, name: str, row: Row) -> str:
        """Return what a document's result is kept under."""
        return digest([self.engine, self.analyses[name].version, row.id, row.digest])

    def read(self, name: str, rows: Sequence[Row], documents: Documents) -> list[bytes]:
        """Return the results of these documents; one that is not at hand is made."""
        if self._state is None or self._owner != os.getpid():  # a fork opens the file itself
            self._state, self._owner = State(self.path), os.getpid()
        found = self._state.db.execute("SELECT key, data FROM derived WHERE name = ?", (name,))
        known: dict[str, bytes] = dict(found)
        analysis = self.analyses[name]
        return [
            known.get(self.key(name, row)) or analysis.derive(row.document, documents.body(row.id))
            for row in rows
        ]


def derive(
    analysis: Analysis, rows: Sequence[Row], documents: Documents, workers: int
) -> list[bytes]:
    """Return what `analysis` makes of each row, with as many processes as pay."""
    global _work
    _work = (analysis, rows, documents)
    starts = range(0, len(rows), CHUNK)
    try:
        if workers < 2 or len(rows) < 2 * CHUNK or not hasattr(os, "fork"):
            return [item for start in starts for item in _derive_chunk(start)]
        from concurrent.futures import ProcessPoolExecutor
        from multiprocessing import get_context

        with ProcessPoolExecutor(workers, get_context("fork")) as pool:
            return [item for chunk in pool.map(_derive_chunk, starts) for item in chunk]
    finally:
        _work = None


def _derive_chunk(start: int) -> list[bytes]:
    if _work is None:
        raise RuntimeError("the worker was forked before its work was set")
    analysis, rows, documents = _work
    return [
        analysis.derive(row.document, documents.body(row.id)) for row in rows[start : start + CHUNK]
    ]
