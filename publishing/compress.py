"""Compressed twins beside what a browser reads as text: `page.html.gz`, `page.html.br`.

The same bytes always give the same twins (no time stamp in gzip's header, RFC 1952 section 2.3.1).
"""

from __future__ import annotations

import gzip
import os
from collections.abc import Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from multiprocessing import get_context
from pathlib import Path, PurePosixPath
from typing import NamedTuple

import brotli

TEXT = {
    *(".html", ".css", ".js", ".mjs", ".json", ".geojson", ".webmanifest", ".xml", ".atom", ".rss"),
    *(".svg", ".txt", ".csv", ".ics", ".vtt", ".md", ".xsl", ".wasm"),
}
SMALLEST = 256
"""Bytes below which a twin saves nothing."""
MANY = 64
"""From this many files on, several processes compress."""


class Twins(NamedTuple):
    """The gzip and Brotli forms of a file; b"" where there is none."""

    gz: bytes
    br: bytes


def twins(path: str, data: bytes, quality: int) -> Twins:
    """Return the twins of a file (`quality`: Brotli's, 0 to 11), but none that saves nothing."""
    if PurePosixPath(path).suffix not in TEXT or len(data) < SMALLEST:
        return Twins(b"", b"")
    gz = gzip.compress(data, 9, mtime=0)
    br = brotli.compress(data, quality=quality)
    return Twins(gz if len(gz) < len(data) else b"", br if len(br) < len(data) else b"")


def compress_all(root: Path, paths: list[str], quality: int) -> Iterator[tuple[str, bytes, Twins]]:
    """Yield (path, bytes, twins) of files below `root`, with as many processes as pay."""
    job = partial(_read, root, quality)
    workers = os.cpu_count() or 1
    if workers < 2 or len(paths) < MANY:
        yield from map(job, paths)
        return
    with ProcessPoolExecutor(workers, get_context("fork")) as pool:
        yield from _windows(pool, job, paths)


def _windows(
    pool: ProcessPoolExecutor, job: partial[tuple[str, bytes, Twins]], paths: list[str]
) -> Iterable[tuple[str, bytes, Twins]]:
    """Map in windows, so that memory does not grow with the site."""
    for start in range(0, len(paths), 16 * MANY):
        yield from pool.map(job, paths[start : start + 16 * MANY], chunksize=16)


def _read(root: Path, quality: int, path: str) -> tuple[str, bytes, Twins]:
    data = (root / path).read_bytes()
    return path, data, twins(path, data, quality)
