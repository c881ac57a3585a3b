"""Files of a site, written so that no reader ever meets half of one."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable
from pathlib import Path


def put(path: Path, data: bytes, *, sync: bool = True) -> None:
    """Write a file whole: a temporary file beside it, then one rename.

    Without `sync` the caller syncs later: many files at once cost little more than one.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    try:
        with beside.open("wb") as file:
            file.write(data)
            file.flush()
            if sync:
                os.fsync(file.fileno())
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)


def sync(paths: Iterable[Path]) -> None:
    """Wait until these files are on the disk."""
    for path in paths:
        try:
            with path.open("rb+") as file:
                os.fsync(file.fileno())
        except FileNotFoundError:
            continue  # somebody removed it meanwhile: nothing to keep


def read(path: Path) -> bytes | None:
    """Return a file's bytes, or None if there is none."""
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return None


def fingerprint(data: bytes) -> str:
    """Return the hash by which `data/seen` knows a file's bytes; line ends do not count."""
    return hashlib.sha256(data.replace(b"\r\n", b"\n")).hexdigest()[:16]
