"""Measure fetching from 200 hosts: all new, nothing new, with slow and broken hosts among them.

    python -m benchmarks.fetching [--hosts 200] [--pause 3] [--keep]

The command is timed from outside as a person would run it. Ends with 1 when a bound does not hold:
a run with slow hosts may take at most SPARE seconds more than one without and the slowest host
together, the largest process at most MOST_MEMORY.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from benchmarks.fetching.hosts import ITEMS, address

ROOT = Path(__file__).resolve().parents[2]
PAGE = ROOT / "docs" / "performance-fetching.md"
PORT = 18_080
SPARE = 10.0
MOST_MEMORY = 150 * 1024
"""KiB; RELIABILITY's bound on a fetch of all sources."""
SITE = "name: Bench\nurl: https://bench.example.vn\nagency: {name: Bench}\n"


@contextmanager
def served(count: int, slow: int, broken: int, pause: float) -> Iterator[None]:
    """Run the hosts in a process of their own."""
    numbers = [str(number) for number in (PORT, count, slow, broken, pause)]
    process = subprocess.Popen(
        [sys.executable, "-m", "benchmarks.fetching.hosts", *numbers],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    if process.stdout.readline() != "ready\n":
        sys.exit(f"the hosts did not start: is port {PORT} free?")
    try:
        yield
    finally:
        process.communicate()


def make_site(folder: Path, count: int) -> None:
    """Write a site with a source a host."""
    blocks = "".join(
        f"n{number}:\n  name: Nguồn {number}\n  url: http://{address(number)}:{PORT}/rss\n"
        f"  format: rss\n  private_host: {address(number)}:{PORT}\n"
        for number in range(count)
    )
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "site.yaml").write_text(SITE, "utf-8")
    (folder / "sources.yaml").write_text(blocks, "utf-8")


def fetch(folder: Path, count: int) -> dict[str, Any]:
    """Run `python -m fetchers run` on all sources: wall, cpu (seconds), peak_kib, new, failed."""
    result = folder / "stopwatch.json"
    watch = [sys.executable, "-I", "-S", str(ROOT / "benchmarks" / "stopwatch.py"), str(result)]
    command = [sys.executable, "-m", "fetchers", "run", *(f"n{n}" for n in range(count))]
    environment = {**os.environ, "SITE": str(folder), "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        [*watch, *command], cwd=ROOT, env=environment, check=True, capture_output=True, text=True
    )
    measured: dict[str, Any] = json.loads(result.read_text())
    measured["summary"] = done.stdout.splitlines()[-1]
    return measured


def measure(count: int, pause: float) -> list[tuple[str, dict[str, Any]]]:
    """Return (what was run, what it cost)."""
    tenth = count // 10
    rows = []
    with tempfile.TemporaryDirectory(prefix="loa-bench-") as scratch:
        calm, mixed = Path(scratch) / "calm", Path(scratch) / "mixed"
        make_site(calm, count)
        make_site(mixed, count)
        with served(count, 0, 0, 0):
            rows.append((f"{count} hosts, {count * ITEMS} new items", fetch(calm, count)))
            rows.append(("the same again, nothing new", fetch(calm, count)))
        with served(count, tenth, tenth, pause):
            title = f"{tenth} of them slow ({pause:g} s), {tenth} broken; all new"
            rows.append((title, fetch(mixed, count)))
            rows.append(("the same again", fetch(mixed, count)))
    return rows


def wrong(rows: list[tuple[str, dict[str, Any]]], pause: float) -> list[str]:
    """Return what does not hold."""
    found = [
        f"{title}: {cost['peak_kib'] // 1024} MiB"
        for title, cost in rows
        if cost["peak_kib"] > MOST_MEMORY
    ]
    for calm, mixed in ((0, 2), (1, 3)):
        if rows[mixed][1]["wall"] > rows[calm][1]["wall"] + pause + SPARE:
            found.append(f"{rows[mixed][0]}: {rows[mixed][1]['wall']:.1f} s")
    return found


def page(rows: list[tuple[str, dict[str, Any]]]) -> str:
    """Return the page of results."""
    lines = "".join(
        f"| {title} | {cost['wall']:.1f} | {cost['cpu']:.1f} | {cost['peak_kib'] / 1024:.0f} |\n"
        for title, cost in rows
    )
    return f"""# Fetching, measured

`python -m benchmarks.fetching`, {os.cpu_count()} cores, Python {sys.version.split()[0]}. The
command `python -m fetchers run` is timed from outside; the hosts are a process of their own on the
loopback. Wall and processor time in seconds (children that parse not counted), memory of the
largest process in MiB.

| run | wall | processor | memory |
|---|---|---|---|
{lines}
With nothing new, nothing is parsed and no child process starts: a 304 ends a source's journey. A
slow host holds up nobody else; bodies go to disk, so memory does not grow with their number.
"""


def main() -> None:
    """Measure, print, write the page, end with 1 if a bound does not hold."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.fetching", description=__doc__)
    parser.add_argument("--hosts", type=int, default=200)
    parser.add_argument("--pause", type=float, default=3.0, help="seconds that slow hosts take")
    parser.add_argument("--keep", action="store_true", help="measure only; write no page")
    options = parser.parse_args()
    rows = measure(options.hosts, options.pause)
    for title, cost in rows:
        print(f"{title}: {cost['wall']:.1f} s, {cost['cpu']:.1f} s processor, {cost['summary']}")
    if not options.keep:
        PAGE.write_text(page(rows), "utf-8")
    if failed := wrong(rows, options.pause):
        sys.exit("over the bound: " + "; ".join(failed))


if __name__ == "__main__":
    main()
