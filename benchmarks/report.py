"""Results files (benchmarks/results/<size>.json) and docs/performance.md, the page made of them."""

from __future__ import annotations

import json
import platform
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path
from statistics import median

from benchmarks import ratios
from benchmarks.measure import OWN, Measured, cores
from benchmarks.ratios import PROMISES, RATIOS, Ratio, Result, figures, paired, spread
from benchmarks.scenarios import TITLES
from benchmarks.tools import Tool

HERE = Path(__file__).resolve().parent
RESULTS = HERE / "results"
GROWTHS = (
    ("loa", "edit-body"),
    ("loa", "new"),
    ("loa-whole", "edit-body"),
    ("loa-whole", "new"),
    ("loa-whole", "alert"),
    ("loa", "clean"),
    ("hugo", "clean"),
)
PAGE = HERE.parent / "docs" / "performance.md"


def result_of(measured: Measured, tools: Mapping[str, Tool], missing: list[str]) -> Result:
    """Return what a results file holds."""
    rounds = [
        {
            scenario: {tool: cost.as_json() for tool, cost in costs.items()}
            for scenario, costs in found.items()
        }
        for found in measured.rounds
    ]
    return {
        "count": measured.count,
        "day": f"{datetime.now(UTC):%Y-%m-%d}",
        "machine": f"{platform.machine()}, {cores()} cores, {platform.system()}",
        "versions": {tool.name: tool.version for tool in tools.values()},
        "missing": missing,
        "gates": measured.gates,
        "census": measured.census,
        "shared": measured.shared,
        "rounds": rounds,
    }


def save(result: Result) -> None:
    """Write a results file; "loa-whole" measured alone has one beside that of its size."""
    RESULTS.mkdir(exist_ok=True)
    text = json.dumps(result, indent=1, ensure_ascii=False)
    name = f"{result['count']}" if _beside_peers(result) else f"{result['count']}-loa-whole"
    (RESULTS / f"{name}.json").write_text(text + "\n", encoding="utf-8")


def _beside_peers(result: Result) -> bool:
    return set(result["versions"]) != {"loa-whole"}


def load_all() -> list[Result]:
    """Return all results files, the smallest site first."""
    found = [json.loads(path.read_text(encoding="utf-8")) for path in RESULTS.glob("*.json")]
    return sorted(found, key=lambda result: (int(result["count"]), not _beside_peers(result)))


def write_page(results: list[Result]) -> None:
    """Write docs/performance.md."""
    PAGE.parent.mkdir(exist_ok=True)
    PAGE.write_text("\n".join(page(results)) + "\n", encoding="utf-8")


def page(results: list[Result]) -> Iterator[str]:
    """Yield the lines of the page."""
    yield _HEAD
    yield from _promises(results)
    yield from _publish(results)
    for result in results:
        yield from _size(result)
    yield _FOOT


def _promises(results: list[Result]) -> Iterator[str]:
    yield "## What was promised\n"
    yield "| ratio (more is better) | articles | measured | in CPU time | must | aim | |"
    yield "|---|---:|---:|---:|---:|---:|---|"
    by_size = {result["count"]: result for result in results if _beside_peers(result)}
    titles = {ratio.name: ratio for ratio in RATIOS}
    for promise in PROMISES:
        result = by_size.get(promise.size)
        values = paired(result, titles[promise.ratio]) if result else []
        said = spread(values) if values else "not measured"
        cpu = _cpu(result, titles[promise.ratio]) if result else ""
        verdict = _verdict(median(values), promise.must, promise.aim) if values else ""
        yield (
            f"| {titles[promise.ratio].title} | {promise.size} | {said} | {cpu} "
            f"| {promise.must:.2f} | {promise.aim:.2f} | {verdict} |"
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
        f"{ratios.SECONDS} s, {ratios.MEGABYTES:.0f} MB, {ratios.SHARED} shared files, growth "
        f"N^{ratios.GROWTH}. {_WHOLE}\n"
    )
    yield (
        "| articles | | edit an old one: wall s | CPU s | add: wall s | CPU s | peak MB "
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
        yield f"| {result['count']} | {tool} | " + " | ".join(cells) + " |"
    yield ""
    yield from _growth(results)


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


def _growth(results: list[Result]) -> Iterator[str]:
    sizes = sorted({int(result["count"]) for result in results})
    for small, large in pairwise(sizes):
        said = []
        for tool, scenario in GROWTHS:
            one, other = (_measured(results, size, tool, scenario) for size in (small, large))
            wall = ratios.exponent(one, other, tool, scenario)
            cpu = ratios.exponent(one, other, tool, scenario, "cpu")
            if wall is not None and cpu is not None:
                said.append(f"{tool} {TITLES[scenario]} N^{wall:.2f} (N^{cpu:.2f})")
        if said:
            yield f"Growth {small} → {large} in wall time (in CPU time): {'; '.join(said)}.\n"


def _measured(results: list[Result], size: int, tool: str, scenario: str) -> Result:
    """Return the result of a size that has a tool's figure; any of that size if none has."""
    found = [result for result in results if result["count"] == size]
    return next((r for r in found if figures(r, tool, scenario, "wall")), found[0])


def _size(result: Result) -> Iterator[str]:
    loads = [cell["load"] for r in result["rounds"] for c in r.values() for cell in c.values()]
    alone = "" if _beside_peers(result) else ", loa-whole alone"
    yield f"## {result['count']} articles{alone}\n"
    versions = "; ".join(f"{name} {said}" for name, said in result["versions"].items())
    yield (
        f"{result['day']}, {result['machine']}, load {min(loads):.1f} – {max(loads):.1f}, "
        f"{len(result['rounds'])} rounds. {versions}.\n"
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
rebuild in place after a change. Where the load is high, other work on the machine stretches wall
times at random; the ratio in CPU time then says more.
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
clean build. Pelican's reader cache does; it is "pelican-cache".
"""
