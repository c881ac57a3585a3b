"""The release trees: `trees/<name>/public/` with its manifest beside it; `current` leads to one.

Trees share unchanged files by hard links. Of the trees the current one and the newest published
ones are kept; the one that is no longer needed becomes the next release by what differs alone.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from pathlib import Path

from model.lock import Busy, locked
from model.problem import Problem, Problems
from publishing import manifest as mf
from publishing.disk import Disk
from publishing.manifest import Manifest

HISTORY = "history.json"
REMEMBERED = 200
"""Lines of history that are kept."""


@dataclass(frozen=True)
class Tree:
    """One release tree on the disk."""

    folder: Path

    @property
    def public(self) -> Path:
        """The folder that a web server serves."""
        return self.folder / "public"

    @cached_property
    def manifest(self) -> Manifest | None:
        """Its manifest; None while it is unfinished."""
        return mf.read(self.folder)

    @cached_property
    def number(self) -> int:
        """The release's number, 0 while unfinished."""
        return mf.read_number(self.folder)


class Trees:
    """The folder of a site's releases."""

    def __init__(self, root: Path, keep: int, disk: Disk) -> None:
        self.root, self.keep, self.disk = root, keep, disk

    @contextmanager
    def locked(self) -> Iterator[None]:
        """Hold the right to publish; raise Problems if another holds it. Any end frees it."""
        try:
            with locked(self.root / "publish.lock", wait=False):
                yield
        except Busy:
            wait, reason = "đợi lần đó xong rồi chạy lại", "đang có một lần xuất bản khác"
            raise Problems([Problem(str(self.root), message=reason, cure=wait)]) from None

    @property
    def link(self) -> Path:
        """The symbolic link that leads to the public tree."""
        return self.root / "current"

    def current(self) -> Tree | None:
        """Return the public tree, None before the first release."""
        try:
            name = self.link.readlink().name
        except FileNotFoundError:
            return None
        tree = Tree(self.root / "trees" / name)
        return tree if tree.number else None

    def every(self) -> list[Tree]:
        """Return all trees, finished or not, newest release first."""
        folders = (self.root / "trees").glob("[!.]*")
        return sorted((Tree(path) for path in folders), key=lambda tree: -tree.number)

    def history(self) -> list[dict[str, str | int]]:
        """Return what was made public and when, oldest first."""
        try:
            return list(json.loads((self.root / HISTORY).read_bytes()))
        except FileNotFoundError:
            return []

    def published(self) -> list[Tree]:
        """Return the trees that were public at some time or are now, newest first."""
        current = self.current()
        shown = {int(line["number"]) for line in self.history()}
        if current:
            shown.add(current.number)
        return [tree for tree in self.every() if tree.number in shown]

    def next_number(self) -> int:
        """Return a number that no release ever had."""
        past = [int(line["number"]) for line in self.history()]
        return max([tree.number for tree in self.every()] + past, default=0) + 1

    def sweep(self) -> None:
        """Remove what a killed run left: unfinished trees, temporary files."""
        public = self.link.readlink().name if self.link.is_symlink() else ""
        for tree in self.every():
            if not tree.number and tree.folder.name != public:
                self.disk.remove_tree(tree.folder)
        for path in self.root.glob("*.loa-tmp"):
            path.unlink()
        current = self.current()
        if current and all(line["number"] != current.number for line in self.history()):
            self._note(current, "publish", current.manifest.issued if current.manifest else "")

    def idle(self) -> tuple[Tree, Manifest | None]:
        """Return a tree to make the next release in, and what it holds (None: nothing).

        The oldest one that need not be kept; where there is none, a copy of the current tree; for
        the first release an empty one. Its manifest is taken away: it counts as unfinished.
        """
        kept = self.kept()
        spare = [tree for tree in self.every() if tree.folder not in kept]
        if spare:
            tree = spare[-1]
            found = tree.manifest
            self.disk.unlink(tree.folder / mf.NAME, tree.folder)
            return tree, found
        return self._new()

    def _new(self) -> tuple[Tree, Manifest | None]:
        names = {tree.folder.name for tree in self.every()}
        name = next(name for name in map(str, range(1, len(names) + 2)) if name not in names)
        tree, current = Tree(self.root / "trees" / name), self.current()
        if current is None:
            tree.public.mkdir(parents=True)
            return tree, None
        self.disk.clone(current.public, tree.public)
        return tree, current.manifest

    def kept(self) -> set[Path]:
        """Return the folders of the trees that must stay: the current one and the newest others."""
        current = self.current()
        others = [tree for tree in self.published() if not current or tree.folder != current.folder]
        stay = others[: self.keep - 1] if current else others[: self.keep]
        return {tree.folder for tree in ([current] if current else []) + stay}

    def finish(self, tree: Tree, manifest: Manifest) -> None:
        """Write the tree's manifest: from now on it is finished."""
        self.disk.write(tree.folder / mf.NAME, manifest.dump())
        self.disk.sync()

    def switch(self, folder: Path, action: str, now: datetime) -> None:
        """Make a finished tree the public one, by one rename, and note it."""
        tree = Tree(folder)
        self.disk.point(self.link, f"trees/{tree.folder.name}")
        self._note(tree, action, now.isoformat(timespec="seconds"))

    def _note(self, tree: Tree, action: str, at: str) -> None:
        line: dict[str, str | int] = {"number": tree.number, "action": action, "at": at}
        lines = [*self.history(), line][-REMEMBERED:]
        self.disk.write(self.root / HISTORY, json.dumps(lines, indent=1).encode() + b"\n")
