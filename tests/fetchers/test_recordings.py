"""Every source of every site that ships has a recording, and it gives what it must."""

import shutil
from pathlib import Path

import pytest

from fetchers.__main__ import main, site_name
from fetchers.recording import INDEX, Recorder, Replay
from fetchers.replay import EXPECTED, replayed
from model.problem import Problems
from model.source import load_sources

ROOT = Path(__file__).resolve().parents[2]
SITES = [
    ROOT,
    *sorted(path.parent for path in ROOT.glob("sites/*/sources.yaml")),
    *sorted(path.parent for path in ROOT.glob("tests/sites/*/sources.yaml")),
]
SOURCES = [
    pytest.param(source, ROOT / "tests" / "sources" / site_name(site) / source.id, id=source.id)
    for site in SITES
    for source in load_sources(site).values()
]


def test_the_sites_have_sources() -> None:
    assert len(SITES) >= 4
    assert len(SOURCES) >= 10


@pytest.mark.parametrize(("source", "recording"), SOURCES)
def test_a_recording_gives_what_it_must(source, recording: Path) -> None:
    assert (recording / INDEX).is_file(), f"python -m fetchers record {source.id}"
    outcome, text = replayed(source, recording)
    assert not outcome.failed, outcome
    assert outcome.counts["new"] > 0
    assert text == (recording / EXPECTED).read_text("utf-8")


def test_no_recording_is_left_of_a_source_that_is_gone() -> None:
    wanted = {param.values[1] for param in SOURCES}
    kept = {index.parent for index in (ROOT / "tests" / "sources").rglob(INDEX)}
    assert kept == wanted


def test_what_is_recorded_plays_back(desk, feed, tmp_path: Path) -> None:
    source = desk.source()
    desk.web.put(source.url, b"", 302, location="/moi", date="Fri, 02 Oct 2026 03:00:00 GMT")
    moved = "https://bao-a.example.vn/moi"
    desk.web.put(moved, feed({"title": "Tin", "link": "https://a.example.vn/1"}))
    keep = tmp_path / "kept"
    real = desk.web
    desk.web = Recorder(real, keep)
    desk.run(stateless=True)
    desk.web.finish()
    first = desk.snapshot()
    shutil.rmtree(desk.folder / "content")
    shutil.rmtree(desk.folder / "data")
    desk.web = Replay(keep)
    desk.run(stateless=True)
    again = {name: data for name, data in desk.snapshot().items() if not name.startswith("kept/")}
    assert again == {name: data for name, data in first.items() if not name.startswith("kept/")}


def test_the_command_runs_from_a_recording_and_says_a_line_a_source(
    desk, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("SITE", str(desk.folder))
    shutil.copyfile(ROOT / "sources.yaml", desk.folder / "sources.yaml")
    replay = ["--replay", str(ROOT / "tests" / "sources" / "loa")]
    assert main(["run", *replay]) == 0
    said = capsys.readouterr().out.splitlines()
    assert said[0].startswith("✓ VnExpress")
    assert said[-1].endswith("0 nguồn lỗi")
    before = desk.snapshot()
    assert main(["run", *replay]) == 0
    assert desk.snapshot() == before
    assert main(["run", "who-o-dich", *replay]) == 0
    capsys.readouterr()
    elsewhere = ["--replay", str(ROOT / "tests" / "sources" / "hue")]
    assert main(["run", "who-o-dich", *elsewhere]) == 1
    assert "✗ WHO" in capsys.readouterr().out


def test_unknown_sources_and_empty_recordings_are_refused(
    desk, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("SITE", str(desk.folder))
    with pytest.raises(SystemExit, match="không có nguồn bao-x"):
        main(["run", "bao-x"])
    with pytest.raises(SystemExit, match="phải kèm mã"):
        main(["run", "--accept"])
    empty = tmp_path / "empty"
    empty.mkdir()
    with pytest.raises(Problems, match="không có bản ghi nào"):
        Replay(empty)
    (empty / INDEX).write_text("https://a.example.vn/\t200\tgone.xml\t{}\n")
    assert main(["run", "--replay", str(empty)]) == 1
    assert "dòng này viết sai" in capsys.readouterr().err
