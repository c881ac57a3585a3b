"""The sites that are measured: built afresh, and served as a web server would serve them."""

from __future__ import annotations

import contextlib
import gzip
import http.server
import mimetypes
import os
import shutil
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote, urlsplit

from publishing.headers import headers_of, table

ENGINE = Path(__file__).resolve().parents[2]
SAMPLE = "tests/sites/mau"
SITES = (".", "sites/tay-ninh", "sites/hue", "sites/tra-vinh", SAMPLE)
EPOCH = {SAMPLE: "1761750000"}
"""The sample lives at 29/10/2025 22:00; the others are built as of now."""
PARTS = ("content", "data", "files", "locale", "images", "site.yaml", "sources.yaml")
FRAMED = "/embed/"
"""What other sites frame: weighed by benchmarks.quality.widgets."""
TEXT = {".html", ".css", ".js", ".json", ".svg", ".xml", ".webmanifest", ".csv", ".txt", ".geojson"}
"""What a web server compresses on the wire."""
RULES = table()
"""The headers that every server's configuration is made from: policies are the real ones."""


@dataclass(frozen=True)
class Built:
    """A built site: its name as a path below the engine, its folder and its output."""

    name: str
    folder: Path

    @property
    def output(self) -> Path:
        """Folder of what is published."""
        return self.folder / "output"

    def pages(self) -> list[str]:
        """Return the addresses of the pages that stand on the frame."""
        found = self.every()
        return [page for page in found if page.endswith("/") and not page.startswith(FRAMED)]

    def every(self) -> list[str]:
        """Return the addresses of all pages: framed ones and those for lost readers too."""
        files = sorted(self.output.rglob("*.html"))
        return [address(path, self.output) for path in files if b"<main" in path.read_bytes()]

    def families(self) -> dict[str, str]:
        """Return path -> family of every output."""
        state = sqlite3.connect(f"file:{self.folder / '.state' / 'build.db'}?mode=ro", uri=True)
        try:
            return dict(state.execute("SELECT path, family FROM output"))
        finally:
            state.close()


def address(path: Path, output: Path) -> str:
    """Return the public address of a page's file."""
    return "/" + path.relative_to(output).as_posix().removesuffix("index.html")


def build(name: str, work: Path) -> Built:
    """Build a copy of a site below `work`; RuntimeError with what the build said if it fails."""
    folder = work / (Path(name).name or "root")
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    for part in PARTS:
        source = ENGINE / name / part
        if source.is_dir():
            shutil.copytree(source, folder / part)
        elif source.is_file():
            shutil.copyfile(source, folder / part)
    environment = {**os.environ, "SITE": str(folder), "PYTHONUTF8": "1"}
    environment |= {"SOURCE_DATE_EPOCH": EPOCH[name]} if name in EPOCH else {}
    done = subprocess.run(
        [sys.executable, "-m", "plugins.incremental", "build"],
        cwd=ENGINE,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise RuntimeError(done.stdout + done.stderr)
    return Built(name, folder)


class Files(http.server.SimpleHTTPRequestHandler):
    """Serves built files compressed, with the type and length that a browser expects."""

    root: Path

    def do_GET(self) -> None:
        """Answer with the file, its index or the page for lost readers."""
        path = self.root / unquote(urlsplit(self.path).path).lstrip("/")
        path = path / "index.html" if path.is_dir() else path
        status = 200 if path.is_file() else 404
        path = path if path.is_file() else self.root / "404.html"
        data = path.read_bytes()
        self.send_response(status)
        for name, value in headers_of(urlsplit(self.path).path, RULES).items():
            self.send_header(name, value)
        sort = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
        self.send_header("Content-Type", f"{sort}; charset=utf-8" if path.suffix in TEXT else sort)
        if path.suffix in TEXT:
            data = gzip.compress(data, mtime=0)
            self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        with contextlib.suppress(ConnectionError):  # the page was left before all of it came
            self.wfile.write(data)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        """Say nothing."""


@contextmanager
def served(site: Built) -> Iterator[str]:
    """Serve a built site on this machine; yield its address without a slash at its end."""
    handler = type("Handler", (Files,), {"root": site.output})
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://localhost:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
