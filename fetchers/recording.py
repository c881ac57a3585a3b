"""Recordings: what servers sent, kept in a folder and played back without a network.

`index.tsv` in the folder says it, a line an exchange: address, status, file, headers (JSON). Bodies
stand in files beside it, unpacked. A recording has the redirects too, so a replay follows them as
the network would be followed. The newest `date` header of a recording is the replay's clock.
"""

from __future__ import annotations

import json
import shutil
import tempfile
import threading
from collections.abc import Iterable
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from pathlib import Path
from urllib.parse import urlsplit

from fetchers.exchange import Answer, FetchError, Request, Transport
from fetchers.files import put
from fetchers.identity import digest
from fetchers.warc import ENDINGS, read_archive
from model.problem import Problem, Problems
from model.text import slug

INDEX = "index.tsv"
_HEADING = "# url\tstatus\tfile\theaders\n"
KEPT_HEADERS = ("content-type", "date", "etag", "last-modified", "location", "retry-after")


class Replay:
    """A Transport that answers from recordings.

    A folder means every `index.tsv` and web archive at or below it; a web archive may be named
    itself. The first answer of an address counts.
    """

    def __init__(self, folder: Path) -> None:
        self._answers: dict[str, Answer] = {}
        self._bodies = tempfile.TemporaryDirectory(prefix="loa-")
        places = [folder] if folder.is_file() else sorted(folder.rglob("*"))
        for place in places:
            for answer in self._read(place):
                self._answers.setdefault(answer.url, answer)
        if not self._answers:
            cure = "ghi lại bằng: python -m fetchers record MÃ_NGUỒN"
            raise Problems([Problem(str(folder), 0, "", "không có bản ghi nào (index.tsv)", cure)])

    def _read(self, place: Path) -> Iterable[Answer]:
        if place.name == INDEX:
            return read_index(place)
        if place.name.endswith(ENDINGS):
            return read_archive(place, Path(self._bodies.name))
        return ()

    def ask(self, request: Request, into: Path) -> Answer:
        """Answer from the recording; a fresh validator gets 304 as a server would say it."""
        answer = self._answers.get(request.url)
        if answer is None:
            raise FetchError(f"bản ghi không có địa chỉ {request.url[:120]}")
        etag = answer.header("etag")
        if etag and request.headers.get("If-None-Match") == etag:
            return Answer(answer.url, 304, answer.headers)
        if answer.file is None:
            return answer
        if answer.file.stat().st_size > request.max_bytes:
            raise FetchError("bản ghi lớn hơn limits.megabytes")
        shutil.copyfile(answer.file, into)
        return Answer(answer.url, answer.status, answer.headers, into)

    def clock(self) -> datetime | None:
        """Return the newest time at which a server said something; None if none said a time."""
        times = []
        for answer in self._answers.values():
            try:
                times.append(parsedate_to_datetime(answer.header("date")))
            except (ValueError, TypeError):
                continue
        return max((t if t.tzinfo else t.replace(tzinfo=UTC) for t in times), default=None)


def read_index(index: Path) -> list[Answer]:
    """Return the exchanges that an `index.tsv` lists."""
    answers = []
    for number, line in enumerate(index.read_text("utf-8").splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        cells = line.split("\t")
        try:
            url, status, file, headers = cells[0], int(cells[1]), cells[2], json.loads(cells[3])
            body = index.parent / Path(file).name if file else None
            if body is not None and not body.is_file():
                raise ValueError(file)
            answers.append(Answer(url, status, headers, body))
        except (IndexError, ValueError):
            cure = "mỗi dòng: địa chỉ, mã HTTP, tên tệp, tiêu đề dạng JSON, cách nhau bằng Tab"
            raise Problems([Problem(str(index), number, "", "dòng này viết sai", cure)]) from None
    return answers


class Recorder:
    """A Transport that keeps what another one answers, in a folder; `finish` writes the index."""

    def __init__(self, transport: Transport, folder: Path) -> None:
        self._transport, self._folder = transport, folder
        self._lines: list[str] = []
        self._lock = threading.Lock()

    def ask(self, request: Request, into: Path) -> Answer:
        """Pass the request on and keep the answer."""
        answer = self._transport.ask(request, into)
        name = ""
        if answer.file is not None:
            name = _file_name(answer)
            put(self._folder / name, answer.file.read_bytes())
        kept = {key: answer.headers[key] for key in KEPT_HEADERS if key in answer.headers}
        headers = json.dumps(kept, ensure_ascii=False)
        with self._lock:
            self._lines.append(f"{request.url}\t{answer.status}\t{name}\t{headers}\n")
        return answer

    def finish(self) -> int:
        """Write the index; return how many exchanges it lists."""
        put(self._folder / INDEX, (_HEADING + "".join(self._lines)).encode())
        return len(self._lines)


def _file_name(answer: Answer) -> str:
    parts = urlsplit(answer.url)
    stem = slug(f"{parts.path} {parts.query}".replace("/", " "), 40) or "trang"
    kind = answer.header("content-type").split(";")[0].rsplit("/", 1)[-1].rsplit("+", 1)[-1]
    ending = kind if kind in ("xml", "html", "json", "csv", "zip", "pdf") else "bin"
    return f"{stem}-{digest(answer.url, 6)}.{ending}"
