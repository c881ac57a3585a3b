"""What a campaign gives away besides its page: the kit, the draft letter, the progress reports."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from model.output import LANGUAGE, Row

if TYPE_CHECKING:  # an edit of something else need not load this kind
    from model.kinds.campaigns import Campaign

KIT, REPORT = "bo-tai-lieu/", "bao-cao/"


def kit_path(page: str) -> str:
    """Return the address of the kit of the campaign whose page has this address."""
    return page + KIT


def report_path(page: str) -> str:
    """Return the address of the campaign's progress report."""
    return page + REPORT


def has_kit(row: Row) -> bool:
    """Return whether the row is a campaign, in the language in which agencies write."""
    return row.kind == "campaigns" and row.lang == LANGUAGE


def has_report(row: Row) -> bool:
    """Return whether the campaign asks for reports or has figures of them."""
    if not has_kit(row):
        return False
    campaign = cast("Campaign", row.document)
    return bool(campaign.reports or campaign.progress)
