"""Runs one build of one tool and measures it; what our own build did is read from its log."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from benchmarks.sites import Layout
from benchmarks.tools import Tool

STOPWATCH = Path(__file__).resolve().parent / "stopwatch.py"
TWINS = (".gz", ".br", ".zst")


@dataclass(frozen=True)
class Cost:
    """What one build cost: seconds, MB (10^6 bytes) of its largest process, the load before it."""

    wall: float
    cpu: float
    peak_mb: float
    load: float

    def as_json(self) -> dict[str, float]:
        """Return rounded figures."""
        return {name: round(value, 4) for name, value in asdict(self).items()}


def build(tool: Tool, layout: Layout, now: str, folder: Path | None = None) -> Cost:
    """Run the tool once in its site's folder; raise RuntimeError with its output if it fails.

    `now` is the build's time: seconds since 1970.
    """
    folder = folder or layout.folder
    result, log = folder / ".measured.json", folder / ".measured.log"
    environment = {**os.environ, "SOURCE_DATE_EPOCH": now, **tool.environment}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)  # else Python compiles all source every time
    load = os.getloadavg()[0]
    command = [sys.executable, "-I", "-S", str(STOPWATCH), str(result), *tool.command]
    with log.open("w") as output:
        subprocess.run(
            command, cwd=folder, env=environment, stdout=output, stderr=output, check=False
        )
    measured: dict[str, Any] = json.loads(result.read_text())
    if measured["code"]:
        raise RuntimeError(f"{tool.name} ended with {measured['code']}:\n{log.read_text()[-2000:]}")
    peak = measured["peak_kib"] * 1024 / 1e6
    return Cost(measured["wall"], measured["cpu"], peak, load)


def empty(layout: Layout, caches: bool, folder: Path | None = None) -> None:
    """Remove the output, and with `caches` all that the tool remembers."""
    folder = folder or layout.folder
    for name in (layout.output, *(layout.caches if caches else ())):
        path = folder / name
        if path.is_dir():
            shutil.rmtree(path)
        else:
            path.unlink(missing_ok=True)


def last_changes(folder: Path) -> list[str]:
    """Return the paths that our last build changed or removed, from its log of changes."""
    log = folder / ".state" / "changes.jsonl"
    entry = json.loads(log.read_text(encoding="utf-8").splitlines()[-1])
    return [*entry["changed"], *entry["removed"]]


def shared_files(paths: list[str], name: str) -> list[str]:
    """Return the changed `paths` but for the article's own and compressed twins."""
    return [path for path in paths if name not in path and not path.endswith(TWINS)]
