"""Every change that publishing makes on the local disk, so that tests can stop before each one.

A file is written beside its place and renamed: whoever reads sees the old bytes or the new ones.
Nothing is ever written into an existing file, because release trees share files by hard links.
"""

from __future__ import annotations

import os
import shutil
from contextlib import suppress
from pathlib import Path

TEMPORARY = ".loa-tmp"
"""Name of the file that is being written, in the folder of its place."""
SYNC_EACH = 256
"""Up to this many files are flushed one by one; beyond, the whole file system once."""


class Disk:
    """The local disk. `before` is called ahead of every change; it does nothing here."""

    def __init__(self) -> None:
        self.unsynced: list[Path] = []

    def before(self, change: str, path: Path) -> None:
        """Let a test stop the world ahead of a change."""

    def write(self, path: Path, data: bytes) -> None:
        """Put a file in place, whole."""
        temporary = self._beside(path)
        self.before("write", path)
        temporary.write_bytes(data)
        self._put(temporary, path)

    def link(self, source: Path, path: Path) -> None:
        """Put a file in place that shares the bytes of `source`."""
        temporary = self._beside(path)
        self.before("link", path)
        os.link(source, temporary)
        self._put(temporary, path)

    def _beside(self, path: Path) -> Path:
        self._make_way(path.parent)
        temporary = path.parent / TEMPORARY
        temporary.unlink(missing_ok=True)
        return temporary

    def _make_way(self, folder: Path) -> None:
        if folder.is_dir():
            return
        self.before("mkdir", folder)
        blocking = next((path for path in (folder, *folder.parents) if path.exists()), None)
        if blocking is not None and not blocking.is_dir():
            blocking.unlink()
        folder.mkdir(parents=True, exist_ok=True)

    def _put(self, temporary: Path, path: Path) -> None:
        self.before("rename", path)
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path)
        temporary.replace(path)
        self.unsynced.append(path)

    def unlink(self, path: Path, root: Path) -> None:
        """Remove a file, and the folders below `root` that it leaves empty."""
        self.before("unlink", path)
        with suppress(FileNotFoundError, NotADirectoryError):
            path.unlink()
        for parent in path.parents:
            if parent == root:
                break
            try:
                parent.rmdir()
            except OSError:
                break

    def rename(self, source: Path, path: Path) -> None:
        """Rename a file or folder."""
        self.before("rename", path)
        source.replace(path)

    def point(self, link: Path, target: str) -> None:
        """Make the symbolic link `link` lead to `target` by one rename."""
        temporary = link.with_name(f"{link.name}{TEMPORARY}")
        temporary.unlink(missing_ok=True)
        self.before("symlink", link)
        temporary.symlink_to(target)
        self.before("switch", link)
        temporary.replace(link)

    def remove_tree(self, folder: Path) -> None:
        """Remove a folder and all in it."""
        self.before("remove tree", folder)
        shutil.rmtree(folder)

    def clone(self, source: Path, folder: Path) -> None:
        """Make `folder` a copy of `source` that shares its files by hard links."""
        self.before("clone", folder)
        shutil.copytree(source, folder, copy_function=self._link_plainly, symlinks=True)

    def _link_plainly(self, source: str, path: str) -> None:
        self.before("clone file", Path(path))
        os.link(source, path)

    def sync(self) -> None:
        """Wait until what was put in place would survive a power cut."""
        self.before("sync", Path())
        if len(self.unsynced) > SYNC_EACH:
            os.sync()
        else:
            for path in {*self.unsynced, *(path.parent for path in self.unsynced)}:
                with suppress(FileNotFoundError):
                    _flush(path)
        self.unsynced.clear()


def _flush(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
