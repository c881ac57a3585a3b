"""What the machine remembers between runs and git does not: `.state/fetchers/` of a site.

Validators, times and counts a source. Losing it costs a full fetch and nothing else.
"""

from __future__ import annotations

import hashlib
import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, fields
from datetime import datetime
from functools import cache
from pathlib import Path

from fetchers.exchange import FetchError
from fetchers.files import put
from model.source import Source

FOLDER = ".state/fetchers"
ROOM = Path(__file__).resolve().parent


@dataclass(frozen=True)
class Memory:
    """What is remembered of a source. Times are ISO 8601 with offset, "" for never.

    `counts`: items of the last runs that read something, oldest first.
    `reader`: hash of the source's block and of our code; validators hold only for the same reader.
    """

    etag: str = ""
    modified: str = ""
    body: str = ""
    reader: str = ""
    tried: str = ""
    succeeded: str = ""
    not_before: str = ""
    items: int = 0
    counts: tuple[int, ...] = ()
    failures: int = 0
    reason: str = ""

    def conditions(self, reader: str) -> dict[str, str]:
        """Return the headers of a conditional request (RFC 9110 §13.1)."""
        if reader != self.reader:
            return {}
        pairs = {"If-None-Match": self.etag, "If-Modified-Since": self.modified}
        return {name: value for name, value in pairs.items() if value}


@cache
def _code() -> str:
    code = hashlib.sha256()
    for folder in (ROOM, ROOM.parent / "model"):
        for path in sorted(folder.rglob("*.py")):
            code.update(path.read_bytes())
    return code.hexdigest()


def reader_of(source: Source) -> str:
    """Return the hash of how a source is read: its block and this program."""
    text = f"{_code()} {source.model_dump_json()} {source.options!r}"
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def recall(folder: Path, source: str) -> Memory:
    """Return what is remembered of a source; of one never met, or unreadable, nothing."""
    try:
        values = json.loads((folder / FOLDER / f"{source}.json").read_text("utf-8"))
        known = {field.name: field.type for field in fields(Memory)}
        kept = {name: value for name, value in values.items() if name in known}
        return Memory(**{**kept, "counts": tuple(kept.get("counts", ()))})
    except (FileNotFoundError, ValueError, AttributeError, TypeError):
        return Memory()


def remember(folder: Path, source: str, memory: Memory) -> None:
    """Keep what is to be remembered of a source."""
    text = json.dumps(asdict(memory), ensure_ascii=False, indent=1)
    put(folder / FOLDER / f"{source}.json", text.encode())


def earlier(text: str, now: datetime) -> float:
    """Return how many seconds before `now` an ISO time was; infinity for "" and what is no time."""
    try:
        return (now - datetime.fromisoformat(text)).total_seconds()
    except (ValueError, TypeError):
        return float("inf")


@contextmanager
def only_one(folder: Path) -> Iterator[None]:
    """Hold the site's fetch lock; raise FetchError if another run has it.

    The kernel frees it when the process ends, however it ends.
    """
    path = folder / FOLDER / "lock"
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w") as file:
        _lock(file.fileno())
        yield


def _lock(descriptor: int) -> None:
    busy = "một lần tải khác đang chạy trên trang này"
    try:
        if sys.platform == "win32":  # pragma: no cover - not tried on Windows
            import msvcrt

            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        raise FetchError(busy) from None
