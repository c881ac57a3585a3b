"""Looks at the disk: which documents and attachments changed since the last build, which code.

A file counts as unchanged only when size, modification and change time are those that were noted,
and it was not touched so shortly before the last look that the clock could not tell. A folder whose
files have all the names and times of the last look is told by one hash: only where that differs are
the files looked up one by one.

Results are plain tuples, and little is imported: a child process does this while the build's own
modules are still being loaded (`scout`). `discover` gives them names.
"""

from __future__ import annotations

import os
import sys
from array import array
from itertools import chain

from model.folder import content_folders, stamp_of_stat
from plugins.incremental.digest import digest
from plugins.incremental.state import unseal

TYPE_CHECKING = False
if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Iterator

    from model.folder import Listing, Stamp, Todo

ENGINE = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
RACY = 1_000_000_000
"""Nanoseconds before the last look within which a file's times are not believed."""
FolderRow = tuple[str, str, int]
"""A folder, the hash of its files' names and stamps, their newest time."""
Seen = tuple[tuple[str, ...], tuple[str, ...], int, tuple[FolderRow, ...], tuple[str, ...]]
"""The fields of `discover.Found`."""

Part = tuple[set[str], set[str], int, list[FolderRow], list[str]]
"""Of some folders: changed and gone files, number of documents, rows that differ, names."""


def seen(db: sqlite3.Connection, site: str) -> Seen:
    """Compare the content folder with the state, which says when the last look began."""
    return whole(db, part(db, site), touched_attachments(db, site))


def part(db: sqlite3.Connection, site: str, todo: Todo | None = None) -> Part:
    """Compare the folders of `todo`, of all content without it, with the state."""
    known = {name: (name, *row) for name, *row in db.execute("SELECT * FROM folder")}
    doubtful = _looked(db) - RACY
    changed, gone = set[str](), set[str]()
    folders: list[FolderRow] = []
    visited: list[str] = []
    count = 0
    for listing in content_folders(site, todo):
        name, files, stamps = listing
        visited.append(name)
        count += len(files)
        digest_ = _folder_digest(listing)
        _, known_digest, known_newest = noted = known.get(name, (name, "", 0))
        if known_digest == digest_ and known_newest <= doubtful:
            continue
        newest = max((max(stamp[1:]) for stamp in stamps), default=0)
        now = (name, digest_, newest)
        if now != noted and _sayable(name):
            folders.append(now)
        _compare(db, listing, doubtful, changed, gone)
    return changed, gone, count, folders, visited


def together(one: Part, other: Part) -> Part:
    """Return what two saw who shared the folders."""
    changed, gone, count, folders, visited = one
    return (
        changed | other[0],
        gone | other[1],
        count + other[2],
        folders + other[3],
        visited + other[4],
    )


def whole(db: sqlite3.Connection, all_: Part, touched: Iterable[str] = ()) -> Seen:
    """Return what was seen when every folder was looked at; `touched` documents changed too."""
    changed, gone, count, folders, visited = all_
    left = {name for (name,) in db.execute("SELECT name FROM folder")}.difference(visited)
    gone = gone.union(f"{name}/{file}" for name in left for file in _noted(db, name))
    found = tuple(sorted(changed.union(touched) - gone)), tuple(sorted(gone))
    return (*found, count, tuple(sorted(folders)), tuple(sorted(left)))


def _folder_digest(listing: Listing) -> str:
    """Return a hash of all names and stamps of a folder, in the order of the system's list."""
    _, names, stamps = listing
    numbers = array("q", list(chain.from_iterable(stamps)))  # twice as fast as without the list
    return digest(["\0".join(names), numbers.tobytes()])


def _compare(
    db: sqlite3.Connection, listing: Listing, doubtful: int, changed: set[str], gone: set[str]
) -> None:
    """Add the folder's files that are not as they were noted, and those that are there no more."""
    folder, names, stamps = listing
    noted = _noted(db, folder)
    for name, stamp in zip(names, stamps, strict=True):
        if noted.pop(name, None) != stamp or max(stamp[1], stamp[2]) > doubtful:
            changed.add(f"{folder}/{name}")
    gone.update(f"{folder}/{name}" for name in noted)


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


def _looked(db: sqlite3.Connection) -> int:
    found = db.execute("SELECT value FROM meta WHERE name = 'looked'").fetchone()
    return int((unseal(found[0]) if found else "") or 0)


def touched_attachments(db: sqlite3.Connection, site: str) -> set[str]:
    """Return the documents of which an attachment is not as it was noted."""
    found = db.execute(
        "SELECT a.file, a.size, a.mtime, a.ctime, d.file"
        " FROM attachment a JOIN document d USING (id)"
    )
    return {owner for file, *stamp, owner in found if stamp_of(f"{site}/{file}") != tuple(stamp)}


def stamp_of(path: str) -> Stamp:
    """Return (size, mtime, ctime) of a file; zeros if there is none."""
    try:
        return stamp_of_stat(os.stat(path))
    except OSError:
        return (0, 0, 0)


def code_digests() -> tuple[str, str]:
    """Return the fields of `discover.Programme`."""
    import sysconfig  # reads the settings of the whole C compiler

    with os.scandir(sysconfig.get_paths()["purelib"]) as found:
        installed = sorted(entry.name for entry in found if entry.name.endswith("-info"))
    head = [sys.version, *installed]
    model, plugins = (list(_code(f"{ENGINE}{os.sep}{room}")) for room in ("model", "plugins"))
    return digest([*head, *model]), digest([*head, *model, *plugins])


def _code(folder: str) -> Iterator[str | bytes]:
    """Yield the path and the bytes of each file of code or words below a folder, in order."""
    with os.scandir(folder) as found:
        entries = sorted(found, key=lambda entry: entry.name)
    for entry in entries:
        if entry.name.endswith((".py", ".po")):
            yield entry.path.removeprefix(f"{ENGINE}{os.sep}")
            with open(entry.path, "rb") as file:
                yield file.read()
        elif entry.name != "__pycache__" and entry.is_dir():
            yield from _code(entry.path)
