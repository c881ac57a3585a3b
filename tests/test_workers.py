"""Worker processes of a build end with it, however it ends."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

PARENT = """
import os, time
from plugins.incremental.workers import pool

def big(_):
    time.sleep(0.3)
    return os.getpid()

with pool(3) as processes:
    print(*set(processes.map(big, range(6))), flush=True)
    list(processes.map(bytes, [50_000_000] * 60))  # hands over more than a pipe holds
"""
PATIENCE = 60
"""Seconds until a worker that is still there is called left behind."""


def alive(pid: int) -> bool:
    """Whether the process exists and is more than a name waiting to be collected."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except (FileNotFoundError, ProcessLookupError):
        return False


def test_workers_of_a_killed_build_end() -> None:
    parent = subprocess.Popen([sys.executable, "-c", PARENT], stdout=subprocess.PIPE, text=True)
    assert parent.stdout
    workers = [int(word) for word in parent.stdout.readline().split()]
    assert workers
    assert all(map(alive, workers))
    os.kill(parent.pid, signal.SIGKILL)
    parent.wait()
    end = time.monotonic() + PATIENCE
    while (left := [pid for pid in workers if alive(pid)]) and time.monotonic() < end:
        time.sleep(0.2)
    assert not left
