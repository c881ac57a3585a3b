"""docs/quality.md: the figures and where they stand against what was promised."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median

from benchmarks.quality.browser import Look
from benchmarks.quality.drawing import Drawing
from benchmarks.quality.lighthouse import CATEGORIES, Score
from benchmarks.quality.sweep import Sweep
from benchmarks.quality.weights import PAGE, SCRIPTS, WIRE, FamilyWeight, PageWeight
from benchmarks.quality.widgets import SCRIPT, WIDGET, WidgetWeight, script_weight
from model.kinds import FACES

PAGE_FILE = Path(__file__).resolve().parents[2] / "docs" / "quality.md"
HEAD = """# How good the pages are

Written by `python -m benchmarks.quality`; do not edit. The shipped sites (the root, Tây Ninh, Huế,
Trà Vinh) and the sample whose documents stand for every state are built afresh and measured in
{chromium}. Bytes "on the wire" are compressed by gzip, each file for itself. Speed is not timed:
machines are noisy, bytes, requests and the largest element are not.
"""

EVERY_PAGE = """\
By day and by night under axe (WCAG 2.0, 2.1 and 2.2 A and AA and best practice), with the headers
that servers send: nothing wider than the screen, nothing said by the console, the content policy
never broken, no cookie, no stranger asked. Once without scripts: a heading, the numbers to call,
search, something to read, no button that does nothing.
"""


@dataclass
class Found:
    """Everything that was measured."""

    chromium: str = ""
    pages: list[PageWeight] = field(default_factory=list)
    families: list[FamilyWeight] = field(default_factory=list)
    drawings: list[Drawing] = field(default_factory=list)
    looks: list[tuple[str, Look]] = field(default_factory=list)
    sweeps: dict[str, Sweep] = field(default_factory=dict)
    scores: list[Score] = field(default_factory=list)
    widgets: list[WidgetWeight] = field(default_factory=list)

    def wrong(self) -> list[str]:
        """Return what does not hold besides weight: in a browser, Lighthouse."""
        faults = [f"{name}: {fault}" for name, done in self.sweeps.items() for fault in done.faults]
        low = [f"{s.site}: {s.page}: {', '.join(s.failed)}" for s in self.scores if not s.full]
        return [*faults, *low]


def write(found: Found, over: Sequence[str]) -> str:
    """Return the page."""
    parts = [HEAD.format(chromium=found.chromium or "a Chromium")]
    parts += ["\n".join(part) for part in (_promises(found, over), _weights(found.pages))]
    if found.looks:
        parts.append("\n".join(_looks(found.looks)))
    if found.sweeps:
        parts.append("\n".join(_sweeps(found.sweeps)))
    if found.scores:
        parts.append("\n".join(_scores(found.scores)))
    if found.widgets:
        parts.append("\n".join(_widgets(found.widgets)))
    parts.append("\n".join(_families(found.families)))
    if found.drawings:
        parts.append("\n".join(_drawings(found.drawings)))
    return "\n\n".join(part.strip() for part in parts) + "\n"


def _promises(found: Found, over: Sequence[str]) -> Iterator[str]:
    yield "## What was promised\n"
    yield "| | bound | worst | |\n|---|---:|---:|---|"
    homes = [page for page in found.pages if page.template == "home"]
    typical = [page for page in found.pages if page.template in FACES]
    for name, pages in (("home page", homes), ("document without pictures", typical)):
        plain = [page for page in pages if not page.pictures]
        yield _bound(f"{name}: HTML and CSS, bytes", PAGE, max(p.raw for p in plain))
        yield _bound(f"{name}: the same on the wire, bytes", WIRE, max(p.wire for p in plain))
    scripts = max(p.scripts for p in found.pages if not p.page.startswith("/tim-kiem/"))
    yield _bound("scripts of any page but search, on the wire, bytes", SCRIPTS, scripts)
    if found.widgets:
        heaviest = max(max(item.framed, item.drawn) for item in found.widgets)
        yield _bound("any widget in all, on the wire, bytes", WIDGET, heaviest)
        yield _bound("the script for host pages, on the wire, bytes", SCRIPT, script_weight())
    if found.sweeps:
        yield _bound("faults found in a browser on any page", 0, _faults(found.sweeps))
    if found.scores:
        worst = min(min(score.scores.values()) for score in found.scores)
        yield f"| Lighthouse, worst score of any page | 100 | {worst} | {_said(worst == 100)} |"
    yield from (f"\n- over its budget: {line}" for line in over)


def _bound(name: str, bound: int, worst: int) -> str:
    return f"| {name} | {bound:,} | {worst:,} | {_said(worst <= bound)} |"


def _said(held: bool) -> str:
    return "held" if held else "**missed**"


def _faults(sweeps: Mapping[str, Sweep]) -> int:
    return sum(len(done.faults) for done in sweeps.values())


def _weights(pages: Sequence[PageWeight]) -> Iterator[str]:
    found: dict[str, list[PageWeight]] = defaultdict(list)
    for page in pages:
        found[page.template].append(page)
    yield f"## Pages by template ({len(pages)} pages)\n"
    yield "| template | pages | HTML and CSS: middle | most | on the wire: middle | most |"
    yield "|---|---:|---:|---:|---:|---:|"
    for name, members in sorted(found.items()):
        raw, wire = [page.raw for page in members], [page.wire for page in members]
        yield (
            f"| {name} | {len(members)} | {round(median(raw)):,} | {max(raw):,} "
            f"| {round(median(wire)):,} | {max(wire):,} |"
        )


def _looks(looks: Sequence[tuple[str, Look]]) -> Iterator[str]:
    yield "## First visit on a telephone, 360 px wide\n"
    yield "| site | page | requests | bytes received | largest element |\n|---|---|---:|---:|---|"
    for site, look in looks:
        yield (
            f"| {site} | `{look.page}` | {look.requests} | {look.received:,} | `{look.largest}` |"
        )


def _sweeps(sweeps: Mapping[str, Sweep]) -> Iterator[str]:
    yield "## Every page in a browser, 320 px wide\n"
    yield EVERY_PAGE
    yield "| site | pages under axe | pages without scripts | faults |\n|---|---:|---:|---:|"
    for name, done in sweeps.items():
        yield f"| {name} | {done.pages // 2} | {done.plain} | {len(done.faults)} |"


def _scores(scores: Sequence[Score]) -> Iterator[str]:
    yield "## Lighthouse, mobile\n"
    yield f"| site | page | {' | '.join(CATEGORIES)} |\n|---|---|{'---:|' * len(CATEGORIES)}"
    for score in scores:
        values = " | ".join(str(score.scores[name]) for name in CATEGORIES)
        yield f"| {score.site} | `{score.page}` | {values} |"


def _table(heading: str, note: str, columns: str, rows: Iterable[str]) -> Iterator[str]:
    """Yield a table whose first column is words and whose others are numbers."""
    yield f"## {heading}\n"
    yield f"{note}\n"
    yield f"| {columns} |\n|---|{'---:|' * columns.count('|')}"
    yield from rows


def _families(families: Sequence[FamilyWeight]) -> Iterator[str]:
    return _table(
        "Every family of outputs, bytes on the wire",
        "Pictures and PDF as they are, text compressed.",
        "family | files | middle | most",
        (
            f"| {item.family} | {item.files} | {item.middle:,} | {item.most:,} |"
            for item in families
        ),
    )


def _widgets(widgets: Sequence[WidgetWeight]) -> Iterator[str]:
    return _table(
        "Widgets on other agencies' pages, bytes on the wire",
        "The heaviest of each, with style and scripts: as a frame, and drawn by the script.",
        "widget | pages | framed | drawn",
        (f"| {item.name} | {item.files} | {item.framed:,} | {item.drawn:,} |" for item in widgets),
    )


def _drawings(drawings: Sequence[Drawing]) -> Iterator[str]:
    return _table(
        "What a drawing costs",
        "Processor time of one drawing, fonts already read; kept until what it shows changes.",
        "drawing | milliseconds | bytes",
        (f"| {item.name} | {item.milliseconds:.0f} | {item.size:,} |" for item in drawings),
    )
