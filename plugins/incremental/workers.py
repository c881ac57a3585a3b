"""Forked worker processes that share what their parent holds, and that never outlive it.

A worker whose parent was killed waits for ever to hand its result over: its brothers hold the other
end of the pipe. So each looks once a second whether its parent is still there, and ends if not.
"""

from __future__ import annotations

import gc
import os
import threading
import time
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from concurrent.futures import ProcessPoolExecutor

EVERY = 1.0
"""Seconds between two looks at the parent."""


def pool(
    workers: int, start: Callable[..., None] | None = None, arguments: tuple[Any, ...] = ()
) -> ProcessPoolExecutor:
    """Return a pool of forked workers; each first calls `start` with `arguments`."""
    from concurrent.futures import ProcessPoolExecutor  # 15 ms that an edit need not pay
    from multiprocessing import get_context

    begin = (os.getpid(), start, arguments)
    return ProcessPoolExecutor(workers, get_context("fork"), _begin, begin)


def _begin(parent: int, start: Callable[..., None] | None, arguments: tuple[Any, ...]) -> None:
    gc.freeze()  # what the parent holds is shared: looking through it for garbage would copy it
    threading.Thread(target=_end_with, args=(parent,), daemon=True).start()
    if start is not None:
        start(*arguments)


def _end_with(parent: int) -> None:
    while os.getppid() == parent:
        time.sleep(EVERY)
    os._exit(1)
