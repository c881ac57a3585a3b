"""A build killed, starved or raced at any point: the next one gives the right tree."""

import errno
import os
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from model.document import join
from plugins.incremental.state import State
from plugins.incremental.verify import distrust, verify
from tests import building

WATCHED = {"os.rename", "os.remove", "os.mkdir", "os.rmdir"}
KILLED, STARVED, DONE = -signal.SIGKILL, 7, 0


@pytest.fixture(autouse=True)
def _plugins() -> None:
    building.register_plugins(building.plugin_names())


def put(site: Path, name: str, body: str, hour: int = 7) -> None:
    """Write a news document."""
    file = site / "content" / "news" / f"{name}.md"
    file.parent.mkdir(parents=True, exist_ok=True)
    values = {"title": f"Tin {name}", "date": f"2021-08-01 {hour:02}:00", "tags": ["Mưa lớn"]}
    file.write_text(join(values, body), encoding="utf-8")


def first_site(folder: Path) -> Path:
    """Make and build a site."""
    site = building.new_site(folder)
    for number in range(4):
        put(site, f"tin-{number}", "Thân bài", number)
    building.build(site)
    return site


def edit(site: Path) -> None:
    """Edit, add and delete at once."""
    put(site, "tin-1", "Thân bài đã sửa", 1)
    put(site, "tin-moi", "Thân bài mới", 9)
    (site / "content" / "news" / "tin-2.md").unlink()


def in_child(site: Path, point: int, act: Callable[[], None]) -> int:
    """Build in a child in which `act` runs at the point-th change of the disk; return its end."""
    pid = os.fork()
    if pid == 0:
        _child(site, point, act)
    _, status = os.waitpid(pid, 0)
    return -os.WTERMSIG(status) if os.WIFSIGNALED(status) else os.WEXITSTATUS(status)


def _child(site: Path, point: int, act: Callable[[], None]) -> None:
    left = [point]

    def count(*_: Any) -> None:
        left[0] -= 1
        if left[0] <= 0:  # a full disk stays full
            act()

    def audit(event: str, arguments: Any) -> None:
        writing = event == "open" and isinstance(arguments[2], int) and arguments[2] & 3
        if event in WATCHED or writing:
            count()

    opened = State.__init__

    def traced(self: State, path: Path) -> None:
        opened(self, path)
        if act is kill:
            self.db.set_trace_callback(count)

    State.__init__ = traced  # type: ignore[method-assign]
    sys.addaudithook(audit)
    try:
        building.build(site)
    except OSError as error:
        os._exit(STARVED if error.errno == errno.ENOSPC else 9)
    os._exit(DONE)


def kill() -> None:
    """Die without a word."""
    os.kill(os.getpid(), signal.SIGKILL)


def starve() -> None:
    """Fail as a full disk does."""
    raise OSError(errno.ENOSPC, "No space left on device")


def sweep(tmp_path: Path, points: range, act: Callable[[], None], end: int) -> int:
    """Cut builds at each point; return how many were really cut."""
    cut = 0
    for point in points:
        site = first_site(tmp_path / f"site {act.__name__} {point}")
        before = building.tree(site / "output")
        edit(site)
        ended = in_child(site, point, act)
        assert ended in (end, DONE)
        after = building.clean_tree(site, building.NOW)
        standing = building.tree(site / "output")
        for path, data in standing.items():
            assert data in (before.get(path), after.get(path)), f"{path} is torn"
        if point % 2:  # the editor takes one change back before the next build
            put(site, "tin-1", "Thân bài", 1)
            after = building.clean_tree(site, building.NOW)
        building.build(site)
        assert building.differences(building.tree(site / "output"), after) == []
        cut += ended == end
        if ended == DONE:
            break
    return cut


def test_killed_at_a_sample_of_points(tmp_path: Path) -> None:
    assert sweep(tmp_path, range(3, 300, 29), kill, KILLED) >= 3


def test_starved_at_a_sample_of_points(tmp_path: Path) -> None:
    assert sweep(tmp_path, range(2, 60, 7), starve, STARVED) >= 1


@pytest.mark.torture
def test_killed_everywhere(tmp_path: Path) -> None:
    assert sweep(tmp_path, range(1, 2000), kill, KILLED) > 50


@pytest.mark.torture
def test_starved_everywhere(tmp_path: Path) -> None:
    assert sweep(tmp_path, range(1, 2000), starve, STARVED) > 20


def test_killed_first_build_leaves_no_half_site(tmp_path: Path) -> None:
    for point in (20, 60, 100):
        site = building.new_site(tmp_path / f"s{point}")
        put(site, "tin", "Thân bài")
        assert in_child(site, point, kill) == KILLED
        assert not (site / "output").exists()
        building.build(site)
        clean = building.clean_tree(site, building.NOW)
        assert building.differences(building.tree(site / "output"), clean) == []


def damage_bytes(path: Path) -> None:
    path.write_bytes(b"not a database" * 1000)


def damage_middle(path: Path) -> None:
    data = bytearray(path.read_bytes())
    data[len(data) // 2 :] = os.urandom(len(data) - len(data) // 2)
    path.write_bytes(bytes(data))


def other_schema(path: Path) -> None:
    with sqlite3.connect(path) as db:
        db.execute("PRAGMA user_version = 99")


def empty_file(path: Path) -> None:
    path.write_bytes(b"")


@pytest.mark.parametrize("damage", [damage_bytes, damage_middle, other_schema, empty_file])
def test_a_damaged_state_is_noticed(tmp_path: Path, damage: Callable[[Path], None]) -> None:
    site = first_site(tmp_path / "s")
    edit(site)
    damage(site / ".state" / "build.db")
    building.build(site)
    clean = building.clean_tree(site, building.NOW)
    assert building.differences(building.tree(site / "output"), clean) == []


def test_damage_found_on_the_way_is_mended(tmp_path: Path) -> None:
    site = first_site(tmp_path / "s")
    for suffix in ("-wal", "-shm"):
        assert not (site / ".state" / f"build.db{suffix}").exists()
    whole = (site / ".state" / "build.db").read_bytes()
    edit(site)
    clean = building.clean_tree(site, building.NOW)
    pages = range(4096, len(whole), 4096 * 3)
    assert len(pages) > 4
    for page in pages:
        torn = whole[:page] + bytes(4096) + whole[page + 4096 :]
        (site / ".state" / "build.db").write_bytes(torn)
        building.build(site)
        assert building.differences(building.tree(site / "output"), clean) == []


def test_a_state_of_another_site_is_noticed(tmp_path: Path) -> None:
    site, other = first_site(tmp_path / "a"), first_site(tmp_path / "b")
    edit(site)
    building.build(site)
    (site / ".state" / "build.db").write_bytes((other / ".state" / "build.db").read_bytes())
    building.build(site)
    clean = building.clean_tree(site, building.NOW)
    assert building.differences(building.tree(site / "output"), clean) == []


def test_after_a_boot_nothing_on_the_disk_is_believed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    site = first_site(tmp_path / "s")
    (site / "output" / "index.html").write_bytes(b"")
    assert not building.build(site).fresh
    monkeypatch.setattr("plugins.incremental.build.boot_id", lambda: "another")
    assert building.build(site).fresh
    clean = building.clean_tree(site, building.NOW)
    assert building.differences(building.tree(site / "output"), clean) == []


def test_verify_says_what_was_changed_behind_our_back(tmp_path: Path) -> None:
    site = first_site(tmp_path / "s")
    state = State(site / ".state" / "build.db")
    assert verify(state, site / "output").good
    (site / "output" / "index.html").write_text("bị sửa")
    (site / "output" / "404.html").unlink()
    (site / "output" / "la.html").write_text("lạ")
    verdict = verify(state, site / "output")
    assert (verdict.changed, verdict.missing, verdict.strange) == (
        ["index.html"],
        ["404.html"],
        ["la.html"],
    )
    distrust(state)
    state.close()
    building.build(site)
    clean = building.clean_tree(site, building.NOW)
    assert building.differences(building.tree(site / "output"), clean) == []


def test_builds_at_once_take_turns(tmp_path: Path) -> None:
    site = first_site(tmp_path / "s")
    edit(site)
    command = [sys.executable, "-m", "pelican", "-s", "pelicanconf.py", "--fatal", "warnings"]
    environment = {**os.environ, "SITE": str(site), "SOURCE_DATE_EPOCH": "1630454400"}
    running = [
        subprocess.Popen(command, cwd=building.ENGINE, env=environment, stderr=subprocess.PIPE)
        for _ in range(3)
    ]
    for process in running:
        assert process.wait() == 0, process.communicate()
    clean = building.clean_tree(site, building.NOW)
    assert building.differences(building.tree(site / "output"), clean) == []


def test_a_file_changed_while_building_is_seen_by_the_next_build(tmp_path: Path) -> None:
    site = first_site(tmp_path / "s")
    edit(site)
    file = site / "content" / "news" / "tin-1.md"
    stat = file.stat()
    report = building.build(site)
    assert report.changed
    text = file.read_text("utf-8").replace("đã sửa", "sửa nữa")
    file.write_text(text + " " * (stat.st_size - len(text.encode())), "utf-8")
    os.utime(file, ns=(stat.st_atime_ns, stat.st_mtime_ns))  # same size, same time
    building.build(site)
    clean = building.clean_tree(site, building.NOW)
    assert building.differences(building.tree(site / "output"), clean) == []


def test_nothing_new_reads_and_renders_nothing(tmp_path: Path) -> None:
    site = first_site(tmp_path / "s")
    time.sleep(1.1)  # past the span in which a file's time is not believed
    building.build(site)
    report = building.build(site)
    assert (report.read, report.rendered, report.changed, report.removed) == (0, 0, [], [])


def test_workers_give_the_same_tree(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("plugins.incremental.reading.CHUNK", 2)
    monkeypatch.setattr("plugins.incremental.render.CHUNK", 3)
    site = building.new_site(tmp_path / "s")
    for number in range(12):
        put(site, f"tin-{number}", "Thân bài", number)
    building.build(site, workers=3)
    clean = building.clean_tree(site, building.NOW)
    assert building.differences(building.tree(site / "output"), clean) == []
