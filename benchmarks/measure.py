"""Interleaved rounds: every tool does a scenario before any does the next, so load hits all alike.

Only ratios within a round are meant to be quoted. After scenarios of ours the output is compared,
byte for byte, with a clean build of the same content in another folder.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.compare import article_differences, census, differences, tree_digests
from benchmarks.generate import generate, spoil
from benchmarks.run import Cost, build, empty, last_changes, shared_files
from benchmarks.scenarios import CHANGES, FULL_ONLY, WHOLE_ONLY, Corpus
from benchmarks.tools import Tool

Round = dict[str, dict[str, Cost]]
"""scenario -> tool -> cost."""
SLOW = ("pelican", "eleventy", "pelican-cache")
OWN = ("loa", "loa-whole")


@dataclass
class Plan:
    """What to measure: `rounds` rounds at `count` articles, slow tools in the first few."""

    count: int
    work: Path
    rounds: int
    slow_rounds: int
    gate: str = "each"
    """Compare with a clean build after "each" scenario of the first round, or at its "end"."""
    scenarios: tuple[str, ...] = tuple(CHANGES)
    say: Callable[[str], None] = print


@dataclass
class Measured:
    """All that was found at one size."""

    count: int
    rounds: list[Round] = field(default_factory=list)
    census: dict[str, dict[str, int]] = field(default_factory=dict)
    shared: dict[str, list[int]] = field(default_factory=dict)
    """Scenario -> shared files touched by our build ("loa-whole" if measured, else "loa")."""
    gates: int = 0
    """How many times our tree was found equal to a clean build's."""


class Bench:
    """One measurement. `run()` raises AssertionError when trees differ that must not."""

    def __init__(self, plan: Plan, tools: dict[str, Tool]) -> None:
        self.plan, self.tools = plan, tools
        folder = plan.work / str(plan.count)
        self.layouts = generate(plan.count, folder, [tool.layout for tool in tools.values()])
        self.corpus = Corpus.of(plan.count, seed=plan.count)
        evening = self.corpus.newest().date.replace(hour=23, minute=59)
        self.now = str(int(evening.timestamp()))
        """When every build takes place: what is added is of the same day, as on a real site."""
        self.found = Measured(plan.count)

    def run(self) -> Measured:
        """Measure all rounds."""
        self.prepare()
        for number in range(self.plan.rounds):
            self.plan.say(f"{self.plan.count} articles, round {number + 1}/{self.plan.rounds}")
            self.found.rounds.append(self.round(number))
        return self.found

    def prepare(self) -> None:
        """Make sure that the first scenario meets what it expects: nothing, or a finished site."""
        for layout in self.layouts.values():
            spoil(layout)
        if self.plan.scenarios[0] != "clean":
            self._stand()

    def _stand(self) -> None:
        """Build every site outside the clock, so that the first change meets a finished one."""
        for tool in self.tools.values():
            self.plan.say(f"  before the clock: {tool.name} builds its site")
            build(tool, self.layouts[tool.name], self.now)

    def round(self, number: int) -> Round:
        """Measure every scenario once; the round numbered 0 compares trees."""
        costs: Round = {}
        for scenario in self.plan.scenarios:
            CHANGES[scenario](self.corpus, list(self.layouts.values()))
            costs[scenario] = {
                tool.name: self._one(tool, scenario) for tool in self._takers(scenario, number)
            }
            self._after(scenario, number)
        return costs

    def _takers(self, scenario: str, number: int) -> Iterator[Tool]:
        tools = list(self.tools.values())
        for tool in tools if number % 2 == 0 else reversed(tools):
            if tool.name in SLOW and (number >= self.plan.slow_rounds or scenario not in FULL_ONLY):
                continue
            if tool.name not in OWN and scenario in ("warm", "nothing"):
                continue
            if tool.name != "loa-whole" and scenario in WHOLE_ONLY:
                continue
            yield tool

    def _one(self, tool: Tool, scenario: str) -> Cost:
        layout = self.layouts[tool.name]
        if scenario == "clean":
            empty(layout, caches=True)
        elif scenario == "warm":
            empty(layout, caches=False)
        cost = build(tool, layout, self.now)
        self.plan.say(
            f"  {scenario:11} {tool.name:13} {cost.wall:8.3f} s  CPU {cost.cpu:8.3f} s"
            f"  {cost.peak_mb:7.1f} MB  load {cost.load:.1f}"
        )
        return cost

    def _after(self, scenario: str, number: int) -> None:
        """Count what our build touched, and run the gates of the first round."""
        for name in [name for name in OWN if name in self.tools]:
            idle = scenario in WHOLE_ONLY and name != "loa-whole"
            if scenario not in ("clean", "nothing", "warm", "template") and not idle:
                touched = last_changes(self.layouts[name].folder)
                count = len(shared_files(touched, self.corpus.touched))
                self.found.shared.setdefault(f"{name}:{scenario}", []).append(count)
            last = scenario == self.plan.scenarios[-1]
            if number == 0 and ((self.plan.gate == "each" and scenario != "clean") or last):
                self._gate(name, scenario)
        if scenario == "clean" and number == 0:
            self._comparable()

    def _gate(self, name: str, scenario: str) -> None:
        """Compare our tree with a clean build of the same content in a folder of its own."""
        layout = self.layouts[name]
        folder = layout.folder.with_name(f"{name}-clean")
        folder.mkdir(exist_ok=True)
        for part in ("content", "site.yaml", "sources.yaml", "theme", "conf.py"):
            link = folder / part
            link.unlink(missing_ok=True)
            if (layout.folder / part).exists():
                link.symlink_to(layout.folder / part)
        empty(layout, caches=True, folder=folder)
        build(self.tools[name], layout, self.now, folder)
        wrong = differences(
            tree_digests(folder / layout.output), tree_digests(layout.folder / layout.output)
        )
        if wrong:
            raise AssertionError(f"{name} after {scenario}: {len(wrong)} files differ: {wrong[:5]}")
        self.found.gates += 1

    def _comparable(self) -> None:
        """Check that all tools made the same articles with the same visible text."""
        trees = {
            tool.name: self.layouts[tool.name].folder / self.layouts[tool.name].output
            for tool in self.tools.values()
            if tool.name not in ("loa-whole", "pelican-cache")
        }
        for name, output in trees.items():
            self.found.census[name] = census(output, self.corpus.names)
        for key in ("articles", "feeds"):
            if len({count[key] for count in self.found.census.values()}) > 1:
                raise AssertionError(f"the tools differ in {key}: {self.found.census}")
        step = max(1, len(self.corpus.names) // 1000)
        wrong = article_differences(trees, self.corpus.names[::step])
        if wrong:
            raise AssertionError("\n".join(wrong[:10]))


def file_system(folder: Path) -> str:
    """Return the file system that holds a folder, e.g. "ext4"; "tmpfs" is a disk in memory."""
    mounts = Path("/proc/mounts")
    lines = mounts.read_text(encoding="utf-8").splitlines() if mounts.is_file() else []
    found = [(line.split()[1], line.split()[2]) for line in lines]
    here = folder.resolve()
    above = [(len(where), sort) for where, sort in found if here.is_relative_to(where)]
    return max(above)[1] if above else "unknown file system"


def cores() -> int:
    """Return how many processors this process may use."""
    return len(os.sched_getaffinity(0))
