"""One at a time: a lock on a file that the kernel frees on any end of the process, a kill too."""

from __future__ import annotations

import os
import sys
from contextlib import contextmanager

TYPE_CHECKING = False
if TYPE_CHECKING:  # a build takes its lock before such modules are loaded
    from collections.abc import Iterator
    from pathlib import Path
    from typing import IO

if sys.platform == "win32":
    import msvcrt

    def _take(file: IO[str], wait: bool, shared: bool) -> None:  # noqa: ARG001 - no shared locks
        msvcrt.locking(file.fileno(), msvcrt.LK_LOCK if wait else msvcrt.LK_NBLCK, 1)
else:
    import fcntl

    def _take(file: IO[str], wait: bool, shared: bool) -> None:
        mode = fcntl.LOCK_SH if shared else fcntl.LOCK_EX
        fcntl.flock(file, mode if wait else mode | fcntl.LOCK_NB)


class Busy(Exception):
    """Another process holds the lock, and we were not to wait."""


@contextmanager
def locked(path: str | Path, wait: bool = True, shared: bool = False) -> Iterator[None]:
    """Hold the lock on `path` (made if need be); without `wait` raise Busy if it is taken.

    `shared`: many may hold it together, but none while one holds it alone.
    """
    os.makedirs(os.path.dirname(path) or ".", exist_ok=True)
    with open(path, "w") as file:
        try:
            _take(file, wait, shared)
        except OSError as error:
            raise Busy(str(path)) from error
        yield
