"""Which outputs a build must make: those that changed documents, lists or settings touch.

Everything is named by (family, key); the family says the path. What an earlier build left
unfinished is always among them.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field

from model.output import Key, ListChange, Registry
from model.site import Site
from plugins.incremental import changes as ch
from plugins.incremental.documents import MemoryDocuments
from plugins.incremental.state import State
from plugins.incremental.store import Inputs

Wanted = tuple[str, Key]
"""(family, key) of an output."""


@dataclass
class Targets:
    """The choice of outputs of one build, and what it learnt on the way."""

    state: State
    registry: Registry
    site: Site
    inputs: Inputs
    every: bool
    """Whether each output must be made anew (another programme, a foreign output folder)."""
    memory: MemoryDocuments | None = None
    dirty: set[str] = field(default_factory=set)
    """Families all of whose outputs are made anew because a shared input changed."""
    unfinished: set[Wanted] = field(default_factory=set)
    """Outputs whose state on the disk is unknown: a build was cut short."""
    strangers: set[str] = field(default_factory=set)
    """Paths of outputs that no family makes any more."""
    of_ledgers: set[Wanted] = field(default_factory=set)
    """Every output that is made from ledgers, if they are up to date."""

    def choose(self, changes: list[ch.Change], lists: list[ListChange]) -> dict[Wanted, str]:
        """Return what to render: (family, key) -> path."""
        self.unfinished = self._unfinished()
        wanted = set(self._touched(changes, lists)) | self.unfinished
        wanted |= self._of_dirty_families() | self._of_site_keys()
        if self.rekeys:
            self.state.remember("site", self.inputs.digest("site:*"))
            wanted = self._rekey(wanted)
        return self.paths(wanted)

    @property
    def rekeys(self) -> bool:
        """Whether every output there is must be enumerated; ledgers are brought up before."""
        return self.every or self.state.meta("site") != self.inputs.digest("site:*")

    def paths(self, wanted: set[Wanted]) -> dict[Wanted, str]:
        """Return the outputs with their paths."""
        return {(name, key): self.registry[name].path(key) for name, key in wanted}

    def _touched(self, changes: list[ch.Change], lists: list[ListChange]) -> Iterator[Wanted]:
        rows = [row for change in changes for row in change if row]
        for family in self.registry:
            for row in rows:
                for key in family.keys_of(row, self.site):
                    yield family.name, key
            for change in lists:
                for key in family.list_keys(change):
                    yield family.name, key
        for path in ch.readers(self.state, changes, lists):
            yield from self._known("WHERE path = ?", path)

    def _known(self, where: str = "", *values: str) -> Iterator[Wanted]:
        found = self.state.db.execute(f"SELECT family, key FROM output {where}", values)  # noqa: S608
        for name, key in found.fetchall():
            yield name, ch.text_key(key)

    def _unfinished(self) -> set[Wanted]:
        found = self.state.db.execute("SELECT family, key FROM pending").fetchall()
        return {(name, ch.text_key(key)) for name, key in found if name in self.registry}

    def _of_dirty_families(self) -> set[Wanted]:
        for name, shared, known in self.state.db.execute("SELECT family, name, digest FROM input"):
            if name not in self.dirty and self.inputs.digest(shared) != known:
                self.dirty.add(name)
        self.dirty &= set(self.registry.names())
        found = {
            item for name in sorted(self.dirty) for item in self._known("WHERE family = ?", name)
        }
        if any(self.registry[name].awaits for name in self.dirty):
            self.memory = self.memory or MemoryDocuments.of_state(self.state)
            every = self._every_key(self.memory)
            found |= {item for item in every if self.registry[item[0]].awaits}
        return found

    def _of_site_keys(self) -> set[Wanted]:
        """Return outputs that appeared or went since the last build without any document."""
        found: list[list[str]] = json.loads(self.state.meta("site_keys") or "[]")
        before = {(name, key) for name, key in found}
        now = {
            (family.name, ch.key_text(key))
            for family in self.registry
            for key in family.site_keys(self.site)
        }
        if before != now:
            self.state.remember("site_keys", json.dumps(sorted(now), ensure_ascii=False))
        return {(name, ch.text_key(key)) for name, key in before ^ now if name in self.registry}

    def _rekey(self, wanted: set[Wanted]) -> set[Wanted]:
        """Enumerate every output; return those to make, note what stands for keys that went."""
        self.memory = self.memory or MemoryDocuments.of_state(self.state)
        every, known = set(self._every_key(self.memory)), set(self._known())
        self._retire(known - every, {self.registry[name].path(key) for name, key in every})
        self.unfinished &= every
        if self.every:
            self.dirty = set(self.registry.names())
            return every
        return (wanted & every) | (every - known)

    def _retire(self, gone: set[Wanted], paths: set[str]) -> None:
        """Give up what no key of today makes: its file goes, or its path passes to another key."""
        for name, key in gone:
            where = (name, ch.key_text(key))
            sql = "SELECT path FROM output WHERE family = ? AND key = ?"
            for (path,) in self.state.db.execute(sql, where).fetchall():
                if path in paths:
                    self.state.db.execute("DELETE FROM output WHERE path = ?", (path,))
                else:
                    self.strangers.add(path)

    def _every_key(self, memory: MemoryDocuments) -> Iterator[Wanted]:
        yield from self.of_ledgers
        lists = [whole_list(name, 0, len(members)) for name, members in memory.members.items()]
        for family in self.registry:
            for row in memory.rows.values():
                for key in family.keys_of(row, self.site):
                    yield family.name, key
            for change in lists:
                for key in family.list_keys(change):
                    yield family.name, key
            for key in family.site_keys(self.site):
                yield family.name, key


def whole_list(name: str, before: int, after: int) -> ListChange:
    """Return the change that touches all of a list."""
    return ListChange(name, before, after, 0, frozenset(), 0)
