"""What a release consists of: every file's SHA-256 and size, its number, the release before it.

The manifest stands beside the tree that it describes; a tree without one is unfinished. Numbers
only rise, and each manifest names the hash of the one before, so a mirror notices what is old.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

NAME = "manifest.json"
TWINS = (".gz", ".br")
"""Endings of the compressed twins; a twin follows from its file."""


@dataclass(frozen=True)
class Entry:
    """A file's SHA-256 (hexadecimal) and size in bytes."""

    sha256: str
    size: int


@dataclass(frozen=True)
class Manifest:
    """A release; `files` maps a path below the site's root to its Entry, without the twins."""

    number: int
    issued: str
    """RFC 3339."""
    build: str
    """Id of the build that it was made from."""
    previous: str = ""
    """SHA-256 of the manifest of the release before, "" for the first."""
    files: Mapping[str, Entry] = field(default_factory=dict)

    def dump(self) -> bytes:
        """Return the manifest's bytes; the same release has the same bytes."""
        files = {path: [item.sha256, item.size] for path, item in sorted(self.files.items())}
        head = {"version": 1, "number": self.number, "issued": self.issued, "build": self.build}
        whole = {**head, "previous": self.previous, "files": files}
        return json.dumps(whole, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"

    @property
    def sha256(self) -> str:
        """The hash that the next manifest names."""
        return hashlib.sha256(self.dump()).hexdigest()


def parse(data: bytes) -> Manifest:
    """Return the manifest in `data`; raise ValueError if it is none."""
    try:
        read = json.loads(data)
        files = {
            str(path): Entry(str(sha), int(size)) for path, (sha, size) in read["files"].items()
        }
        number, issued = int(read["number"]), str(read["issued"])
        return Manifest(number, issued, str(read["build"]), str(read["previous"]), files)
    except (KeyError, TypeError, AttributeError) as error:
        raise ValueError(f"no manifest: {error}") from error


def read(folder: Path) -> Manifest | None:
    """Return the manifest of the tree in `folder`; None if the tree is unfinished."""
    try:
        return parse((folder / NAME).read_bytes())
    except (FileNotFoundError, ValueError):
        return None


def read_number(folder: Path) -> int:
    """Return the number of the release in `folder` from the manifest's head; 0 if unfinished."""
    try:
        with (folder / NAME).open("rb") as file:
            head = re.match(rb'{"version":1,"number":(\d+),', file.read(64))
    except FileNotFoundError:
        return 0
    return int(head[1]) if head else 0


def entry_of(data: bytes) -> Entry:
    """Return the Entry of a file's bytes."""
    return Entry(hashlib.sha256(data).hexdigest(), len(data))


def differences(
    before: Mapping[str, Entry], after: Mapping[str, Entry]
) -> tuple[list[str], list[str]]:
    """Return (paths that are new or differ, paths that are gone), sorted."""
    changed = sorted(path for path, entry in after.items() if before.get(path) != entry)
    return changed, sorted(before.keys() - after.keys())
