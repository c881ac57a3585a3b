"""Measure the build beside its peers: `python -m benchmarks [install] [--sizes 1000,10000] …`.

Ends with 1 when a ratio lies below its floor or a tree differs from a clean build's.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from pathlib import Path

from benchmarks import floors, growth, report
from benchmarks.measure import Bench, Plan
from benchmarks.ratios import Result, cautious, medians
from benchmarks.scenarios import CHANGES
from benchmarks.tools import Tool, install, present

TOOLS = "loa,loa-whole,hugo,pelican,pelican-cache,eleventy"


def options_of(arguments: list[str]) -> argparse.Namespace:
    """Return the command line's options."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("verb", nargs="?", choices=["run", "page", "install"], default="run")
    parser.add_argument("--sizes", default="1000,10000", help="numbers of articles")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--slow-rounds", type=int, default=1, help="rounds of Pelican and Eleventy")
    parser.add_argument("--tools", default=TOOLS)
    parser.add_argument("--scenarios", default=",".join(CHANGES), help="which, in their order")
    parser.add_argument("--gate", choices=["each", "end"], default="each")
    default = os.environ.get("BENCH_WORK") or str(Path(tempfile.gettempdir()) / "loa-benchmarks")
    parser.add_argument("--work", type=Path, default=Path(default), help="folder for the sites")
    parser.add_argument(
        "--accept", action="store_true", help="raise the floors to what was measured"
    )
    parser.add_argument("--allow-regression", action="store_true", help="let floors fall, too")
    parser.add_argument(
        "--in-turn", action="store_true", help="all sizes in each round: how costs grow with them"
    )
    parser.add_argument("--keep", action="store_true", help="measure only; write no results")
    return parser.parse_args(arguments)


def measure(options: argparse.Namespace) -> list[str]:
    """Measure each size, write results, floors and page; return what lies below a floor."""
    tools, missing = present(options.work, options.tools.split(","))
    for line in missing:
        print(f"skipped: {line}")
    wrong: list[str] = []
    plans = [plan_of(options, count) for count in map(int, options.sizes.split(","))]
    if options.in_turn:
        grow(options, plans, tools)
        return wrong
    for plan in plans:
        count = plan.count
        result = report.about(options.work, tools)
        result |= report.result_of(Bench(plan, tools).run(), missing)
        if options.accept or options.allow_regression:
            accept(result, lower=options.allow_regression)
        wrong += floors.below(floors.load(), count, medians(result))
        if not options.keep:
            report.save(result)
            report.write_page(report.load_all())
    return wrong


def plan_of(options: argparse.Namespace, count: int) -> Plan:
    """Return what to measure at a size."""
    plan = Plan(count, options.work, options.rounds, options.slow_rounds, options.gate)
    plan.scenarios = tuple(name for name in CHANGES if name in options.scenarios.split(","))
    return plan


def grow(options: argparse.Namespace, plans: list[Plan], tools: dict[str, Tool]) -> None:
    """Measure all sizes in turn; write results and page."""
    rounds = growth.in_turn([Bench(plan, tools) for plan in plans], options.rounds)
    if not options.keep:
        growth.save(report.about(options.work, tools) | {"rounds": rounds})
        report.write_page(report.load_all())


def accept(result: Result, lower: bool) -> None:
    """Raise the floors to a result; with `lower` let them fall to it, too."""
    floors.save(floors.raised(floors.load(), result["count"], cautious(result), lower=lower))


def main(arguments: list[str]) -> None:
    """Run the command."""
    options = options_of(arguments)
    if options.verb == "install":
        install(options.work)
    elif options.verb == "page":
        for result in report.load_all() if options.accept else []:
            accept(result, lower=options.allow_regression)
        report.write_page(report.load_all())
    elif wrong := measure(options):
        sys.exit("\n".join(wrong))


if __name__ == "__main__":
    main(sys.argv[1:])
