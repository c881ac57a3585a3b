"""One build of one site: discover, apply, choose the outputs, render, put in place, remember.

A build is refused before it touches anything when a document has a problem. Two commits frame the
work: the first notes the documents and what is about to be made, the second what was made; a build
killed in between is finished by the next one.
"""

from __future__ import annotations

import json
import os
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from model.content import duplicates
from model.output import Key, ListChange, Registry
from model.problem import Problem, Problems
from model.site import Site
from plugins.incremental import changes as ch
from plugins.incremental.discover import Parsed, discover, read_files
from plugins.incremental.render import Batch, Renderer, Target, render
from plugins.incremental.state import State
from plugins.incremental.store import (
    Documents,
    Inputs,
    MemoryDocuments,
    RecordingStore,
    StateDocuments,
)
from plugins.incremental.templates import Templates, digest
from plugins.incremental.tree import Tree

Wanted = tuple[str, Key]
"""(family, key) of an output."""
MANY = 200
"""From this many changed documents or outputs on, the whole site is loaded into memory."""


@dataclass
class Recipe:
    """What a build is made with: the site, Pelican's settings, families, digests of programmes."""

    folder: Path
    site: Site
    settings: dict[str, Any]
    registry: Registry
    engine: str
    """Digest of everything that makes outputs out of bodies."""
    markup: str
    """Digest of everything that makes bodies."""
    now: datetime
    output: Path
    workers: int = field(default_factory=lambda: os.cpu_count() or 1)


@dataclass
class Report:
    """What a build did. `changed` and `removed` are paths below the output folder, sorted."""

    documents: int = 0
    read: int = 0
    rendered: int = 0
    changed: list[str] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)
    fresh: bool = False
    seconds: float = 0.0


class Build:
    """One run. `run()` returns a Report or raises Problems with the output untouched."""

    def __init__(self, recipe: Recipe, state: State) -> None:
        self.recipe, self.state = recipe, state
        self.inputs = Inputs(
            recipe.folder,
            recipe.site,
            Templates(recipe.settings),
            Path(recipe.settings["THEME"]) / "static",
        )
        self.tree = Tree(recipe.output, state.path.parent / "staging")
        self.report = Report()
        self.engine = digest([recipe.engine, *sorted(family.name for family in recipe.registry)])
        self.anew = state.meta("engine") != self.engine
        token = state.meta("token")
        self.intact = bool(token) and token == self.tree.token()
        self.memory: MemoryDocuments | None = None

    def run(self) -> Report:
        """Bring the output up to date with the content."""
        started, looked = time.perf_counter(), time.time_ns()
        parsed, gone = self._read()
        with self.state.transaction():
            changes, lists = self._apply(parsed, gone)
            targets = self._choose(changes, lists)
            self._note_pending(targets)
            self._remember(looked)
        self.tree.begin(fresh=not self.intact)
        batch = self._render(targets)
        self._refuse_conflicts(batch)
        self._put(batch)
        self._record(batch)
        self.report.seconds = time.perf_counter() - started
        return self.report

    # -- documents

    def _read(self) -> tuple[list[Parsed], tuple[str, ...]]:
        state, recipe = self.state, self.recipe
        found = discover(state, recipe.folder, int(state.meta("looked") or 0))
        files = found.changed
        if self.anew:
            known = {file for (file,) in state.db.execute("SELECT file FROM document")}
            files = tuple(sorted((known | set(files)) - set(found.gone)))
        arguments = (recipe.folder, recipe.settings["MARKDOWN"], recipe.markup, state.path)
        parsed, problems = read_files(files, arguments, recipe.workers)
        self.report.read = len(parsed)
        problems += self._collisions(parsed, set(found.gone))
        if problems:
            raise Problems(problems)
        return parsed, found.gone

    def _collisions(self, parsed: list[Parsed], gone: set[str]) -> list[Problem]:
        read = {item.file for item in parsed}
        claims: dict[str, list[str]] = {}
        for item in parsed:
            claims.setdefault(item.identity, []).append(item.file)
        for identity, files in claims.items():
            found = self.state.db.execute("SELECT file FROM document WHERE id = ?", (identity,))
            files += [file for (file,) in found if file not in gone and file not in read]
        return duplicates(claims)

    def _apply(
        self, parsed: list[Parsed], gone: tuple[str, ...]
    ) -> tuple[list[ch.Change], list[ListChange]]:
        state, now = self.state, self.recipe.now
        rows = {item.identity: ch.row_of(item, now) for item in parsed}
        if self.anew:
            state.forget_documents()
            ch.put_documents(state, parsed, rows)
            ch.rewrite_lists(state, rows.values())
            self.memory = MemoryDocuments(state, rows)
            return [], []
        changes = {change.before.id: change for change in ch.due_rows(state, self._built_at(), now) if change.before}
        for change in changes.values():
            if change.after:
                ch.set_state(state, change.after)
        for identity in [*rows, *self._identities(gone)]:
            before, _ = ch.stored_row(state, identity)
            before = changes[identity].before if identity in changes else before
            changes[identity] = ch.Change(before, rows.get(identity))
        for identity in changes.keys() - rows.keys():
            if changes[identity].after is None:
                ch.drop_document(state, identity)
        ch.put_documents(state, parsed, rows)
        real = [change for change in changes.values() if not _same(change)]
        if len(real) <= MANY:
            return real, ch.change_lists(state, real)
        return real, self._rewrite_lists()

    def _rewrite_lists(self) -> list[ListChange]:
        before = dict(self.state.db.execute("SELECT name, count FROM list"))
        self.memory = MemoryDocuments.of_state(self.state)
        ch.rewrite_lists(self.state, self.memory.rows.values())
        after = dict(self.state.db.execute("SELECT name, count FROM list"))
        return [_whole(name, before.get(name, 0), after.get(name, 0)) for name in sorted({*before, *after})]

    def _identities(self, gone: tuple[str, ...]) -> list[str]:
        found = (self.state.db.execute("SELECT id FROM document WHERE file = ?", (file,)) for file in gone)
        return [row[0] for cursor in found for row in cursor]

    def _built_at(self) -> int:
        return int(self.state.meta("now") or 0)

    # -- outputs

    def _choose(self, changes: list[ch.Change], lists: list[ListChange]) -> dict[Wanted, str]:
        """Return what to render: (family, key) -> path."""
        wanted = self._touched(changes, lists)
        wanted += self._unfinished() + self._of_dirty_families() + self._of_site_keys()
        site = self.inputs.digest("site:*")
        if self.anew or not self.intact or self.state.meta("site") != site:
            self.state.remember("site", site)
            wanted += self._rekey()
        return {(name, key): self.recipe.registry[name].path(key) for name, key in wanted}

    def _touched(self, changes: list[ch.Change], lists: list[ListChange]) -> list[Wanted]:
        wanted = [
            (family.name, key)
            for family in self.recipe.registry
            for change in changes
            for row in change
            if row
            for key in family.document_keys(row)
        ]
        wanted += [
            (family.name, key)
            for family in self.recipe.registry
            for change in lists
            for key in family.list_keys(change)
        ]
        for path in ch.readers(self.state, changes, lists):
            found = self.state.db.execute("SELECT family, key FROM output WHERE path = ?", (path,))
            wanted += [(name, ch.text_key(key)) for name, key in found]
        return wanted

    def _unfinished(self) -> list[Wanted]:
        found = self.state.db.execute("SELECT family, key FROM pending").fetchall()
        return [(name, ch.text_key(key)) for name, key in found if name in self.recipe.registry]

    def _of_dirty_families(self) -> list[Wanted]:
        dirty = set()
        for name, shared, known in self.state.db.execute("SELECT family, name, digest FROM input"):
            if name not in dirty and self.inputs.digest(shared) != known:
                dirty.add(name)
        wanted = []
        for name in sorted(dirty & set(self.recipe.registry.names())):
            found = self.state.db.execute("SELECT key FROM output WHERE family = ?", (name,))
            wanted += [(name, ch.text_key(key)) for (key,) in found]
        return wanted

    def _of_site_keys(self) -> list[Wanted]:
        """Return outputs that appeared or went since the last build without any document."""
        before = {tuple(item) for item in _pairs(self.state.meta("site_keys"))}
        now = {
            (family.name, ch.key_text(key))
            for family in self.recipe.registry
            for key in family.site_keys(self.recipe.site)
        }
        self.state.remember("site_keys", json.dumps(sorted(now)))
        changed = {item for item in before ^ now if item[0] in self.recipe.registry}
        return [(name, ch.text_key(key)) for name, key in sorted(changed)]

    def _rekey(self) -> list[Wanted]:
        """Enumerate every output; return those that must be made, or looked at because they went."""
        memory = self.memory = self.memory or MemoryDocuments.of_state(self.state)
        every = set(self._every_key(memory))
        known = {
            (name, ch.text_key(key)) for name, key in self.state.db.execute("SELECT family, key FROM output")
        }
        if self.anew or not self.intact:
            self.state.db.execute("DELETE FROM reading")
            self.state.db.execute("DELETE FROM input")
            known_here = {item for item in known if item[0] in self.recipe.registry}
            self._forget_strangers(known - known_here)
            return [*every, *known_here]
        return [*(every ^ known)]

    def _every_key(self, memory: MemoryDocuments) -> Iterator[Wanted]:
        lists = [_whole(name, 0, len(members)) for name, members in memory.members.items()]
        for family in self.recipe.registry:
            for row in memory.rows.values():
                for key in family.document_keys(row):
                    yield family.name, key
            for change in lists:
                for key in family.list_keys(change):
                    yield family.name, key
            for key in family.site_keys(self.recipe.site):
                yield family.name, key

    def _forget_strangers(self, strangers: set[Wanted]) -> None:
        """Remove the outputs of families that are no longer registered."""
        for name, key in strangers:
            where = (name, ch.key_text(key))
            found = self.state.db.execute("SELECT path FROM output WHERE family = ? AND key = ?", where)
            for (path,) in found.fetchall():
                if self.tree.remove(path):
                    self.report.removed.append(path)
                self.state.db.execute("DELETE FROM output WHERE path = ?", (path,))

    def _note_pending(self, targets: dict[Wanted, str]) -> None:
        self.state.db.execute("DELETE FROM pending")
        self.state.db.executemany(
            "INSERT INTO pending VALUES (?, ?)", [(name, ch.key_text(key)) for name, key in targets]
        )

    def _remember(self, looked: int) -> None:
        self.state.remember("looked", str(looked))
        self.state.remember("now", str(int(self.recipe.now.timestamp())))
        self.state.remember("engine", self.engine)
        if not self.intact:
            self.state.remember("token", "")

    def _render(self, wanted: dict[Wanted, str]) -> Batch:
        standing = dict(_digests(self.state, wanted.values())) if self.intact else {}
        registry = self.recipe.registry
        targets: list[Target] = sorted(
            (path, name, key, standing.get((path, name, key), b""))
            for (name, key), path in wanted.items()
        )
        documents: Documents = self.memory or (
            StateDocuments(self.state) if len(targets) < MANY else MemoryDocuments.of_state(self.state)
        )
        store = RecordingStore(documents, self.inputs, self.recipe.now)
        self.report.rendered = len(targets)
        return render(Renderer(registry, store, self.tree), targets, self.recipe.workers)

    def _refuse_conflicts(self, batch: Batch) -> None:
        """Raise Problems if two outputs claim one address; nothing has been put in place yet."""
        made = {(item.family, item.key): item for item in batch.made}
        owners: dict[str, tuple[str, Key]] = {}
        for item in batch.made:
            if not item.digest:
                continue
            other = owners.setdefault(item.path, (item.family, item.key))
            if other == (item.family, item.key):
                other = _owner(self.state, item.path) or other
                if other in made and not made[other].digest:
                    continue
            if other != (item.family, item.key) and self.intact:
                raise Problems([_conflict(item.path, item.key, other)])

    def _put(self, batch: Batch) -> None:
        registry = self.recipe.registry
        live = {item.path for item in batch.made if item.digest}
        changed = [item for item in batch.made if item.digest and (item.changed or not self.intact)]
        if self.intact:
            for item in sorted(changed, key=lambda item: (not registry[item.family].first, item.path)):
                self.tree.put(item.path)
        for item in batch.made:
            if not item.digest and item.path not in live and self.tree.remove(item.path):
                self.report.removed.append(item.path)
        self.report.fresh = not self.intact
        self.report.changed = sorted(item.path for item in changed)
        self.report.removed.sort()

    def _record(self, batch: Batch) -> None:
        token = self.tree.finish()
        with self.state.transaction():
            db = self.state.db
            if not self.intact:
                db.execute("DELETE FROM output")
            for item in batch.made:
                db.execute("DELETE FROM reading WHERE path = ?", (item.path,))
                if not item.digest:
                    db.execute(
                        "DELETE FROM output WHERE path = ? AND family = ? AND key = ?",
                        (item.path, item.family, ch.key_text(item.key)),
                    )
            made = [item for item in batch.made if item.digest]
            db.executemany(
                "INSERT OR REPLACE INTO output VALUES (?, ?, ?, ?)",
                [(item.path, item.family, ch.key_text(item.key), item.digest) for item in made],
            )
            db.executemany(
                "INSERT INTO reading VALUES (?, ?, ?)",
                [(name, item.path, depth) for item in made for name, depth in item.readings.items()],
            )
            db.executemany(
                "INSERT OR REPLACE INTO input VALUES (?, ?, ?)",
                [
                    (family, name, self.inputs.digest(name))
                    for family, shared in batch.shared.items()
                    for name in shared
                ],
            )
            db.execute("DELETE FROM pending")
            self.state.remember("token", token)
            self.report.documents = db.execute("SELECT count(*) FROM document").fetchone()[0]


def _same(change: ch.Change) -> bool:
    before, after = change
    if before is None or after is None:
        return before is after
    return (before.file, before.digest, before.state) == (after.file, after.digest, after.state)


def _whole(name: str, before: int, after: int) -> ListChange:
    return ListChange(name, before, after, 0, frozenset(), 0)


def _pairs(text: str) -> list[list[str]]:
    found: list[list[str]] = json.loads(text or "[]")
    return found


def _digests(state: State, paths: Iterable[str]) -> Iterator[tuple[tuple[str, str, Key], bytes]]:
    for path in paths:
        row = state.db.execute("SELECT family, key, digest FROM output WHERE path = ?", (path,)).fetchone()
        if row:
            yield (path, row[0], ch.text_key(row[1])), row[2]


def _owner(state: State, path: str) -> Wanted | None:
    row = state.db.execute("SELECT family, key FROM output WHERE path = ?", (path,)).fetchone()
    return (row[0], ch.text_key(row[1])) if row else None


def _conflict(path: str, key: Key, other: Wanted) -> Problem:
    return Problem(
        "content/" + "/".join(key),
        message=f"địa chỉ /{path.removesuffix('index.html')} đã dùng cho {'/'.join(other[1]) or other[0]}",
        cure="đổi tên tệp (phần cuối địa chỉ)",
    )
