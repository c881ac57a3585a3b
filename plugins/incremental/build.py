"""One build of one site: discover, apply, choose the outputs, render, put in place, remember.

A build is refused before it touches anything when a document has a problem. Two commits frame the
work: the first notes the documents and what is about to be made, the second what was made; a build
killed in between is finished by the next one.
"""

from __future__ import annotations

import os
import sqlite3
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from model.output import Key, ListChange, Registry
from model.problem import Problem, Problems
from model.site import Site
from plugins.incremental import changes as ch
from plugins.incremental.digest import digest
from plugins.incremental.discover import Found, Look, discover, note_folders
from plugins.incremental.documents import Documents, MemoryDocuments, StateDocuments
from plugins.incremental.intake import Intake
from plugins.incremental.ledgers import BookOf, Ledgers
from plugins.incremental.record import known_outputs, prune_kept, record
from plugins.incremental.render import Batch, Renderer, Target, render
from plugins.incremental.state import State, boot_id, seal
from plugins.incremental.store import Inputs, RecordingStore
from plugins.incremental.targets import Targets, Wanted
from plugins.incremental.templates import Templates
from plugins.incremental.tree import Tree


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
    bodies: dict[str, str] = field(default_factory=dict)
    """Document id -> HTML that takes the place of its body (compatibility mode)."""
    preview: bool = False
    """Whether drafts and scheduled documents are shown; such a build has a memory of its own."""
    workers: int = field(default_factory=lambda: os.cpu_count() or 1)
    look: Look | None = None
    """What a scout found on the disk, if one was sent ahead."""
    made: Callable[[], None] = lambda: None
    """Told when all but the slow outputs are in place, if there are slow ones left to make."""

    @property
    def state(self) -> Path:
        """The folder of the build's memory."""
        return self.folder / ".state" / "preview" if self.preview else self.folder / ".state"


@dataclass
class Report:
    """What a build did. `changed` and `removed` are paths below the output folder, sorted."""

    documents: int = 0
    read: int = 0
    rendered: int = 0
    changed: list[str] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)
    fresh: bool = False
    build: str = ""
    """Hash of every output's path and bytes: the same tree has the same id."""
    seconds: float = 0.0


def run_build(recipe: Recipe, state: State) -> Report:
    """Build once; a memory found to be damaged on the way is made anew, and so the site."""
    try:
        return Build(recipe, state).run()
    except sqlite3.DatabaseError as error:
        ours = isinstance(error, sqlite3.OperationalError | sqlite3.ProgrammingError)
        harmed = any(words in str(error) for words in ("UTF-8", "no such table", "no such column"))
        if ours and not harmed:  # a full disk, a lock, a defect: not damage
            raise
        state.reset()
        return Build(replace(recipe, look=None), state).run()


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
        ledgers = recipe.registry.ledgers.values()
        names = [family.name for family in recipe.registry]
        names += [f"{ledger.name} {ledger.version}" for ledger in ledgers]
        self.engine = digest([recipe.engine, *sorted(names)])
        self.ledgers = Ledgers(state, ledgers, self.engine)
        self.anew = state.meta("engine") != self.engine
        token, booted = state.meta("token"), state.meta("boot") == boot_id()
        self.intact = bool(token) and booted and token == self.tree.token()
        self.used: set[str] = set()
        """Recipes of kept drawings that this build used."""
        every = self.anew or not self.intact
        self.targets = Targets(state, recipe.registry, recipe.site, self.inputs, every)

    def run(self) -> Report:
        """Bring the output up to date with the content."""
        started = time.perf_counter()
        looked, found = self._look()
        intake = self._intake()
        parsed = intake.read(found, self.recipe.workers)
        self.report.read, self.report.documents = len(parsed), found.documents
        with ExitStack() as commit:
            commit.enter_context(self.state.transaction())
            changes, lists = intake.apply(parsed, found.gone, self.recipe.now)
            note_folders(self.state.db, found)
            self._replace_bodies()
            self.targets.memory = intake.memory
            wanted = self._choose(changes, lists, commit)
            self.state.db.execute("DELETE FROM pending")
            self._note_pending(wanted)
            self._remember(looked)
        for part in self._phases(wanted):
            self._make(part)
        self.report.seconds = time.perf_counter() - started
        return self.report

    def _look(self) -> tuple[int, Found]:
        """Return when the look at the disk began, and what was found."""
        if self.recipe.look:
            return self.recipe.look.began, self.recipe.look.found
        return time.time_ns(), discover(self.state.db, self.recipe.folder)

    def _choose(
        self, changes: list[ch.Change], lists: list[ListChange], commit: ExitStack
    ) -> dict[Wanted, str]:
        """Return what to render; where everything is looked at, the ledgers are brought up first.

        That takes a commit before, so that all processes see the documents; a build killed between
        the two is begun anew by the next.
        """
        anew = self.anew or bool(self.recipe.bodies)
        anew = self.ledgers.note(changes, self.recipe.site, self.recipe.now, anew=anew)
        touched: set[Wanted] = set()
        if anew or self.targets.memory or self.targets.rekeys:
            self.state.remember("engine", "")
            commit.pop_all().close()
            commit.enter_context(self.state.transaction())
            documents = self.targets.memory or MemoryDocuments.of_state(self.state)
            self.targets.memory = documents
            touched = self.ledgers.take_in(self._book(documents))
            self.targets.of_ledgers = self.ledgers.keys()
        wanted = self.targets.choose(changes, lists)
        return wanted | self.targets.paths(touched)

    def _book(self, documents: Documents) -> BookOf:
        recipe = self.recipe
        return BookOf(recipe.site, self.state, documents, recipe.workers, recipe.now)

    def _phases(self, wanted: dict[Wanted, str]) -> Iterator[dict[Wanted, str]]:
        """Yield the parts in which to make the outputs: what is slow must not delay an alert."""
        slow = {item for item in wanted if self.recipe.registry[item[0]].slow}
        if not self.intact or not (slow or self.ledgers.behind):
            yield wanted
            return
        for name in sorted({name for name, _ in slow}):
            self.recipe.registry[name].get_ready()
        yield {item: path for item, path in wanted.items() if item not in slow}
        self.recipe.made()
        with self.state.transaction():
            documents = self.targets.memory or StateDocuments(self.state)
            touched = self.ledgers.take_in(self._book(documents)) if self.ledgers.behind else set()
            self._note_pending(dict.fromkeys(touched, ""))
        yield {item: wanted[item] for item in slow} | self.targets.paths(touched)

    def _make(self, wanted: dict[Wanted, str]) -> None:
        """Render outputs, put them in their places and remember them."""
        self.tree.begin(fresh=not self.intact)
        batch = self._render(wanted)
        self._refuse_conflicts(batch)
        self._put(batch)
        token = self.tree.finish()
        self.used |= batch.drawn.keys()
        with self.state.transaction():
            self.report.build = record(self.state, batch, self.targets, fresh=not self.intact)
            self._forget_pending(wanted)
            self.state.remember("token", token)

    def _forget_pending(self, made: dict[Wanted, str]) -> None:
        """Note that these outputs are done; after the last of a whole build prune what is kept."""
        where = [(name, ch.key_text(key)) for name, key in made]
        self.state.db.executemany("DELETE FROM pending WHERE family = ? AND key = ?", where)
        left = self.state.db.execute("SELECT 1 FROM pending LIMIT 1").fetchone()
        if self.targets.every and not left:
            prune_kept(self.state, self.used)

    def _intake(self) -> Intake:
        recipe = self.recipe
        markdown = recipe.settings["MARKDOWN"]
        intake = Intake(self.state, recipe.folder, markdown, recipe.markup, self.anew)
        intake.preview = recipe.preview
        return intake

    def _replace_bodies(self) -> None:
        for identity, html in self.recipe.bodies.items():
            key = digest(["replaced", html])
            self.state.db.execute("INSERT OR IGNORE INTO body VALUES (?, ?)", (key, seal(html)))
            self.state.db.execute("UPDATE document SET body = ? WHERE id = ?", (key, identity))

    def _note_pending(self, targets: dict[Wanted, str]) -> None:
        self.state.db.executemany(
            "INSERT OR IGNORE INTO pending VALUES (?, ?)",
            sorted((name, ch.key_text(key)) for name, key in targets),
        )

    def _remember(self, looked: int) -> None:
        self.state.remember("looked", str(looked))
        self.state.remember("now", str(int(self.recipe.now.timestamp())))
        self.state.remember("engine", self.engine)
        self.state.remember("boot", boot_id())
        if not self.intact:
            self.state.remember("token", "")

    def _render(self, wanted: dict[Wanted, str]) -> Batch:
        standing = dict(_digests(self.state, wanted.values())) if self.intact else {}
        unknown = self.targets.unfinished
        targets: list[Target] = sorted(
            (path, name, key, b"" if (name, key) in unknown else standing.get(path, b""))
            for (name, key), path in wanted.items()
        )
        documents: Documents = self.targets.memory or StateDocuments(self.state)
        store = RecordingStore(documents, self.inputs, self.state, self.recipe.now)
        self.report.rendered += len(targets)
        renderer = Renderer(self.recipe.registry, store, self.tree)
        return render(renderer, targets, self.recipe.workers)

    def _refuse_conflicts(self, batch: Batch) -> None:
        """Raise Problems if two outputs claim one address; nothing has been put in place yet."""
        gone = {(item.family, item.key) for item in batch.made if not item.digest}
        owners: dict[str, Wanted] = {}
        for item in batch.made:
            if not item.digest:
                continue
            me = (item.family, item.key)
            other = owners.setdefault(item.path, me)
            if other == me and self.intact:
                other = _owner(self.state, item.path) or me
            if other != me and other not in gone:
                raise Problems([_conflict(item.path, item.key, other)])

    def _put(self, batch: Batch) -> None:
        registry = self.recipe.registry
        live = {item.path for item in batch.made if item.digest}
        changed = [item for item in batch.made if item.digest and (item.changed or not self.intact)]
        if self.intact:
            changed.sort(key=lambda item: (not registry[item.family].first, item.path))
            for item in changed:
                self.tree.put(item.path)
            gone = {item.path for item in batch.made if not item.digest} | self.targets.strangers
            self.report.removed += [path for path in gone - live if self.tree.remove(path)]
            self.report.removed.sort()
        self.report.fresh = not self.intact
        self.report.changed = sorted([*self.report.changed, *(item.path for item in changed)])


def _digests(state: State, paths: Iterable[str]) -> Iterator[tuple[str, bytes]]:
    for path, (_, _, digest_) in known_outputs(state, paths):
        yield path, digest_


def _owner(state: State, path: str) -> Wanted | None:
    for _, (name, key, _) in known_outputs(state, [path]):
        return name, ch.text_key(key)
    return None


def _conflict(path: str, key: Key, other: Wanted) -> Problem:
    return Problem(
        "content/" + "/".join(key),
        message=f"địa chỉ /{path.removesuffix('index.html')} đã dùng cho {' '.join(other[1])}",
        cure="đổi tên tệp (phần cuối địa chỉ)",
    )
