"""Content-Encoding undone under a cap (RFC 9110 §8.4.1: gzip, deflate), piece by piece."""

from __future__ import annotations

import zlib
from typing import BinaryIO

from fetchers.exchange import FetchError

ACCEPTED = "gzip, deflate"
UNDERSTOOD = ("", "identity", "gzip", "x-gzip", "deflate")
_PIECE = 65_536
_GZIP, _RAW = 31, -15


def too_big(cap: int) -> FetchError:
    """Return the error for a body over `cap` bytes."""
    return FetchError(f"dữ liệu lớn hơn {cap // 1024 // 1024} MiB (xem limits.megabytes)")


class Unpacked:
    """Writes what is fed to it, unpacked, to a file; raises FetchError past `cap` bytes."""

    def __init__(self, out: BinaryIO, encoding: str, cap: int) -> None:
        self._out, self._cap, self._size = out, cap, 0
        name = encoding.strip().lower()
        if name not in UNDERSTOOD:
            raise FetchError(f"dữ liệu nén kiểu {name[:30]} mà không ai yêu cầu")
        self._packed = name not in ("", "identity")
        self._bits = _GZIP if "gzip" in name else 0
        self._engine = zlib.decompressobj(self._bits) if self._bits else None

    def feed(self, chunk: bytes) -> None:
        """Take the next bytes of the wire."""
        if not self._packed:
            self._write(chunk)
            return
        try:
            self._inflate(chunk)
        except zlib.error:
            raise FetchError("dữ liệu nén bị hỏng", again=True) from None

    def _inflate(self, chunk: bytes) -> None:
        if self._engine is None:  # "deflate" means zlib, but some servers send it raw
            zlib_header = chunk[0] & 0x0F == 8 and int.from_bytes(chunk[:2], "big") % 31 == 0
            self._engine = zlib.decompressobj(15 if zlib_header else _RAW)
        while chunk:
            self._write(self._engine.decompress(chunk, _PIECE))
            chunk = self._engine.unconsumed_tail
            if self._engine.eof and self._engine.unused_data.strip(b"\0"):
                chunk = self._engine.unused_data  # gzip members stand one after another
                self._engine = zlib.decompressobj(self._bits or _RAW)

    def _write(self, data: bytes) -> None:
        self._size += len(data)
        if self._size > self._cap:
            raise too_big(self._cap)
        self._out.write(data)

    def end(self) -> None:
        """Write the rest; raise FetchError if the packed stream was cut."""
        if self._engine is not None and not self._engine.eof:
            self._write(self._engine.flush())
            if not self._engine.eof:
                raise FetchError("dữ liệu nén bị cụt", again=True)
