"""Looks at the disk in a child process while the build's programme is still being loaded.

Loading takes as long as looking at the times of 50,000 files; on two cores the two then take the
time of one. So the child starts before anything is loaded, and loads little itself. The build's
lock is held from before the look on, so nothing can come in between. What the child cannot find out
the build finds out itself.
"""

from __future__ import annotations

import marshal
import os
import time
from contextlib import ExitStack

from model.lock import locked

TYPE_CHECKING = False
if TYPE_CHECKING:
    from pathlib import Path

    from plugins.incremental.look import Seen

STATE = ".state"
LOCK = "build.lock"
DATABASE = "build.db"
Told = tuple[int, "Seen", tuple[str, str]]
"""The fields of `discover.Look`."""


class Scout:
    """The build's lock on a site, and the look at its disk that goes on meanwhile."""

    def __init__(self, site: str | Path) -> None:
        self.site = os.fspath(site)
        self.state = os.path.join(self.site, STATE)
        self._lock = ExitStack()
        self._lock.enter_context(locked(os.path.join(self.state, LOCK)))
        self._pid, self._pipe = _sent(self.site, os.path.join(self.state, DATABASE))

    def holds(self, state: Path) -> bool:
        """Whether this is the scout of the site whose memory is in the folder `state`."""
        return os.fspath(state) == self.state

    def look(self) -> Told | None:
        """Wait for the look; None if it was not possible. May be asked once."""
        pid, self._pid = self._pid, 0
        if not pid:
            return None
        with open(self._pipe, "rb") as pipe:
            said = pipe.read()
        _, status = os.waitpid(pid, 0)
        if status:
            return None
        told: Told = marshal.loads(said)  # noqa: S302 - from our own child
        return told

    def dismiss(self) -> None:
        """Let the lock go, whether the look was asked for or not."""
        self.look()
        self._lock.close()


def _sent(site: str, database: str) -> tuple[int, int]:
    """Start the child; return its process id and the pipe to read from; (0, 0) without `fork`."""
    if not hasattr(os, "fork"):
        return 0, 0
    answers, tells = os.pipe()
    pid = os.fork()
    if pid:
        os.close(tells)
        return pid, answers
    try:
        said = marshal.dumps(_seen(site, database))
        with open(tells, "wb") as pipe:
            pipe.write(said)
        os._exit(0)
    finally:  # whatever it was, the build meets it again where it can be said
        os._exit(1)


def _seen(site: str, database: str) -> Told:
    began = time.time_ns()
    import sqlite3

    from plugins.incremental.look import code_digests, seen
    from plugins.incremental.state import SCHEMA

    os.stat(database)
    db = sqlite3.connect(database, timeout=60)
    try:
        if db.execute("PRAGMA user_version").fetchone()[0] != SCHEMA:
            raise sqlite3.DatabaseError("another schema")
        return began, seen(db, site), code_digests()
    finally:
        db.close()
