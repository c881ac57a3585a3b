"""Bytes of widgets on the wire: as a frame, and drawn by the script on a host's page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from benchmarks.quality.sites import Built
from benchmarks.quality.weights import wire
from model.widgets import DATA, FILES, THEME, newest_script, read_widgets

WIDGET, SCRIPT = 15_000, 5_000
"""Budgets in bytes, compressed: a widget in all, and the script for host pages."""
SHARED = ("khung.css", "khung.js")
"""Files that every framed page loads."""


@dataclass(frozen=True)
class WidgetWeight:
    """A widget: how many of it there are, and the heaviest, framed and drawn by the script."""

    name: str
    files: int
    framed: int
    drawn: int


def script_weight() -> int:
    """Return what the newest script for host pages weighs."""
    return wire([(THEME / "static" / "embed" / newest_script()[0]).read_bytes()])


def widget_weights(sites: Sequence[Built]) -> list[WidgetWeight]:
    """Return what each widget weighs in all, over all sites, by the order of `/nhung/`."""
    script = script_weight()
    found = []
    for widget in read_widgets([THEME]):
        framed, drawn = [0], [0]
        for site in sites:
            files = site.output / FILES.strip("/")
            shared = wire((files / name).read_bytes() for name in SHARED)
            for folder in ("", "en/", "km/"):
                start = site.output / "embed" / folder / widget.name
                framed += [shared + wire([p.read_bytes()]) for p in start.rglob("index.html")]
                drawn += [script + wire([p.read_bytes()]) for p in start.rglob(DATA)]
        found.append(WidgetWeight(widget.name, len(framed) - 1, max(framed), max(drawn)))
    return found
