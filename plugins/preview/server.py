"""The preview's HTTP server, for this machine alone: built tree, bar, the editor's calls."""

from __future__ import annotations

import json
import re
import threading
from collections.abc import Callable
from datetime import UTC, datetime
from html import escape
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from mimetypes import guess_type
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

from model.problem import Problems
from model.site import load_site
from plugins.preview.bar import CSS, HOME, PAGE_CSS, SCRIPT, Shown, document_page, with_bar
from plugins.preview.editing import Editing
from plugins.preview.pages import Documents, overview
from plugins.preview.rebuild import Rebuilder
from plugins.preview.review import PAGE, SOURCES, Review, Undecided

HEARTBEAT = 15
"""Seconds after which a waiting page is told that the server still lives."""
LARGEST = 40 * 1024 * 1024
"""Bytes of a call from the editor (a picture travels as base64)."""
OWN_POLICY = "default-src 'self'; frame-ancestors 'none'; form-action 'self'; base-uri 'none'"
"""Content-Security-Policy of the preview's own pages."""
ALLOWED_HOSTS = {"127.0.0.1", "localhost", "[::1]"}


class Preview(ThreadingHTTPServer):
    """The server and what its answers are made from."""

    daemon_threads = True

    def __init__(self, port: int, folder: Path, rebuilder: Rebuilder) -> None:
        self.folder, self.rebuilder = folder, rebuilder
        self.output = folder / ".state" / "preview" / "output"
        self.documents = Documents(folder)
        self.editing = Editing(folder)
        self.review = Review(folder, self.editing.commit)
        self.stopping = threading.Event()
        self._listed = -1
        super().__init__(("127.0.0.1", port), Answer)

    @property
    def base(self) -> str:
        """The path under which the site lives, "" for a host of its own."""
        try:
            return load_site(self.folder).base
        except Problems:
            return ""

    def shown(self, path: str) -> Shown:
        """Return what the bar says on the page at a public path."""
        status = self.rebuilder.status
        if self._listed != status.number:
            self.documents.refresh()
            self._listed = status.number
        broken = "" if status.ok else status.said
        file = self.documents.files.get(path, "")
        if not file:
            return Shown(status.number, broken=broken)
        now = datetime.now(UTC)
        loaded = self.documents.loaded(path)
        state = loaded.document.state(now) if loaded else ""
        problems = self.documents.problems(file, now)
        edit = self.editing.address(file)
        return Shown(status.number, file, state, edit, problems, broken)


class Answer(BaseHTTPRequestHandler):
    """Answers one request."""

    protocol_version = "HTTP/1.1"
    server: Preview

    def do_GET(self) -> None:
        """Answer with a file of the tree, or a page of the preview's own."""
        if not self._is_local():
            return self._send(403, b"", "text/plain")
        parts = urlsplit(self.path)
        path = unquote(parts.path)
        if path == f"{HOME}events":
            return self._events(parse_qs(parts.query))
        if path in (PAGE, SOURCES):
            return self._review(path, parse_qs(parts.query).get("name", [""])[0])
        if path.startswith(HOME):
            return self._own(path.removeprefix(HOME))
        if path == "/admin":
            return self._moved("/admin/")
        if path.startswith("/admin/"):
            return self._send(*self.server.editing.file(path.removeprefix("/admin/")))
        return self._site(path)

    do_HEAD = do_GET  # noqa: N815 - the standard library's name

    def do_POST(self) -> None:
        """Answer the editor's calls (the local proxy API of Decap CMS), and a decision."""
        length = self.headers.get("Content-Length") or "0"
        if not self._is_local() or not self._is_ours() or not re.fullmatch("[0-9]{1,12}", length):
            self.close_connection = True  # the body was not read
            return self._send(403, b"", "text/plain")
        if int(length) > LARGEST:
            return self._too_large(int(length))
        body = self.rfile.read(int(length))
        path = urlsplit(self.path).path
        if path == PAGE:
            return self._decide(body)
        if path != "/api/v1":
            return self._send(404, b"", "text/plain")
        status, answer = self.server.editing.answer(body)
        return self._send(status, json.dumps(answer).encode(), "application/json")

    def _too_large(self, left: int) -> None:
        """Say so to the form, once it has sent all: a browser hears nothing before."""
        self.close_connection = True
        while left > 0 and (piece := self.rfile.read(min(left, 1 << 20))):
            left -= len(piece)
        answer = {"error": "Tệp quá nặng. Ảnh phải dưới 300 KB: thu nhỏ rồi chọn lại."}
        self._send(409, json.dumps(answer).encode(), "application/json")

    def _review(self, path: str, name: str) -> None:
        """Answer with the list of what waits, one item of it, or how the sources are."""
        review = self.server.review
        try:
            if path == SOURCES:
                return self._page(200, "Nguồn tin", review.sources())
            if not name:
                return self._page(200, "Chờ duyệt từ nguồn", review.listing())
            return self._page(200, *review.one(name))
        except Undecided as error:
            return self._undecided(404 if name else 500, error)

    def _decide(self, body: bytes) -> None:
        given = parse_qs(body.decode("utf-8", "replace"), keep_blank_values=True)
        try:
            done = self.server.review.decide({name: texts[0] for name, texts in given.items()})
        except Undecided as error:
            return self._undecided(409, error)
        back = f'<p><a href="{PAGE}">Danh sách chờ duyệt</a></p>'
        return self._page(200, "Xong", f"<p>{escape(done)}</p>{back}")

    def _undecided(self, status: int, error: Exception) -> None:
        lines = "".join(f'<p class="wrong">{escape(line)}</p>' for line in str(error).splitlines())
        back = f'<p><a href="{PAGE}">Danh sách chờ duyệt</a></p>'
        return self._page(status, "Chưa làm được", lines + back)

    def _page(self, status: int, title: str, body: str) -> None:
        page = document_page(title, body, self.server.shown(""))
        return self._send(status, page, "text/html; charset=utf-8")

    def _is_local(self) -> bool:
        """Refuse other names for this machine: a foreign page could have bound one (rebinding)."""
        return (self.headers.get("Host") or "").rsplit(":", 1)[0] in ALLOWED_HOSTS

    def _is_ours(self) -> bool:
        """Refuse a call that a page of another site makes."""
        origin = self.headers.get("Origin")
        return origin is not None and origin == f"http://{self.headers.get('Host')}"

    def _own(self, name: str) -> None:
        fixed: dict[str, tuple[str, str]] = {
            "bar.css": (CSS, "text/css; charset=utf-8"),
            "bar.js": (SCRIPT, "text/javascript; charset=utf-8"),
            "page.css": (PAGE_CSS, "text/css; charset=utf-8"),
        }
        if name in fixed:
            return self._send(200, fixed[name][0].encode(), fixed[name][1])
        shown = self.server.shown("")
        body = overview(self.server.documents, datetime.now(UTC), shown.broken)
        return self._page(200 if not name else 404, "Xem trước", body)

    def _site(self, path: str) -> None:
        base = self.server.base
        if base and not path.startswith(f"{base}/"):
            return self._moved(f"{base}/")
        inside = path.removeprefix(base)
        file = (self.server.output / inside.lstrip("/")).resolve()
        if not file.is_relative_to(self.server.output.resolve()):
            return self._send(404, b"", "text/plain")
        if file.is_dir():
            if not path.endswith("/"):
                return self._moved(f"{path}/")
            file = file / "index.html"
        if file.is_file():
            return self._file(200, file, inside)
        return self._missing(inside)

    def _missing(self, path: str) -> None:
        page = self.server.output / "404.html"
        if page.is_file():
            return self._file(404, page, path)
        status = self.server.rebuilder.status
        words = f"<p>{status.said}</p>"
        body = document_page("Đang dựng trang" if status.ok else "Chưa dựng được", words, Shown(0))
        return self._send(503, body, "text/html; charset=utf-8")

    def _file(self, status: int, file: Path, path: str) -> None:
        data = file.read_bytes()
        type_ = guess_type(file.name)[0] or "application/octet-stream"
        if file.suffix == ".html":
            if not path.startswith("/embed/"):
                data = with_bar(data, self.server.shown(path))
            type_ = "text/html"
        text = type_.startswith("text/") or type_.endswith(("json", "xml", "javascript"))
        return self._send(status, data, f"{type_}; charset=utf-8" if text else type_)

    def _moved(self, where: str) -> None:
        self.send_response(302)
        self.send_header("Location", where)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def _send(self, status: int, data: bytes, type_: str) -> None:
        self.send_response(status)
        self.send_header("Content-Type", type_)
        self.send_header("Content-Length", str(len(data)))
        self.send_header("Cache-Control", "no-store")
        self.send_header("X-Content-Type-Options", "nosniff")
        if urlsplit(self.path).path.startswith(HOME):  # no page frames what decides
            self.send_header("Content-Security-Policy", OWN_POLICY)
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(data)

    def _events(self, query: dict[str, list[str]]) -> None:
        """Hold the line (server-sent events) until a build newer than the page's is there."""
        seen = int((query.get("after") or ["0"])[0])
        self.close_connection = True
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        self.send_header("Cache-Control", "no-store")
        self.end_headers()
        rebuilder = self.server.rebuilder
        try:
            while not self.server.stopping.is_set():
                fresh = rebuilder.newer_than(seen, HEARTBEAT)
                self.wfile.write(b"data: new\n\n" if fresh else b": still here\n\n")
                self.wfile.flush()
                if fresh:
                    return
        except (BrokenPipeError, ConnectionResetError):
            return

    def log_message(self, format: str, *arguments: object) -> None:  # noqa: A002 - their name
        """Say nothing for each request."""


def serve(
    folder: Path, port: int, say: Callable[[str], None], rebuilder: Rebuilder | None = None
) -> Preview:
    """Start the server and the watching; return the server, already answering in a thread."""
    rebuilder = rebuilder or Rebuilder(folder)
    server = Preview(port, folder, rebuilder)
    watching = threading.Thread(target=rebuilder.watch, args=(server.stopping,), daemon=True)
    watching.start()
    threading.Thread(target=server.serve_forever, daemon=True).start()
    say(f"Xem trước tại http://127.0.0.1:{server.server_address[1]}/ (Ctrl+C để dừng)")
    return server
