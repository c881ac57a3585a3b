"""What changed on the disk since the last build: documents, their attachments, the programme.

A file counts as unchanged only when size, modification and change time are those that were noted,
and it was not touched so shortly before the last look that the clock could not tell. A folder whose
files have all the names and times of the last look is told by one hash: only where that differs are
the files looked up one by one.
"""

from __future__ import annotations

import os
import sqlite3
import sys
from array import array
from collections.abc import Iterator
from itertools import chain
from pathlib import Path
from typing import NamedTuple

from model.folder import Listing, Stamp, content_folders, stamp_of_stat
from plugins.incremental.digest import digest
from plugins.incremental.state import unseal

ENGINE = Path(__file__).resolve().parents[2]
RACY = 1_000_000_000
"""Nanoseconds before the last look within which a file's times are not believed."""


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


def stamp_of(path: Path) -> Stamp:
    """Return (size, mtime, ctime) of a file; zeros if there is none."""
    try:
        stat = path.stat()
    except OSError:
        return (0, 0, 0)
    return stamp_of_stat(stat)


def discover(db: sqlite3.Connection, site: Path) -> Found:
    """Compare the content folder with the state, which says when the last look began."""
    known = {name: Folder(name, *seen) for name, *seen in db.execute("SELECT * FROM folder")}
    doubtful = _looked(db) - RACY
    changed, gone = _touched_attachments(db, site), set[str]()
    folders, count = [], 0
    for listing in content_folders(site):
        count += len(listing.names)
        digest_ = _folder_digest(listing)
        noted = known.pop(listing.folder, None)
        if noted and noted.digest == digest_ and noted.newest <= doubtful:
            continue
        newest = max((max(stamp[1:]) for stamp in listing.stamps), default=0)
        now = Folder(listing.folder, digest_, newest)
        if now != noted and _sayable(listing.folder):
            folders.append(now)
        _compare(db, listing, doubtful, changed, gone)
    for name in known:
        gone.update(f"{name}/{file}" for file in _noted(db, name))
    found = tuple(sorted(changed - gone)), tuple(sorted(gone))
    return Found(*found, count, tuple(sorted(folders)), tuple(sorted(known)))


def _folder_digest(listing: Listing) -> str:
    """Return a hash of all names and stamps of a folder, in the order of the system's list."""
    numbers = array("q", list(chain.from_iterable(listing.stamps)))  # twice as fast as without
    return digest(["\0".join(listing.names), numbers.tobytes()])


def _compare(
    db: sqlite3.Connection,
    listing: Listing,
    doubtful: int,
    changed: set[str],
    gone: set[str],
) -> None:
    """Add the folder's files that are not as they were noted, and those that are there no more."""
    noted = _noted(db, listing.folder)
    for name, stamp in zip(listing.names, listing.stamps, strict=True):
        if noted.pop(name, None) != stamp or max(stamp[1], stamp[2]) > doubtful:
            changed.add(f"{listing.folder}/{name}")
    gone.update(f"{listing.folder}/{name}" for name in noted)


def _noted(db: sqlite3.Connection, folder: str) -> dict[str, Stamp]:
    """Return the stamps that the state has of the files in a folder."""
    if not _sayable(folder):
        return {}
    sql = "SELECT name, size, mtime, ctime FROM stamp WHERE folder = ?"
    return {name: (size, mtime, ctime) for name, size, mtime, ctime in db.execute(sql, (folder,))}


def _sayable(name: str) -> bool:
    """Whether a name is Unicode; SQLite takes no other, and no document lies below another."""
    try:
        name.encode()
    except UnicodeEncodeError:
        return False
    return True


def note_folders(db: sqlite3.Connection, found: Found) -> None:
    """Note the folders as they were looked at. Within the transaction that notes their files."""
    db.executemany("DELETE FROM folder WHERE name = ?", [(name,) for name in found.left])
    db.executemany("INSERT OR REPLACE INTO folder VALUES (?, ?, ?)", found.folders)


def _looked(db: sqlite3.Connection) -> int:
    found = db.execute("SELECT value FROM meta WHERE name = 'looked'").fetchone()
    return int((unseal(found[0]) if found else "") or 0)


def _touched_attachments(db: sqlite3.Connection, site: Path) -> set[str]:
    found = db.execute(
        "SELECT a.file, a.size, a.mtime, a.ctime, d.file"
        " FROM attachment a JOIN document d USING (id)"
    )
    return {owner for file, *stamp, owner in found if stamp_of(site / file) != tuple(stamp)}


def programme() -> Programme:
    """Return the digests of the engine's code and catalogues, with what is installed."""
    import sysconfig  # reads the settings of the whole C compiler

    with os.scandir(sysconfig.get_paths()["purelib"]) as found:
        installed = sorted(entry.name for entry in found if entry.name.endswith("-info"))
    head = [sys.version, *installed]
    model, plugins = (list(_code(os.fspath(ENGINE / room))) for room in ("model", "plugins"))
    return Programme(digest([*head, *model]), digest([*head, *model, *plugins]))


def _code(folder: str) -> Iterator[str | bytes]:
    """Yield the path and the bytes of each file of code or words below a folder, in order."""
    with os.scandir(folder) as found:
        entries = sorted(found, key=lambda entry: entry.name)
    for entry in entries:
        if entry.name.endswith((".py", ".po")):
            yield entry.path.removeprefix(f"{ENGINE}{os.sep}")
            with open(entry.path, "rb") as file:  # noqa: PTH123 - hundreds of files, each build
                yield file.read()
        elif entry.name != "__pycache__" and entry.is_dir():
            yield from _code(entry.path)
