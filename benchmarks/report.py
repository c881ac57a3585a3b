"""Results files (benchmarks/results/<size>.json) and docs/performance.md, the page made of them."""

from __future__ import annotations

import json
import platform
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path
from statistics import median

from benchmarks import growth, ratios
from benchmarks.measure import OWN, Measured, cores, file_system
from benchmarks.ratios import PROMISES, RATIOS, Ratio, Result, figures, paired, spread
from benchmarks.scenarios import TITLES
from benchmarks.tools import Tool

HERE = Path(__file__).resolve().parent
RESULTS = HERE / "results"
PAGE = HERE.parent / "docs" / "performance.md"


def about(work: Path, tools: Mapping[str, Tool]) -> Result:
    """Return when, where and with what is measured in the folder `work`."""
    return {
        "day": f"{datetime.now(UTC):%Y-%m-%d}",
        "machine": f"{platform.machine()}, {cores()} cores, {platform.system()}",
        "disk": file_system(work),
        "versions": {tool.name: tool.version for tool in tools.values()},
    }


def result_of(measured: Measured, missing: list[str]) -> Result:
    """Return what a results file holds besides `about`."""
    rounds = [
        {
            scenario: {tool: cost.as_json() for tool, cost in costs.items()}
            for scenario, costs in found.items()
        }
        for found in measured.rounds
    ]
    return {
        "count": measured.count,
        "missing": missing,
        "gates": measured.gates,
        "census": measured.census,
        "shared": measured.shared,
        "rounds": rounds,
    }


def save(result: Result) -> None:
    """Write a results file: one a size, one more for "loa-whole" alone and for each real disk."""
    RESULTS.mkdir(exist_ok=True)
    text = json.dumps(result, indent=1, ensure_ascii=False)
    disk = "" if _disk(result) in ("", "tmpfs") else f"-{_disk(result)}"
    name = f"{result['count']}{'' if _beside_peers(result) else '-loa-whole'}{disk}"
    (RESULTS / f"{name}.json").write_text(text + "\n", encoding="utf-8")


def _beside_peers(result: Result) -> bool:
    return set(result["versions"]) != {"loa-whole"}


def _disk(result: Result) -> str:
    """Return the file system that was measured on, "" if it was not said."""
    return str(result.get("disk", ""))


def load_all() -> list[Result]:
    """Return all results files, the smallest site first."""
    found = [json.loads(path.read_text(encoding="utf-8")) for path in RESULTS.glob("[0-9]*.json")]
    return sorted(found, key=lambda r: (int(r["count"]), not _beside_peers(r), _disk(r) != "tmpfs"))


def write_page(results: list[Result]) -> None:
    """Write docs/performance.md."""
    PAGE.parent.mkdir(exist_ok=True)
    PAGE.write_text("\n".join(page(results)) + "\n", encoding="utf-8")


def page(results: list[Result]) -> Iterator[str]:
    """Yield the lines of the page."""
    yield _HEAD
    yield from _promises(results)
    yield from _publish(results)
    yield from growth.lines(growth.load_all())
    for result in results:
        yield from _size(result)
    yield _FOOT


def _promises(results: list[Result]) -> Iterator[str]:
    yield "## What was promised\n"
    yield "| ratio (more is better) | articles, disk | measured | in CPU time | must | aim | |"
    yield "|---|---:|---:|---:|---:|---:|---|"
    titles = {ratio.name: ratio for ratio in RATIOS}
    for promise in PROMISES:
        of_size = [r for r in results if r["count"] == promise.size and _beside_peers(r)]
        ratio = titles[promise.ratio]
        found = [(result, paired(result, ratio)) for result in of_size]
        for result, values in [(result, values) for result, values in found if values]:
            yield (
                f"| {ratio.title} | {promise.size}, {_disk(result)} | {spread(values)} "
                f"| {_cpu(result, ratio)} | {promise.must:.2f} | {promise.aim:.2f} "
                f"| {_verdict(median(values), promise.must, promise.aim)} |"
            )
        if not any(values for _, values in found):
            yield (
                f"| {ratio.title} | {promise.size} | not measured | | {promise.must:.2f} "
                f"| {promise.aim:.2f} | |"
            )
    yield ""


def _cpu(result: Result, ratio: Ratio) -> str:
    """Return the ratio in CPU time, which other processes on the machine disturb less."""
    values = paired(result, ratio, "cpu") if ratio.measure == "wall" else []
    return spread(values) if values else ""


def _verdict(value: float, must: float, aim: float) -> str:
    if value >= aim:
        return "aim reached"
    return "held" if value >= must else "**missed**"


def _publish(results: list[Result]) -> Iterator[str]:
    yield "## What one publish costs\n"
    yield (
        f"A cold process, from start to finished output, on a quiet machine at most: "
        f"{ratios.SECONDS} s, {ratios.MEGABYTES:.0f} MB, {ratios.SHARED} shared files. {_WHOLE}\n"
    )
    yield (
        "| articles, disk | | edit an old one: wall s | CPU s | add: wall s | CPU s | peak MB "
        "| shared files | new alert: wall s | CPU s | peak MB | shared files |"
    )
    yield "|---:|---|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|"
    for result, tool in ((result, tool) for result in results for tool in OWN):
        if not figures(result, tool, "new", "wall"):
            continue
        cells = [
            spread(figures(result, tool, "edit-body", "wall")),
            spread(figures(result, tool, "edit-body", "cpu")),
            *_addition(result, tool, "new"),
            *_addition(result, tool, "alert"),
        ]
        yield f"| {result['count']}, {_disk(result)} | {tool} | " + " | ".join(cells) + " |"
    yield ""


def _addition(result: Result, tool: str, scenario: str) -> list[str]:
    """Return wall, CPU, peak memory and shared files of an addition; blanks if unmeasured."""
    if not figures(result, tool, scenario, "wall"):
        return [""] * 4
    shared = result["shared"].get(f"{tool}:{scenario}", [])
    return [
        spread(figures(result, tool, scenario, "wall")),
        spread(figures(result, tool, scenario, "cpu")),
        f"{max(figures(result, tool, scenario, 'peak_mb')):.0f}",
        f"{max(shared)}" if shared else "",
    ]


def _size(result: Result) -> Iterator[str]:
    loads = [cell["load"] for r in result["rounds"] for c in r.values() for cell in c.values()]
    alone = "" if _beside_peers(result) else ", loa-whole alone"
    yield f"## {result['count']} articles{alone}, {_disk(result)}\n"
    versions = "; ".join(f"{name} {said}" for name, said in result["versions"].items())
    yield (
        f"{result['day']}, {result['machine']}, {_disk(result)}, load {min(loads):.1f} – "
        f"{max(loads):.1f}, {len(result['rounds'])} rounds. {versions}.\n"
    )
    for line in result["missing"]:
        yield f"Skipped: {line}.\n"
    yield f"Our tree equalled a clean build's, byte for byte, {result['gates']} times.\n"
    yield from _costs(result)
    if not _beside_peers(result):
        return
    yield "| paired ratio (more is better) | median (least – most) | in CPU time |\n|---|---:|---:|"
    for ratio in RATIOS:
        if values := paired(result, ratio):
            yield f"| {ratio.title} | {spread(values)} | {_cpu(result, ratio)} |"
    yield ""
    yield from _census(result)


def _costs(result: Result) -> Iterator[str]:
    yield "| scenario | tool | wall s: median (least – most) | CPU s | peak MB |"
    yield "|---|---|---:|---:|---:|"
    for scenario, title in TITLES.items():
        for tool in result["versions"]:
            wall = figures(result, tool, scenario, "wall")
            if wall:
                cpu = median(figures(result, tool, scenario, "cpu"))
                peak = max(figures(result, tool, scenario, "peak_mb"))
                yield f"| {title} | {tool} | {spread(wall)} | {cpu:.2f} | {peak:.0f} |"
    yield ""


def _census(result: Result) -> Iterator[str]:
    yield "| tool | article pages | other pages | Atom feeds | other files | MB |"
    yield "|---|---:|---:|---:|---:|---:|"
    for tool, count in result["census"].items():
        cells = [str(count[key]) for key in ("articles", "lists", "feeds", "other")]
        yield f"| {tool} | {' | '.join(cells)} | {count['bytes'] / 1e6:.1f} |"
    yield ""


_HEAD = """# How fast

Written by `python -m benchmarks` (`make bench`); do not edit. `python -m benchmarks install` puts
Hugo and Eleventy beside it; a tool that is not installed is skipped and said.

Every tool builds the same synthetic Vietnamese articles with an equal theme: the same addresses,
the same visible text in every article (checked in the run, up to white space), lists of 20 for the
whole, for 10 sections and 60 topics, Atom feeds with full content (ours makes RSS and JSON feeds
besides). Rounds are interleaved; **only ratios within one round mean anything**, absolute figures
are this machine's at this load. Wall time and CPU are those of the whole process tree (`wait4`),
memory that of its largest process. "loa" runs the plugins that the others have a counterpart for;
"loa-whole" the shipped theme and every plugin. Hugo is measured as it is used: a full build, or a
rebuild in place after a change. "tmpfs" is a disk in memory, the kindest to a tool that writes
every file anew; "ext4" an ordinary one. Where the load is high, other work on the machine stretches
wall times at random; the ratio in CPU time then says more.
"""
_WHOLE = (
    'With "loa-whole", editing or deleting an old document also rewrites the part of the search '
    "index that holds it. The page, its lists and feeds are in place before that begins; the "
    "figures are of the whole process. The first build of a day also moves what has aged from the "
    "index's fresh part into its base (decision 51)."
)
_FOOT = """## What this does not say

Hugo uses every core inside one process; with more cores its full build gains more than ours.
Memory is that of the largest process: a full build of ours runs a worker per core besides, whose
memory is mostly shared with it. Multi-language sites, images, cold disks and network disks were not
measured. Eleventy's partial builds are not compared: run cold, they do not give the bytes of a
clean build. Pelican's reader cache does; it is "pelican-cache". On ext4 a whole build begins right
after the old output was deleted, and the file system's journal is still at that: it slows whoever
writes 60,000 files then, us and Hugo by 15 to 25 s.
"""
