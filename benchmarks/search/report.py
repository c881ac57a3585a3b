"""What was measured as a page, and the floors that only rise."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
FLOORS = HERE / "floors.json"
RESULTS = HERE / "results"
PAGE = HERE.parents[1] / "docs" / "search-benchmark.md"
TOLERANCE = 0.015
"""A recall may lie this much below its floor: one question in about seventy."""
LESS_IS_BETTER = ("cold", "later", "size", "files", "core_code", "code")
IN_CHROMIUM = (
    ("cold_time", "seconds to five results at 400 kbit/s + 400 ms, nothing cached, the page too"),
    ("page_time", "the same, from the moment the page's HTML is there"),
    ("open_time", "a question in a page that is open"),
    ("repeat_time", "the same page again"),
    ("offline_time", "offline, asked before"),
    ("browser_cpu", "query in Chromium, ms (what it needs is loaded)"),
    ("browser_cpu_slow", "the same, processor slowed 6 times"),
)
SHOWN = (
    "title/full",
    "title/none",
    "title/half",
    "title/typo",
    "title/telex",
    "title/joined",
    "scatter/full",
    "questions",
    "citizens-covid",
    "citizens",
    "citizens-tune",
    "citizens-judge",
)


def figures(found: Mapping[str, Any]) -> dict[str, float]:
    """Return the figures that have floors: recalls, phrase share, bytes, files."""
    made = {f"{name}@1": values["first"] for name, values in found["quality"].items()}
    made |= {f"{name}@5": values["five"] for name, values in found["quality"].items()}
    made["phrases"] = found["phrases"]
    return made | {name: found[name] for name in LESS_IS_BETTER}


def load_floors() -> dict[str, dict[str, float]]:
    """Return the floors by size."""
    found: dict[str, dict[str, float]] = json.loads(FLOORS.read_text()) if FLOORS.is_file() else {}
    return found


def below_floors(size: int, found: Mapping[str, Any]) -> list[str]:
    """Return a line for each figure that is worse than its floor."""
    floors, wrong = load_floors().get(str(size), {}), []
    for name, value in figures(found).items():
        floor = floors.get(name)
        if floor is None:
            continue
        worse = value > floor * 1.02 if name in LESS_IS_BETTER else value < floor - TOLERANCE
        if worse:
            wrong.append(f"{size} documents: {name} is {value:.3f}, floor {floor:.3f}")
    return wrong


def raise_floors(size: int, found: Mapping[str, Any]) -> None:
    """Set each floor to this run's figure where that is better."""
    floors = load_floors()
    own = floors.setdefault(str(size), {})
    for name, value in figures(found).items():
        better = min if name in LESS_IS_BETTER else max
        own[name] = round(better(value, own.get(name, value)), 4)
    FLOORS.write_text(json.dumps(floors, indent=1, sort_keys=True) + "\n")


def table(engines: Mapping[str, Mapping[str, Any]]) -> str:
    """Return the engines side by side as Markdown."""
    names = list(engines)
    lines = [f"| | {' | '.join(names)} |", f"|---|{'---|' * len(names)}"]

    def row(label: str, values: list[str]) -> None:
        lines.append(f"| {label} | {' | '.join(values)} |")

    for name in SHOWN:
        sets = [engine["quality"][name] for engine in engines.values()]
        row(f"{name} @1 / @5", [f"{some['first']:.2f} / {some['five']:.2f}" for some in sets])
    row(
        "exact phrase in the top five, in the page or its sayings",
        [f"{engine['phrases']:.2f}" for engine in engines.values()],
    )
    for key, label in (
        ("cold", "bytes, cold query, five results (ours without its code)"),
        ("later", "bytes, later query"),
        ("size", "bytes on disk (one file: brotli)"),
        ("files", "files"),
        ("core_code", "code, core, bytes"),
        ("code", "code, all of the search page, bytes"),
    ):
        row(label, [_number(engine.get(key)) for engine in engines.values()])
    row("build, CPU seconds", [f"{engine['build']:.0f}" for engine in engines.values()])
    walls = [f"{made:.0f}" if (made := e.get("build_wall")) else "–" for e in engines.values()]
    row("build, seconds by the clock", walls)
    row(
        "query, CPU ms (Node; what it needs is loaded)",
        [f"{engine['cpu']:.1f}" for engine in engines.values()],
    )
    for key, label in IN_CHROMIUM:
        row(label, [f"{engine[key]:.2f}" if key in engine else "–" for engine in engines.values()])
    memory = [f"{engine['memory'] / 1e6:.0f} MB" for engine in engines.values()]
    row("memory after all queries", memory)
    return "\n".join(lines)


def _number(value: float | None) -> str:
    return "–" if value is None else f"{value:,.0f}"


def write(size: int, engines: Mapping[str, Mapping[str, Any]]) -> None:
    """Keep this run's table and write the page of all sizes."""
    RESULTS.mkdir(exist_ok=True)
    (RESULTS / f"{size:06d}.md").write_text(table(engines) + "\n", encoding="utf-8")
    parts = [
        f"## {int(path.stem):,} documents\n\n{path.read_text(encoding='utf-8')}"
        for path in sorted(RESULTS.glob("*.md"))
    ]
    PAGE.write_text(
        "# Search, measured\n\n"
        "Made by `python -m benchmarks.search`: real articles, the product's own documents among"
        " them, the same documents and questions for every engine in one run. `loa`'s build is its"
        " pages and its search; the peers' is their index alone. Sets are described in"
        " `benchmarks/search/queries.py`; these are the judging ones.\n\n" + "\n".join(parts),
        encoding="utf-8",
    )
