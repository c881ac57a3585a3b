"""The figures that are judged: ratios within a round (more is better), and what is promised."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median
from typing import Any, NamedTuple

Result = dict[str, Any]
"""A results file: see `report.result_of`."""


class Cell(NamedTuple):
    """One measured figure: which tool in which scenario."""

    tool: str
    scenario: str


@dataclass(frozen=True)
class Ratio:
    """How many times better `ours` is than `theirs` in one measure; more is better."""

    name: str
    title: str
    theirs: Cell
    ours: Cell
    measure: str = "wall"


RATIOS = (
    Ratio(
        "edit-vs-hugo",
        "one body edited: ours against Hugo in place",
        Cell("hugo", "edit-body"),
        Cell("loa", "edit-body"),
    ),
    Ratio(
        "new-vs-hugo",
        "one article added: ours against Hugo in place",
        Cell("hugo", "new"),
        Cell("loa", "new"),
    ),
    Ratio(
        "whole-edit-vs-hugo",
        "one body edited, every feature on: ours against Hugo in place",
        Cell("hugo", "edit-body"),
        Cell("loa-whole", "edit-body"),
    ),
    Ratio(
        "edit-vs-pelican",
        "one body edited: ours against plain Pelican",
        Cell("pelican", "edit-body"),
        Cell("loa", "edit-body"),
    ),
    Ratio(
        "edit-vs-eleventy",
        "one body edited: ours against Eleventy",
        Cell("eleventy", "edit-body"),
        Cell("loa", "edit-body"),
    ),
    Ratio(
        "template-vs-hugo",
        "article template changed: ours against Hugo in place",
        Cell("hugo", "template"),
        Cell("loa", "template"),
    ),
    Ratio(
        "warm-vs-hugo",
        "full build, bodies cached, empty output: ours against Hugo",
        Cell("hugo", "clean"),
        Cell("loa", "warm"),
    ),
    Ratio(
        "clean-vs-pelican",
        "full build, nothing cached: ours against plain Pelican",
        Cell("pelican", "clean"),
        Cell("loa", "clean"),
    ),
    Ratio(
        "clean-vs-eleventy",
        "full build, nothing cached: ours against Eleventy",
        Cell("eleventy", "clean"),
        Cell("loa", "clean"),
    ),
    Ratio(
        "clean-vs-hugo",
        "full build, nothing cached: ours against Hugo",
        Cell("hugo", "clean"),
        Cell("loa", "clean"),
    ),
    Ratio(
        "memory-vs-hugo",
        "peak memory of a full build: ours against Hugo",
        Cell("hugo", "clean"),
        Cell("loa", "clean"),
        "peak_mb",
    ),
)


class Promise(NamedTuple):
    """What must hold at a size: the ratio's least value, and the value aimed at."""

    ratio: str
    size: int
    must: float
    aim: float


PROMISES = (
    Promise("edit-vs-hugo", 10_000, 20, 29),
    Promise("edit-vs-hugo", 50_000, 100, 150),
    Promise("new-vs-hugo", 10_000, 20, 29),
    Promise("new-vs-hugo", 50_000, 100, 150),
    Promise("warm-vs-hugo", 10_000, 1.5, 2.5),
    Promise("warm-vs-hugo", 50_000, 1.5, 2.5),
    Promise("clean-vs-pelican", 10_000, 2.5, 3.3),
    Promise("clean-vs-pelican", 50_000, 4, 5),
    Promise("clean-vs-hugo", 10_000, 1 / 1.8, 1 / 1.4),
    Promise("clean-vs-hugo", 50_000, 1 / 1.8, 1 / 1.4),
    Promise("memory-vs-hugo", 10_000, 1 / 0.45, 4),
    Promise("memory-vs-hugo", 50_000, 1 / 0.45, 4),
)
SECONDS, MEGABYTES, SHARED = 0.6, 80.0, 30
"""Bounds of a publish at any size with every feature on."""


def paired(result: Result, ratio: Ratio, measure: str = "") -> list[float]:
    """Return the ratio of each round that measured both sides, in its own or another measure."""
    found = []
    measure = measure or ratio.measure
    for costs in result["rounds"]:
        theirs = costs.get(ratio.theirs.scenario, {}).get(ratio.theirs.tool)
        ours = costs.get(ratio.ours.scenario, {}).get(ratio.ours.tool)
        if theirs and ours:
            found.append(theirs[measure] / ours[measure])
    return found


def figures(result: Result, tool: str, scenario: str, measure: str) -> list[float]:
    """Return a measure of a tool in a scenario, a value per round that has it."""
    cells = (costs.get(scenario, {}).get(tool) for costs in result["rounds"])
    return [cell[measure] for cell in cells if cell]


def medians(result: Result) -> dict[str, float]:
    """Return ratio name -> median over the rounds, for the ratios that were measured."""
    found = ((ratio.name, paired(result, ratio)) for ratio in RATIOS)
    return {name: median(values) for name, values in found if values}


def cautious(result: Result) -> dict[str, float]:
    """Return ratio name -> its lower median, of wall and of CPU time, for floors."""
    found = medians(result)
    for ratio in RATIOS:
        if ratio.measure == "wall" and ratio.name in found:
            cpu = median(paired(result, ratio, "cpu"))
            found[ratio.name] = min(found[ratio.name], cpu)
    return found


def spread(values: Sequence[float], digits: int = 2) -> str:
    """Return "median (least – most)"."""
    middle = f"{median(values):.{digits}f}"
    if len(values) == 1:
        return middle
    return f"{middle} ({min(values):.{digits}f} – {max(values):.{digits}f})"
