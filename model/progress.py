"""A campaign's progress: the cut-offs of its reports, and who has reported at the last of them.

Figures come from the campaign's CSV, a row a commune and day. A cut-off of a daily report waits for
the figure of its day, one of a weekly report for any figure since the cut-off before. Only time
decides which cut-off is the last; a campaign turns at each, so that pages follow by themselves.
Missing is missing: no figure is made up, carried over or counted as 0.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, NamedTuple

from model.fields import VIETNAM
from model.places import unit_name
from model.series import Series

if TYPE_CHECKING:  # a build without such a campaign need not load it
    from model.kinds.campaigns import Campaign, Report


class Standing(NamedTuple):
    """What one commune reported last; all None where it never did."""

    code: str
    name: str
    value: float | None
    day: date | None
    reached: bool | None
    late: bool
    """Whether its figure was missing at the last cut-off of a report that it owes."""


class Cutoff(NamedTuple):
    """The last cut-off of one report: who had to report, who did, who is missing."""

    report: Report
    at: datetime
    expected: int
    missing: tuple[str, ...]
    """Codes, in the order of the campaign's list."""

    @property
    def names(self) -> tuple[str, ...]:
        """Names of those missing."""
        return tuple(map(unit_name, self.missing))

    @property
    def reported(self) -> int:
        """How many of those expected have reported."""
        return self.expected - len(self.missing)


class Rollup(NamedTuple):
    """The whole campaign: the province's own figure if it has one, each commune, each cut-off."""

    whole: Standing | None
    communes: tuple[Standing, ...]
    """The furthest first; those without any figure last."""
    cutoffs: tuple[Cutoff, ...]
    last_day: date | None

    @property
    def reported(self) -> int:
        """How many communes have ever reported."""
        return sum(item.value is not None for item in self.communes)

    @property
    def reached(self) -> int:
        """How many communes have reached the goal."""
        return sum(bool(item.reached) for item in self.communes)


def rollup(campaign: Campaign, series: Series, now: datetime) -> Rollup:
    """Return how the campaign stands by its figures, and by its last cut-offs before `now`."""
    latest = series.by_place("value")
    cutoffs = tuple(
        cutoff
        for number, report in enumerate(campaign.reports)
        if (cutoff := _last(campaign, number, report, series, now))
    )
    late = {code for cutoff in cutoffs for code in cutoff.missing}
    target = campaign.goal.target if campaign.goal else None

    def standing(code: str) -> Standing:
        day, value = latest.get(code, (None, None))
        reached = None if value is None or target is None else value >= target
        return Standing(code, unit_name(code), value, day, reached, code in late)

    owed = (code for report in campaign.reports for code in report.reporters)
    codes = dict.fromkeys([*campaign.reporters, *owed, *latest])
    communes = [standing(code) for code in codes if len(code) == 5]
    communes.sort(key=lambda item: (item.value is None, -(item.value or 0), item.name))
    whole = next((standing(code) for code in latest if len(code) == 2), None)
    return Rollup(whole, tuple(communes), cutoffs, series.last_day)


def _last(
    campaign: Campaign, number: int, report: Report, series: Series, now: datetime
) -> Cutoff | None:
    """Return the last cut-off of a report up to `now`; None if none passed or nobody reports."""
    codes = campaign.reporters_of(number)
    passed = [at for at in campaign.cutoffs(report) if at <= now]
    if not codes or not passed:
        return None
    day = passed[-1].astimezone(VIETNAM).date()
    since = day - timedelta(days=7 if report.every == "week" else 1)
    told = {row.place for row in series.rows if row.day and since < row.day <= day and row.values}
    return Cutoff(report, passed[-1], len(codes), tuple(code for code in codes if code not in told))


def first_cutoffs(campaign: Campaign) -> Iterator[tuple[Report, datetime, datetime | None]]:
    """Yield each report with its first cut-off and, where the campaign ends, its last."""
    for report in campaign.reports:
        times = campaign.cutoffs(report)
        if times:
            yield report, times[0], times[-1] if campaign.ends else None
