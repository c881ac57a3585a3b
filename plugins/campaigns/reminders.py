"""The calendar of reports (RFC 5545): each cut-off repeats, with two reminders before it."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, ClassVar
from zoneinfo import ZoneInfo

from model.fields import VIETNAM
from model.kit import REPORT, report_path
from model.output import Key, Row, Store
from model.progress import first_cutoffs
from model.site import Site
from plugins.campaigns.families import OfReports, campaign_of

if TYPE_CHECKING:  # a build without such a campaign need not load it
    from icalendar import Alarm, Event

    from model.kinds.campaigns import Campaign, Report

ZONE = "Asia/Ho_Chi_Minh"
DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
EARLY = (timedelta(hours=1), timedelta(minutes=15))
LASTING = timedelta(minutes=15)


class Calendars(OfReports):
    """`<campaign>/bao-cao/lich-bao-cao.ics`."""

    name: ClassVar[str] = "campaign-calendar"
    file: ClassVar[str] = f"{REPORT}lich-bao-cao.ics"

    def render(self, key: Key, store: Store) -> bytes | None:
        """Return the calendar; None if nothing is ever due."""
        row = self.row(key, store)
        return calendar(row, store.site) if row else None


def calendar(row: Row, site: Site) -> bytes | None:
    """Return the campaign's cut-offs as a calendar; the same campaign gives the same bytes."""
    campaign = campaign_of(row)
    due = list(first_cutoffs(campaign))
    if not due:
        return None
    from icalendar import Calendar, Timezone

    found = Calendar()
    found.add("prodid", "-//Loa//Lịch báo cáo//VI")
    found.add("version", "2.0")
    found.add("x-wr-calname", f"Báo cáo: {campaign.title}")
    found.add_component(Timezone.from_tzid(ZONE, first_date=_first_day(due[0][1])))
    for number, (report, first, last) in enumerate(due):
        found.add_component(_event(row, site, number, report, first, last))
    return bytes(found.to_ical())


def _first_day(time: datetime) -> date:
    return time.astimezone(VIETNAM).date()


def _event(
    row: Row, site: Site, number: int, report: Report, first: datetime, last: datetime | None
) -> Event:
    """Return one report's cut-off with its repetition and reminders."""
    from icalendar import Event

    campaign = campaign_of(row)
    event = Event()
    event.add("uid", f"{site.permanent(report_path(row.path))}#{number}")
    event.add("dtstamp", _stamp(campaign))
    event.add("summary", f"Hạn báo cáo {report.before}: {campaign.title}")
    event.add("dtstart", first.astimezone(ZoneInfo(ZONE)) - LASTING)
    event.add("duration", LASTING)
    rule: dict[str, object] = {"freq": "daily"}
    if report.weekday:
        rule = {"freq": "weekly", "byday": DAYS[report.weekday - 2]}
    if last:
        rule["until"] = last.astimezone(UTC)
    event.add("rrule", rule)
    said = [report.who, f"Gửi về {report.to}" if report.to else "", campaign.summary]
    event.add("description", "\n".join(filter(None, said)) or campaign.title)
    event.add("url", site.absolute(report_path(row.path)))
    for before in EARLY:
        event.add_component(_alarm(campaign, report, before))
    return event


def _alarm(campaign: Campaign, report: Report, before: timedelta) -> Alarm:
    from icalendar import Alarm

    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", f"Báo cáo trước {report.before}: {campaign.title}")
    alarm.add("trigger", LASTING - before)
    return alarm


def _stamp(campaign: Campaign) -> datetime:
    told = campaign.updated or campaign.date
    return told.astimezone(UTC) if told else datetime(2000, 1, 1, tzinfo=UTC)
