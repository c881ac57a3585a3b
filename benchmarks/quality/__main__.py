"""Measure the built pages: `python -m benchmarks.quality [install] [--no-browser] [--quick]`.

Ends with 1 when a page is over its budget, axe finds a fault or Lighthouse gives less than 100.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from benchmarks.quality import browser, lighthouse, report
from benchmarks.quality.drawing import drawings
from benchmarks.quality.sites import SAMPLE, SITES, Built, build, served
from benchmarks.quality.sweep import axe_text, sweep
from benchmarks.quality.weights import families, over, weighed
from benchmarks.quality.widgets import widget_weights
from model.kinds import FACES
from plugins.patterns.screenshots import chromium, key_pages

TOOLS = Path(__file__).with_name("node_modules")
JUDGED = ("misinformation", "contacts", "statistics")
"""Kinds whose list and first document Lighthouse judges, besides the home page."""


def main(arguments: list[str]) -> int:
    """Measure, write docs/quality.md, say what is wrong."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.quality", description=__doc__)
    parser.add_argument("verb", nargs="?", choices=["run", "install"], default="run")
    parser.add_argument("--no-browser", action="store_true", help="weights only")
    parser.add_argument("--quick", action="store_true", help="axe and Lighthouse on key pages only")
    parser.add_argument("--keep", action="store_true", help="measure only; write no page")
    default = os.environ.get("BENCH_WORK") or str(Path(tempfile.gettempdir()) / "loa-quality")
    parser.add_argument("--work", type=Path, default=Path(default), help="folder for the sites")
    options = parser.parse_args(arguments)
    if options.verb == "install":
        subprocess.run(["npm", "ci", "--silent"], cwd=TOOLS.parent, check=True)
        return 0
    sites = [build(name, options.work) for name in SITES]
    found = report.Found(pages=[page for site in sites for page in weighed(site)])
    found.families, found.drawings = families(sites), drawings()
    found.widgets = widget_weights(sites)
    if not options.no_browser:
        in_browser(sites, found, quick=options.quick)
    heavy = over(found.pages)
    if not options.keep:
        report.PAGE_FILE.write_text(report.write(found, heavy), encoding="utf-8")
    wrong = [*heavy, *found.wrong()]
    print(*wrong, f"{len(found.pages)} pages of {len(sites)} sites, {len(wrong)} faults", sep="\n")
    return 1 if wrong else 0


def in_browser(sites: list[Built], found: report.Found, *, quick: bool) -> None:
    """Look at the sites in a Chromium and with Lighthouse."""
    with chromium() as opened:
        found.chromium = f"Chromium {opened.version}"
    axe = axe_text(TOOLS)
    for site in sites:
        key = key_pages(site.output)
        with served(site) as address:
            looked = browser.looks(site, address, key)
            found.looks += [(site.name, look) for look in looked]
            with chromium() as opened:
                swept = sweep(opened, site, address, key if quick else site.every(), axe)
            found.sweeps[site.name] = swept
            for page in judged(site, key):
                found.scores.append(lighthouse.judge(TOOLS, site.name, address, page))
        print(f"{site.name}: {swept.pages} looked at, {len(swept.faults)} faults", flush=True)


def judged(site: Built, key: list[str]) -> list[str]:
    """Return the pages for Lighthouse: of the sample one of each sort, of the others the home."""
    if site.name != SAMPLE:
        return key[:1]
    prefixes = tuple(f"/{FACES[kind].prefix}/" for kind in JUDGED)
    return [page for page in key if page == "/" or page.startswith(prefixes)]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
