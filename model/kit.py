"""What a campaign gives away besides its page: the kit, the draft letter, the progress reports."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from model.artwork import install_path
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


def leads_to(row: Row) -> str:
    """Return the public path that a campaign's banners lead to, by click and by QR code.

    Always one of this site: what lies behind may change, a printed or pasted address may not.
    """
    app = cast("Campaign", row.document).app
    return install_path(app) if app else row.path
