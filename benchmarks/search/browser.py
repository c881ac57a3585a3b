"""The search page in Chromium on a slow line and a slow processor: `browser.measure(output, …)`.

400 kbit/s with 400 ms of delay and a processor slowed six times are Chromium's own emulation; files
come from this machine over HTTP/1.1 with Brotli, as the published site serves them. The clock is
the page's own: it starts with the navigation or the key, and stops when the fifth result stands.
"""

from __future__ import annotations

import functools
import shutil
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from statistics import median
from typing import Any
from urllib.parse import quote

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
FIVE = "#ket-qua li:nth-child(5), #ket-qua[data-all] li"
"""The fifth result; or any, on a list that says that it is whole (Pagefind may find fewer)."""
CLOCK = f"""(() => {{
    let begun = 0, five;
    new MutationObserver(() => {{
        const stands = document.querySelector({FIVE!r});
        five = stands ? five || performance.now() : 0;
    }}).observe(document, {{childList: true, subtree: true}});
    addEventListener('keydown', (event) => {{
        if (event.key === 'Enter') [begun, five] = [performance.now(), 0];
    }}, true);
    window.clock = () => ({{
        time: (five - begun) / 1000,
        html: performance.getEntriesByType('navigation')[0].responseEnd / 1000,
    }});
}})()"""
"""Runs before a page's own scripts. `clock()`: seconds since the navigation or the last Enter until
the fifth result stood; and from the navigation until all of the HTML was there.
"""
VISITS = 6
"""Questions with which visits are timed."""
PAGEFIND_PAGE = (
    Path(__file__).with_name("pagefind.html"),
    Path(__file__).with_name("ask-pagefind.js"),
)
ASKED = """async (queries) => {
    const form = document.getElementById('tim'), core = await import(form.dataset.core);
    const {shards} = core.connect(form.dataset.index), index = await shards();
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
    wbufsize = -1
    """Head and body leave together, as from a real server: the slow line counts whole packets."""

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


def told(page: Any, act: Any) -> dict[str, float]:
    """Do `act`; return what the page's clock says once five results stand."""
    act()
    page.wait_for_selector(FIVE, timeout=60_000)
    found: dict[str, float] = page.evaluate("clock()")
    return found


def begun(browser: Any) -> Any:
    """Return a page on the slow line in a browser that has seen nothing, with our clock."""
    context = browser.new_context(service_workers="block")
    context.add_init_script(CLOCK)
    return slowed(context)


def first_visit(browser: Any, address: str) -> dict[str, float]:
    """Return the seconds of a visit with nothing cached, and how many of them follow the HTML."""
    page = begun(browser)
    found = told(page, lambda: page.goto(address, wait_until="commit"))
    page.context.close()
    return {"cold_time": found["time"], "page_time": found["time"] - found["html"]}


def later_visits(browser: Any, address: str, query: str) -> dict[str, float]:
    """Return the seconds of a question in an open page, of the same again, and then offline."""
    page = begun(browser)
    page.goto(f"{address}/tim-kiem/")
    page.fill("#q", query)
    opened = told(page, lambda: page.press("#q", "Enter"))
    again = told(page, lambda: page.reload(wait_until="commit"))
    page.evaluate("document.getElementById('ket-qua').replaceChildren()")
    page.session.send("Network.emulateNetworkConditions", {**SLOW, "offline": True})
    offline = told(page, lambda: page.press("#q", "Enter"))
    page.context.close()
    names = ("open_time", "repeat_time", "offline_time")
    return dict(zip(names, (each["time"] for each in (opened, again, offline)), strict=True))


def medians(found: Sequence[Mapping[str, float]]) -> dict[str, float]:
    """Return the median of each figure."""
    return {name: median(each[name] for each in found) for name in found[0]}


def thinking(browser: Any, address: str, queries: Sequence[str], rate: int) -> float:
    """Return the median milliseconds of a query whose shards are there."""
    context = browser.new_context(service_workers="block")
    page = context.new_page()
    page.goto(f"{address}/tim-kiem/")
    context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": rate})
    times: list[float] = page.evaluate(ASKED, list(queries))
    context.close()
    return median(times)


@contextmanager
def chromium() -> Iterator[Any]:
    """Give a browser."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=CHROMIUM, args=OPTIONS)
        yield browser
        browser.close()


def measure(output: Path, queries: Sequence[str]) -> dict[str, float]:
    """Return seconds on the slow line and milliseconds of thinking, for a built site."""
    with served(output) as address, chromium() as browser:
        where = [f"{address}/tim-kiem/?q={quote(query)}" for query in queries[:VISITS]]
        found = medians([first_visit(browser, one) for one in where])
        found |= medians([later_visits(browser, address, query) for query in queries[:VISITS]])
        found["browser_cpu"] = thinking(browser, address, queries, 1)
        found["browser_cpu_slow"] = thinking(browser, address, queries, 6)
    return found


def measure_pagefind(index: Path, queries: Sequence[str]) -> dict[str, float]:
    """Return the seconds of first visits to a bare page that asks Pagefind, on the same line.

    `index`: what Pagefind wrote. Its page has no style sheet, menu or anything else to fetch, names
    Pagefind's script in its head and shows the titles of five results, of all if there are fewer.
    """
    for file in PAGEFIND_PAGE:
        shutil.copy(file, index)
    with served(index) as address, chromium() as browser:
        where = [f"{address}/pagefind.html?q={quote(query)}" for query in queries[:VISITS]]
        return medians([first_visit(browser, one) for one in where])
