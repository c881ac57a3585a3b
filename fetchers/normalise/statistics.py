"""Figures by region -> a CSV series and a `statistics` document that speaks of it.

Understands the item keys region, region_name, columns, rows ([day, value…], values in plain
notation, "" where nothing was published).

What the source does oddly is said and never smoothed over: days in the future, days twice, negative
figures, totals that fall, gaps. A figure that is missing stays missing.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from itertools import pairwise
from typing import Any

from fetchers.formats import Item
from fetchers.identity import digest
from fetchers.normalise import Draft, Made, Settled
from fetchers.normalise.revisions import jump, merged, revised
from fetchers.normalise.rows import Rows, read_rows, written
from model.fields import VIETNAM
from model.option_groups import TODAY, Figures
from model.places import unit_name
from model.source import Source
from model.text import slug

NAMES = {"VN": "Việt Nam", "WORLD": "Thế giới"}
SCOPES = {"VN": "national", "WORLD": "world"}
MISSED = 3
"""How many steps of its rhythm a series may miss before readers are told."""
SILENCE = timedelta(days=60)
"""How long a source may list days without figures before it counts as having stopped."""


def drafts(items: list[Item], source: Source, now: datetime) -> Made:
    """Return a draft for each region that has at least one figure."""
    options = source.options
    if not isinstance(options, Figures):
        raise TypeError(f"{source.format} gives no figures")
    notes: list[str] = []
    made = []
    for item in items:
        counts: Counter[str] = Counter()
        rows = _sound(item, now, counts)
        name = _name(item, options)
        said = [*_oddities(rows, item["columns"], options), *_lines(counts)]
        notes += [f"{name}: {line}" for line in said]
        if any(any(values) for values in rows.values()):
            made.append(_draft(item, rows, name, source, options))
        else:
            notes.append(f"{name}: không có con số nào, giữ số liệu cũ")
    shown = 40
    rest = [f"và {len(notes) - shown} ghi chú nữa"] if len(notes) > shown else []
    return Made(made, [*notes[:shown], *rest])


def _lines(counts: Counter[str]) -> list[str]:
    return [f"{count} {what}" for what, count in counts.items() if count]


def _sound(item: Item, now: datetime, counts: Counter[str]) -> Rows:
    """Return day -> values of an item's rows, without what cannot be true."""
    today = now.astimezone(VIETNAM).date()
    rows: Rows = {}
    doubtful: set[str] = set()
    for day, *values in ([str(today) if d == TODAY else d, *rest] for d, *rest in item["rows"]):
        if date.fromisoformat(day) > today:
            counts["ngày trong tương lai, đã bỏ"] += 1
            continue
        kept = tuple("" if value.startswith("-") else value for value in values)
        counts["số âm (nguồn điều chỉnh), để trống"] += sum(v.startswith("-") for v in values)
        if day in rows and rows[day] != kept:
            doubtful.add(day)
        rows[day] = kept
    counts["ngày có hai số khác nhau, không biết số nào đúng: đã bỏ"] += len(doubtful)
    return {day: rows[day] for day in sorted(rows) if day not in doubtful}


def _oddities(rows: Rows, columns: list[str], options: Figures) -> list[str]:
    lines = []
    for index, column in enumerate(columns):
        line = [(day, float(values[index])) for day, values in rows.items() if values[index]]
        if column in options.cumulative:
            falls = [(a, b) for a, b in pairwise(line) if b[1] < a[1]]
            if falls:
                (_, before), (day, after) = falls[0]
                lines.append(
                    f"{column} giảm {len(falls)} lần (ngày {day}: {before:g} xuống {after:g})"
                )
    if gaps := _gaps([date.fromisoformat(day) for day in rows]):
        lines.append(f"thiếu {gaps} ngày trong chuỗi (để trống, không phải 0)")
    return lines


def _gaps(days: list[date]) -> int:
    """Return how many steps are missing from a daily or weekly series."""
    usual = _rhythm(days)
    steps = Counter(b - a for a, b in pairwise(days))
    return sum((step // usual - 1) * count for step, count in steps.items() if usual < step)


def _rhythm(days: list[date]) -> timedelta:
    """Return a series' usual step: 1 day, 7 days …; `timedelta.max` if it has none."""
    steps = Counter(b - a for a, b in pairwise(days))
    usual, often = steps.most_common(1)[0] if len(days) >= 8 else (timedelta.max, 0)
    return usual if often >= len(days) * 0.6 else timedelta.max


def _fresh_days(rows: Rows, source: Source) -> str:
    """Return after how many days without a figure readers are told: thrice the usual step."""
    usual = _rhythm([date.fromisoformat(day) for day, values in rows.items() if any(values)])
    if source.fresh_days or usual == timedelta.max:
        return str(source.fresh_days or "")
    return str(MISSED * usual.days)


def _name(item: Item, options: Figures) -> str:
    code = str(item["region"])
    known = (
        options.names.get(code) or NAMES.get(code) or (unit_name(code) if code.isdigit() else "")
    )
    return known or str(item["region_name"])


def _draft(item: Item, rows: Rows, name: str, source: Source, options: Figures) -> Draft:
    columns = list(item["columns"])
    code = str(item["region"]) or slug(str(item["region_name"]))
    as_of, ended = _until(rows, columns, options)
    file = f"data/series/{options.topic}-{slug(code)}-{source.id}.csv"
    values: dict[str, Any] = {
        "title": f"{options.topic_name}: {name}, theo {source.publishes_as}",
        "section": source.section,
        "tags": list(source.tags),
        "places": list(source.places) or ([code] if code.isdigit() else []),
        "status": "draft" if source.status == "draft" else "",
        "scope": options.scope or SCOPES.get(code, "local"),
        "region": code,
        "region_name": "" if code.isdigit() else name,
        "topic": options.topic,
        "series": file,
        "columns": [_column(column, options) for column in columns],
        "as_of": as_of,
        "ended": ended,
        "fresh_days": _fresh_days(rows, source),
        "source": {"name": source.publishes_as, "url": source.home or source.url},
        "method": options.method,
    }
    return Draft(
        kind="statistics",
        values={key: value for key, value in values.items() if value},
        keys=[f"g{digest(f'{source.id} {options.topic} {code}')}"],
        scope="statistics",
        title=f"{options.topic} {name}",
        folder=options.topic,
        files={file: written(columns, rows)},
    )


def _column(column: str, options: Figures) -> dict[str, Any]:
    label = options.labels.get(column) or column.replace("_", " ").capitalize()
    return {
        "name": column,
        "label": label,
        **({"unit": options.units[column]} if options.units.get(column) else {}),
        **({"cumulative": "true"} if column in options.cumulative else {}),
    }


def _until(rows: Rows, columns: list[str], options: Figures) -> tuple[str, str]:
    """Return the last day with a new figure, and the day from which the source publishes none.

    Totals that are merely carried on do not count where the table has figures per day or week.
    """
    flows = [i for i, column in enumerate(columns) if column not in options.cumulative]
    places = flows or range(len(columns))
    published = [day for day, values in rows.items() if any(values[i] for i in places)]
    if not published:
        published = [day for day, values in rows.items() if any(values)]
    last = published[-1]
    after = [day for day in rows if day > last]
    stopped = after and date.fromisoformat(after[-1]) - date.fromisoformat(last) > SILENCE
    return last, after[0] if stopped else ""


def settle(
    draft: Draft,
    before: Mapping[str, Any],
    files: Mapping[str, str],
    now: datetime,
    own: bool,  # noqa: ARG001 - each source has series of its own
) -> Settled:
    """Return the draft with what was published earlier kept, and why a person must look, if so.

    `before`: front matter of the document as it is; `files`: what stands in the draft's files.
    Days that the source no longer lists stay; a figure that it changed is named in `revisions`.
    """
    file = str(draft.values["series"])
    old = read_rows(files.get(file, ""))
    if not old.rows:
        return Settled(draft)
    new = read_rows(draft.files[file])
    labels = {column["name"]: column["label"] for column in draft.values["columns"]}
    cumulative = {c["name"] for c in draft.values["columns"] if c.get("cumulative")}
    changes = revised(old, new, labels)
    earlier = [item for item in before.get("revisions", []) if isinstance(item, dict)]
    today = now.astimezone(VIETNAM).date().isoformat()
    told = {"date": today, "text": changes}
    revisions = [*earlier, *([told] if changes and told not in earlier else [])]
    values = dict(draft.values)
    if revisions:
        values["revisions"] = revisions
    if before.get("fresh_days"):  # a source that lists its last days only shows no rhythm
        values.setdefault("fresh_days", before["fresh_days"])
    both = written(list(new.columns), merged(old, new))
    settled = Draft(**{**vars(draft), "values": values, "files": {file: both}})
    return Settled(settled, jump(old, new, labels, cumulative))
