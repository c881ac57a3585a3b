"""Looks at the disk in a child process while the build's programme is still being loaded.

Loading takes as long as looking at the times of 50,000 files; on two cores the two then take the
time of one. The build's lock is held from before the look on, so nothing can come in between. What
the child cannot find out the build finds out itself.
"""

from __future__ import annotations

import json
import os
import sqlite3
import time
from contextlib import ExitStack
from pathlib import Path
from typing import NamedTuple

from model.lock import locked
from plugins.incremental.discover import Folder, Found, Programme, discover, programme
from plugins.incremental.state import SCHEMA

STATE = ".state"
LOCK = "build.lock"
DATABASE = "build.db"


class Look(NamedTuple):
    """What was found, and when the look began (nanoseconds)."""

    began: int
    found: Found
    programme: Programme


class Scout:
    """The build's lock on a site, and the look at its disk that goes on meanwhile."""

    def __init__(self, site: Path) -> None:
        self.site, self.state = site, site / STATE
        self._lock = ExitStack()
        self._lock.enter_context(locked(self.state / LOCK))
        self._pid, self._pipe = _sent(site, self.state / DATABASE)

    def holds(self, state: Path) -> bool:
        """Whether this is the scout of the site whose memory is in the folder `state`."""
        return state == self.state

    def look(self) -> Look | None:
        """Wait for the look; None if it was not possible. May be asked once."""
        pid, self._pid = self._pid, 0
        if not pid:
            return None
        with open(self._pipe, "rb") as pipe:  # noqa: PTH123 - a number, not a path
            said = pipe.read()
        _, status = os.waitpid(pid, 0)
        if status:
            return None
        began, (changed, gone, documents, folders, left), digests = json.loads(said)
        folders = tuple(Folder(*folder) for folder in folders)
        found = Found(tuple(changed), tuple(gone), documents, folders, tuple(left))
        return Look(began, found, Programme(*digests))

    def dismiss(self) -> None:
        """Let the lock go, whether the look was asked for or not."""
        self.look()
        self._lock.close()


def _sent(site: Path, database: Path) -> tuple[int, int]:
    """Start the child; return its process id and the pipe to read from; (0, 0) without `fork`."""
    if not hasattr(os, "fork"):
        return 0, 0
    answers, tells = os.pipe()
    pid = os.fork()
    if pid:
        os.close(tells)
        return pid, answers
    try:
        said = json.dumps(_seen(site, database)).encode()
        with open(tells, "wb") as pipe:  # noqa: PTH123 - a number, not a path
            pipe.write(said)
        os._exit(0)
    finally:  # whatever it was, the build meets it again where it can be said
        os._exit(1)


def _seen(site: Path, database: Path) -> Look:
    began = time.time_ns()
    db = sqlite3.connect(f"{database.as_uri()}?mode=rw", uri=True, timeout=60)
    try:
        if db.execute("PRAGMA user_version").fetchone()[0] != SCHEMA:
            raise sqlite3.DatabaseError("another schema")
        return Look(began, discover(db, site), programme())
    finally:
        db.close()
