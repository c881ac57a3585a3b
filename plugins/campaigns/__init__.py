"""Campaigns: the kit that agencies take, the draft of the official letter, the progress reports.

Outputs below a campaign's own address: `bo-tai-lieu/index.html` (banners with their codes, texts by
length, what is printed and read aloud), `bo-tai-lieu/cong-van.odt` (the letter, laid out as Decree
30/2020 says, with blanks for what is unknown), `bo-tai-lieu/bo-tai-lieu.zip` (all of it); where it
asks for reports `bao-cao/index.html`, `bao-cao/tien-do.csv`, `bao-cao/lich-bao-cao.ics` and, where
Typst is installed (the extra `print`), `bao-cao/bao-cao.pdf`. Settings: none but the campaign's own
fields.
"""

from __future__ import annotations

from model.output import registry
from model.typesetting import can_typeset


def register() -> None:
    """Register the families."""
    from plugins.campaigns.kit import Kits, Zips
    from plugins.campaigns.letter import Letters
    from plugins.campaigns.printed import ReportSheets
    from plugins.campaigns.reminders import Calendars
    from plugins.campaigns.reports import ReportPages, ReportTables

    registry.replace(ReportPages(), ReportTables(), Calendars(), Letters(), Kits(), Zips())
    if can_typeset():
        registry.replace(ReportSheets())
