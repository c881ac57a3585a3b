"""Reads changed files into what the state notes: the document, its body as HTML, attachments."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from model.content import load
from model.folder import Stamp
from model.markup import Converter
from model.problem import Problem, Problems
from plugins.incremental.digest import digest
from plugins.incremental.discover import stamp_of
from plugins.incremental.state import State
from plugins.incremental.workers import pool

CHUNK = 64


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
    files: Sequence[str],
    arguments: tuple[Any, ...],
    workers: int,
    keep: Callable[[list[Parsed]], list[Parsed]],
) -> tuple[list[Parsed], list[Problem]]:
    """Read files with as many processes as pay; `arguments` are those of Reader.

    Of many files each part goes through `keep`, which may take the bodies out of memory.
    """
    if workers < 2 or len(files) < 2 * CHUNK or not hasattr(os, "fork"):
        return Reader(*arguments).read_all(files)
    chunks = [files[start : start + CHUNK] for start in range(0, len(files), CHUNK)]
    with pool(workers, _start, arguments) as processes:
        return _gather(processes.map(_read_chunk, chunks), keep)


def _gather(
    results: Iterable[tuple[list[Parsed], list[Problem]]],
    keep: Callable[[list[Parsed]], list[Parsed]],
) -> tuple[list[Parsed], list[Problem]]:
    parsed: list[Parsed] = []
    problems: list[Problem] = []
    for some, wrong in results:
        parsed += keep(some)
        problems += wrong
    return parsed, problems
