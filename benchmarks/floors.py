"""Floors: the least each judged ratio may be. They rise when accepted, never fall by themselves."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

FILE = Path(__file__).resolve().parent / "floors.json"
MARGIN = 0.75
"""A floor is set this far below the median that was measured, because machines are noisy."""
Floors = dict[str, dict[str, float]]
"""Number of articles (as text) -> ratio -> floor."""


def load(path: Path = FILE) -> Floors:
    """Return the floors of a file; none if there is no file."""
    if not path.is_file():
        return {}
    floors: Floors = json.loads(path.read_text(encoding="utf-8"))
    return floors


def below(floors: Floors, count: int, found: Mapping[str, float]) -> list[str]:
    """Return a line for each ratio that was measured and lies below its floor."""
    wanted = floors.get(str(count), {})
    return [
        f"{count} articles, {name}: {found[name]:.2f} is below its floor {floor:.2f}"
        for name, floor in sorted(wanted.items())
        if name in found and found[name] < floor
    ]


def raised(floors: Floors, count: int, found: Mapping[str, float], lower: bool = False) -> Floors:
    """Return the floors after accepting a measurement; only with `lower` may one fall."""
    old = floors.get(str(count), {})
    new = {name: round(value * MARGIN, 2) for name, value in found.items()}
    merged = {
        name: new[name] if name in new and (lower or new[name] > old.get(name, 0.0)) else old[name]
        for name in sorted(old.keys() | new.keys())
    }
    return {**floors, str(count): merged}


def save(floors: Floors, path: Path = FILE) -> None:
    """Write the floors, sizes in order."""
    ordered = {size: floors[size] for size in sorted(floors, key=int)}
    path.write_text(json.dumps(ordered, indent=2) + "\n", encoding="utf-8")
