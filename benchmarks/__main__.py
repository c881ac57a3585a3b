"""Measure the build beside its peers: `python -m benchmarks [install] [--sizes 1000,10000] …`."""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from pathlib import Path

from benchmarks.measure import Bench, Plan
from benchmarks.tools import install, present

TOOLS = "loa,loa-whole,hugo,pelican,pelican-cache,eleventy"


def main(arguments: list[str]) -> None:
    """Run the command."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("verb", nargs="?", choices=["run", "install"], default="run")
    parser.add_argument("--sizes", default="1000,10000", help="numbers of articles")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--slow-rounds", type=int, default=1, help="rounds of Pelican and Eleventy")
    parser.add_argument("--tools", default=TOOLS)
    parser.add_argument("--gate", choices=["each", "end"], default="each")
    default = os.environ.get("BENCH_WORK") or str(Path(tempfile.gettempdir()) / "loa-benchmarks")
    parser.add_argument("--work", type=Path, default=Path(default), help="folder for the sites")
    options = parser.parse_args(arguments)
    if options.verb == "install":
        install(options.work)
        return
    tools, missing = present(options.work, options.tools.split(","))
    for line in missing:
        print(f"skipped: {line}")
    for count in map(int, options.sizes.split(",")):
        plan = Plan(count, options.work, options.rounds, options.slow_rounds, options.gate)
        Bench(plan, tools).run()


if __name__ == "__main__":
    main(sys.argv[1:])
