"""The look at the disk that goes on while the programme is loaded: never trusted when in doubt."""

import os
import shutil
import signal
import sqlite3
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from model.lock import Busy, locked
from plugins.incremental import discover as looking
from plugins.incremental import look
from plugins.incremental.scout import DATABASE, LOCK, STATE, Scout, Shared
from plugins.incremental.state import State
from tests import building


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """Return a built site with three documents."""
    building.register_plugins(building.plugin_names())
    folder = building.new_site(tmp_path / "trang thử")
    for number in range(3):
        put(folder, number, "Kê cao đồ đạc.")
    building.build(folder)
    return folder


def put(folder: Path, number: int, body: str) -> Path:
    """Write a news document."""
    file = folder / "content" / "news" / f"tin-{number}.md"
    file.parent.mkdir(parents=True, exist_ok=True)
    head = f"---\ntitle: Tin số {number}\ndate: 2021-08-0{number + 1} 07:00\n---\n\n"
    file.write_text(head + body + "\n", encoding="utf-8")
    return file


def seen_by_the_build(folder: Path) -> looking.Found:
    """Return what the build itself finds on the disk."""
    state = State(folder / STATE / DATABASE)
    try:
        return looking.discover(state.db, folder)
    finally:
        state.close()


def test_a_scout_sees_what_the_build_sees(site: Path) -> None:
    time.sleep(1.1)  # past the span in which a file's time is not believed
    building.build(site)
    put(site, 1, "Và thuốc men.")
    put(site, 7, "Tin mới.")
    (site / "content" / "news" / "tin-2.md").unlink()
    scout = Scout(site)
    told = scout.look()
    scout.dismiss()
    assert told is not None
    seen = looking.Look.of(told)
    assert seen.found == seen_by_the_build(site)
    assert seen.found.changed == ("content/news/tin-1.md", "content/news/tin-7.md")
    assert seen.found.gone == ("content/news/tin-2.md",)
    assert seen.programme == looking.programme()
    assert seen.began <= time.time_ns()


def test_the_lock_is_held_from_before_the_look_on(site: Path) -> None:
    scout = Scout(site)
    with pytest.raises(Busy), locked(site / STATE / LOCK, wait=False):
        pass
    scout.dismiss()
    with locked(site / STATE / LOCK, wait=False):
        pass


@pytest.mark.parametrize("harm", ["none", "foreign", "damaged"])
def test_without_a_memory_that_can_be_read_the_build_looks_itself(site: Path, harm: str) -> None:
    database = site / STATE / DATABASE
    if harm == "none":
        database.unlink()
    elif harm == "foreign":
        db = sqlite3.connect(database)
        db.execute("PRAGMA user_version = 1")
        db.close()
    else:
        database.write_bytes(b"SQLite format 3\0" + os.urandom(8000))
    before = database.read_bytes() if database.exists() else None
    scout = Scout(site)
    assert scout.look() is None
    scout.dismiss()
    assert (database.read_bytes() if database.exists() else None) == before
    building.build(site)
    clean = building.clean_tree(site, building.NOW)
    assert building.differences(building.tree(site / "output"), clean) == []


def test_the_build_and_the_scout_share_the_folders(site: Path) -> None:
    for number in range(40):  # more than the pipe holds
        folder = site / "content" / "news" / f"nam-{number}"
        folder.mkdir()
        (folder / f"bai-{number}.md").write_text(
            f"---\ntitle: Bài {number}\ndate: 2021-08-28\n---\n\nChữ.\n", encoding="utf-8"
        )
    building.build(site)
    shutil.rmtree(site / "content" / "news" / "nam-3")
    (site / "content" / "news" / "nam-7" / "bai-7.md").unlink()
    (site / "content" / "news" / "nam-9" / "bai-99.md").write_text("mới", encoding="utf-8")
    expected = seen_by_the_build(site)
    assert expected.left == ("content/news/nam-3",)
    taken = []
    for _ in range(8):
        scout = Scout(site)
        mine = scout._todo.take

        def counted(take: Callable[[], str | None] = mine) -> str | None:
            folder = take()
            taken.extend([folder] if folder else [])
            return folder

        scout._todo.take = counted  # type: ignore[method-assign]
        told = scout.look()
        scout.dismiss()
        assert told is not None
        assert looking.Look.of(told).found == expected
    assert len(taken) < 8 * 44, "the child did its part"


def test_folders_to_do_are_taken_once_whoever_takes_them() -> None:
    todo = Shared()
    names = [f"content/thư mục {number}/\udcff" for number in range(30)]
    for name in names:
        todo.add(name)
    todo.add("content/" + "x" * 5000)
    taken = [todo.take() for _ in range(31)]
    assert sorted(map(str, taken)) == sorted([*names, "content/" + "x" * 5000])
    assert todo.take() is None
    todo.only_take()
    todo.add("content/của mình")
    assert todo.take() == "content/của mình"
    assert todo.take() is None


def test_where_there_is_no_pipe_of_packets_the_child_does_all(
    site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    expected = seen_by_the_build(site)

    def refused(_: int) -> tuple[int, int]:
        raise OSError(22, "no such pipe")

    monkeypatch.setattr(os, "pipe2", refused)
    scout = Scout(site)
    told = scout.look()
    scout.dismiss()
    assert told is not None
    assert looking.Look.of(told).found == expected


@pytest.mark.parametrize("harm", ["the child ends", "a folder that cannot be read"])
def test_a_look_that_fails_is_no_look(
    site: Path, harm: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def killed(*_: object) -> None:
        os.kill(os.getpid(), signal.SIGKILL)

    if harm == "the child ends":
        monkeypatch.setattr(Scout, "_seen", killed)
        scout = Scout(site)
    else:
        scout = Scout(site)
        monkeypatch.setattr(look, "part", failing)
    assert scout.look() is None
    scout.dismiss()
    with locked(site / STATE / LOCK, wait=False):
        pass


def failing(*_: object) -> None:
    """Stand in for a look that the system refuses."""
    raise PermissionError(13, "no")
