"""Runs the reading of untrusted bytes in a child process with CPU and memory limits.

What a source sent may crash, hang or bloat a parser; then the child dies and the source fails in
one line, the run goes on. Children come from a fork server that has the parsers loaded. Limits of
CPU and memory are the operating system's (POSIX); elsewhere only the time limit holds.
"""

from __future__ import annotations

import contextlib
import json
import multiprocessing
import os
import threading
import traceback
from collections.abc import Callable
from functools import cache
from multiprocessing.connection import Connection
from typing import Any

from fetchers.formats import FORMATS
from fetchers.normalise import NORMALISERS

CPU_SECONDS = 20
WALL_SECONDS = 60
MEMORY = 512 * 1024 * 1024
"""Bytes that a child may take beyond what it has when it starts."""
LARGEST_RESULT = 256 * 1024 * 1024

Job = Callable[..., Any]


class ChildDied(Exception):
    """The child went over a limit; the message is Vietnamese, one line."""


class ChildCrashed(RuntimeError):
    """The child met an error that nobody expected: a fault of this program; holds its traceback."""


class Refused(Exception):
    """An expected failure inside the child, told across; the message is Vietnamese, one line."""


_places = threading.BoundedSemaphore(max(os.cpu_count() or 1, 1))


@cache
def _context() -> Any:
    methods = multiprocessing.get_all_start_methods()
    context = multiprocessing.get_context("forkserver" if "forkserver" in methods else "spawn")
    if "forkserver" in methods:
        context.set_forkserver_preload(
            ["fetchers.__main__", *FORMATS.values(), *NORMALISERS.values()]
        )
    return context


def run(job: Job, *arguments: Any, expected: tuple[type[Exception], ...] = ()) -> Any:
    """Return what `job(*arguments)` returns (JSON values) from a child process.

    An exception of a type in `expected` becomes Refused; any other is a ChildCrashed.
    """
    with _places:
        ours, theirs = _context().Pipe(duplex=False)
        process = _context().Process(
            target=_serve, args=(theirs, job, arguments, expected), daemon=True
        )
        process.start()
        theirs.close()
        try:
            return _result(ours)
        finally:
            ours.close()
            if process.is_alive():
                process.join(0.5)
            if process.is_alive():
                process.kill()
            process.join()
            process.close()


def _result(pipe: Connection) -> Any:
    try:
        if not pipe.poll(WALL_SECONDS):
            raise ChildDied(f"đọc dữ liệu quá {WALL_SECONDS} giây")
        said, value = json.loads(pipe.recv_bytes(LARGEST_RESULT))
    except (EOFError, OSError):
        raise ChildDied(
            f"đọc dữ liệu quá {CPU_SECONDS} giây máy hoặc quá {MEMORY // 1024 // 1024} MiB bộ nhớ"
        ) from None
    if said == "refused":
        raise Refused(value)
    if said == "memory":
        raise ChildDied(f"đọc dữ liệu quá {MEMORY // 1024 // 1024} MiB bộ nhớ")
    if said == "crashed":
        raise ChildCrashed(value)
    return value


def _serve(
    pipe: Connection, job: Job, arguments: tuple[Any, ...], expected: tuple[type[Exception], ...]
) -> None:
    os.dup2(os.open(os.devnull, os.O_WRONLY), 2)  # what a library mutters; errors go by the pipe
    try:
        _limit()
        answer: tuple[str, Any] = ("done", job(*arguments))
    except expected as error:
        answer = ("refused", str(error))
    except (MemoryError, RecursionError):
        answer = ("memory", "")
    except Exception:  # noqa: BLE001 - told to the parent, which raises it
        answer = ("crashed", traceback.format_exc())
    pipe.send_bytes(json.dumps(answer).encode())
    pipe.close()


def _limit() -> None:
    try:
        import resource
    except ImportError:  # pragma: no cover - not POSIX
        return
    pages = 0
    try:
        with open("/proc/self/statm", encoding="ascii") as file:  # noqa: PTH123
            pages = int(file.read().split()[0])
    except OSError:  # pragma: no cover - no /proc: the limit is on all memory then
        pages = 64 * 1024
    size = pages * resource.getpagesize() + MEMORY
    with contextlib.suppress(ValueError, OSError):  # some systems know no such limit
        resource.setrlimit(resource.RLIMIT_AS, (size, size))
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS + 1))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
