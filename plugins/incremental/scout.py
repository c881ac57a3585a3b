"""Looks at the disk in a child process while the build's programme is still being loaded.

Loading takes as long as looking at the times of 50,000 files; on two cores the two then take the
time of one. So the child starts before anything is loaded, and loads little itself; the build, once
loaded, takes what folders are left off its hands. The build's lock is held from before the look on,
so nothing can come in between. What cannot be found out this way the build finds out itself.
"""

from __future__ import annotations

import marshal
import os
import time
from contextlib import ExitStack, contextmanager, suppress

from model.folder import CONTENT, Todo
from model.lock import locked

TYPE_CHECKING = False
if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator
    from pathlib import Path

    from plugins.incremental.look import Part, Seen

STATE = ".state"
LOCK = "build.lock"
DATABASE = "build.db"
_PACKET = 4096
"""Bytes that a pipe hands over as one (`PIPE_BUF` of Linux)."""
Told = tuple[int, "Seen", tuple[str, str]]
"""The fields of `discover.Look`."""
Said = tuple[int, "Part", set[str], tuple[str, str]]
"""The child's half: when it began, what it saw, documents whose attachments changed, the code."""


class Shared(Todo):
    """Folders that two processes take from, by a pipe that keeps each name in one piece.

    Where there is no such pipe (it is Linux's), or it is full, the child keeps them to itself.
    """

    def __init__(self) -> None:
        super().__init__()
        self._read = self._write = -1
        if hasattr(os, "O_DIRECT") and hasattr(os, "pipe2"):
            with suppress(OSError):  # a system that has the names only
                self._read, self._write = os.pipe2(os.O_DIRECT | os.O_NONBLOCK | os.O_CLOEXEC)

    def add(self, folder: str) -> None:
        """Add a folder that whoever has time may take."""
        name = os.fsencode(folder)
        try:
            if self._write < 0 or len(name) > _PACKET:
                raise BlockingIOError
            os.write(self._write, name)
        except BlockingIOError:
            super().add(folder)

    def take(self) -> str | None:
        """Return a folder that nobody has taken; None when there is none at the moment."""
        try:
            name = os.read(self._read, _PACKET) if self._read >= 0 else b""
        except BlockingIOError:
            name = b""
        return os.fsdecode(name) if name else super().take()

    def only_take(self) -> None:
        """Keep what is found from now on: nobody else may be there to take it."""
        if self._write >= 0:
            os.close(self._write)
            self._write = -1


class Scout:
    """The build's lock on a site, and the look at its disk that goes on meanwhile."""

    def __init__(self, site: str | Path) -> None:
        self.site = os.fspath(site)
        self.state = os.path.join(self.site, STATE)
        self._database = os.path.join(self.state, DATABASE)
        self._lock = ExitStack()
        self._lock.enter_context(locked(os.path.join(self.state, LOCK)))
        self._todo = Shared()
        self._pid, self._answers = self._send()

    def holds(self, state: Path) -> bool:
        """Whether this is the scout of the site whose memory is in the folder `state`."""
        return os.fspath(state) == self.state

    def look(self) -> Told | None:
        """Help with the look and wait for it; None if it was not possible. May be asked once."""
        import sqlite3

        from plugins.incremental.look import part, together, whole

        try:
            with self._memory() as db:
                mine = part(db, self.site, self._todo)
                if (said := self._heard()) is None:
                    return None
                began, theirs, touched, digests = said
                return began, whole(db, together(mine, theirs), touched), digests
        except (OSError, sqlite3.Error, ValueError, TypeError):  # or what it holds is damaged
            self._heard()
            return None

    def dismiss(self) -> None:
        """Let the lock go, whether the look was asked for or not."""
        self._heard()
        self._lock.close()

    def _send(self) -> tuple[int, int]:
        """Start the child; return its process id and the pipe to read from; 0 without `fork`."""
        if not hasattr(os, "fork"):
            return 0, -1
        try:
            answers, tells = os.pipe()
        except OSError:
            return 0, -1
        try:
            pid = os.fork()
        except OSError:  # too many processes: the build looks itself
            os.close(answers)
            os.close(tells)
            return 0, -1
        if pid:
            os.close(tells)
            self._todo.only_take()
            return pid, answers
        try:
            said = marshal.dumps(self._seen())
            with open(tells, "wb") as pipe:
                pipe.write(said)
            os._exit(0)
        finally:  # whatever it was, the build meets it again where it can be said
            os._exit(1)

    def _seen(self) -> Said:
        """Look at the disk and the code; in the child."""
        began = time.time_ns()
        from plugins.incremental.look import code_digests, part, touched_attachments

        with self._memory() as db:
            self._todo.add(CONTENT)
            seen = part(db, self.site, self._todo)
            return began, seen, touched_attachments(db, self.site), code_digests()

    def _heard(self) -> Said | None:
        """Wait for the child; return what it said, None if nothing."""
        pid, self._pid = self._pid, 0
        if not pid:
            return None
        with open(self._answers, "rb") as pipe:
            said = pipe.read()
        _, status = os.waitpid(pid, 0)
        return None if status else marshal.loads(said)  # noqa: S302 - from our own child

    @contextmanager
    def _memory(self) -> Iterator[sqlite3.Connection]:
        """Open the build's memory; raise OSError or sqlite3.Error if there is none of ours."""
        import sqlite3

        from plugins.incremental.state import SCHEMA

        os.stat(self._database)  # SQLite would make one
        db = sqlite3.connect(self._database, timeout=60)
        try:
            if db.execute("PRAGMA user_version").fetchone()[0] != SCHEMA:
                raise sqlite3.DatabaseError("another schema")
            yield db
        finally:
            db.close()
