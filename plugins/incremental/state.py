"""The build's memory: one SQLite file beside the output. Deleting it is always safe.

Documents, list memberships, rendered bodies, outputs with what each was made from. A file that is
damaged, of another schema or of another programme is set aside and made anew.
"""

from __future__ import annotations

import sqlite3
import zlib
from contextlib import contextmanager, suppress

TYPE_CHECKING = False
if TYPE_CHECKING:  # a build reads its memory before such modules are loaded
    from collections.abc import Iterable, Iterator
    from pathlib import Path

_TABLES = """
CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE document (
    id TEXT PRIMARY KEY, file TEXT NOT NULL UNIQUE, digest TEXT NOT NULL, body TEXT NOT NULL,
    state TEXT NOT NULL, json TEXT NOT NULL
) WITHOUT ROWID;
CREATE TABLE stamp (folder TEXT, name TEXT, size INTEGER, mtime INTEGER, ctime INTEGER,
    PRIMARY KEY (folder, name)) WITHOUT ROWID;
CREATE TABLE folder (name TEXT PRIMARY KEY, digest TEXT NOT NULL, newest INTEGER NOT NULL)
    WITHOUT ROWID;
CREATE TABLE attachment (file TEXT, id TEXT, size INTEGER, mtime INTEGER, ctime INTEGER,
    PRIMARY KEY (file, id)) WITHOUT ROWID;
CREATE TABLE due (at INTEGER, id TEXT, PRIMARY KEY (at, id)) WITHOUT ROWID;
CREATE TABLE body (key TEXT PRIMARY KEY, html TEXT NOT NULL);
CREATE TABLE todo (ledger TEXT, id TEXT, PRIMARY KEY (ledger, id)) WITHOUT ROWID;
CREATE TABLE member (list TEXT, place TEXT, id TEXT, PRIMARY KEY (list, place)) WITHOUT ROWID;
CREATE TABLE list (name TEXT PRIMARY KEY, count INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE output (path TEXT PRIMARY KEY, family TEXT NOT NULL, key TEXT NOT NULL,
    digest BLOB NOT NULL) WITHOUT ROWID;
CREATE TABLE reading (name TEXT, path TEXT, depth INTEGER, PRIMARY KEY (name, path)) WITHOUT ROWID;
CREATE INDEX reading_path ON reading (path);
CREATE TABLE input (family TEXT, name TEXT, digest TEXT NOT NULL,
    PRIMARY KEY (family, name)) WITHOUT ROWID;
CREATE TABLE kept (recipe TEXT PRIMARY KEY, data BLOB NOT NULL) WITHOUT ROWID;
CREATE TABLE pending (family TEXT, key TEXT, PRIMARY KEY (family, key)) WITHOUT ROWID;
"""
SCHEMA = zlib.crc32(_TABLES.encode()) >> 1
"""Follows the tables by itself; a state with other tables is made anew."""


class State:
    """The open state file. Times in `stamp` are nanoseconds of `stat`; `due.at` is Unix time."""

    def __init__(self, path: Path) -> None:
        self.path = path
        path.parent.mkdir(parents=True, exist_ok=True)
        self.fresh = False
        try:
            self.db = _open(path)
            if self._version() != SCHEMA:
                raise sqlite3.DatabaseError("another schema")
        except sqlite3.DatabaseError:
            self._start_anew()

    def _version(self) -> int:
        version = self.db.execute("PRAGMA user_version").fetchone()[0]
        if version == SCHEMA:
            self.db.execute("SELECT count(*) FROM meta").fetchone()
        return int(version)

    def _start_anew(self) -> None:
        if hasattr(self, "db"):
            self.db.close()
        for suffix in ("", "-wal", "-shm"):
            with suppress(FileNotFoundError):
                self.path.with_name(f"{self.path.name}{suffix}").unlink()
        self.fresh = True
        self.db = _open(self.path)
        self.db.executescript(f"BEGIN; {_TABLES} PRAGMA user_version = {SCHEMA}; COMMIT;")

    def reset(self) -> None:
        """Forget everything, bodies too."""
        self._start_anew()

    def close(self) -> None:
        """Close the file; what was not committed is forgotten."""
        self.db.close()

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Commit what the block does, or nothing of it."""
        self.db.execute("BEGIN IMMEDIATE")
        try:
            yield
        except BaseException:
            self.db.execute("ROLLBACK")
            raise
        self.db.execute("COMMIT")

    def meta(self, name: str) -> str:
        """Return a remembered value, "" if there is none."""
        row = self.db.execute("SELECT value FROM meta WHERE name = ?", (name,)).fetchone()
        return unseal(row[0]) if row else ""

    def remember(self, name: str, value: str) -> None:
        """Remember a value under a name."""
        self.db.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", (name, seal(value)))

    def forget_documents(self) -> None:
        """Empty all that follows from documents but the outputs on the disk and the bodies."""
        for table in (
            "document",
            "stamp",
            "attachment",
            "due",
            "member",
            "list",
            "reading",
            "input",
        ):
            self.db.execute(f"DELETE FROM {table}")  # noqa: S608 - names above

    def has_bodies(self) -> bool:
        """Say whether any body is at hand."""
        return self.db.execute("SELECT 1 FROM body LIMIT 1").fetchone() is not None

    def bodies(self, keys: Iterable[str]) -> set[str]:
        """Return which of these bodies are at hand."""
        return {
            key
            for key in keys
            if self.db.execute("SELECT 1 FROM body WHERE key = ?", (key,)).fetchone()
        }


def _open(path: Path) -> sqlite3.Connection:
    db = sqlite3.connect(path, isolation_level=None, timeout=60)
    try:
        db.execute("PRAGMA journal_mode = WAL")
        db.execute("PRAGMA synchronous = OFF")  # see `boot_id`: a crash of the machine is noticed
        db.execute("PRAGMA cache_size = -8192")
    except sqlite3.DatabaseError:
        db.close()
        raise
    return db


def boot_id() -> str:
    """Return what tells this run of the machine from the last; "" where the system does not say.

    Neither the state nor the output is forced to the disk, so what a machine held when its power
    failed is not to be believed; after each boot the first build writes the tree anew.
    """
    try:
        with open("/proc/sys/kernel/random/boot_id", encoding="ascii") as file:
            return file.read().strip()
    except OSError:
        return ""


class DamagedError(sqlite3.DatabaseError):
    """What the state holds is not what was written."""


def seal(text: str) -> str:
    """Return `text` with a check sum in front, as the state keeps what the public will read."""
    return f"{zlib.crc32(text.encode('utf-8', 'surrogatepass')):08x}{text}"


def unseal(sealed: str) -> str:
    """Return what `seal` was given; raise DamagedError if it is not the same any more."""
    if isinstance(sealed, str):
        text = sealed[8:]
        if sealed[:8] == f"{zlib.crc32(text.encode('utf-8', 'surrogatepass')):08x}":
            return text
    raise DamagedError("a text of the build's memory is damaged")
