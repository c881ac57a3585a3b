"""The progress report as PDF for the province, by Typst from `theme/print/report.typ`."""

from __future__ import annotations

import hashlib
import json
from typing import Any, ClassVar

from model.kit import REPORT, report_path
from model.output import Key, Row, Store
from model.progress import Standing
from model.typesetting import get_ready, typeset, typesetter_version
from model.words import Words
from plugins.campaigns.families import OfReports, campaign_of
from plugins.campaigns.goals import goal_words, reached_words
from plugins.campaigns.reports import cutoff_lines, standing_of

TEMPLATE = "print/report.typ"
VERSION = "report 1"
"""Raised when the same words and template would be typeset otherwise."""


class ReportSheets(OfReports):
    """`<campaign>/bao-cao/bao-cao.pdf`."""

    name: ClassVar[str] = "campaign-sheet"
    file: ClassVar[str] = f"{REPORT}bao-cao.pdf"
    slow: ClassVar[bool] = True

    def get_ready(self) -> None:
        """Start the typesetter."""
        get_ready()

    def render(self, key: Key, store: Store) -> bytes | None:
        """Return the report, typeset once while it says the same."""
        row = self.row(key, store)
        if row is None:
            return None
        source, data = store.theme_text(TEMPLATE), said(row, store)
        parts = [VERSION, typesetter_version(), source, json.dumps(data, sort_keys=True)]
        recipe = hashlib.sha256("\0".join(parts).encode()).hexdigest()
        return store.kept(recipe, lambda: typeset(source, data))


def said(row: Row, store: Store) -> dict[str, Any]:
    """Return all words of the report, ready to be set."""
    campaign, found, words = campaign_of(row), standing_of(row, store), store.words(row.lang)
    site, goal = store.site, campaign.goal
    share = found.whole.value if found.whole else None
    return {
        "title": f"Báo cáo tiến độ: {campaign.title}",
        "agency": site.agency.name,
        "parent": site.agency.parent,
        "goal": goal_words(goal, words),
        "by": words.date(goal.by) if goal and goal.by else "",
        "whole": reached_words(goal, found, words),
        "share": min(1.0, share / goal.target) if goal and share is not None else None,
        "whole_day": words.date(found.whole.day) if found.whole and found.whole.day else "",
        "last_day": words.date(found.last_day) if found.last_day else "",
        "reported": found.reported,
        "count": len(found.communes),
        "reached": found.reached,
        "cutoffs": cutoff_lines(found, words),
        "rows": [_row(item, words) for item in found.communes],
        "address": site.absolute(report_path(row.path)),
    }


def _row(item: Standing, words: Words) -> list[str]:
    return [
        item.name,
        "chưa có số" if item.value is None else words.number(item.value),
        words.date(item.day) if item.day else "",
        {None: "", True: "đạt", False: "chưa đạt"}[item.reached],
        "chưa báo cáo" if item.late else "",
    ]
