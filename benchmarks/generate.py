"""Writes the synthetic site of N articles for some tools; the same bytes every time."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Iterable
from pathlib import Path

from benchmarks.articles import article
from benchmarks.sites import LAYOUTS, Layout

HERE = Path(__file__).resolve().parent
STAMP = ".generated"


def recipe(count: int) -> str:
    """Return a hash of the generator and of `count`: the stamp of a site that is as generated."""
    total = hashlib.sha256(str(count).encode())
    files = [HERE / name for name in ("text.py", "articles.py", "generate.py")]
    files += sorted((HERE / "sites").glob("*.py"))
    for path in [*files, *sorted((HERE / "themes").rglob("*.*"))]:
        total.update(path.read_bytes())
    return total.hexdigest()


def generate(count: int, folder: Path, tools: Iterable[str]) -> dict[str, Layout]:
    """Make sure that `folder`/<tool> holds the pristine site of each tool; return the layouts.

    A site left over from an interrupted run (its stamp is gone) is made anew.
    """
    layouts = {tool: LAYOUTS[tool](folder / tool) for tool in tools}
    wanted = recipe(count)
    stale = [layout for layout in layouts.values() if _stamp(layout) != wanted]
    for layout in stale:
        shutil.rmtree(layout.folder, ignore_errors=True)
        layout.theme()
    for number in range(count if stale else 0):
        made = article(number)
        for layout in stale:
            layout.write(made)
    for layout in stale:
        (layout.folder / STAMP).write_text(wanted)
    return layouts


def spoil(layout: Layout) -> None:
    """Note that a site is about to be changed by a scenario."""
    (layout.folder / STAMP).unlink(missing_ok=True)


def _stamp(layout: Layout) -> str:
    path = layout.folder / STAMP
    return path.read_text() if path.is_file() else ""
