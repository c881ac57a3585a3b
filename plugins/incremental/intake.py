"""The first half of a build: read what changed on the disk and note it in the state.

A few changed documents are applied to the lists one by one; many at once rewrite the lists.
"""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

from model.content import duplicates
from model.output import ListChange
from model.problem import Problem, Problems
from plugins.incremental import changes as ch
from plugins.incremental.discover import Found
from plugins.incremental.documents import MemoryDocuments
from plugins.incremental.reading import Parsed, read_files
from plugins.incremental.state import State
from plugins.incremental.targets import whole_list

MANY = 200
"""From this many changed documents on, the whole site is loaded into memory."""


class Intake:
    """Reads the content folder into the state; `anew` reads every document again."""

    def __init__(
        self, state: State, folder: Path, markdown: dict[str, Any], markup: str, anew: bool
    ) -> None:
        self.state, self.folder, self.anew = state, folder, anew
        bodies = state.path if state.has_bodies() else None
        self.arguments = (folder, markdown, markup, bodies)
        self.memory: MemoryDocuments | None = None
        self.preview = False
        """Whether drafts and scheduled documents count as current."""

    def read(self, found: Found, workers: int) -> list[Parsed]:
        """Return the documents to note; raise all Problems at once."""
        files = found.changed
        if self.anew:
            known = {file for (file,) in self.state.db.execute("SELECT file FROM document")}
            files = tuple(sorted((known | set(files)) - set(found.gone)))
        parsed, problems = read_files(files, self.arguments, workers, self._keep_bodies)
        problems += self._collisions(parsed, set(found.gone))
        if problems:
            raise Problems(problems)
        return parsed

    def _keep_bodies(self, parsed: list[Parsed]) -> list[Parsed]:
        """Note the bodies of many documents at once, so that they need not wait in memory."""
        with self.state.transaction():
            ch.put_bodies(self.state, parsed)
        return [item._replace(html=None) for item in parsed]

    def _collisions(self, parsed: list[Parsed], gone: set[str]) -> list[Problem]:
        read = {item.file for item in parsed}
        claims: dict[str, list[str]] = {}
        for item in parsed:
            claims.setdefault(item.identity, []).append(item.file)
        for identity, files in claims.items():
            found = self.state.db.execute("SELECT file FROM document WHERE id = ?", (identity,))
            files += [file for (file,) in found if file not in gone and file not in read]
        return duplicates(claims)

    def apply(
        self, parsed: list[Parsed], gone: tuple[str, ...], now: datetime
    ) -> tuple[list[ch.Change], list[ListChange]]:
        """Note documents and lists in the state; return how rows and lists changed."""
        state = self.state
        rows = {item.identity: ch.row_of(item, now, self.preview) for item in parsed}
        if self.anew:
            state.forget_documents()
            ch.put_documents(state, parsed, rows)
            self.memory = MemoryDocuments(state, rows)
            ch.rewrite_lists(state, self.memory)
            return [], []
        changes = {
            change.before.id: change
            for change in ch.due_rows(state, self._built_at(), now, self.preview)
            if change.before
        }
        turned = list(changes.values())
        for change in turned:
            if change.after:
                ch.set_state(state, change.after)
        for identity in [*rows, *self._identities(gone)]:
            before, _ = ch.stored_row(state, identity)
            before = changes[identity].before if identity in changes else before
            changes[identity] = ch.Change(before, rows.get(identity))
        for identity in changes.keys() - rows.keys():
            if changes[identity].after is None:
                ch.drop_document(state, identity)
        for identity in rows:
            ch.drop_document(state, identity)
        ch.put_documents(state, parsed, rows)
        real = [change for change in changes.values() if not _same(change)]
        own = [change for change in turned if _same(change)]  # its own outputs follow the clock
        if len(real) <= MANY:
            return real + own, ch.change_lists(state, real)
        return real + own, self._rewrite_lists()

    def _rewrite_lists(self) -> list[ListChange]:
        before = dict(self.state.db.execute("SELECT name, count FROM list"))
        self.memory = MemoryDocuments.of_state(self.state)
        ch.rewrite_lists(self.state, self.memory)
        after = dict(self.state.db.execute("SELECT name, count FROM list"))
        return [
            whole_list(name, before.get(name, 0), after.get(name, 0))
            for name in sorted({*before, *after})
        ]

    def _identities(self, gone: tuple[str, ...]) -> list[str]:
        found = (
            self.state.db.execute("SELECT id FROM document WHERE file = ?", (file,))
            for file in gone
        )
        return [row[0] for cursor in found for row in cursor]

    def _built_at(self) -> int:
        return int(self.state.meta("now") or 0)


def _same(change: ch.Change) -> bool:
    before, after = change
    if before is None or after is None:
        return before is after
    return (before.file, before.digest, before.state) == (after.file, after.digest, after.state)
