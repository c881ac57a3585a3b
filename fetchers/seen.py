"""data/seen/: which document each item of a source became, and hashes that tell who changed what.

A file a scope (a publisher), a line a document, sorted by file, so that git shows what is new:
`file <TAB> source <TAB> upstream <TAB> written <TAB> keys`. `upstream` is the hash of what the
source last said, `written` the hash of the bytes that we last wrote ("-": none of ours is there).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from fetchers.identity import STRONG, joined, part, same
from model.problem import Problem, Problems
from model.text import slug

FOLDER = "data/seen"
_HEADING = "# file\tsource\tupstream\twritten\tkeys\n"


@dataclass(frozen=True, slots=True)
class Known:
    """A document that came from a source; `file` is relative to the site's folder."""

    file: str
    source: str
    upstream: str
    written: str
    keys: tuple[str, ...]


class Seen:
    """The documents of one scope, found by any of their keys."""

    def __init__(self, folder: Path, scope: str) -> None:
        self.path = folder / FOLDER / f"{slug(scope) or 'khac'}.tsv"
        self._known: dict[str, Known] = {}
        self._files: dict[str, str] = {}
        self.changed = False
        if self.path.is_file():
            for number, line in enumerate(self.path.read_text("utf-8").splitlines(), 1):
                if line and not line.startswith("#"):
                    self._index(self._row(line, number))

    def _row(self, line: str, number: int) -> Known:
        cells = line.split("\t")
        if len(cells) != 5:
            where = f"{FOLDER}/{self.path.name}"
            cure = "khôi phục tệp này từ git (máy ghi, không sửa tay)"
            raise Problems([Problem(where, number, "", "dòng này không đủ 5 cột", cure)])
        return Known(cells[0], cells[1], cells[2], cells[3], tuple(cells[4].split(" ")))

    def _index(self, known: Known) -> None:
        self._known[known.file] = known
        for key in known.keys:
            if key[0] in STRONG:
                self._files.setdefault(key, known.file)

    def find(self, keys: list[str]) -> Known | None:
        """Return the document that these keys, strongest first, are the keys of."""
        for key in sorted((k for k in keys if k[0] in STRONG), key=lambda k: STRONG.index(k[0])):
            known = self._known.get(self._files.get(key, ""))
            if known is not None and same(keys, known.keys, key):
                return known
        return None

    def put(self, known: Known) -> None:
        """Remember a document, or what changed of it."""
        if self._known.get(known.file) != known:
            self._index(known)
            self.changed = True

    def meet(self, known: Known, keys: list[str]) -> Known:
        """Return a document with the keys that it was met by this time."""
        fresh = {key for key in keys if key[0] in STRONG} - set(known.keys)
        if part(known.keys, "g"):  # an id that changes at every request is no news
            fresh -= part(fresh, "g")
        if not fresh and part(keys, "i") <= set(known.keys):
            return known
        return replace(known, keys=tuple(joined(known.keys, keys)))

    def text(self) -> str:
        """Return the file's text."""
        rows = sorted(self._known.values(), key=lambda known: known.file)
        lines = (
            f"{k.file}\t{k.source}\t{k.upstream}\t{k.written}\t{' '.join(k.keys)}\n" for k in rows
        )
        return _HEADING + "".join(lines)

    def __iter__(self) -> Iterator[Known]:
        return iter(tuple(self._known.values()))
