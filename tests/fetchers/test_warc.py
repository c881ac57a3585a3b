"""Web archives: what was sent is kept, named in the documents, and plays back."""

from pathlib import Path

import pytest
from warcio.archiveiterator import ArchiveIterator

from fetchers import __main__ as command
from fetchers.recording import Replay
from model.problem import Problems

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
        ("response", "https://bao-a.example.vn/moi"),
    ]
    (loaded,) = site.documents().values()
    assert loaded.document.archived.startswith("<urn:uuid:")
    with path.open("rb") as file:
        identities = [r.rec_headers.get_header("WARC-Record-ID") for r in ArchiveIterator(file)]
    assert loaded.document.archived == identities[-1]


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
