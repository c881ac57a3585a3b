"""The look at the disk that goes on while the programme is loaded: never trusted when in doubt."""

import os
import sqlite3
import time
from pathlib import Path

import pytest

from model.lock import Busy, locked
from plugins.incremental import discover as looking
from plugins.incremental.scout import DATABASE, LOCK, STATE, Scout
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
    look = looking.Look.of(told)
    assert look.found == seen_by_the_build(site)
    assert look.found.changed == ("content/news/tin-1.md", "content/news/tin-7.md")
    assert look.found.gone == ("content/news/tin-2.md",)
    assert look.programme == looking.programme()
    assert look.began <= time.time_ns()


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
