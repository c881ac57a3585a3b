"""How costs grow with the size of the site: all sizes in turn in one run, so the machine is one.

Figures of two runs hours apart say more of the machine than of the size. The exponent e of
cost ~ N^e is taken within each round.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

from benchmarks.measure import Bench
from benchmarks.ratios import spread
from benchmarks.scenarios import TITLES

FILE = Path(__file__).resolve().parent / "results" / "growth.json"
Growth = dict[str, Any]
"""The results file: day, machine, versions and, per round, size -> scenario -> tool -> cost."""


@dataclass(frozen=True)
class Bound:
    """What was promised of a scenario: at most N^`exponent`."""

    tool: str
    scenario: str
    exponent: float


BOUNDS = (
    Bound("loa", "clean", 1.05),
    Bound("loa", "edit-body", 0.1),
    Bound("loa", "new", 0.1),
    Bound("loa-whole", "edit-body", 0.1),
    Bound("loa-whole", "new", 0.1),
    Bound("loa-whole", "alert", 0.1),
)


def in_turn(benches: Sequence[Bench], rounds: int) -> list[dict[str, Any]]:
    """Measure all sizes, a round of each after the other."""
    for bench in benches:
        bench.prepare()
    found = []
    for number in range(1, rounds + 1):  # trees are compared in a first round, which is numbered 0
        costs = {}
        for bench in benches:
            bench.plan.say(f"{bench.plan.count} articles, round {number}/{rounds}")
            costs[str(bench.plan.count)] = {
                scenario: {tool: cost.as_json() for tool, cost in some.items()}
                for scenario, some in bench.round(number).items()
            }
        found.append(costs)
    return found


def save(growth: Growth) -> None:
    """Write the results file."""
    FILE.parent.mkdir(exist_ok=True)
    FILE.write_text(json.dumps(growth, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


def load() -> Growth | None:
    """Return the results file, None if there is none."""
    return json.loads(FILE.read_text(encoding="utf-8")) if FILE.exists() else None


def exponents(
    growth: Growth, sizes: tuple[int, int], tool: str, scenario: str, measure: str = "wall"
) -> list[float]:
    """Return e in cost ~ N^e between two sizes, a value per round that measured both."""
    small, large = sizes
    found = []
    for costs in growth["rounds"]:
        one, other = (costs[str(size)].get(scenario, {}).get(tool) for size in sizes)
        if one and other:
            found.append(math.log(other[measure] / one[measure]) / math.log(large / small))
    return found


def lines(growth: Growth) -> Iterator[str]:
    """Yield the page's section."""
    yield "## How costs grow\n"
    yield (
        f"All sizes in turn in one run, exponents within a round. {growth['day']}, "
        f"{growth['machine']}, {growth['disk']}, {len(growth['rounds'])} rounds.\n"
    )
    yield "| from – to | | N to the power of | in CPU time | at most |"
    yield "|---|---|---:|---:|---:|"
    sizes = sorted(int(size) for size in growth["rounds"][0])
    for pair in pairwise(sizes):
        for bound in BOUNDS:
            wall = exponents(growth, pair, bound.tool, bound.scenario)
            if not wall:
                continue
            cpu = exponents(growth, pair, bound.tool, bound.scenario, "cpu")
            yield (
                f"| {pair[0]} – {pair[1]} | {bound.tool}, {TITLES[bound.scenario]} "
                f"| {spread(wall)} | {spread(cpu)} | {bound.exponent} |"
            )
    yield ""
