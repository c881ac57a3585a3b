"""Charts as SVG, drawn at build time: they print, need no script, and take the page's colours.

A chart is decoration of figures that stand beside it as text: `describe` says in words what it
shows. Classes carry the look (the policy of the pages allows no inline style).
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from datetime import date
from html import escape
from itertools import pairwise

from model.words import Words

WIDTH, HEIGHT = 360, 190
LEFT, RIGHT, TOP, BOTTOM = 52, 8, 12, 26
MOST = 160
"""Points that are drawn; of more, the lowest and highest of each stretch are."""
SMALLEST = 1e-6
"""Differences below this are none: no agency publishes such figures."""
Point = tuple[date, float]


def chart(points: Sequence[Point], label: str, words: Words) -> str:
    """Return the SVG of a line over time; "" when there is no point at all."""
    if not points:
        return ""
    shown = thin(points)
    ticks = scale([value for _, value in shown])
    first, last = shown[0][0], shown[-1][0]
    across = [(_x(day, first, last), _y(value, ticks)) for day, value in shown]
    parts = [
        f'<svg class="chart" viewBox="0 0 {WIDTH} {HEIGHT}" role="img" ',
        f'aria-label="{escape(label)}">',
        *_grid(ticks, words),
        *_days(first, last),
        *(f'<path class="line" d="{path}"/>' for path in _paths(shown, across)),
        '<circle class="dot" cx="{:.1f}" cy="{:.1f}" r="4"/>'.format(*across[-1]),
        "</svg>",
    ]
    return "".join(parts)


def thin(points: Sequence[Point]) -> list[Point]:
    """Return at most about MOST points: of each stretch its lowest, its highest and its last."""
    if len(points) <= MOST:
        return list(points)
    size = math.ceil(len(points) / (MOST // 3))
    kept: set[Point] = {points[0], points[-1]}
    for start in range(0, len(points), size):
        stretch = points[start : start + size]
        kept |= {min(stretch, key=lambda p: p[1]), max(stretch, key=lambda p: p[1]), stretch[-1]}
    return sorted(kept)


def scale(values: Sequence[float]) -> list[float]:
    """Return three to six round numbers, from at most 0 to at least the highest value."""
    low, high = min(0.0, *values), max(0.0, *values)
    span = high - low if high - low > SMALLEST else 1.0
    power = 10.0 ** math.floor(math.log10(span / 4))
    step = next(power * unit for unit in (1, 2, 2.5, 5, 10) if power * unit >= span / 4)
    start = math.floor(low / step)
    count = max(2, math.ceil(high / step - 1e-9) - start)
    return [round((start + index) * step, 10) for index in range(count + 1)]


def _x(day: date, first: date, last: date) -> float:
    span = (last - first).days
    inner = WIDTH - LEFT - RIGHT
    return LEFT + (inner * (day - first).days / span if span else inner / 2)


def _y(value: float, ticks: Sequence[float]) -> float:
    inner = HEIGHT - TOP - BOTTOM
    return TOP + inner * (1 - (value - ticks[0]) / (ticks[-1] - ticks[0]))


def _grid(ticks: Sequence[float], words: Words) -> Iterator[str]:
    for tick in ticks:
        y = _y(tick, ticks)
        value = int(tick) if float(tick).is_integer() else tick
        yield f'<path class="grid" d="M{LEFT} {y:.1f}H{WIDTH - RIGHT}"/>'
        yield f'<text class="up" x="{LEFT - 6}" y="{y + 4:.1f}">{words.number(value)}</text>'


def _days(first: date, last: date) -> Iterator[str]:
    y = HEIGHT - 8
    if first == last:
        yield f'<text class="mid" x="{(LEFT + WIDTH - RIGHT) / 2:.1f}" y="{y}">{_day(first)}</text>'
        return
    yield f'<text x="{LEFT}" y="{y}">{_day(first)}</text>'
    yield f'<text class="up" x="{WIDTH - RIGHT}" y="{y}">{_day(last)}</text>'


def _day(day: date) -> str:
    return f"{day.day}/{day.month}/{day.year}"


def _paths(points: Sequence[Point], across: Sequence[tuple[float, float]]) -> Iterator[str]:
    """Yield a path per unbroken run: where days are missing, nothing is drawn."""
    steps = sorted((b[0] - a[0]).days for a, b in pairwise(points))
    longest = max(3, 3 * steps[len(steps) // 2]) if steps else 0
    run: list[str] = []
    for index, (x, y) in enumerate(across):
        if run and (points[index][0] - points[index - 1][0]).days > longest:
            yield "M" + "L".join(run)
            run = []
        run.append(f"{x:.1f} {y:.1f}")
    if len(run) > 1:
        yield "M" + "L".join(run)


def describe(points: Sequence[Point], unit: str, words: Words) -> str:
    """Return in words what the chart of these points shows; "" when there are none."""
    if not points:
        return ""
    day, value = points[-1]
    if len(points) == 1:
        return words(
            "Mới có một số liệu: {value}, tính đến {day}.",
            value=words.amount(value, unit),
            day=_day(day),
        )
    low, high = min(points, key=lambda p: p[1]), max(points, key=lambda p: p[1])
    return words(
        "Từ {first} đến {last}: thấp nhất {low} ({low_day}), cao nhất {high} ({high_day}), "
        "mới nhất {value}.",
        first=_day(points[0][0]),
        last=_day(day),
        low=words.amount(low[1], unit),
        low_day=_day(low[0]),
        high=words.amount(high[1], unit),
        high_day=_day(high[0]),
        value=words.amount(value, unit),
    )


def bar(value: float, most: float) -> str:
    """Return the SVG of a bar, `value` of `most`; it fills the cell that it stands in."""
    share = max(0.0, min(1.0, value / most)) if most > 0 else 0.0
    return (
        '<svg class="bar" viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true">'
        '<rect class="rail" width="100" height="10"/>'
        f'<rect width="{100 * share:.1f}" height="10"/></svg>'
    )
