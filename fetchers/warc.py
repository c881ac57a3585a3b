"""Web archives (WARC 1.1, ISO 28500): what servers sent, kept as proof of where a fact comes from.

Each exchange becomes a `response` record with the headers as sent and the unpacked body, so
Content-Encoding and Transfer-Encoding are left out of the kept headers. Needs the extra `archive`.
"""

from __future__ import annotations

import shutil
import sys
import threading
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any, BinaryIO

from fetchers.exchange import Answer, Request, Transport
from model.problem import Problem, Problems

RECORD = "warc-record-id"
"""Header of an Answer: the id under which the archive has it."""
ENDINGS = (".warc", ".warc.gz")
_LEFT_OUT = {"content-encoding", "transfer-encoding", "content-length", RECORD}


def _library() -> Any:
    try:
        import warcio
    except ImportError:
        sys.exit("Lưu trữ web cần thư viện warcio: pip install warcio")
    return warcio


class Archive:
    """A Transport that adds every answer of another one to a web archive."""

    def __init__(self, transport: Transport, path: Path, agent: str) -> None:
        warcio = _library()
        self._transport = transport
        path.parent.mkdir(parents=True, exist_ok=True)
        self._file = path.open("ab")
        self._writer = warcio.WARCWriter(self._file, gzip=path.name.endswith(".gz"))
        self._lock = threading.Lock()
        self._headers = warcio.StatusAndHeaders
        about = {"software": agent, "format": "WARC File Format 1.1"}
        self._writer.write_record(self._writer.create_warcinfo_record(path.name, about))

    def ask(self, request: Request, into: Path) -> Answer:
        """Pass the request on, keep the answer, name its record in the answer's headers."""
        answer = self._transport.ask(request, into)
        kept = [(name, text) for name, text in answer.headers.items() if name not in _LEFT_OUT]
        head = self._headers(str(answer.status), kept, protocol="HTTP/1.1")
        with self._lock, _body(answer) as body:
            record = self._writer.create_warc_record(
                answer.url, "response", payload=body, http_headers=head
            )
            self._writer.write_record(record)
        identity = record.rec_headers.get_header("WARC-Record-ID")
        return Answer(answer.url, answer.status, {**answer.headers, RECORD: identity}, answer.file)

    def close(self) -> None:
        """End the archive's file."""
        self._file.close()


def _body(answer: Answer) -> BinaryIO:
    return BytesIO() if answer.file is None else answer.file.open("rb")


def read_archive(path: Path, into: Path) -> Iterator[Answer]:
    """Yield the responses of a web archive; their bodies are put into the folder `into`."""
    from warcio.archiveiterator import ArchiveIterator
    from warcio.exceptions import ArchiveLoadFailed

    try:
        with path.open("rb") as file:
            for number, record in enumerate(ArchiveIterator(file)):
                if record.rec_type != "response" or record.http_headers is None:
                    continue
                body = into / f"{path.name}-{number}"
                with body.open("wb") as out:
                    shutil.copyfileobj(record.content_stream(), out)
                headers = {name.lower(): text for name, text in record.http_headers.headers}
                headers[RECORD] = record.rec_headers.get_header("WARC-Record-ID")
                status = int(record.http_headers.get_statuscode())
                url = record.rec_headers.get_header("WARC-Target-URI")
                yield Answer(url, status, headers, body if status == 200 else None)
    except (ArchiveLoadFailed, ValueError, TypeError, AttributeError, OSError) as error:
        # the library trusts an archive: a header that is missing ends in one of these
        cure = "dùng tệp do python -m fetchers run --archive ghi ra"
        message = f"không đọc được kho lưu trữ web này ({type(error).__name__})"
        raise Problems([Problem(str(path), 0, "", message, cure)]) from None
