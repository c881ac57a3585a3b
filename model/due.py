"""What editors have to look at: overdue and coming reviews, what ends, begins or waits.

`python -m model due` prints it; `--days` says how far ahead to look.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import NamedTuple

from model.content import Loaded, content_files, load
from model.fields import VIETNAM
from model.kinds.aging import Aging
from model.problem import Problems

REASONS: dict[str, str] = {
    "overdue": "Quá hạn xem lại",
    "stale": "Nguồn lâu không có gì mới",
    "review": "Sắp phải xem lại",
    "unreported": "Chưa đủ báo cáo ở hạn gần nhất",
    "ending": "Sắp hết hiệu lực",
    "ended": "Đã hết hiệu lực",
    "coming": "Hẹn giờ đăng",
    "draft": "Bản nháp",
}
"""Why a document is listed -> how editors read it, in the order of need."""


class Due(NamedTuple):
    """A document that somebody should look at; `at` is when the reason arises."""

    reason: str
    at: datetime | None
    file: str
    title: str


def reasons(loaded: Loaded, now: datetime, days: int) -> Iterator[tuple[str, datetime | None]]:
    """Yield why a document wants attention at `now`, looking `days` ahead and back."""
    document, soon = loaded.document, now + timedelta(days=days)
    state = document.state(now)
    if state == "draft":
        yield "draft", document.updated or document.date
    elif state == "scheduled":
        yield "coming", document.publish_at
    elif state == "expired" and document.expires and document.expires > now - timedelta(days=days):
        yield "ended", document.expires
    elif state == "current":
        if document.review_by and document.review_by <= soon:
            yield ("overdue" if document.review_by < now else "review"), document.review_by
        if document.expires and document.expires <= soon:
            yield "ending", document.expires
        if isinstance(document, Aging) and document.stale_from and document.stale_from <= now:
            yield "stale", document.stated_on


def unreported(
    folder: Path, loaded: Loaded, now: datetime
) -> Iterator[tuple[str, datetime | None]]:
    """Yield the last cut-offs at which reports of a running campaign were missing."""
    from model.kinds.campaigns import Campaign
    from model.progress import rollup
    from model.series import read_series

    campaign = loaded.document
    if not isinstance(campaign, Campaign) or campaign.state(now) != "current":
        return
    if campaign.ends and campaign.ends <= now:
        return
    file = folder / campaign.progress
    data = file.read_bytes() if campaign.progress and file.is_file() else b"date,place,value\n"
    series = read_series(data, campaign.progress, ["value"])
    for cutoff in rollup(campaign, series, now).cutoffs:
        if cutoff.missing:
            yield "unreported", cutoff.at


def due(folder: Path, now: datetime, days: int) -> list[Due]:
    """Return what is due on the site in `folder`, the most pressing first.

    Files that cannot be read are left to `model check`.
    """
    order = list(REASONS)
    found = [
        Due(reason, at, file, loaded.document.title)
        for file, loaded in _documents(folder)
        for reason, at in (*reasons(loaded, now, days), *unreported(folder, loaded, now))
    ]
    never = datetime.max.replace(tzinfo=VIETNAM)
    return sorted(found, key=lambda item: (order.index(item.reason), item.at or never, item.file))


def _documents(folder: Path) -> Iterator[tuple[str, Loaded]]:
    for file in sorted(content_files(folder)):
        try:
            yield file, load(file, (folder / file).read_bytes())
        except (Problems, OSError):
            continue


def as_text(found: Iterable[Due]) -> str:
    """Return the list for people, grouped by reason."""
    lines: list[str] = []
    last = ""
    for item in found:
        if item.reason != last:
            lines += ["", f"{REASONS[item.reason]}:"] if lines else [f"{REASONS[item.reason]}:"]
            last = item.reason
        day = f"{item.at.astimezone(VIETNAM):%d/%m/%Y}" if item.at else "không ghi ngày"
        lines.append(f"  {day:14} {item.file} ({item.title})")
    return "\n".join(lines) or "Không có tài liệu nào phải xem lại."


def as_json(found: Iterable[Due]) -> str:
    """Return the list for programmes."""
    rows = [
        {
            "reason": item.reason,
            "at": item.at.astimezone(VIETNAM).isoformat() if item.at else None,
            "file": item.file,
            "title": item.title,
        }
        for item in found
    ]
    return json.dumps(rows, ensure_ascii=False, indent=2)
