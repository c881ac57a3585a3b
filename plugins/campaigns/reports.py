"""The progress report: a page with the roll-up, and the same as a table for spreadsheets."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING, ClassVar, NamedTuple

from model.kit import REPORT, report_path
from model.output import Key, Row, Store
from model.progress import Rollup, Standing, rollup
from model.series import read_series
from model.typesetting import can_typeset
from model.words import Words
from plugins.campaigns.families import OfReports, campaign_of
from plugins.campaigns.goals import goal_words, reached_words

if TYPE_CHECKING:  # a build without such a campaign need not load it
    from model.kinds.campaigns import Campaign

HEADER = ("Mã", "Xã, phường", "Số liệu", "Đơn vị", "Tính đến ngày", "Đạt mục tiêu", "Hạn gần nhất")
BOM = "\ufeff"


class ReportPage(NamedTuple):
    """What `campaign_report.html` gets as `page`."""

    row: Row
    campaign: Campaign
    rollup: Rollup
    goal: str
    whole: str
    """The province's own figure; "" where it has none."""
    pdf: bool
    calendar: bool
    lang: str
    path: str
    title: str
    description: str


def standing_of(row: Row, store: Store) -> Rollup:
    """Return the campaign's roll-up at the build's time."""
    campaign = campaign_of(row)
    data = store.file(campaign.progress) if campaign.progress else b"date,place,value\n"
    return rollup(campaign, read_series(data, campaign.progress, ["value"]), store.now)


class ReportPages(OfReports):
    """`<campaign>/bao-cao/index.html`."""

    name: ClassVar[str] = "campaign-report"
    file: ClassVar[str] = f"{REPORT}index.html"

    def render(self, key: Key, store: Store) -> bytes | None:
        """Return the page."""
        row = self.row(key, store)
        if row is None:
            return None
        campaign, found = campaign_of(row), standing_of(row, store)
        words = store.words(row.lang)
        page = ReportPage(
            row=row,
            campaign=campaign,
            rollup=found,
            goal=goal_words(campaign.goal, words),
            whole=reached_words(campaign.goal, found, words),
            pdf=can_typeset(),
            calendar=any(campaign.cutoffs(report) for report in campaign.reports),
            lang=row.lang,
            path=report_path(row.path),
            title=f"Báo cáo tiến độ: {campaign.title}",
            description="",
        )
        return store.template("campaign_report.html", page)


class ReportTables(OfReports):
    """`<campaign>/bao-cao/tien-do.csv`: a line a commune, empty where nothing was reported."""

    name: ClassVar[str] = "campaign-table"
    file: ClassVar[str] = f"{REPORT}tien-do.csv"

    def render(self, key: Key, store: Store) -> bytes | None:
        """Return the table (UTF-8 with BOM and CRLF, as spreadsheets expect)."""
        row = self.row(key, store)
        if row is None:
            return None
        campaign, found = campaign_of(row), standing_of(row, store)
        out = io.StringIO()
        writer = csv.writer(out, lineterminator="\r\n")
        writer.writerow(HEADER)
        owed = {
            code for number in range(len(campaign.reports)) for code in _owing(campaign, number)
        }
        for item in (*filter(None, (found.whole,)), *found.communes):
            writer.writerow(_cells(item, campaign, bool(found.cutoffs) and item.code in owed))
        return (BOM + out.getvalue()).encode()


def _owing(campaign: Campaign, number: int) -> tuple[str, ...]:
    return campaign.reporters_of(number)


def _cells(item: Standing, campaign: Campaign, owes: bool) -> list[str]:
    unit = campaign.goal.unit if campaign.goal else ""
    return [
        item.code,
        item.name,
        "" if item.value is None else f"{item.value:g}",
        unit if unit and item.value is not None else "",
        item.day.isoformat() if item.day else "",
        {None: "", True: "đạt", False: "chưa đạt"}[item.reached],
        ("chưa báo cáo" if item.late else "đã báo cáo") if owes else "",
    ]


def cutoff_lines(found: Rollup, words: Words) -> list[tuple[str, str]]:
    """Return, for each report, (its last cut-off in words, who is missing)."""
    lines = []
    for cutoff in found.cutoffs:
        who = f"{cutoff.report.who}, " if cutoff.report.who else ""
        at = words.time(cutoff.at)
        head = f"Hạn {at}: {who}{cutoff.reported} trên {cutoff.expected} nơi đã báo cáo"
        lines.append((head, "; ".join(cutoff.names)))
    return lines
