"""One publication: what changed since the public release, gate, next tree, switch.

Locks: one publisher a folder of releases, and no build while the work tree is read. A kill at any
point leaves the public tree as it was, or the new one whole; the next run clears what is left.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from model.lock import locked
from model.problem import Problem, Problems
from model.site import Site, load_site
from publishing.changelog import changes_since
from publishing.compress import compress_all
from publishing.disk import Disk
from publishing.gate import Candidate, gate
from publishing.manifest import TWINS, Entry, Manifest, differences, entry_of
from publishing.settings import Publishing, load_publishing
from publishing.trees import Tree, Trees

STATE = ".state"


@dataclass(frozen=True)
class Outcome:
    """What a publication did; `changed` is 0 and `number` the standing one when nothing was new."""

    number: int
    folder: Path
    changed: int
    removed: int
    allowed: tuple[str, ...] = ()


class Publisher:
    """Publishes one site's `output/`."""

    def __init__(self, folder: Path, disk: Disk | None = None) -> None:
        self.folder, self.disk = folder, disk or Disk()
        self.site: Site = load_site(folder)
        self.settings: Publishing = load_publishing(folder)
        self.output = folder / "output"
        self.trees = Trees(self.settings.root(folder), self.settings.keep, self.disk)

    def publish(
        self,
        now: datetime,
        allowed: Sequence[str] = (),
        elsewhere: Callable[[], Manifest | None] = lambda: None,
    ) -> Outcome:
        """Make the built site public; raise Problems, nothing public touched, if it may not be.

        `elsewhere` is asked for the release that readers have when no folder here knows it (a
        fresh machine of CI): the gate judges what shrank by it, and the numbers go on from it.
        """
        with self.trees.locked(), self._no_build():
            self.trees.sweep()
            current = self.trees.current()
            standing = current.manifest if current else None
            public = standing or elsewhere()
            before = public.files if public else {}
            build, files = self._files(standing)
            changed, removed = differences(before, files)
            if current and standing and not changed and not removed:
                return Outcome(standing.number, current.folder, 0, 0)
            self._pass_gate(before, files, changed, removed, allowed)
            number = max(self.trees.next_number(), public.number + 1 if public else 1)
            previous = public.sha256 if public else ""
            tree = self._make(current, before, Manifest(number, _at(now), build, previous, files))
            self.trees.switch(tree.folder, "publish", now)
            return Outcome(tree.number, tree.folder, len(changed), len(removed), tuple(allowed))

    @contextmanager
    def _no_build(self) -> Iterator[None]:
        """Wait for a running build and keep the next one waiting."""
        if not self.output.is_dir():
            reason = "chưa dựng trang"
            raise Problems(
                [Problem(str(self.output), message=reason, cure="chạy make build trước")]
            )
        with locked(self.folder / STATE / "build.lock", shared=True):
            yield

    def _files(self, standing: Manifest | None) -> tuple[str, Mapping[str, Entry]]:
        """Return the build's id and every file of the work tree, reading only what may differ."""
        since = changes_since(
            self.folder / STATE / "changes.jsonl", standing.build if standing else ""
        )
        if standing is None or since.touched is None:
            return since.build, {path: self._entry(path) for path in _walk(self.output)}
        files = dict(standing.files)
        for path in since.touched:
            files.pop(path, None)
            if (self.output / path).is_file():
                files[path] = self._entry(path)
        return since.build, files

    def _entry(self, path: str) -> Entry:
        return entry_of((self.output / path).read_bytes())

    def _pass_gate(
        self,
        before: Mapping[str, Entry],
        files: Mapping[str, Entry],
        changed: Sequence[str],
        removed: Sequence[str],
        allowed: Sequence[str],
    ) -> None:
        candidate = Candidate(
            self.folder,
            self.site,
            self.output,
            before,
            files,
            changed,
            removed,
            self.settings.redirects,
        )
        if reasons := gate(candidate, allowed):
            raise Problems(reasons)

    def _make(
        self, current: Tree | None, standing: Mapping[str, Entry], manifest: Manifest
    ) -> Tree:
        """Bring an idle tree to the files of `manifest` and finish it."""
        files = manifest.files
        tree, held = self.trees.idle()
        changed, removed = differences(held.files if held else {}, files)
        for path in removed:
            self._drop(tree, path)
        at_hand = [path for path in changed if current and standing.get(path) == files[path]]
        for path in at_hand:
            self._share(tree, current, path)
        known = set(at_hand)
        self._bring(tree, [path for path in changed if path not in known], files)
        self.trees.finish(tree, manifest)
        return Tree(tree.folder)

    def _drop(self, tree: Tree, path: str) -> None:
        for end in ("", *TWINS):
            file = tree.public / f"{path}{end}"
            if file.is_file() or not end:
                self.disk.unlink(file, tree.public)

    def _share(self, tree: Tree, current: Tree | None, path: str) -> None:
        """Take a file and its twins from the public tree, where it stands already."""
        if current is None:
            return
        for end in ("", *TWINS):
            source, file = current.public / f"{path}{end}", tree.public / f"{path}{end}"
            if source.is_file():
                self.disk.link(source, file)
            elif file.is_file():
                self.disk.unlink(file, tree.public)

    def _bring(self, tree: Tree, paths: list[str], files: Mapping[str, Entry]) -> None:
        """Copy files from the work tree and write their twins."""
        for path, data, twins in compress_all(self.output, paths, self.settings.brotli):
            if entry_of(data) != files[path]:
                cure = "không sửa tay tệp trong output/; chạy lại make publish"
                raise Problems([Problem(path, message="đổi trong lúc đang xuất bản", cure=cure)])
            self.disk.write(tree.public / path, data)
            for end, twin in zip(TWINS, twins, strict=True):
                file = tree.public / f"{path}{end}"
                if twin:
                    self.disk.write(file, twin)
                elif file.is_file():
                    self.disk.unlink(file, tree.public)

    def rollback(self, now: datetime, number: int | None = None) -> Outcome:
        """Make an earlier release public again: release `number`, or the one before the present."""
        with self.trees.locked():
            self.trees.sweep()
            current = self.trees.current()
            shown = [
                tree for tree in self.trees.published() if current and tree.number != current.number
            ]
            if number is None and current:
                shown = [tree for tree in shown if tree.number < current.number]
            elif number is not None:
                shown = [tree for tree in shown if tree.number == number]
            if not shown and number is None:
                reason, cure = (
                    "không còn bản nào trước bản đang chạy",
                    "sửa nội dung rồi make publish",
                )
                raise Problems([Problem("rollback", message=reason, cure=cure)])
            if not shown:
                cure = "xem các bản còn giữ: python -m publishing list"
                raise Problems([Problem("rollback", message="không có bản nào như vậy", cure=cure)])
            self.trees.switch(shown[0].folder, "rollback", now)
            return Outcome(shown[0].number, shown[0].folder, 0, 0)


def _walk(root: Path) -> Iterator[str]:
    """Yield every public file of a tree; hidden ones are the build's own, but `.well-known`."""
    for path in sorted(root.rglob("*")):
        relative = path.relative_to(root)
        hidden = any(part.startswith(".") and part != ".well-known" for part in relative.parts)
        if path.is_file() and not hidden and path.suffix not in TWINS:
            yield relative.as_posix()


def _at(now: datetime) -> str:
    return now.isoformat(timespec="seconds")
