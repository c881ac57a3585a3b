"""Measure check, preview, publish and rollback on large sites.

    python -m benchmarks.editing [--documents 50000] [--pages 10000] [--keep]

Commands are timed from outside, as a person would type them; the preview by a reader who holds a
page open. Ends with 1 when a bound of BOUNDS does not hold.
"""

from __future__ import annotations

import argparse
import os
import re
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path

from benchmarks.articles import Article, article
from benchmarks.sites import URL, LoaWhole
from benchmarks.tools import EPOCH

ROOT = Path(__file__).resolve().parents[2]
PAGE = ROOT / "docs" / "performance-editing.md"
PORT = 18_800
OWN = "https://bench.example.net"
"""The sample's own host: the articles' links to the host of the other benchmark lead outside."""
_INSIDE = re.compile(r"(\]\(|\]:\s*|href=\")/[^)\s\"]*")
SAVES = 5
PUBLISHING = "brotli: 5\n"
"""The first release of the sample is not measured: a lower level spares its making minutes."""
BOUNDS = {"file": 0.5, "commit": 1.0, "lost": 5.0, "screen": 1.0, "new": 1.0, "rollback": 2.0}
"""Step -> seconds that it may take on two quiet cores; the others have no bound of their own."""


@dataclass(frozen=True)
class Row:
    """One measured step: its key in BOUNDS or "", what people call it, seconds, MiB (0: none)."""

    key: str
    what: str
    wall: float
    memory: float = 0.0


def linked(made: Article) -> Article:
    """Return an article whose links below the site's root lead somewhere: the gate follows them."""
    return made.with_body(_INSIDE.sub(r"\1/tin-tuc/", made.body))


class Sample:
    """A synthetic site in a git repository of its own."""

    def __init__(self, folder: Path, count: int) -> None:
        self.folder, self.count = folder, count
        self.layout = LoaWhole(folder)
        self.layout.site()
        settings = (folder / "site.yaml").read_text("utf-8")
        (folder / "site.yaml").write_text(settings.replace(URL, OWN), "utf-8")
        (folder / "sources.yaml").write_text("{}\n", "utf-8")
        (folder / "publish.yaml").write_text(PUBLISHING, "utf-8")
        (folder / ".gitignore").write_text("output/\n.state/\nwww/\n", "utf-8")
        for number in range(count):
            self.layout.write(linked(article(number)))
        for command in (["init", "-q", "-b", "main"], ["add", "-A"], ["commit", "-qm", "Bench"]):
            self.git(*command)

    def git(self, *arguments: str) -> None:
        """Run git in the site."""
        who = ["-c", "user.name=Bench", "-c", "user.email=bench@example.vn", "-c", "gc.auto=0"]
        subprocess.run(["git", *who, *arguments], cwd=self.folder, check=True)

    def path(self, number: int) -> Path:
        """Return the file of an article."""
        return self.layout.file(article(number))

    def change(self, number: int, words: str) -> Article:
        """Put words into an article's text."""
        made = linked(article(number))
        self.layout.write(made.with_body(f"{words}\n\n{made.body}"))
        return made

    def timed(self, key: str, what: str, *command: str) -> Row:
        """Time `python -m COMMAND` in the site; a command that fails ends the measuring."""
        result = self.folder / ".state" / "stopwatch.json"
        result.parent.mkdir(exist_ok=True)
        watch = [sys.executable, "-I", "-S", str(ROOT / "benchmarks" / "stopwatch.py"), str(result)]
        environment = {
            **os.environ,
            "SITE": str(self.folder),
            "PYTHONPATH": str(ROOT),
            "SOURCE_DATE_EPOCH": EPOCH,
        }
        done = subprocess.run(
            [*watch, sys.executable, "-m", *command],
            cwd=self.folder,
            env=environment,
            capture_output=True,
            text=True,
            check=False,
        )
        found = dict(re.findall(r'"(\w+)": ([\d.e-]+)', result.read_text()))
        if found["code"] != "0":
            sys.exit(f"{' '.join(command)}: {done.stdout[-2000:]}{done.stderr[-2000:]}")
        return Row(key, what, float(found["wall"]), float(found["peak_kib"]) / 1024)


def checking(sample: Sample) -> Iterator[Row]:
    """Check one file, a commit, everything."""
    total = f"{sample.count:,} documents"
    sample.change(3, "Một câu mới.")
    file = sample.path(3).relative_to(sample.folder).as_posix()
    yield sample.timed("file", f"check of one file, {total}", "model", "check", file)
    sample.git("add", "-A")
    changed = ("model", "check", "--changed")
    yield sample.timed("commit", f"check of a commit (what the hook does), {total}", *changed)
    sample.path(4).unlink()
    sample.git("add", "-A")
    what = "check of a commit that removes a document: who links to it?"
    yield sample.timed("lost", f"{what}, {total}", *changed)
    yield sample.timed("", f"check of everything, {total}", "model", "check")


def publishing(sample: Sample) -> Iterator[Row]:
    """Publish a small change, take it back."""
    total = f"{sample.count:,} documents"
    build = ("plugins.incremental", "build", "-s", str(ROOT / "pelicanconf.py"))
    publish = ("publishing", "publish", "--allow", "demo")
    sample.timed("", "", *build)
    sample.timed("", "", *publish)
    sample.change(5, "Một câu vừa sửa.")
    yield sample.timed("", f"build after one change, {total}", *build)
    yield sample.timed("", f"publish of that change, {total}", *publish)
    yield sample.timed("rollback", f"rollback, {total}", "publishing", "rollback")


def previewing(sample: Sample) -> Iterator[Row]:
    """Save a file and wait until a reader's open page shows it."""
    with served(sample.folder):
        _number_after(0)
        edits = [_until_shown(sample, 7, f"Câu lưu lần {save}.") for save in range(SAVES)]
        fresh = [_until_shown(sample, sample.count + save, "Bài mới.") for save in range(SAVES)]
    for key, what, waits in (
        ("screen", "an edit", edits),
        ("new", "a new document", fresh),
    ):
        what = f"preview: {what}, save to screen, {sample.count:,} documents (median of {SAVES})"
        yield Row(key, what, statistics.median(waits))


def _until_shown(sample: Sample, which: int, words: str) -> float:
    """Save an article with these words; return the seconds until an open page can show them."""
    time.sleep(1)
    number = int(re.findall(r'data-number="(\d+)"', _page("/"))[0])
    started = time.monotonic()
    made = sample.change(which, words)
    while words not in _page(f"/tin-tuc/{made.name}/"):
        number = _number_after(number)
    return time.monotonic() - started


@contextmanager
def served(folder: Path) -> Iterator[None]:
    """Run the preview in a process of its own."""
    environment = {**os.environ, "SITE": str(folder), "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-m", "plugins.preview", "--port", str(PORT)]
    process = subprocess.Popen(
        command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    if "Xem trước tại" not in process.stdout.readline():
        sys.exit(f"the preview did not start: is port {PORT} free?")
    try:
        yield
    finally:
        process.terminate()
        process.wait()


def _number_after(number: int) -> int:
    """Wait for a build after build `number`; return the number that is at least its own."""
    connection = HTTPConnection("127.0.0.1", PORT, timeout=1200)
    connection.request("GET", f"/__preview__/events?after={number}")
    answer = connection.getresponse()
    while not answer.readline().startswith(b"data:"):
        pass
    connection.close()
    return number + 1


def _page(path: str) -> str:
    connection = HTTPConnection("127.0.0.1", PORT, timeout=60)
    connection.request("GET", path)
    text = connection.getresponse().read().decode("utf-8")
    connection.close()
    return text


def wrong(rows: list[Row]) -> list[str]:
    """Return what does not hold."""
    return [
        f"{row.what}: {row.wall:.2f} s, bound {BOUNDS[row.key]:g} s"
        for row in rows
        if row.key in BOUNDS and row.wall > BOUNDS[row.key]
    ]


def page(rows: list[Row], load: float) -> str:
    """Return the page of results; `load`: how many processes the machine had waiting before."""
    lines = "".join(
        f"| {row.what} | {row.wall:.2f} | {f'{row.memory:.0f}' if row.memory else '–'} "
        f"| {f'{BOUNDS[row.key]:g}' if row.key in BOUNDS else '–'} |\n"
        for row in rows
    )
    return f"""# What editors wait for, measured

`python -m benchmarks.editing`, {os.cpu_count()} cores, Python {sys.version.split()[0]}, load
before it began {load:.1f} (above 1 these are the figures of a busy machine). Commands are timed
from outside with the programme's own start; the preview by a reader who holds a page open and loads
it again when told. Seconds, and MiB of the largest process; above the bound of the last
column the command ends with 1.

| step | seconds | MiB | bound |
|---|---|---|---|
{lines}
The sample is synthetic (the articles of `python -m benchmarks`, with the shipped theme and every
plugin). A check of one file looks for its name in the folder of its kind and reads what it links
to. A check of a commit reads the changed files; git is asked who links to a file only where that
file is gone or may be hidden. The preview's search index is brought up in the same build: an open
page is told of all at once, or, where the index or a drawing takes longer than 0.4 s, of the pages
first. A publish reads, checks and compresses what the build changed; a rollback renames one link.
"""


def main() -> None:
    """Measure, print, write the page, end with 1 if a bound does not hold."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.editing", description=__doc__)
    parser.add_argument("--documents", type=int, default=50_000, help="of the site to check")
    parser.add_argument("--pages", type=int, default=10_000, help="of the site to show and publish")
    parser.add_argument("--keep", action="store_true", help="measure only; write no page")
    options = parser.parse_args()
    rows: list[Row] = []
    load = os.getloadavg()[0]
    with tempfile.TemporaryDirectory(prefix="loa-bench-") as scratch:
        for step, count in (
            (checking, options.documents),
            (publishing, options.pages),
            (previewing, options.pages),
        ):
            for row in step(Sample(Path(scratch) / step.__name__, count)):
                print(f"{row.what}: {row.wall:.2f} s", flush=True)
                rows.append(row)
    if not options.keep:
        PAGE.write_text(page(rows, load), "utf-8")
    if failed := wrong(rows):
        sys.exit("over the bound: " + "; ".join(failed))


if __name__ == "__main__":
    main()
