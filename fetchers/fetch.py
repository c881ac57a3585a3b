"""One address asked politely: redirects, conditions, a second try, one request a host at a time.

Nothing here opens a socket: a Transport does. Times are seconds.
"""

from __future__ import annotations

import contextlib
import threading
import time
from collections import defaultdict
from collections.abc import Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from pathlib import Path
from urllib.parse import urljoin, urlsplit

from fetchers.exchange import Answer, FetchError, Request, Sleep, Transport
from fetchers.unpack import ACCEPTED
from model.source import Source

REDIRECTS = 5
TRIES = 3
PAUSE = 0.5
"""Seconds before the second try; doubled for the third."""
LONGEST_WAIT = 86_400.0
_MOVED = {301, 302, 303, 307, 308}
_BUSY = {429, 502, 503, 504}
_MEANING = {
    401: "nguồn đòi đăng nhập",
    403: "nguồn chặn máy thu thập",
    404: "địa chỉ không còn",
    410: "địa chỉ đã bị gỡ hẳn",
    429: "nguồn báo tải quá dày",
    500: "máy chủ của nguồn bị lỗi",
    503: "máy chủ của nguồn đang quá tải",
}


class Fetcher:
    """Asks for addresses; shared by all threads of a run."""

    def __init__(self, transport: Transport, agent: str, sleep: Sleep = time.sleep) -> None:
        self._transport, self._agent, self._sleep = transport, agent, sleep
        self._hosts: defaultdict[str, threading.Lock] = defaultdict(threading.Lock)
        self._hosts_lock = threading.Lock()
        self._dead: dict[str, str] = {}

    def fetch(
        self,
        source: Source,
        url: str,
        into: Path,
        folder: Path,
        conditions: Mapping[str, str] | None = None,
    ) -> Answer:
        """Return the final answer (200 with its body at `into`, or 304); raise FetchError.

        `conditions` are If-None-Match and If-Modified-Since; `folder` is the site's.
        """
        headers = {
            "User-Agent": self._agent,
            "Accept": "*/*",
            "Accept-Encoding": ACCEPTED,
            **(conditions or {}),
        }
        clock = _Clock(source.limits.seconds)
        for trial in range(TRIES):
            try:
                return self._follow(source, url, headers, into, folder, clock)
            except FetchError as error:
                pause = error.wait or PAUSE * 2**trial
                if not error.again or trial == TRIES - 1 or pause > clock.left():
                    raise
                self._sleep(pause)
                clock.spend(pause)
        raise FetchError("không tải được")  # pragma: no cover - the loop returns or raises

    def _follow(
        self,
        source: Source,
        url: str,
        headers: Mapping[str, str],
        into: Path,
        folder: Path,
        clock: _Clock,
    ) -> Answer:
        for _ in range(REDIRECTS + 1):
            request = Request(
                url,
                headers,
                source.limits.bytes,
                clock.left(),
                source.private_host,
                folder / source.ca_bundle if source.ca_bundle else None,
            )
            answer = self._ask(request, into, clock)
            if answer.status == 200 or (answer.status == 304 and _conditional(headers)):
                return answer
            if answer.status not in _MOVED:
                raise _status_error(answer)
            url = _next_address(url, answer.header("location"))
        raise FetchError(f"chuyển hướng quá {REDIRECTS} lần")

    def _ask(self, request: Request, into: Path, clock: _Clock) -> Answer:
        parts = urlsplit(request.url)
        host = parts.netloc.rpartition("@")[2].lower()
        with self._hosts_lock:
            lock = self._hosts[host]
        with lock:
            if said := self._dead.get(host):
                raise FetchError(said)
            started = time.monotonic()
            try:
                return self._transport.ask(request, into)
            except FetchError as error:
                if error.dead:
                    self._dead[host] = str(error)
                raise
            finally:
                clock.spend(time.monotonic() - started)


class _Clock:
    """The time that one address may take, waiting for other sources of the host not counted."""

    def __init__(self, seconds: float) -> None:
        self._left = float(seconds)
        self._all = seconds

    def left(self) -> float:
        """Return the seconds left; raise FetchError when there are none."""
        if self._left <= 0:
            raise FetchError(f"quá {self._all:.0f} giây chưa tải xong")
        return self._left

    def spend(self, seconds: float) -> None:
        """Count time that passed."""
        self._left -= seconds


def _conditional(headers: Mapping[str, str]) -> bool:
    return "If-None-Match" in headers or "If-Modified-Since" in headers


def _next_address(url: str, location: str) -> str:
    with contextlib.suppress(UnicodeError):  # headers come as Latin-1, servers send UTF-8
        location = location.encode("latin-1").decode("utf-8")
    try:
        target = urljoin(url, location.strip())
        parts = urlsplit(target)
        good = bool(location.strip() and parts.hostname and parts.port != 0)
    except ValueError:
        good = False
    if not good or parts.scheme not in ("http", "https") or "@" in parts.netloc:
        raise FetchError(f"chuyển hướng tới địa chỉ không dùng được: {location[:60]!r}")
    if url.startswith("https:") and parts.scheme == "http":
        raise FetchError(f"chuyển hướng từ https xuống http ({parts.hostname})")
    return target


def _status_error(answer: Answer) -> FetchError:
    meaning = _MEANING.get(answer.status, "máy chủ không trả dữ liệu")
    wait = retry_after(answer.header("retry-after"), answer.header("date"))
    again = answer.status in _BUSY
    asks = f", xin đợi {wait:.0f} giây" if wait else ""
    return FetchError(f"HTTP {answer.status}: {meaning}{asks}", again=again, wait=wait)


def retry_after(value: str, date: str) -> float:
    """Return the seconds that a Retry-After header asks for (RFC 9110 §10.2.3), at most a day.

    The header's date is read against the server's own `date`.
    """
    text = value.strip()
    if text.isascii() and text.isdigit():
        return min(float(text[:9]), LONGEST_WAIT)
    try:
        until = parsedate_to_datetime(text)
        now = parsedate_to_datetime(date)
    except (ValueError, TypeError):
        return 0.0
    seconds = (_aware(until) - _aware(now)).total_seconds()
    return min(max(seconds, 0.0), LONGEST_WAIT)


def _aware(time: datetime) -> datetime:
    return time if time.tzinfo else time.replace(tzinfo=UTC)
