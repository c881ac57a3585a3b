"""The search page in Chromium on a slow line and a slow processor: `browser.measure(output, …)`.

400 kbit/s with 400 ms of delay and a processor slowed six times are Chromium's own emulation; files
come from this machine over HTTP/1.1 with Brotli, as the published site serves them.
"""

from __future__ import annotations

import functools
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from statistics import median
from typing import Any

import brotli

CHROMIUM = "/usr/bin/chromium"
OPTIONS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-quic"]
SLOW = {
    "offline": False,
    "latency": 400,
    "downloadThroughput": 50_000,
    "uploadThroughput": 50_000,
}
"""400 kbit/s, in bytes a second."""
FIVE = "#ket-qua li:nth-child(5)"
ASKED = """async (queries) => {
    const form = document.getElementById('tim'), core = await import(form.dataset.core);
    const {shards} = core.connect(form.dataset.index, form.dataset.repair), index = await shards();
    const times = [];
    for (const query of queries) {
        await index.search(query);
        const start = performance.now();
        await index.search(query);
        times.push(performance.now() - start);
    }
    return times;
}"""


class Files(SimpleHTTPRequestHandler):
    """Files of a folder; text under Brotli, what has a hash for ever."""

    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        """Answer with the file, 404 where there is none."""
        path = Path(self.translate_path(self.path))
        path = path / "index.html" if path.is_dir() else path
        if not path.is_file():
            self.send_error(404)
            return
        data = path.read_bytes()
        packed = path.suffix in (".html", ".js", ".css", ".json", ".svg")
        data = brotli.compress(data, quality=9) if packed else data
        self.send_response(200)
        self.send_header("Content-Type", self.guess_type(str(path)))
        if packed:
            self.send_header("Content-Encoding", "br")
        if "?v=" in self.path:
            self.send_header("Cache-Control", "public, max-age=31536000, immutable")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, *_: Any) -> None:
        """Say nothing."""


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """Serve a folder; give its address."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Files, directory=str(folder)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()


def slowed(context: Any, rate: int = 1) -> Any:
    """Return a new page on the slow line, its processor slowed `rate` times."""
    page = context.new_page()
    session = context.new_cdp_session(page)
    session.send("Network.enable")
    session.send("Network.emulateNetworkConditions", SLOW)
    session.send("Emulation.setCPUThrottlingRate", {"rate": rate})
    page.session = session
    return page


def seconds(page: Any, act: Any) -> float:
    """Return how long it takes from `act` until five results stand on the page."""
    start = time.monotonic()
    act()
    page.wait_for_selector(FIVE, timeout=60_000)
    return time.monotonic() - start


def first_visits(browser: Any, address: str, queries: Sequence[str]) -> dict[str, float]:
    """Return medians: cold from the address alone, in an open page, the same again, offline."""
    cold, opened, again, offline = [], [], [], []
    for query in queries:
        context = browser.new_context(service_workers="block")
        page = slowed(context)
        cold.append(
            seconds(
                page,
                lambda p=page, q=query: p.goto(f"{address}/tim-kiem/?q={q}", wait_until="commit"),
            )
        )
        context.close()
        context = browser.new_context(service_workers="block")
        page = slowed(context)
        page.goto(f"{address}/tim-kiem/")
        page.fill("#q", query)
        opened.append(seconds(page, lambda p=page: p.press("#q", "Enter")))
        again.append(seconds(page, lambda p=page: p.reload(wait_until="commit")))
        page.evaluate("document.getElementById('ket-qua').replaceChildren()")
        page.session.send("Network.emulateNetworkConditions", {**SLOW, "offline": True})
        offline.append(seconds(page, lambda p=page: p.press("#q", "Enter")))
        context.close()
    names = ("cold_time", "open_time", "repeat_time", "offline_time")
    return dict(zip(names, map(median, (cold, opened, again, offline)), strict=True))


def thinking(browser: Any, address: str, queries: Sequence[str], rate: int) -> float:
    """Return the median milliseconds of a query whose shards are there."""
    context = browser.new_context(service_workers="block")
    page = context.new_page()
    page.goto(f"{address}/tim-kiem/")
    context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": rate})
    times: list[float] = page.evaluate(ASKED, list(queries))
    context.close()
    return median(times)


def measure(output: Path, queries: Sequence[str]) -> dict[str, float]:
    """Return seconds on the slow line and milliseconds of thinking, for a built site."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as play, served(output) as address:
        browser = play.chromium.launch(executable_path=CHROMIUM, args=OPTIONS)
        found = first_visits(browser, address, queries[:6])
        found["browser_cpu"] = thinking(browser, address, queries, 1)
        found["browser_cpu_slow"] = thinking(browser, address, queries, 6)
        browser.close()
    return found
