"""What changed on the disk since the last build, with names; how it is found out is in `look`."""

from __future__ import annotations

import os
import sqlite3
from pathlib import Path
from typing import NamedTuple

from model.folder import Stamp
from plugins.incremental import look
from plugins.incremental.scout import Told
from plugins.incremental.state import DamagedError


class Programme(NamedTuple):
    """Digests of what makes bodies (`markup`) and of all that makes outputs (`engine`)."""

    markup: str
    engine: str


class Folder(NamedTuple):
    """A folder as it was looked at: a hash of its files' names and stamps, their newest time."""

    name: str
    digest: str
    newest: int


class Found(NamedTuple):
    """Files to read again and files that are gone; how many documents there are.

    `folders` are those that are not as they were noted, `left` those that are gone.
    """

    changed: tuple[str, ...]
    gone: tuple[str, ...]
    documents: int
    folders: tuple[Folder, ...] = ()
    left: tuple[str, ...] = ()

    @classmethod
    def of(cls, seen: look.Seen) -> Found:
        """Return what was seen, with names."""
        changed, gone, documents, folders, left = seen
        return cls(changed, gone, documents, tuple(Folder(*row) for row in folders), left)


class Look(NamedTuple):
    """What a scout found, and when its look began (nanoseconds)."""

    began: int
    found: Found
    programme: Programme

    @classmethod
    def of(cls, told: Told) -> Look:
        """Return what a scout told, with names."""
        began, seen, digests = told
        return cls(began, Found.of(seen), Programme(*digests))


def discover(db: sqlite3.Connection, site: Path) -> Found:
    """Compare the content folder with the state, which says when the last look began.

    Raises DamagedError when the state holds what no build wrote.
    """
    try:
        return Found.of(look.seen(db, os.fspath(site)))
    except (ValueError, TypeError):
        raise DamagedError("the build's memory holds what no build wrote") from None


def programme() -> Programme:
    """Return the digests of the engine's code and catalogues, with what is installed."""
    return Programme(*look.code_digests())


def stamp_of(path: Path) -> Stamp:
    """Return (size, mtime, ctime) of a file; zeros if there is none."""
    return look.stamp_of(os.fspath(path))


def note_folders(db: sqlite3.Connection, found: Found) -> None:
    """Note the folders as they were looked at. Within the transaction that notes their files."""
    db.executemany("DELETE FROM folder WHERE name = ?", [(name,) for name in found.left])
    db.executemany("INSERT OR REPLACE INTO folder VALUES (?, ?, ?)", found.folders)
