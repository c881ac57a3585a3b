"""Web archives: what was sent is kept, named in the documents, and plays back."""

import gzip
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest
from warcio.archiveiterator import ArchiveIterator

from fetchers import __main__ as command
from fetchers.exchange import Request
from fetchers.http import Web
from fetchers.recording import Replay
from fetchers.warc import Archive
from model.problem import Problems

PACKED = gzip.compress(b"<p>Tin</p>") + gzip.compress("<p>Đủ hai phần</p>".encode())
SOURCES = "bao-a: {name: A, url: https://bao-a.example.vn/rss, format: rss}\n"


@pytest.fixture
def site(desk, feed, monkeypatch: pytest.MonkeyPatch):
    """A site whose one source moved once, reached through the command line."""
    moved = "https://bao-a.example.vn/moi"
    stamp = "Fri, 02 Oct 2026 03:00:00 GMT"
    desk.web.put("https://bao-a.example.vn/rss", b"", 301, location="/moi", date=stamp)
    item = {"title": "Tin", "link": "https://a.example.vn/1"}
    desk.web.put(moved, feed(item), content_type="text/xml", content_encoding="gzip", date=stamp)
    (desk.folder / "sources.yaml").write_text(SOURCES, "utf-8")
    monkeypatch.setenv("SITE", str(desk.folder))
    monkeypatch.setattr(command, "_web", lambda: desk.web)
    return desk


def test_what_was_sent_is_kept_and_named(site, tmp_path: Path) -> None:
    path = tmp_path / "luu" / "tin.warc.gz"
    assert command.main(["run", "--archive", str(path)]) == 0
    with path.open("rb") as file:
        kept = [
            (record.rec_type, record.rec_headers.get_header("WARC-Target-URI"))
            for record in ArchiveIterator(file)
        ]
    assert kept == [
        ("warcinfo", None),
        ("response", "https://bao-a.example.vn/rss"),
        ("request", "https://bao-a.example.vn/rss"),
        ("response", "https://bao-a.example.vn/moi"),
        ("request", "https://bao-a.example.vn/moi"),
    ]
    (loaded,) = site.documents().values()
    assert loaded.document.archived.startswith("<urn:uuid:")
    with path.open("rb") as file:
        identities = [r.rec_headers.get_header("WARC-Record-ID") for r in ArchiveIterator(file)]
    assert loaded.document.archived == identities[-2]


def test_an_archive_plays_back_to_the_same_documents(site, tmp_path: Path) -> None:
    path = tmp_path / "tin.warc.gz"
    command.main(["run", "--archive", str(path)])
    before = {file: loaded.document for file, loaded in site.documents().items()}
    for file in before:
        (site.folder / file).unlink()
    for seen in (site.folder / "data" / "seen").iterdir():
        seen.unlink()
    assert command.main(["run", "--replay", str(path)]) == 0
    after = {file: loaded.document for file, loaded in site.documents().items()}
    dropped = {"first_seen"}
    assert {f: d.model_dump(exclude=dropped) for f, d in after.items()} == {
        f: d.model_dump(exclude=dropped) for f, d in before.items()
    }


def test_a_second_run_adds_to_the_archive_and_changes_no_document(site, tmp_path: Path) -> None:
    path = tmp_path / "tin.warc.gz"
    command.main(["run", "bao-a", "--archive", str(path)])
    before, size = site.snapshot(), path.stat().st_size
    assert command.main(["run", "bao-a", "--archive", str(path)]) == 0
    after = site.snapshot()
    assert path.stat().st_size > size
    assert {f: d for f, d in after.items() if f.startswith(("content", "data"))} == {
        f: d for f, d in before.items() if f.startswith(("content", "data"))
    }


@pytest.mark.parametrize("data", [b"", b"no archive", b"WARC/1.1\r\nWARC-Type: response\r\n"])
def test_what_is_no_archive_is_refused(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "x.warc"
    path.write_bytes(data)
    with pytest.raises(Problems):
        Replay(path)


class Server(BaseHTTPRequestHandler):
    """Sends a page packed in two gzip members and in chunks; anything else is not there."""

    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        if self.path != "/tin?a=1":
            self.send_response(404, "Khong co")
            self.send_header("Content-Length", "5")
            self.end_headers()
            self.wfile.write(b"<p>?<")
            return
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Encoding", "x-gzip")
        self.send_header("Set-Cookie", "a=1")
        self.send_header("Set-Cookie", "b=2")
        self.send_header("Transfer-Encoding", "chunked")
        self.end_headers()
        for piece in (PACKED[:20], PACKED[20:], b""):
            self.wfile.write(f"{len(piece):x}\r\n".encode() + piece + b"\r\n")

    def log_message(self, *arguments: object) -> None:
        """Say nothing."""


@pytest.fixture
def server() -> Iterator[str]:
    with HTTPServer(("127.0.0.1", 0), Server) as running:
        threading.Thread(target=running.serve_forever, daemon=True).start()
        yield f"127.0.0.1:{running.server_address[1]}"
        running.shutdown()


def test_the_archive_holds_the_bytes_as_they_were_sent(server: str, tmp_path: Path) -> None:
    path, into = tmp_path / "tin.warc", tmp_path / "body"
    archive = Archive(Web(), path, "Loa/test")
    headers = {"User-Agent": "Loa/test", "Accept-Encoding": "gzip"}
    for page in ("tin?a=1", "mat"):
        request = Request(f"http://{server}/{page}", headers, 10_000, 5, server)
        answer = archive.ask(request, into)
        assert answer.status == (200 if page.startswith("tin") else 404)
    archive.close()
    assert into.read_text("utf-8") == "<p>Tin</p><p>Đủ hai phần</p>"
    assert sorted(p.name for p in tmp_path.iterdir()) == ["body", "tin.warc"]
    with path.open("rb") as file:
        kept = [
            (r.rec_type, dict(r.rec_headers.headers), r.http_headers, r.raw_stream.read())
            for r in ArchiveIterator(file, check_digests="raise")
        ]
    assert [row[0] for row in kept] == ["warcinfo", "response", "request", "response", "request"]
    (about, sent, data), (asks, asked, _), (gone, lost, nothing) = (row[1:] for row in kept[1:4])
    assert data == PACKED
    assert about["WARC-IP-Address"] == "127.0.0.1"
    assert "WARC-Truncated" not in about
    names = [name for name, _ in sent.headers]
    assert names.count("Set-Cookie") == 2
    assert sent.get_header("Content-Encoding") == "x-gzip"
    assert "Transfer-Encoding" not in names
    assert asks["WARC-Concurrent-To"] == about["WARC-Record-ID"]
    assert (asked.protocol, asked.statusline) == ("GET", "/tin?a=1 HTTP/1.1")
    assert asked.get_header("User-Agent") == "Loa/test"
    assert lost.statusline == "404 Khong co"
    assert (nothing, gone["WARC-Truncated"]) == (b"", "unspecified")


def test_packed_bodies_of_an_archive_are_unpacked_for_a_replay(server: str, tmp_path: Path) -> None:
    path = tmp_path / "tin.warc.gz"
    archive = Archive(Web(), path, "Loa/test")
    request = Request(f"http://{server}/tin?a=1", {}, 10_000, 5, server)
    archive.ask(request, tmp_path / "a")
    archive.close()
    assert Replay(path).ask(request, tmp_path / "b").status == 200
    assert (tmp_path / "b").read_bytes() == (tmp_path / "a").read_bytes()
