"""Measure search beside its peers: `python -m benchmarks.search [--sizes 1000] [--peers …]`.

Writes `docs/search-benchmark.md` and ends with 1 when a figure lies below its floor
(`benchmarks/search/floors.json`; `--accept` raises the floors to this run, never lowers them).
Needs Node; peers come from npm (`--install`). Times are CPU times: the machine may be busy.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import brotli

from benchmarks.search import browser, corpus, queries, report
from model.content import Loaded, content_files, load
from model.output import public_path
from plugins.search.analysis import Sayings
from plugins.search.synonyms import load_aliases
from plugins.search.texts import texts_of

ROOT = Path(__file__).resolve().parents[2]
HERE = Path(__file__).resolve().parent
PEERS = ("pagefind", "minisearch", "flexsearch", "lunr")
PACKAGES = ("pagefind@1", "minisearch@7", "flexsearch@0.8", "lunr@2")
INDEX = "tim-kiem"
NOW = "1795392000"
"""23 November 2026: the product's own documents are of the days before, the articles older."""
FAMILIES = [f"plugins.{name}" for name in ("documents", "alerts", "search", "incremental")]
"""What is built: pages, alerts and search, without pictures, print and feeds."""


def options_of(arguments: Sequence[str] | None) -> argparse.Namespace:
    """Return the command line's options."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.search", description=__doc__)
    parser.add_argument("--sizes", default="1000")
    parser.add_argument("--queries", type=int, default=100, help="questions in each set")
    parser.add_argument("--peers", default="", help=f"some of: {','.join(PEERS)}")
    parser.add_argument("--set", choices=["judge", "tune"], default="judge")
    parser.add_argument("--install", action="store_true", help="fetch the peers from npm")
    parser.add_argument("--accept", action="store_true", help="raise the floors to this run")
    default = Path(tempfile.gettempdir()) / "loa-search-benchmark"
    parser.add_argument("--work", type=Path, default=default)
    return parser.parse_args(arguments)


def spent() -> float:
    """Return the CPU seconds of the children that have ended."""
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


def build(site: Path) -> tuple[float, float]:
    """Build a site's pages and search from nothing; return the CPU and the clock's seconds."""
    for name in ("output", ".state"):
        shutil.rmtree(site / name, ignore_errors=True)
    before, began = spent(), time.monotonic()
    settings = site / "pelicanconf.py"
    settings.write_text(
        f"__file__ = {str(ROOT / 'pelicanconf.py')!r}\n"
        f"exec(open(__file__).read())\nPLUGINS = {FAMILIES!r}\n"
    )
    command = [sys.executable, "-m", "pelican", "-s", str(settings)]
    environment = {**os.environ, "SITE": str(site), "SOURCE_DATE_EPOCH": NOW}
    subprocess.run([*command, "--fatal", "warnings"], cwd=ROOT, env=environment, check=True)
    return spent() - before, time.monotonic() - began


def read(site: Path) -> list[Loaded]:
    """Return the documents of a site, by the order of their files."""
    files = sorted(file for file in content_files(site))
    return [load(file, (site / file).read_bytes()) for file in files]


def questions_of(
    made: corpus.Corpus, documents: Sequence[Loaded], said: Sayings, judge: bool, count: int
) -> dict[str, Any]:
    """Return what every engine is asked; answers are public addresses.

    Ambiguous words are chosen by what readers see; a page that says it only in the table of sayings
    is as right an answer.
    """
    address = {text.id: f"/tin-tuc/{text.id.lower()}/" for text in made.texts}
    sets: dict[str, Any] = {
        name: [[query, [address[answer]]] for query, answer in some]
        for name, some in queries.sets(made, judge, count).items()
    }
    for name in queries.CITIZENS:
        sets[name] = [
            [query, [public_path(identity) for identity in answers.split()]]
            for query, answers in queries.citizens(name)
        ]
    chosen = queries.ambiguous(queries.segmented(made.texts), pages_of(documents))
    ambiguous = queries.also_in(chosen, pages_of(documents, said))
    cold = [query for query, _ in sets["title/full"][:20]]
    return {"sets": sets, "ambiguous": ambiguous, "cold": cold}


def pages_of(documents: Sequence[Loaded], said: Sayings | None = None) -> dict[str, str]:
    """Return all that readers see of each document, by its address; and what people say of it."""
    return {
        public_path(loaded.identity): "\n".join(texts_of(loaded.document, loaded.body, said))
        for loaded in documents
    }


def for_peers(documents: Sequence[Loaded]) -> list[dict[str, str]]:
    """Return the same documents for the peers, the product's own among them."""
    found = []
    for loaded in documents:
        document = loaded.document
        head = [getattr(document, name, "") for name in ("claim", "question")]
        summary = "\n".join(filter(None, [*head, document.summary]))
        found.append(
            {
                "path": public_path(loaded.identity),
                "title": document.title,
                "summary": summary,
                "body": loaded.body,
            }
        )
    return found


def node(script: str, *arguments: object) -> dict[str, Any]:
    """Run one of our scripts in Node; return the JSON that it prints."""
    command = ["node", "--max-old-space-size=6000", str(HERE / script), *map(str, arguments)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(f"{script} {arguments[0]}: {done.stderr[-2000:]}")
    result: dict[str, Any] = json.loads(done.stdout.strip().split("\n")[-1])
    return result


def sizes_of(folder: Path) -> tuple[int, int]:
    """Return bytes and number of the index's own files (pages for readers are not index)."""
    files = [path for path in folder.rglob("*") if path.is_file() and path.suffix != ".html"]
    return sum(path.stat().st_size for path in files), len(files)


def code_of(output: Path) -> tuple[int, int]:
    """Return the bytes, under Brotli, of the core and of all scripts that the search page loads.

    The core is the script with which other pages search; the page loads the same in two pieces,
    the second of which holds the page's own script too.
    """
    core, *all_of_page = [
        len(brotli.compress((output / "theme" / "search" / f"{name}.js").read_bytes()))
        for name in ("core", "start", "page", "repair")
    ]
    return core, sum(all_of_page)


def measure(size: int, options: argparse.Namespace) -> dict[str, Any]:
    """Return every engine's figures at one size."""
    work = options.work / str(size)
    site = work / "site"
    shutil.rmtree(work, ignore_errors=True)
    site.mkdir(parents=True)
    made = corpus.load(size)
    corpus.write_site(site, made)
    asked, texts = work / "questions.json", work / "documents.json"
    documents, said = read(site), load_aliases(site)[0].said
    questions = questions_of(made, documents, said, options.set == "judge", options.queries)
    asked.write_text(json.dumps(questions))
    texts.write_text(json.dumps(for_peers(documents)))
    cpu, wall = build(site)
    folder = site / "output" / INDEX
    found = node("ours.mjs", ROOT / "theme/static/search/core.js", folder, asked)
    found["size"], found["files"] = sizes_of(folder)
    found["build"], found["build_wall"] = cpu, wall
    found["core_code"], found["code"] = code_of(site / "output")
    cold = json.loads(asked.read_text())["cold"]
    found |= browser.measure(site / "output", cold)
    engines = {"loa": found}
    packages = options.work / "npm"
    for name in filter(None, options.peers.split(",")):
        engines[name] = node("peers.mjs", name, packages, texts, asked, work / name)
        if name == "pagefind":
            engines[name] |= browser.measure_pagefind(work / name, cold)
    return engines


def install(folder: Path) -> None:
    """Fetch the peers from npm."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "package.json").write_text("{}")
    subprocess.run(["npm", "install", "--silent", *PACKAGES], cwd=folder, check=True)


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure, write the page, hold the floors."""
    options = options_of(arguments)
    if options.install:
        install(options.work / "npm")
    wrong: list[str] = []
    for size in map(int, options.sizes.split(",")):
        engines = measure(size, options)
        wrong += report.below_floors(size, engines["loa"])
        if options.accept:
            report.raise_floors(size, engines["loa"])
        report.write(size, engines)
        print(report.table(engines))
    for line in wrong:
        print(line, file=sys.stderr)
    sys.exit(1 if wrong else 0)


if __name__ == "__main__":
    main()
