"""Dates as sources write them: our own day-first patterns first, +07:00 when no zone is named.

General date parsers lie silently on Vietnamese dates: they swap day and month, read “GMT+7” as
seven hours the other way, or take a time before its date for today. So a text is read only by a
pattern that is known to mean what it says; everything else is no date.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from typing import NamedTuple

from model.fields import VIETNAM
from model.source import Dates
from model.text import fold, one_line

EARLIEST_YEAR = 1995
LEEWAY = timedelta(minutes=15)
"""How far a clock of a source may run ahead of ours."""

_MONTH_NAMES = "jan feb mar apr may jun jul aug sep oct nov dec"
_MONTHS = {name: number for number, name in enumerate(_MONTH_NAMES.split(), 1)}
_ZONES = {
    "gmt": 0,
    "utc": 0,
    "ut": 0,
    "z": 0,
    "ict": 7,
    "sgt": 8,
    "jst": 9,
    "kst": 9,
    "aest": 10,
    "est": -5,
    "edt": -4,
    "cst": -6,
    "cdt": -5,
    "mst": -7,
    "mdt": -6,
    "pst": -8,
    "pdt": -7,
    "bst": 1,
    "cet": 1,
    "cest": 2,
    "eet": 2,
    "eest": 3,
    "msk": 3,
}
"""RFC 5322 §4.3 zone names and common ones, in hours east; an unknown name counts as none."""
_WEEKDAYS = {
    name: number
    for number, names in enumerate(
        (
            ("thu hai", "monday"),
            ("thu ba", "tuesday"),
            ("thu tu", "wednesday"),
            ("thu nam", "thursday"),
            ("thu sau", "friday"),
            ("thu bay", "saturday"),
            ("chu nhat", "sunday"),
        )
    )
    for name in names
}
_ISO = re.compile(
    r"(?<!\d)(\d{4})[-/](\d{1,2})[-/](\d{1,2})"
    r"(?:[t ]+(\d{1,2}):(\d{2})(?::(\d{2}))?(?:[.,]\d+)?)?(?![\d-])"
)
_NAMED = re.compile(
    r"(?<!\d)(\d{1,2})[ -]+([a-z]{3})[a-z]*\.?,?[ -]+(\d{4}|\d{2})(?!\d)"
    r"|\b([a-z]{3})[a-z]*\.? (\d{1,2}),? (\d{4})\b"
)
_WORDS = re.compile(r"\bngay (\d{1,2})(?: |/|-)*thang (\d{1,2})(?: |,|/|-)*nam (\d{4})\b")
_NUMBERS = re.compile(r"(?<![\d/.-])(\d{1,2})([/.-])(\d{1,2})\2(\d{4})(?![\d/])")
_CLOCK = re.compile(
    r"(?<![\d:])(\d{1,2})(?::|h|g| gio )(\d{2})(?::(\d{2}))?(?:\.\d+)?(?![\d:])\s*(am|pm|sa|ch)?\b"
    r"|(?<![\d:])(\d{1,2}) (?:gio|h)\b()()()"
)
_OFFSET = re.compile(r"(?:\b(?:gmt|utc)\s*)?([+-])(\d{1,2})(?::?(\d{2}))?(?!\d)\)?\s*$")
_NAME = re.compile(r"\b([a-z]{1,4})\)?\s*$")
_STAMP = re.compile(
    r"(?<!\d)(?:(20\d\d)|1\d\d(\d\d))(0[1-9]|1[0-2])([0-2]\d|3[01])([01]\d|2[0-3])([0-5]\d)([0-5]\d)"
    r"\d{3}(?!\d)"
)


class Reading(NamedTuple):
    """A date that was read; `clock` tells whether the text named a time of the day."""

    time: datetime
    clock: bool


def read_date(text: str, rules: Dates, *, month_first: bool = False) -> Reading | None:
    """Return what `text` says, or None if no pattern knows it."""
    line = one_line(text)
    for pattern in rules.patterns:
        if found := _by_pattern(line, pattern, rules):
            return found
    plain = fold(line)
    try:
        return _iso(plain, rules) or _named(plain, rules) or _numbers(plain, rules, month_first)
    except (ValueError, OverflowError):
        return None


def _by_pattern(text: str, pattern: str, rules: Dates) -> Reading | None:
    try:
        time = datetime.strptime(text, pattern)  # noqa: DTZ007 - the zone follows
    except ValueError:
        return None
    clock = bool(re.search(r"%[HIMcX]", pattern))
    return Reading(time if time.tzinfo else time.replace(tzinfo=rules.zone), clock)


def _iso(text: str, rules: Dates) -> Reading | None:
    match = _ISO.search(text)
    if match is None:
        return None
    year, month, day, hour, minute, second = (int(part or 0) for part in match.groups())
    zone = _zone(text[match.end() :], rules)
    time = datetime(year, month, day, hour, minute, second, tzinfo=zone)
    return Reading(time, match[4] is not None)


def _named(text: str, rules: Dates) -> Reading | None:
    match = _NAMED.search(text)
    if match is None:
        return None
    day, name, year = (match[1], match[2], match[3]) if match[1] else (match[5], match[4], match[6])
    if name not in _MONTHS:
        return None
    whole = int(year) + (2000 if len(year) == 2 else 0)
    return _with_clock(text, match.span(), (whole, _MONTHS[name], int(day)), rules)


def _numbers(text: str, rules: Dates, month_first: bool) -> Reading | None:
    if match := _WORDS.search(text):
        written = (int(match[3]), int(match[2]), int(match[1]))
        return _with_clock(text, match.span(), written, rules)
    match = _NUMBERS.search(text)
    if match is None:
        return None
    first, second, year = int(match[1]), int(match[3]), int(match[4])
    swap = rules.order == "month-first" or (
        rules.order == "auto" and (month_first or _says_month_first(text, first, second, year))
    )
    month, day = (first, second) if swap else (second, first)
    return _with_clock(text, match.span(), (year, month, day), rules)


def _says_month_first(text: str, first: int, second: int, year: int) -> bool:
    """Tell the American order: an impossible month, the weekday, or “9:25:00 AM” with seconds."""
    if first > 12 or second > 12:
        return second > 12
    for name, number in _WEEKDAYS.items():
        if name in text:
            day_first = datetime(year, second, first, tzinfo=UTC).weekday() == number
            month_first = datetime(year, first, second, tzinfo=UTC).weekday() == number
            return month_first and not day_first
    return bool(re.search(r"(?<!\d)(?:0?[1-9]|1[0-2]):\d{2}:\d{2} ?[ap]m\b", text))


def _with_clock(
    text: str, span: tuple[int, int], day: tuple[int, int, int], rules: Dates
) -> Reading:
    after, before = text[span[1] :], text[: span[0]]
    match = _CLOCK.search(after) or _CLOCK.search(before)
    if match is None:
        return Reading(datetime(*day, tzinfo=rules.zone), clock=False)
    hour = int(match[1] or match[5])
    minute, second = int(match[2] or 0), int(match[3] or 0)
    if match[4] in ("pm", "ch") and hour < 12:
        hour += 12
    elif match[4] in ("am", "sa") and hour == 12:
        hour = 0
    rest = after[match.end() :] if match.string is after else f"{before[match.end() :]} {after}"
    zone = _zone(rest, rules)
    return Reading(datetime(*day, hour, minute, second, tzinfo=zone), clock=True)


def _zone(rest: str, rules: Dates) -> tzinfo:
    tail = rest.strip()
    if match := _OFFSET.search(tail):
        minutes = int(match[2]) * 60 + int(match[3] or 0)
        if minutes < 24 * 60:
            return timezone(timedelta(minutes=-minutes if match[1] == "-" else minutes))
    if (match := _NAME.search(tail)) and match[1] in _ZONES:
        return timezone(timedelta(hours=_ZONES[match[1]]))
    return rules.zone


def possible(time: datetime, now: datetime) -> bool:
    """Return whether something can have been published at `time`: not before the web, not later."""
    return time.year >= EARLIEST_YEAR and time <= now + LEEWAY


def month_first_feed(texts: Iterable[str], rules: Dates, now: datetime) -> bool:
    """Return whether a source as a whole must write the month first.

    So it is when one of its dates is impossible day-first (no such month, or in the future), and
    all of them are possible month-first.
    """
    if rules.order != "auto":
        return False
    ambiguous = [text for text in texts if _NUMBERS.search(fold(one_line(text)))]
    if not ambiguous or all(_fits(text, rules, now, "day-first") for text in ambiguous):
        return False
    return all(_fits(text, rules, now, "month-first") for text in ambiguous)


def _fits(text: str, rules: Dates, now: datetime, order: str) -> bool:
    found = read_date(text, rules.model_copy(update={"order": order}))
    return found is not None and possible(found.time, now)


def wrong_minutes(times: Iterable[datetime]) -> bool:
    """Return whether every minute is its month's number (NukeViet's “H:m:s”); needs five dates."""
    minutes = [(time.minute, time.month) for time in times]
    return len(minutes) >= 5 and all(minute == month for minute, month in minutes)


def stamp_in(address: str) -> datetime | None:
    """Return the time that an address carries, Vietnamese time.

    Two shapes of one CMS: …-20210817200454622.htm, and …-102240124165123475.htm after a site's
    three digits.
    """
    match = _STAMP.search(address)
    if match is None:
        return None
    year = match[1] or f"20{match[2]}"
    month, day, hour, minute, second = (int(part) for part in match.groups()[2:])
    try:
        return datetime(int(year), month, day, hour, minute, second, tzinfo=VIETNAM)
    except ValueError:
        return None
