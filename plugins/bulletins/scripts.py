"""What the announcer says, sentence by sentence, still as it is printed: per kind, pure.

A debunk says the fact, warns, tells the claim, and says the fact again: the rumour is never what is
heard first or last. An exercise begins and ends with “Đây là diễn tập.”
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from typing import cast

from model.debunk import restates
from model.fields import VIETNAM, Telephone
from model.kinds.alerts import SEVERITIES, Alert
from model.kinds.campaigns import Campaign
from model.kinds.guides import Guide
from model.kinds.misinformation import Misinformation
from model.output import Row
from model.site import Site

EXERCISE = "Đây là diễn tập."
MEMORABLE = 6
"""Most signs (points, strokes, dashes) in an address that is read out."""
GRAVE = ("Extreme", "Severe")


def passages(row: Row, site: Site) -> list[str]:
    """Return the whole bulletin in paragraphs: opening, message, closing."""
    makers: dict[str, Callable[[Row, str], Iterator[str]]] = {
        "alerts": _alert,
        "misinformation": _debunk,
        "guides": _guide,
        "campaigns": _campaign,
    }
    agency = site.agency.name
    said = [
        site.speaker.opening.replace("{agency}", agency),
        *makers[row.kind](row, site.url.split("://", 1)[1]),
        site.speaker.closing.replace("{agency}", agency),
    ]
    if row.kind == "alerts" and cast("Alert", row.document).exercise:
        said = [EXERCISE, *said, EXERCISE]
    return [_sentence(text) for text in said if text]


def _sentence(text: str) -> str:
    text = text.strip()
    return text if text.endswith((".", "!", "?", "…", ":", ".”", "!”", "?”")) else f"{text}."


def _moment(time: datetime) -> str:
    """Return “20:00 ngày 30/10”; the year is known to who hears it."""
    local = time.astimezone(VIETNAM)
    clock = f"{local:%H:%M} " if local.hour or local.minute else ""
    return f"{clock}ngày {local.day}/{local.month}"


def _numbered(steps: Sequence[str]) -> Iterator[str]:
    """Yield the steps with “Một là” only where there are several."""
    if len(steps) == 1:
        yield steps[0]
    for number, step in enumerate(steps, 1):
        if len(steps) > 1:
            yield f"Việc thứ {number}: {step}"


def _calls(phones: Sequence[Telephone]) -> str:
    named = (f"{line.label}, số {line.number}" if line.label else line.number for line in phones)
    return f"Cần giúp, xin gọi: {'; '.join(named)}." if phones else ""


def _alert(row: Row, _: str) -> Iterator[str]:
    alert = cast("Alert", row.document)
    if alert.message == "cancel":
        yield f"Thông báo hủy cảnh báo: {alert.title}"
        yield alert.summary
    else:
        grave = alert.severity in GRAVE
        yield f"{'Cảnh báo khẩn' if grave else 'Cảnh báo'}: {alert.title}"
        yield f"Khu vực: {alert.area}"
        if alert.severity != "Unknown":
            yield f"Mức độ: {SEVERITIES[alert.severity].lower()}"
        if alert.level:
            yield f"Cấp độ rủi ro thiên tai: cấp {alert.level}"
        if alert.onset:
            yield f"Dự kiến xảy ra từ {_moment(alert.onset)}"
        if alert.expires:
            yield f"Cảnh báo có hiệu lực đến {_moment(alert.expires)}"
        yield alert.summary
        if alert.instruction:
            yield "Bà con cần làm ngay:"
        yield from _numbered(alert.instruction)
        yield _calls(alert.phones)
    yield _by(alert.sources[0].name if alert.sources else "")
    if alert.message != "cancel" and alert.severity in GRAVE:
        yield f"Xin nhắc lại: {alert.title}"


def _by(name: str) -> str:
    return f"Nguồn tin: {name}" if name else ""


_WARNINGS = {
    "true": "Điều sau đây bà con đã hỏi, và đã được kiểm tra.",
    "mostly-true": "Điều sau đây bà con đã hỏi, và đã được kiểm tra.",
    "unproven": "Tin sau đây chưa đủ căn cứ. Xin bà con đừng tin vội, đừng chia sẻ.",
}
_WARNING = "Tin sau đây là tin sai lệch. Xin bà con đừng tin, đừng chia sẻ."


def _debunk(row: Row, _: str) -> Iterator[str]:
    """Say fact, warning, claim and verdict, fact."""
    found = cast("Misinformation", row.document)
    fact = found.fact
    if not fact and not restates(found.title, found.claim):
        fact = found.title
    checked = found.verdict in ("true", "mostly-true")
    yield fact
    yield _WARNINGS.get(found.verdict, _WARNING)
    opening = "Điều được hỏi" if checked else "Tin lan truyền nói rằng"
    yield f"{opening}: “{found.claim.strip('“”')}”"
    done = "xem xét" if found.verdict == "unproven" else "xác minh"
    who = f" {found.reviewed_by.name} đã {done}." if found.reviewed_by else ""
    yield f"Kết luận: {found.verdict_words.lower()}.{who}"
    yield f"Xin bà con nhớ: {fact}" if fact else "Xin bà con nhắc nhau đừng chuyển tiếp tin này."


def _guide(row: Row, host: str) -> Iterator[str]:
    guide = cast("Guide", row.document)
    yield guide.title
    yield guide.summary
    if guide.first:
        yield "Bà con cần làm:"
    yield from _numbered(guide.first)
    if guide.app and not guide.app.is_over:
        yield _install(f"Địa chỉ cài đặt ứng dụng {guide.app.name}", f"{host}/a/{row.slug}")


def _install(head: str, address: str) -> str:
    """Return the line that tells an address; "" for one that nobody could write down by ear."""
    return f"{head}: {address}" if len(re.findall(r"[-./_]", address)) <= MEMORABLE else ""


def _campaign(row: Row, host: str) -> Iterator[str]:
    campaign = cast("Campaign", row.document)
    if campaign.texts.speaker:
        yield campaign.texts.speaker
        return
    yield campaign.title
    yield campaign.summary
    if campaign.app:
        yield _install("Địa chỉ cài đặt", f"{host}/a/{campaign.app}")
