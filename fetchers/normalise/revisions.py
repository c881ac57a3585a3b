"""What a source changed in figures that it had published, and whether that may be believed at once.

A person must look (DECISIONS 13) when a column vanished, when the newest total fell by more than
half or rose more than tenfold, or when a column as a whole did so over the days told before: that
is what swapped or renamed columns look like.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date

from fetchers.normalise.rows import Lines, Rows

DROP, RISE = 0.5, 10.0
SMALL = 10.0
"""Figures below this jump by nature: one case today, twelve tomorrow."""
SHOWN = 3


def merged(old: Lines, new: Lines) -> Rows:
    """Return the new rows, and the old ones of days that the source no longer lists."""
    place = {column: index for index, column in enumerate(old.columns)}
    kept = {
        day: tuple(values[place[c]] if c in place else "" for c in new.columns)
        for day, values in old.rows.items()
        if day not in new.rows
    }
    return kept | new.rows


def revised(old: Lines, new: Lines, labels: Mapping[str, str]) -> str:
    """Return what changed in days told before, as a Vietnamese sentence; "" if nothing did."""
    changes = [
        (day, column, before, after)
        for column, before_line in _columns(old).items()
        for day, before in before_line.items()
        if (after := _columns(new).get(column, {}).get(day, before if day not in new.rows else ""))
        != before
    ]
    if not changes:
        return ""
    changes.sort()
    told = "; ".join(
        f"{labels.get(column, column)} ngày {_day(day)} {_was(before)} {_now(after)}"
        for day, column, before, after in changes[-SHOWN:]
    )
    rest = len(changes) - SHOWN
    return (
        f"Nguồn sửa số liệu đã công bố: {told}" + (f"; và {rest} số khác" if rest > 0 else "") + "."
    )


def _columns(lines: Lines) -> dict[str, dict[str, str]]:
    """Return column -> day -> value, published ones only."""
    return {
        column: {day: values[index] for day, values in lines.rows.items() if values[index]}
        for index, column in enumerate(lines.columns)
    }


def _day(text: str) -> str:
    day = date.fromisoformat(text)
    return f"{day.day}/{day.month}/{day.year}"


def _was(value: str) -> str:
    return f"từ {value.replace('.', ',')}"


def _now(value: str) -> str:
    return f"thành {value.replace('.', ',')}" if value else "nay để trống"


def jump(old: Lines, new: Lines, labels: Mapping[str, str], cumulative: Collection[str]) -> str:
    """Return why these figures must wait for a person; "" if they need not."""
    before, after = _columns(old), _columns(new)
    for column, line in before.items():
        label = labels.get(column, column)
        if not line:
            continue
        if not after.get(column):
            return f"cột “{label}” không còn số liệu (nguồn đổi tên cột?)"
        was, now = _weights(line, after[column], column in cumulative)
        if max(was, now) < SMALL:
            continue
        if now < was * DROP:
            return f"“{label}” giảm hơn một nửa: từ {was:g} xuống {now:g}"
        if now > was * RISE:
            return f"“{label}” tăng hơn 10 lần: từ {was:g} lên {now:g}"
    return ""


def _weights(old: Mapping[str, str], new: Mapping[str, str], total: bool) -> tuple[float, float]:
    """Return the two figures to compare: newest totals, or sums over the days told both times.

    Daily figures of new days are compared with the highest of the last fourteen told before.
    """
    if total:
        return float(old[max(old)]), float(new[max(new)])
    both = old.keys() & new.keys()
    was, now = sum(float(old[day]) for day in both), sum(float(new[day]) for day in both)
    if both and not (was * DROP <= now <= was * RISE):
        return was, now
    recent = max(float(old[day]) for day in sorted(old)[-14:])
    fresh = [float(value) for day, value in new.items() if day > max(old)]
    return recent, max([*fresh, recent])
