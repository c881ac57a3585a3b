"""The output folder: staged writing, then a rename a file; a fresh tree is swapped in whole.

Nothing is written into the output folder but by a rename on the same file system, so a file there
is always whole. A hidden token file ties the folder to the state that describes it.
"""

from __future__ import annotations

import hashlib
import os
import shutil
from errno import ENOSPC
from pathlib import Path

TOKEN = ".loa-build"  # noqa: S105 - a file's name


class Tree:
    """The output folder `root`, and the staging folder beside the state."""

    def __init__(self, root: Path, staging: Path) -> None:
        self.root, self.staging = root, staging
        self.fresh = False
        self._made: set[str] = set()
        """Folders that were made below the staging folder, as texts that end with "/"."""

    def token(self) -> str:
        """Return the token in the output folder, "" if there is none."""
        try:
            return (self.root / TOKEN).read_text()
        except OSError:
            return ""

    def begin(self, fresh: bool) -> None:
        """Empty the staging folder; `fresh`: the staged files will become the whole tree."""
        self.fresh = fresh
        self._made.clear()
        shutil.rmtree(self.staging, ignore_errors=True)
        self.staging.mkdir(parents=True)

    def stage(self, path: str, data: bytes) -> None:
        """Write an output's bytes where they wait for `put`."""
        folder = f"{self.staging}/{path[: path.rfind('/') + 1]}"
        if folder not in self._made:
            _make_folder(folder)
            self._made.add(folder)
        with open(f"{self.staging}/{path}", "wb", buffering=0) as file:  # noqa: PTH123 - as above
            written = file.write(data)
        if written != len(data):
            raise OSError(ENOSPC, os.strerror(ENOSPC), path)

    def put(self, path: str) -> None:
        """Move a staged file to its place (one rename)."""
        target = self.root / path
        try:
            (self.staging / path).replace(target)
        except (FileNotFoundError, NotADirectoryError, IsADirectoryError):
            self._make_way(target)
            (self.staging / path).replace(target)

    def _make_way(self, target: Path) -> None:
        for parent in reversed(target.relative_to(self.root).parents):
            folder = self.root / parent
            if folder.is_file() or folder.is_symlink():
                folder.unlink()
            folder.mkdir(exist_ok=True)
        if target.is_dir():
            shutil.rmtree(target)

    def remove(self, path: str) -> bool:
        """Remove an output and the folders that it leaves empty; say whether it was there."""
        target = self.root / path
        try:
            target.unlink()
        except (FileNotFoundError, NotADirectoryError, IsADirectoryError):
            return False
        for parent in target.parents:
            if parent == self.root:
                break
            try:
                parent.rmdir()
            except OSError:
                break
        return True

    def finish(self) -> str:
        """Swap in a fresh tree if there is one, clear the staging folder; return the token."""
        token = self.token()
        if self.fresh:
            token = os.urandom(16).hex()
            (self.staging / TOKEN).write_text(token)
            old = self.staging.with_name("replaced-output")
            shutil.rmtree(old, ignore_errors=True)
            self.root.parent.mkdir(parents=True, exist_ok=True)
            if self.root.exists():
                self.root.replace(old)
            self.staging.replace(self.root)
            shutil.rmtree(old, ignore_errors=True)
        shutil.rmtree(self.staging, ignore_errors=True)
        return token


def _make_folder(folder: str) -> None:
    """Make a folder and those above it. A full build makes one a document: no Path, one call."""
    try:
        os.mkdir(folder)  # noqa: PTH102
    except FileNotFoundError:
        os.makedirs(folder, exist_ok=True)  # noqa: PTH103
    except FileExistsError:
        pass


class TreeHash:
    """A hash of a set of files that follows each change without reading the others."""

    def __init__(self, text: str = "") -> None:
        self._sum = int(text or "0", 16)

    def add(self, path: str, digest: bytes) -> None:
        """Count a file in."""
        self._sum = (self._sum + _weight(path, digest)) % (1 << 128)

    def remove(self, path: str, digest: bytes) -> None:
        """Count a file out."""
        self._sum = (self._sum - _weight(path, digest)) % (1 << 128)

    def text(self) -> str:
        """Return the hash as 32 hexadecimal digits."""
        return f"{self._sum:032x}"


def _weight(path: str, digest: bytes) -> int:
    whole = hashlib.blake2b(path.encode() + b"\0" + digest, digest_size=16)
    return int.from_bytes(whole.digest(), "big")
