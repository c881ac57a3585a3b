"""When and how often a bulletin is read: what stands at the head of the announcer's sheet."""

from __future__ import annotations

from typing import cast

from model.kinds.alerts import Alert
from model.kinds.campaigns import Campaign
from model.output import Row
from model.site import Site
from model.words import Words
from plugins.bulletins.scripts import GRAVE


def schedule(row: Row, site: Site, words: Words) -> tuple[str, ...]:
    """Return the lines of the schedule, in the order in which they matter."""
    speaker = site.speaker
    turns = f"Mỗi lần phát đọc {speaker.repeats} lượt." if speaker.repeats > 1 else ""
    if row.kind == "alerts":
        when = _of_alert(cast("Alert", row.document), site, words)
    elif row.kind == "campaigns":
        when = _of_campaign(cast("Campaign", row.document), site, words)
    else:
        when = (f"Phát {_hours(site)}, trong {speaker.days} ngày.",)
    return tuple(filter(None, (turns, *when)))


def _hours(site: Site) -> str:
    hours = site.speaker.hours
    return f"lúc {', '.join(hours)} hằng ngày" if hours else "vào các buổi phát thanh trong ngày"


def _of_alert(alert: Alert, site: Site, words: Words) -> tuple[str, ...]:
    until = f" đến {words.time(alert.expires)}" if alert.expires else ""
    if alert.message == "cancel":
        return ("Phát ngay khi nhận, rồi thôi phát cảnh báo đã hủy.",)
    if alert.severity in GRAVE:
        again = f"Phát ngay khi nhận, phát lại sau mỗi {site.speaker.urgent_minutes} phút{until}."
    else:
        again = f"Phát ngay khi nhận, rồi phát lại {_hours(site)}{until}."
    return (again, "Trước mỗi lần phát, mở lại trang cảnh báo: đã hủy hoặc đã thay thì thôi phát.")


def _of_campaign(campaign: Campaign, site: Site, words: Words) -> tuple[str, ...]:
    end = campaign.goal.by if campaign.goal and campaign.goal.by else campaign.expires
    until = f", đến hết {words.date(end)}" if end else ""
    return (f"Phát {_hours(site)}{until}.",)
