"""Web archives (WARC 1.1, ISO 28500): what servers sent, kept as proof of where a fact comes from.

Each exchange becomes a `request` and a `response` record that name each other. The response has the
headers and the bytes as sent, Content-Encoding included; only a transfer coding, which is a matter
of the connection (RFC 9112 §7), is undone and its header left out. A body that was not read (a
redirect's, an error's) is said to be truncated (§5.13). Needs the extra `archive`.
"""

from __future__ import annotations

import sys
import threading
from collections.abc import Iterator
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Any, BinaryIO
from urllib.parse import urlsplit

from fetchers.exchange import Answer, FetchError, Pairs, Request, Transport, Wire
from fetchers.unpack import UNDERSTOOD, Unpacked
from model.problem import Problem, Problems

RECORD = "warc-record-id"
"""Header of an Answer: the id under which the archive has it."""
ENDINGS = (".warc", ".warc.gz")
LARGEST_BODY = 512 * 1024 * 1024
"""Bytes of one body, unpacked, that a replay reads: the most that a source may be allowed."""
_PIECE = 1024 * 1024
_HOP = {"transfer-encoding", RECORD}
_OF_PACKED = {"content-encoding", "content-length"}


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
        self._writer = warcio.WARCWriter(
            self._file, gzip=path.name.endswith(".gz"), warc_version="1.1"
        )
        self._lock = threading.Lock()
        self._headers = warcio.StatusAndHeaders
        about = {"software": agent, "format": "WARC File Format 1.1"}
        self._writer.write_record(self._writer.create_warcinfo_record(path.name, about))

    def ask(self, request: Request, into: Path) -> Answer:
        """Pass the request on, keep the answer, name its record in the answer's headers."""
        answer = self._transport.ask(replace(request, keep_wire=True), into)
        wire = answer.wire or _wire_of(request, answer)
        with self._lock, _body(wire) as body:
            record = self._response(answer, wire, body)
            self._writer.write_request_response_pair(self._request(answer.url, wire), record)
        if answer.wire and answer.wire.body:
            answer.wire.body.unlink(missing_ok=True)
        identity = record.rec_headers.get_header("WARC-Record-ID")
        return Answer(answer.url, answer.status, {**answer.headers, RECORD: identity}, answer.file)

    def _request(self, url: str, wire: Wire) -> Any:
        head = self._headers(f"GET {wire.path} HTTP/1.1", list(wire.asked), is_http_request=True)
        return self._writer.create_warc_record(url, "request", http_headers=head)

    def _response(self, answer: Answer, wire: Wire, body: BinaryIO) -> Any:
        unread = wire.body is None and answer.status != 304
        left_out = _HOP | ({"content-length"} if unread else set())
        kept = [(name, text) for name, text in wire.headers if name.lower() not in left_out]
        status = f"{answer.status} {wire.reason}".strip()
        about = {"WARC-IP-Address": wire.peer} if wire.peer else {}
        if unread and answer.header("content-length") != "0":
            about["WARC-Truncated"] = "unspecified"
        return self._writer.create_warc_record(
            answer.url,
            "response",
            payload=body,
            http_headers=self._headers(status, kept, protocol=wire.version),
            warc_headers_dict=about,
        )

    def close(self) -> None:
        """End the archive's file."""
        self._file.close()


def _wire_of(request: Request, answer: Answer) -> Wire:
    """Return what a transport that sees no wire (a replay) would have sent: the unpacked body."""
    parts = urlsplit(request.url)
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    headers: Pairs = tuple(
        (name, text) for name, text in answer.headers.items() if name not in _OF_PACKED
    )
    asked = (("Host", parts.netloc), *request.headers.items())
    return Wire(path, asked, "HTTP/1.1", "", headers, answer.file)


def _body(wire: Wire) -> BinaryIO:
    return BytesIO() if wire.body is None else wire.body.open("rb")


def read_archive(path: Path, into: Path) -> Iterator[Answer]:
    """Yield the responses of a web archive; their bodies, unpacked, go into the folder `into`."""
    _library()
    from warcio.archiveiterator import ArchiveIterator
    from warcio.exceptions import ArchiveLoadFailed

    try:
        with path.open("rb") as file:
            for number, record in enumerate(ArchiveIterator(file)):
                if record.rec_type != "response" or record.http_headers is None:
                    continue
                body = into / f"{path.name}-{number}"
                _keep(record, body)
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


def _keep(record: Any, body: Path) -> None:
    """Put a record's body, unpacked, into a file; one that is not packed as it says, as it is."""
    encoding = record.http_headers.get_header("content-encoding") or ""
    if encoding.strip().lower() not in UNDERSTOOD:
        return _copy(record.content_stream(), body.open("wb"))
    from warcio.bufferedreaders import ChunkedDataReader

    stream = record.raw_stream
    if (record.http_headers.get_header("transfer-encoding") or "").lower() == "chunked":
        stream = ChunkedDataReader(stream)
    packed = body.with_name(f"{body.name}.packed")
    _copy(stream, packed.open("wb"))
    try:
        with packed.open("rb") as pieces, body.open("wb") as out:
            unpacked = Unpacked(out, encoding, LARGEST_BODY)
            while piece := pieces.read(_PIECE):
                unpacked.feed(piece)
            unpacked.end()
        packed.unlink()
    except FetchError:  # other programs keep bodies unpacked under their old headers
        packed.replace(body)
    return None


def _copy(stream: Any, out: BinaryIO) -> None:
    with out:
        while piece := stream.read(_PIECE):
            out.write(piece)
            if out.tell() > LARGEST_BODY:
                raise ValueError("body over the cap")
