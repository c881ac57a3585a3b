"""What the builds since a release changed, from the build's own log (`.state/changes.jsonl`).

A line a build: {"build": id, "fresh": bool, "changed": [...], "removed": [...]}, and "gap": true
where a build before it was killed ahead of its line. A fresh tree or a gap means: compare all.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any


@dataclass(frozen=True)
class Since:
    """What happened since a release: the present build's id, and paths touched (None: any)."""

    build: str
    touched: frozenset[str] | None


def changes_since(log: Path, build: str) -> Since:
    """Return what the builds after the one with id `build` did, by the log."""
    lines = _lines(log)
    if not lines:
        return Since("", None)
    last = str(lines[-1].get("build", ""))
    after = _after(lines, build)
    if after is None or any(line.get("fresh") or line.get("gap") for line in after):
        return Since(last, None)
    touched = (path for line in after for name in ("changed", "removed") for path in line[name])
    return Since(last, frozenset(touched))


def _after(lines: list[dict[str, Any]], build: str) -> list[dict[str, Any]] | None:
    for index in range(len(lines) - 1, -1, -1):
        if lines[index].get("build") == build:
            return lines[index + 1 :]
    return None


def _lines(log: Path) -> list[dict[str, Any]]:
    try:
        text = log.read_text(encoding="utf-8")
    except FileNotFoundError:
        return []
    try:
        return [json.loads(line) for line in text.splitlines() if line]
    except ValueError:  # a line torn by a crash: the log does not know everything
        return []
