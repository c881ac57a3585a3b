"""What changed on the disk since the last build: documents, their attachments, the programme.

A file counts as unchanged only when size, modification and change time are those that were noted,
and it was not touched so shortly before the last look that the clock could not tell.
"""

from __future__ import annotations

import os
import sqlite3
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from model.folder import content_files
from plugins.incremental.digest import digest
from plugins.incremental.state import unseal

ENGINE = Path(__file__).resolve().parents[2]
RACY = 1_000_000_000
"""Nanoseconds before the last look within which a file's times are not believed."""
Stamp = tuple[int, int, int]


class Programme(NamedTuple):
    """Digests of what makes bodies (`markup`) and of all that makes outputs (`engine`)."""

    markup: str
    engine: str


class Found(NamedTuple):
    """Files to read again and files that are gone; how many documents there are."""

    changed: tuple[str, ...]
    gone: tuple[str, ...]
    documents: int


def stamp_of(path: Path) -> Stamp:
    """Return (size, mtime, ctime) of a file; zeros if there is none."""
    try:
        stat = path.stat()
    except OSError:
        return (0, 0, 0)
    return (stat.st_size, stat.st_mtime_ns, stat.st_ctime_ns)


def discover(db: sqlite3.Connection, site: Path) -> Found:
    """Compare the content folder with the state, which says when the last look began."""
    known: dict[str, Stamp] = {
        file: (size, mtime, ctime)
        for file, size, mtime, ctime in db.execute("SELECT file, size, mtime, ctime FROM stamp")
    }
    doubtful = _looked(db) - RACY
    changed = _touched_attachments(db, site)
    count = 0
    for count, (file, stat) in enumerate(content_files(site), 1):  # noqa: B007 - used below
        stamp = (stat.st_size, stat.st_mtime_ns, stat.st_ctime_ns)
        if known.pop(file, None) != stamp or max(stamp[1], stamp[2]) > doubtful:
            changed.add(file)
    return Found(tuple(sorted(changed - known.keys())), tuple(sorted(known)), count)


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
