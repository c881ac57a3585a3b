"""Publishing: releases appear whole, by one rename, and can be taken back."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import brotli
import pytest

from model.problem import Problems
from publishing.changelog import changes_since
from publishing.compress import twins
from publishing.disk import Disk
from publishing.manifest import entry_of, parse
from publishing.release import Publisher

ROOT = Path(__file__).resolve().parents[1]
NOW = datetime(2021, 9, 1, tzinfo=UTC)
POLICY = "<meta http-equiv='Content-Security-Policy' content=\"default-src 'none'\">"
SITE = """name: Trang
url: https://a.example.vn
agency: {name: Sở}
hotlines: [{number: "115", label: Cấp cứu}]
"""


def page(words: str, head: str = POLICY) -> str:
    text = f"<p>{words}</p>" * 20
    return f"<!doctype html><html><head><title>T</title>{head}</head><body>{text}</body></html>\n"


class Bench:
    """A site with an output tree and a build log, changed as a build would change them."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "site.yaml").write_text(SITE, encoding="utf-8")
        (folder / "output").mkdir(exist_ok=True)
        (folder / ".state").mkdir(exist_ok=True)
        self.builds = 0
        files = {f"tin-tuc/{n}/index.html": page(f"tin {n}") for n in range(20)}
        home = page('<a href="tel:115">115</a> <a href="/tin-tuc/1/">Tin</a>')
        self.build(
            {**files, "index.html": home, "404.html": page("không có"), "theme/a.css": "a{}"}
        )

    def build(self, files: dict[str, str | None], log: bool = True) -> None:
        self.builds += 1
        changed = [path for path, text in files.items() if text is not None]
        removed = [path for path, text in files.items() if text is None]
        for path, text in files.items():
            target = self.folder / "output" / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.unlink(missing_ok=True)
            if text is not None:
                target.write_text(text, encoding="utf-8")
        if log:
            line = {
                "build": str(self.builds),
                "fresh": False,
                "changed": changed,
                "removed": removed,
            }
            with (self.folder / ".state/changes.jsonl").open("a", encoding="utf-8") as file:
                file.write(json.dumps(line) + "\n")

    def publisher(self, disk: Disk | None = None) -> Publisher:
        return Publisher(self.folder, disk)

    def publish(self, *allow: str) -> int:
        return self.publisher().publish(NOW, allow).number

    @property
    def public(self) -> Path:
        return self.folder / "www/current/public"

    def seen(self) -> dict[str, str]:
        return {
            path.relative_to(self.public).as_posix(): path.read_text(encoding="utf-8")
            for path in self.public.rglob("*")
            if path.is_file() and path.suffix not in (".gz", ".br")
        }

    def built(self) -> dict[str, str]:
        root = self.folder / "output"
        return {
            path.relative_to(root).as_posix(): path.read_text(encoding="utf-8")
            for path in root.rglob("*")
            if path.is_file()
        }


@pytest.fixture
def bench(tmp_path: Path) -> Bench:
    return Bench(tmp_path / "trang tin")


def assert_whole(bench: Bench) -> int:
    """Assert that the public tree is its manifest, twins too; return the release's number."""
    manifest = parse((bench.public.parent / "manifest.json").read_bytes())
    assert set(bench.seen()) == set(manifest.files)
    for path, entry in manifest.files.items():
        data = (bench.public / path).read_bytes()
        assert entry_of(data) == entry
        made = twins(path, data, 11)
        for end, twin in ((".gz", made.gz), (".br", made.br)):
            file = bench.public / f"{path}{end}"
            assert (file.read_bytes() if file.exists() else b"") == twin
    assert not list(bench.public.rglob("*loa-tmp*"))
    return manifest.number


def test_a_release_is_the_built_tree_with_its_twins(bench: Bench) -> None:
    assert bench.publish() == 1
    assert bench.seen() == bench.built()
    assert assert_whole(bench) == 1
    assert brotli.decompress((bench.public / "index.html.br").read_bytes()).startswith(b"<!doctype")


def test_only_what_changed_is_read_and_written(bench: Bench) -> None:
    for _ in range(7):
        bench.build({"tin-tuc/1/index.html": page(f"bản {bench.builds}")})
        bench.publish()
    bench.build({"tin-tuc/2/index.html": page("mới"), "tin-tuc/3/index.html": None})
    written: list[str] = []

    class Watching(Disk):
        def before(self, change: str, path: Path) -> None:
            if change in ("write", "link", "clone"):
                written.append(path.name)

    bench.publisher(Watching()).publish(NOW)
    assert assert_whole(bench) == 8
    assert bench.seen() == bench.built()
    assert len([name for name in written if name.startswith("index.html")]) <= 6
    assert "clone" not in written


def test_nothing_new_makes_no_release(bench: Bench) -> None:
    bench.publish()
    again = bench.publisher().publish(NOW)
    assert (again.number, again.changed, again.removed) == (1, 0, 0)


def test_a_build_that_the_log_missed_is_found(bench: Bench) -> None:
    bench.publish()
    bench.build({"tin-tuc/5/index.html": page("lỡ")}, log=False)
    log = bench.folder / ".state/changes.jsonl"
    with log.open("a", encoding="utf-8") as file:
        file.write('{"gap": true, "build": "x", "fresh": false, "changed": [], "removed": []}\n')
    assert changes_since(log, "1").touched is None
    bench.publish()
    assert bench.seen() == bench.built()


def test_the_log_of_a_fresh_tree_and_a_torn_log_mean_compare_all(tmp_path: Path) -> None:
    log = tmp_path / "changes.jsonl"
    assert changes_since(log, "1").touched is None
    log.write_text('{"build": "1", "changed": ["a"], "removed": []}\n', encoding="utf-8")
    assert changes_since(log, "1").touched == frozenset()
    with log.open("a", encoding="utf-8") as file:
        file.write('{"build": "2", "changed": ["b"], "removed": ["c"]}\n')
    assert changes_since(log, "1").touched == {"b", "c"}
    assert changes_since(log, "0").touched is None
    with log.open("a", encoding="utf-8") as file:
        file.write('{"build": "3", "cha')
    assert changes_since(log, "1").touched is None


def test_the_last_five_releases_are_kept_and_any_can_come_back(bench: Bench) -> None:
    for number in range(1, 9):
        bench.build({"tin-tuc/1/index.html": page(f"bản {number}")})
        assert bench.publish() == number
    trees = bench.publisher().trees
    assert [tree.number for tree in trees.published()][:5] == [8, 7, 6, 5, 4]
    assert bench.publisher().rollback(NOW).number == 7
    assert "bản 7" in bench.seen()["tin-tuc/1/index.html"]
    assert bench.publisher().rollback(NOW, 4).number == 4
    assert "bản 4" in bench.seen()["tin-tuc/1/index.html"]
    assert assert_whole(bench) == 4
    with pytest.raises(Problems, match="không có bản nào"):
        bench.publisher().rollback(NOW, 2)
    bench.build({"tin-tuc/1/index.html": page("bản 9")})
    assert bench.publish() == 9
    assert bench.seen() == bench.built()
    assert assert_whole(bench) == 9


def test_a_second_publisher_is_told_to_wait(bench: Bench) -> None:
    publisher = bench.publisher()
    with publisher.trees.locked(), pytest.raises(Problems, match="đang có một lần xuất bản khác"):
        bench.publish()
    assert bench.publish() == 1


def test_each_manifest_names_the_one_before(bench: Bench) -> None:
    bench.publish()
    first = parse((bench.public.parent / "manifest.json").read_bytes())
    bench.build({"tin-tuc/1/index.html": page("đổi")})
    bench.publish()
    second = parse((bench.public.parent / "manifest.json").read_bytes())
    assert second.previous == first.sha256
    assert (first.previous, first.number, second.number) == ("", 1, 2)


class Stop(BaseException):
    """The machine went dark."""


class Faulty(Disk):
    """Stops before change `at`, as a kill or as a full disk (every later write fails too)."""

    def __init__(self, at: int, full: bool) -> None:
        super().__init__()
        self.at, self.full, self.count = at, full, 0

    def before(self, change: str, path: Path) -> None:
        self.count += 1
        if self.count < self.at:
            return
        if not self.full:
            raise Stop(change)
        if change in ("write", "mkdir", "clone", "link", "symlink", "clone file"):
            raise OSError(28, "No space left on device", str(path))


def stops_everywhere(folder: Path, step: int) -> Iterator[tuple[int, bool, int]]:
    """Stop a publication before every `step`-th change, on a fresh copy each time."""
    for full in (False, True):
        at, finished = 1, False
        while not finished:
            bench = Bench(folder / f"{full}-{at}")
            for number in range(3):
                bench.build({"tin-tuc/1/index.html": page(f"bản {number}")})
                bench.publish()
            standing = bench.seen()
            gone = {"tin-tuc/7/index.html": None, "tin-tuc/8/index.html": page("cuối")}
            bench.build({**gone, "tin-tuc/1/index.html": page("cuối")})
            disk = Faulty(at, full)
            try:
                bench.publisher(disk).publish(NOW)
                finished = disk.count < at
            except (Stop, OSError):
                pass
            number = assert_whole(bench)
            assert bench.seen() == (standing if number == 3 else bench.built())
            recovered = bench.publish()
            assert recovered >= 4
            assert bench.seen() == bench.built()
            assert_whole(bench)
            assert all(tree.manifest for tree in bench.publisher().trees.every())
            yield at, full, number
            at += step


def test_a_stop_at_sampled_points_leaves_a_whole_site(tmp_path: Path) -> None:
    results = list(stops_everywhere(tmp_path, 7))
    assert len(results) >= 6
    assert {number for _, full, number in results if not full} == {3, 4}


@pytest.mark.torture
def test_a_stop_at_every_point_leaves_a_whole_site(tmp_path: Path) -> None:
    assert len(list(stops_everywhere(tmp_path, 1))) > 40


def test_a_killed_process_leaves_a_whole_site(bench: Bench) -> None:
    bench.publish()
    standing = bench.seen()
    bench.build({f"tin-tuc/{n}/index.html": page(f"đợt hai {n}") for n in range(20)})
    environment = {**os.environ, "SITE": str(bench.folder), "PYTHONPATH": str(ROOT)}
    for delay in (0.15, 0.3, 0.45):
        process = subprocess.Popen(
            [sys.executable, "-m", "publishing", "publish"],
            cwd=ROOT,
            env=environment,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        time.sleep(delay)
        process.send_signal(signal.SIGKILL)
        process.wait()
        number = assert_whole(bench)
        assert bench.seen() == (standing if number == 1 else bench.built())
    bench.publish()
    assert bench.seen() == bench.built()


def test_the_commands_say_in_one_line_what_happened(bench: Bench) -> None:
    environment = {**os.environ, "SITE": str(bench.folder), "PYTHONPATH": str(ROOT)}

    def run(*arguments: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "publishing", *arguments]
        return subprocess.run(
            command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False
        )

    assert "Chưa xuất bản" in run("list").stdout
    assert "Bản số 1: 23 tệp" in run("publish").stdout
    assert "Không có gì mới" in run("publish").stdout
    bench.build({"index.html": page("không còn số gọi")})
    shut = run("publish")
    assert (shut.returncode, "Traceback" in shut.stderr) == (1, False)
    assert "trang chủ không có số 115" in shut.stderr
    assert "bản đang chạy giữ nguyên" in shut.stderr
    assert "Bỏ qua phép kiểm: essentials" in run("publish", "--allow", "essentials").stdout
    assert "quay về bản số 1" in run("rollback").stdout
    assert "2 bản còn giữ: mọi tệp đúng" in run("verify").stdout
    assert "→     1" in run("list").stdout
