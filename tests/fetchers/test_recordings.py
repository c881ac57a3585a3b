"""Every source of every site that ships has a recording, and it gives what it must."""

import re
import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest

from fetchers.__main__ import main, site_name
from fetchers.formats import FORMATS
from fetchers.recording import INDEX, Recorder, Replay
from fetchers.replay import EXPECTED, replayed
from model.check.site import check_site
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


def test_adding_a_source_touches_its_block_and_its_recording(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Every format once: a block is added, its answers are kept, documents come; nothing else."""
    donor, site = ROOT / "tests/sites/formats", tmp_path / "trang"
    blocks = re.split(r"\n(?=[a-z])", (donor / "sources.yaml").read_text("utf-8"))[1:]
    site.mkdir()
    shutil.copyfile(donor / "site.yaml", site / "site.yaml")
    (site / "sources.yaml").write_text("", "utf-8")
    monkeypatch.setenv("SITE", str(site))
    engine = programme()
    added: set[str] = set()
    for block in blocks:
        name = block.partition(":")[0]
        before = tree(site)
        with (site / "sources.yaml").open("a", encoding="utf-8") as file:
            file.write(f"{block}\n")
        kept = tmp_path / "recordings" / name
        answers = ROOT / "tests/sources/formats" / name
        shutil.copytree(answers, kept, ignore=shutil.ignore_patterns(EXPECTED))
        assert main(["record", name, "--again", "--to", str(kept.parent)]) == 0
        assert (kept / EXPECTED).read_text("utf-8") == (answers / EXPECTED).read_text("utf-8")
        assert main(["run", name, "--replay", str(kept)]) == 0
        now = tree(site)
        changed = {path for path in before.keys() & now.keys() if before[path] != now[path]}
        made = now.keys() - before.keys()
        assert changed <= {"sources.yaml"} | {p for p in changed if p.startswith("data/seen/")}
        assert any(path.startswith("content/") for path in made), name
        assert all(path.startswith(("content/", "data/", ".state/")) for path in made)
        added.add(load_sources(site)[name].format)
    found = check_site(site, datetime(2026, 10, 3, tzinfo=UTC))
    assert [str(problem) for problem in found if not problem.warning] == []
    assert added | {"rss"} == set(FORMATS)
    assert programme() == engine


def tree(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


def programme() -> dict[Path, bytes]:
    """Every file of the programme and of its themes, as it is."""
    rooms = ("fetchers", "model", "plugins", "publishing", "theme")
    return {
        path: path.read_bytes()
        for room in rooms
        for path in (ROOT / room).rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
