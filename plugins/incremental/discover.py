"""What changed on the disk since the last build, and what the changed files hold.

A file counts as unchanged only when size, modification and change time are those that were noted,
and it was not touched so shortly before the last look that the clock could not tell.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

from model.content import content_files, load
from model.markup import Converter
from model.problem import Problem, Problems
from plugins.incremental.state import State
from plugins.incremental.templates import digest

RACY = 1_000_000_000
"""Nanoseconds before the last look within which a file's times are not believed."""
CHUNK = 64
Stamp = tuple[int, int, int]


class Parsed(NamedTuple):
    """A file read: its document as JSON, its body as HTML (None: the body is at hand)."""

    file: str
    stamp: Stamp
    identity: str
    digest: str
    body: str
    json: str
    html: str | None
    attachments: tuple[tuple[str, Stamp], ...]


@dataclass(frozen=True)
class Found:
    """Files to read again and files that are gone."""

    changed: tuple[str, ...]
    gone: tuple[str, ...]


def stamp_of(path: Path) -> Stamp:
    """Return (size, mtime, ctime) of a file; zeros if there is none."""
    try:
        stat = path.stat()
    except OSError:
        return (0, 0, 0)
    return (stat.st_size, stat.st_mtime_ns, stat.st_ctime_ns)


def discover(state: State, site: Path, looked: int) -> Found:
    """Compare the content folder with the state; `looked`: when the last look began (ns)."""
    known: dict[str, Stamp] = {
        file: (size, mtime, ctime)
        for file, size, mtime, ctime in state.db.execute(
            "SELECT file, size, mtime, ctime FROM document"
        )
    }
    changed = _touched_attachments(state, site)
    for file, stat in content_files(site):
        stamp = (stat.st_size, stat.st_mtime_ns, stat.st_ctime_ns)
        if known.pop(file, None) != stamp or max(stamp[1:]) > looked - RACY:
            changed.add(file)
    return Found(tuple(sorted(changed - known.keys())), tuple(sorted(known)))


def _touched_attachments(state: State, site: Path) -> set[str]:
    found = state.db.execute(
        "SELECT a.file, a.size, a.mtime, a.ctime, d.file"
        " FROM attachment a JOIN document d USING (id)"
    )
    return {owner for file, *stamp, owner in found if stamp_of(site / file) != tuple(stamp)}


class Reader:
    """Reads files into Parsed; one a process, because a Markdown instance has state."""

    def __init__(
        self, site: Path, markdown: dict[str, Any], recipe: str, state: Path | None
    ) -> None:
        self.site, self.recipe, self.state_path = site, recipe, state
        self._converter = Converter(markdown)
        self._state: State | None = None

    def _has_body(self, key: str) -> bool:
        if self.state_path is None:
            return False
        if self._state is None:
            self._state = State(self.state_path)
        return bool(self._state.bodies([key]))

    def read(self, file: str) -> Parsed:
        """Return what `file` holds; raise Problems, all at once, if it may not be published."""
        path = self.site / file
        stamp = stamp_of(path)
        try:
            data = path.read_bytes()
        except OSError as error:
            raise Problems(
                [
                    Problem(
                        file,
                        message=f"không đọc được ({error.strerror})",
                        cure="kiểm tra quyền đọc tệp",
                    )
                ]
            ) from None
        loaded = load(file, data)
        attached = [(name, stamp_of(self.site / name)) for name in loaded.document.files()]
        texts = [_bytes(self.site / name) for name, _ in attached]
        folder = file.rpartition("/")[0]
        key = digest([self.recipe, folder, loaded.body])
        html = None if self._has_body(key) else self._converter.html(loaded.body, folder)
        json = loaded.document.model_dump_json(exclude_defaults=True)
        whole = digest([data, *texts])
        return Parsed(file, stamp, loaded.identity, whole, key, json, html, tuple(attached))

    def read_all(self, files: Sequence[str]) -> tuple[list[Parsed], list[Problem]]:
        """Read many files; return what could be read and every problem."""
        parsed: list[Parsed] = []
        problems: list[Problem] = []
        for file in files:
            try:
                parsed.append(self.read(file))
            except Problems as error:
                problems += error.problems
        return parsed, problems


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError:
        return b""


_reader: Reader | None = None


def _start(*arguments: Any) -> None:
    global _reader
    _reader = Reader(*arguments)


def _read_chunk(files: Sequence[str]) -> tuple[list[Parsed], list[Problem]]:
    if _reader is None:
        raise RuntimeError("the worker was not started by _start")
    return _reader.read_all(files)


def read_files(
    files: Sequence[str], arguments: tuple[Any, ...], workers: int
) -> tuple[list[Parsed], list[Problem]]:
    """Read files with as many processes as pay; `arguments` are those of Reader."""
    if workers < 2 or len(files) < 2 * CHUNK or not hasattr(os, "fork"):
        return Reader(*arguments).read_all(files)
    from concurrent.futures import ProcessPoolExecutor  # 15 ms that an edit need not pay
    from multiprocessing import get_context

    chunks = [files[start : start + CHUNK] for start in range(0, len(files), CHUNK)]
    with ProcessPoolExecutor(workers, get_context("fork"), _start, arguments) as pool:
        return _gather(pool.map(_read_chunk, chunks))


def _gather(
    results: Iterable[tuple[list[Parsed], list[Problem]]],
) -> tuple[list[Parsed], list[Problem]]:
    parsed: list[Parsed] = []
    problems: list[Problem] = []
    for some, wrong in results:
        parsed += some
        problems += wrong
    return parsed, problems
