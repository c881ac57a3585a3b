"""The only module of fetchers that opens a socket: one GET, no redirect followed, all bounded.

- Names are resolved here and every address is judged before a byte is sent; the socket's peer is
  judged again once connected, so a name that changes its mind reaches nothing. Private, loopback
  and other special addresses are allowed only for the source's own `private_host` (host:port).
- The body is read raw under a cap on the wire and on what it unpacks to, and goes to a file.
- A watchdog shuts the socket when the time is up, whatever the server trickles.
- No cookies, no proxies or credentials from the environment, no keep-alive.
"""

from __future__ import annotations

import ipaddress
import logging
import socket
import ssl
import threading
import time
from contextlib import nullcontext
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import requests
from requests.adapters import HTTPAdapter
from urllib3 import PoolManager
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool
from urllib3.exceptions import HTTPError
from urllib3.util import connection

from fetchers.exchange import Answer, FetchError, Request, Wire
from fetchers.unpack import Unpacked, too_big

logging.getLogger("urllib3").setLevel(logging.ERROR)  # what it warns of, an Outcome says
CONNECT_SECONDS = 5.0
READ_SECONDS = 10.0
CHUNK = 65_536
_NAT64 = ipaddress.ip_network("64:ff9b::/96")


def is_public(text: str) -> bool:
    """Return whether an IP address, as the socket names it, is one of the public internet."""
    address = ipaddress.ip_address(text.split("%", 1)[0])
    if isinstance(address, ipaddress.IPv6Address):
        inner = address.ipv4_mapped or address.sixtofour
        if address in _NAT64:
            inner = ipaddress.IPv4Address(address.packed[-4:])
        if address.teredo:
            inner = address.teredo[1]
        if inner is not None:
            return is_public(str(inner))
    return address.is_global and not (address.is_multicast or address.is_reserved)


class _Watch:
    """Shuts a request's socket when its time is up; `expired` tells a cut from an end."""

    def __init__(self, seconds: float) -> None:
        self.expired = False
        self._ends = time.monotonic() + seconds
        self._sockets: list[socket.socket] = []
        self.peer = ""
        self._lock = threading.Lock()
        self._timer = threading.Timer(seconds, self._expire)
        self._timer.daemon = True
        self._timer.start()

    def left(self) -> float:
        """Return the seconds that are left, never below a blink."""
        return max(self._ends - time.monotonic(), 0.01)

    def add(self, sock: socket.socket) -> None:
        """Watch a connected socket (through a duplicate, because TLS takes the first one over)."""
        with self._lock:
            self._sockets.append(sock.dup())
            if self.expired:
                self._shut()

    def _expire(self) -> None:
        with self._lock:
            self.expired = True
            self._shut()

    def _shut(self) -> None:
        for sock in self._sockets:
            try:
                sock.shutdown(socket.SHUT_RDWR)
            except OSError:
                continue  # the other side was faster

    def close(self) -> None:
        """End the watch."""
        self._timer.cancel()
        with self._lock:
            for sock in self._sockets:
                sock.close()
            self._sockets.clear()


class _Guard(threading.local):
    """What the connection being opened in this thread may reach, and its watch."""

    private_host: str = ""
    watch: _Watch | None = None


_guard = _Guard()


def _resolve(host: str, port: int, seconds: float) -> list[str]:
    """Return the addresses of a name; the resolver itself knows no time-out, hence the thread."""
    found: list[str] = []
    failed: list[OSError | UnicodeError] = []

    def look_up() -> None:
        try:
            entries = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
            found.extend(dict.fromkeys(str(entry[4][0]) for entry in entries))
        except (OSError, UnicodeError) as error:
            failed.append(error)

    thread = threading.Thread(target=look_up, daemon=True)
    thread.start()
    thread.join(seconds)
    if thread.is_alive():
        raise FetchError(f"không tìm được máy chủ {host} (DNS không trả lời)", dead=True)
    if failed or not found:
        raise FetchError(f"không có máy chủ tên {host}", dead=True)
    return found


def _refuse(host: str, address: str) -> FetchError:
    where = address if host == address else f"{host} ({address})"
    return FetchError(
        f"từ chối kết nối tới địa chỉ nội bộ {where}; nếu đúng là máy của cơ quan, ghi private_host"
    )


def _connect(host: str, port: int, options: Any) -> socket.socket:
    watch = _guard.watch
    private = f"{host}:{port}".lower() == _guard.private_host.replace("[", "").replace("]", "")
    seconds = min(CONNECT_SECONDS, watch.left() if watch else CONNECT_SECONDS)
    ends = time.monotonic() + seconds
    last: OSError | None = None
    for address in _resolve(host, port, seconds):
        if not private and not is_public(address):
            raise _refuse(host, address)
        left = max(ends - time.monotonic(), 0.05)
        try:
            sock = connection.create_connection((address, port), left, socket_options=options)
        except OSError as error:
            last = error
            continue
        peer = str(sock.getpeername()[0])
        if not private and not is_public(peer):
            sock.close()
            raise _refuse(host, peer)
        if watch:
            watch.add(sock)
            watch.peer = peer
        sock.settimeout(min(READ_SECONDS, watch.left() if watch else READ_SECONDS))
        return sock
    if isinstance(last, TimeoutError):
        raise FetchError(f"máy chủ {host} không trả lời trong {seconds:.0f} giây", dead=True)
    raise FetchError(f"không kết nối được tới {host}: {_reason(last)}", dead=True)


def _reason(error: BaseException | None) -> str:
    """Return why, in one line, from the innermost of errors that wrap one another."""
    while error is not None:
        inside = [getattr(error, "reason", None), *reversed(error.args)]
        inner = next((part for part in inside if isinstance(part, BaseException)), None)
        if inner is None:
            break
        error = inner
    if isinstance(error, ConnectionRefusedError):
        return "máy chủ từ chối"
    if isinstance(error, ssl.SSLCertVerificationError):
        return error.verify_message
    return " ".join(str(error).split())[:120] if error else "không rõ lý do"


class _Connection(HTTPConnection):
    def _new_conn(self) -> socket.socket:
        return _connect(self._dns_host, self.port, self.socket_options)


class _SecureConnection(HTTPSConnection):
    def _new_conn(self) -> socket.socket:
        return _connect(self._dns_host, self.port, self.socket_options)


class _Pool(HTTPConnectionPool):
    ConnectionCls = _Connection


class _SecurePool(HTTPSConnectionPool):
    ConnectionCls = _SecureConnection


class _GuardedAdapter(HTTPAdapter):
    """requests' adapter on our connections; it never retries and never follows."""

    def init_poolmanager(
        self, connections: int, maxsize: int, block: bool = False, **pool_kwargs: Any
    ) -> None:
        self.poolmanager = PoolManager(connections, maxsize=maxsize, block=block, **pool_kwargs)
        self.poolmanager.pool_classes_by_scheme = {"http": _Pool, "https": _SecurePool}


class Web:
    """The network as a Transport."""

    def __init__(self) -> None:
        self._adapter = _GuardedAdapter(pool_connections=64, pool_maxsize=2)

    def ask(self, request: Request, into: Path) -> Answer:
        """Send one GET and keep the unpacked body at `into`."""
        if urlsplit(request.url).scheme not in ("http", "https"):
            raise FetchError(f"chỉ tải http và https, không tải {request.url[:60]}")
        watch = _Watch(request.seconds)
        _guard.watch, _guard.private_host = watch, request.private_host
        try:
            return self._exchange(request, into)
        except (requests.RequestException, HTTPError, OSError, UnicodeError) as error:
            if watch.expired:
                raise _too_slow(request) from None
            raise _translated(error, request) from error
        finally:
            watch.close()
            _guard.watch, _guard.private_host = None, ""

    def _exchange(self, request: Request, into: Path) -> Answer:
        prepared = requests.Request("GET", request.url, headers=dict(request.headers)).prepare()
        prepared.headers["Connection"] = "close"
        verify: bool | str = str(request.ca_bundle) if request.ca_bundle else True
        timeout = (CONNECT_SECONDS, READ_SECONDS)
        response = self._adapter.send(prepared, stream=True, timeout=timeout, verify=verify)
        with response:
            headers = {name.lower(): value for name, value in response.headers.items()}
            wire = _wire(prepared, response) if request.keep_wire else None
            if response.status_code != 200:
                return Answer(request.url, response.status_code, headers, None, wire)
            packed = _packed_beside(into) if wire else None
            encoding = headers.get("content-encoding", "")
            _save(response.raw, into, encoding, request.max_bytes, packed)
            if _guard.watch and _guard.watch.expired:
                raise _too_slow(request)
            wire = replace(wire, body=packed) if wire else None
            return Answer(request.url, response.status_code, headers, into, wire)


def _packed_beside(into: Path) -> Path:
    return into.with_name(f"{into.name}.wire")


def _wire(prepared: requests.PreparedRequest, response: requests.Response) -> Wire:
    host = urlsplit(str(prepared.url)).netloc
    asked = (("Host", host), *((str(k), str(v)) for k, v in prepared.headers.items()))
    version = "HTTP/1.0" if response.raw.version == 10 else "HTTP/1.1"
    headers = tuple((str(k), str(v)) for k, v in response.raw.headers.iteritems())
    peer = _guard.watch.peer if _guard.watch else ""
    return Wire(prepared.path_url, asked, version, response.reason or "", headers, None, peer)


def _too_slow(request: Request) -> FetchError:
    return FetchError(f"quá {request.seconds:.0f} giây chưa tải xong")


def _translated(error: Exception, request: Request) -> FetchError:
    host = urlsplit(request.url).hostname or request.url
    if isinstance(error, requests.exceptions.SSLError):
        cure = "chứng chỉ riêng hoặc thiếu chứng chỉ trung gian thì ghi ca_bundle"
        return FetchError(f"chứng chỉ TLS của {host} không hợp lệ ({_reason(error)}); {cure}")
    if isinstance(error, (requests.exceptions.Timeout, TimeoutError)):
        return FetchError(f"máy chủ {host} ngừng trả lời giữa chừng", again=False)
    if isinstance(error, requests.exceptions.InvalidURL | UnicodeError):
        return FetchError(f"địa chỉ không hợp lệ: {request.url[:80]}")
    return FetchError(f"mất kết nối tới {host}: {_reason(error)}", again=True)


def _save(raw: Any, into: Path, encoding: str, cap: int, packed: Path | None) -> None:
    """Read the body into a file, unpacked; its bytes as sent go to `packed` if it is named."""
    wire = 0
    with into.open("wb") as out, packed.open("wb") if packed else nullcontext() as kept:
        unpacked = Unpacked(out, encoding, cap)
        while chunk := raw.read1(CHUNK, decode_content=False):
            wire += len(chunk)
            if wire > cap:
                raise too_big(cap)
            if kept is not None:
                kept.write(chunk)
            unpacked.feed(chunk)
        unpacked.end()
