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

RESULTS = Path(__file__).resolve().parent / "results"
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
    """Write the results file of these tools."""
    RESULTS.mkdir(exist_ok=True)
    text = json.dumps(growth, indent=1, ensure_ascii=False)
    name = "+".join(growth["versions"])
    (RESULTS / f"growth-{name}.json").write_text(text + "\n", encoding="utf-8")


def load_all() -> list[Growth]:
    """Return all results files, in the order of their names."""
    found = sorted(RESULTS.glob("growth-*.json"))
    return [json.loads(path.read_text(encoding="utf-8")) for path in found]


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


def lines(found: Sequence[Growth]) -> Iterator[str]:
    """Yield the page's section, nothing if nothing was measured."""
    if not found:
        return
    yield "## How costs grow\n"
    yield "All sizes in turn in one run; cost ~ N^e, the exponent e taken within each round.\n"
    yield "| from – to | | e | of CPU time | at most |"
    yield "|---|---|---:|---:|---:|"
    for growth in found:
        yield from _rows(growth)
    yield ""
    for growth in found:
        tools = "; ".join(f"{name} {version}" for name, version in growth["versions"].items())
        where = f"{growth['day']}, {growth['machine']}, {growth['disk']}"
        yield f"{where}, {len(growth['rounds'])} rounds. {tools}.\n"


def _rows(growth: Growth) -> Iterator[str]:
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
