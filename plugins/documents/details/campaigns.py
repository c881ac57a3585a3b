"""Campaigns: how far each commune has come, by when, and who has not reported."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from model.kinds.campaigns import Campaign
from model.kit import has_kit, has_report, kit_path, report_path
from model.output import Row, Store
from model.places import unit_name
from model.series import read_series
from plugins.documents.chart import bar
from plugins.documents.trail import Place, guide_place


@dataclass(frozen=True)
class Progress:
    """What one commune reported last."""

    name: str
    value: float
    day: date | None
    reached: bool
    bar: str


@dataclass(frozen=True)
class CampaignDetails:
    """What `campaigns.html` shows beyond the fields."""

    app: Place | None
    whole: Progress | None
    """The province's own figure, where it reports one."""
    communes: tuple[Progress, ...]
    silent: tuple[str, ...]
    """Names of those who should have reported and have not."""
    reached: int
    kit: str | None
    """Address of the kit for agencies."""
    report: str | None
    """Address of the progress report."""


def campaign_details(row: Row, store: Store) -> CampaignDetails | None:
    """Return the campaign's progress, the furthest first."""
    document = row.document
    if not isinstance(document, Campaign):
        return None
    found: dict[str, Progress] = {}
    if document.progress and document.goal:
        series = read_series(store.file(document.progress), document.progress, ["value"])
        target = document.goal.target
        found = {
            code: Progress(unit_name(code), value, day, value >= target, bar(value, target))
            for code, (day, value) in series.by_place("value").items()
        }
    communes = [item for code, item in found.items() if len(code) == 5]
    return CampaignDetails(
        app=guide_place(document.app, row.lang, store),
        whole=next((item for code, item in found.items() if len(code) == 2), None),
        communes=tuple(sorted(communes, key=lambda item: (-item.value, item.name))),
        silent=tuple(unit_name(code) for code in document.reporters if code not in found),
        reached=sum(item.reached for item in communes),
        kit=kit_path(row.path) if has_kit(row) else None,
        report=report_path(row.path) if has_report(row) else None,
    )
