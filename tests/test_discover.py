"""What a look at the disk finds: the same as comparing every file with what was noted of it."""

import os
import posixpath
import random
import shutil
import sqlite3
import time
from pathlib import Path

import pytest

from model.folder import Stamp, content_files
from plugins.incremental import discover as looking
from plugins.incremental import look
from plugins.incremental.state import State

FOLDERS = ("news", "news/2021", "news/2022/thang-8", "guides")


class Desk:
    """A content folder that is changed by chance, a memory, and a plain account of the files."""

    def __init__(self, site: Path, seed: int) -> None:
        self.site, self.chance = site, random.Random(seed)
        self.state = State(site / ".state" / "build.db")
        self.noted: dict[str, Stamp] = {}
        self.looked = 0
        (site / "content").mkdir()

    def stamps(self) -> dict[str, Stamp]:
        """Return every file's stamp as it is now."""
        return {file: looking.stamp_of(self.site / file) for file in content_files(self.site)}

    def change(self) -> None:
        """Do something to the folder."""
        files = sorted((self.site / "content").rglob("*.md"))
        deed = self.chance.choice(["add", "add", "edit", "touch", "delete", "move", "fell", "rest"])
        if deed == "add" or not files:
            self._add()
        elif deed == "edit":  # as long as before, its time set back: only the change time tells
            file, before = self.chance.choice(files), time.time_ns()
            at = file.stat()
            file.write_text(str(before)[-8:])
            os.utime(file, ns=(at.st_atime_ns, at.st_mtime_ns))
        elif deed == "touch":
            self.chance.choice(files).touch()
        elif deed == "delete":
            self.chance.choice(files).unlink()
        elif deed == "move":
            self.chance.choice(files).rename(files[0].with_name(f"x{self.chance.random()}.md"))
        elif deed == "fell":
            shutil.rmtree(self.chance.choice(files).parent)

    def _add(self) -> None:
        folder = self.site / "content" / self.chance.choice(FOLDERS)
        folder.mkdir(parents=True, exist_ok=True)
        (folder / f"tin-{self.chance.randrange(1000)}.md").write_text("12345678")
        (folder / "notes.txt").write_text("no document")
        (folder / ".draft.md").write_text("no document either")

    def look(self) -> looking.Found:
        """Return what the look finds, noted as a build notes it."""
        began, now = time.time_ns(), self.stamps()
        found = looking.discover(self.state.db, self.site)
        doubtful = self.looked - look.RACY
        changed = {
            file
            for file, stamp in now.items()
            if self.noted.get(file) != stamp or max(stamp[1:]) > doubtful
        }
        assert found.changed == tuple(sorted(changed))
        assert found.gone == tuple(sorted(self.noted.keys() - now.keys()))
        assert found.documents == len(now)
        self.noted, self.looked = now, began
        return found

    def note(self, found: looking.Found) -> None:
        """Write down what was found."""
        with self.state.transaction():
            for file in (*found.changed, *found.gone):
                where = posixpath.split(file)
                self.state.db.execute("DELETE FROM stamp WHERE folder = ? AND name = ?", where)
                if file in self.noted:
                    values = (*where, *self.noted[file])
                    self.state.db.execute("INSERT INTO stamp VALUES (?, ?, ?, ?, ?)", values)
            looking.note_folders(self.state.db, found)
            self.state.remember("looked", str(self.looked))


@pytest.mark.parametrize("seed", range(12))
def test_folders_hashes_never_hide_a_change(
    tmp_path: Path, seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(look, "RACY", 0 if seed % 3 else 1_000_000_000)
    desk = Desk(tmp_path, seed)
    for _ in range(25):
        for _ in range(desk.chance.randrange(4)):
            desk.change()
        desk.note(desk.look())
    assert desk.look().folders == () or not seed % 3, "an idle folder is told by its hash alone"


def test_a_quiet_folder_reads_no_stamps(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(look, "RACY", 0)
    desk = Desk(tmp_path, 1)
    for name in ("a", "b"):
        folder = desk.site / "content" / "news" / name
        folder.mkdir(parents=True)
        (folder / "tin.md").write_text("1")
    desk.note(desk.look())
    asked: list[str] = []
    noted = look._noted

    def watched(db: sqlite3.Connection, name: str) -> dict[str, Stamp]:
        asked.append(name)
        return noted(db, name)

    monkeypatch.setattr(look, "_noted", watched)
    (desk.site / "content" / "news" / "b" / "tin.md").write_text("23")
    assert desk.look().changed == ("content/news/b/tin.md",)
    assert asked == ["content/news/b"]


def test_a_folder_whose_name_is_no_text_is_passed_over(tmp_path: Path) -> None:
    desk = Desk(tmp_path, 1)
    try:
        Path(tmp_path, "content", "\udcff").mkdir()
    except OSError:
        return  # a file system of names in Unicode only
    desk.note(desk.look())
    assert desk.look().changed == ()
