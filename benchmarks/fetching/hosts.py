"""Many hosts in one process: 127.0.0.1, 127.0.0.2 … on one port, each with a feed of its own.

A host is good (an RSS feed with an ETag), slow (the same, after a pause) or broken (a page, an
error, a hang-up). `python -m benchmarks.fetching.hosts PORT COUNT SLOW BROKEN PAUSE` serves until
its input ends.
"""

from __future__ import annotations

import sys
import threading
import time
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

ITEMS = 30


@dataclass(frozen=True)
class Plan:
    """How many hosts there are, and how many of them, from the first on, are slow or broken."""

    count: int
    slow: int
    broken: int
    pause: float


def address(number: int) -> str:
    """Return the address of a host."""
    return f"127.0.{1 + number // 250}.{1 + number % 250}"


def feed(number: int) -> bytes:
    """Return a host's feed: ITEMS items of about 600 bytes."""
    items = "".join(
        f"<item><title>Tin {n} của nguồn {number}</title><link>https://n{number}.example.vn/tin-{n}"
        f"</link><pubDate>Fri, 02 Oct 2026 08:{n:02}:00 +0700</pubDate><description><![CDATA[<p>"
        f"{'Lời dẫn của bài, dài như một đoạn thật. ' * 8}</p>]]></description></item>"
        for n in range(ITEMS)
    )
    return f'<rss version="2.0"><channel><title>{number}</title>{items}</channel></rss>'.encode()


def handler(number: int, plan: Plan) -> type[BaseHTTPRequestHandler]:
    """Return what answers for a host."""
    data, mark = feed(number), f'"{number}"'
    slow = number < plan.slow
    broken = plan.slow <= number < plan.slow + plan.broken

    class Host(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            if slow:
                time.sleep(plan.pause)
            if broken:
                self._break()
            elif self.headers.get("If-None-Match") == mark:
                self.send_response(304)
                self.end_headers()
            else:
                self._send(200, data)

        def _break(self) -> None:
            if number % 3 == 0:
                self.connection.close()
            else:
                self._send(500 if number % 3 == 1 else 200, b"<html><body>bao tri</body></html>")

        def _send(self, status: int, body: bytes) -> None:
            self.send_response(status)
            self.send_header("ETag", mark)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *arguments: object) -> None:
            """Say nothing."""

    return Host


def main(port: int, plan: Plan) -> None:
    """Serve until standard input is closed."""
    for number in range(plan.count):
        server = ThreadingHTTPServer((address(number), port), handler(number, plan))
        threading.Thread(target=server.serve_forever, daemon=True).start()
    print("ready", flush=True)
    sys.stdin.read()


if __name__ == "__main__":
    port, count, slow, broken = map(int, sys.argv[1:5])
    main(port, Plan(count, slow, broken, float(sys.argv[5])))
