"""Press items -> `news` documents: title, summary, link, attribution; full text only if allowed.

Understands the item keys title, link, guid, published, updated, summary, content, image, language,
tags, detail, and `clock` ("no": the source's time of day is wrong).
"""

from __future__ import annotations

import re
from collections import Counter
from datetime import datetime, timedelta

from fetchers.cleaning.dates import (
    Reading,
    month_first_feed,
    possible,
    read_date,
    stamp_in,
    wrong_minutes,
)
from fetchers.cleaning.html import first_picture, title_text, to_text
from fetchers.cleaning.links import clean_link
from fetchers.cleaning.words import language_of, wanted
from fetchers.formats import Item
from fetchers.identity import item_keys
from fetchers.normalise import Draft, Made
from model.fields import VIETNAM
from model.markup import escape_markdown
from model.personal_data import mask
from model.source import Source
from model.text import clean, shorten, slug

SUMMARY_LENGTH = 500
TITLE_LENGTH = 300


class _Dates:
    """Reads the dates of one source's items; what is wrong with them is counted."""

    def __init__(self, items: list[Item], source: Source, now: datetime) -> None:
        self.rules, self.now = source.dates, now
        texts = [
            str(item[key]) for item in items for key in ("published", "updated") if key in item
        ]
        self.month_first = month_first_feed(texts, self.rules, now)
        found = [r.time for text in texts if (r := read_date(text, self.rules)) and r.clock]
        self.minutes_wrong = wrong_minutes(time.astimezone(VIETNAM) for time in found)
        self.counts: Counter[str] = Counter()

    def read(self, item: Item, key: str) -> datetime | None:
        """Return the item's date `key`, or None if it has none that can be true."""
        text = str(item.get(key, ""))
        if not text:
            return None
        found = read_date(text, self.rules, month_first=self.month_first)
        if found is None:
            self.counts["unread"] += 1
            return None
        found = _like_the_address(found, text, str(item.get("link", "")), self)
        if not possible(found.time, self.now):
            self.counts["impossible"] += 1
            return None
        if (
            not found.clock
            or self.minutes_wrong
            or item.get("clock") == "no"
            or not self.rules.clock
        ):
            day = found.time.astimezone(VIETNAM) if found.clock else found.time
            return day.replace(hour=0, minute=0, second=0, microsecond=0)
        return found.time.replace(microsecond=0)

    def notes(self) -> list[str]:
        """Return what the source's dates are like, in lines for the Outcome."""
        lines = []
        if self.counts["impossible"]:
            lines.append(f"{self.counts['impossible']} ngày không thể có, đã bỏ ngày, giữ tin")
        if self.counts["unread"]:
            lines.append(f"{self.counts['unread']} ngày không đọc được, đã bỏ ngày, giữ tin")
        if self.month_first:
            lines.append("nguồn viết tháng trước ngày sau")
        if self.minutes_wrong:
            lines.append("phút trùng số tháng (lỗi NukeViet), chỉ giữ ngày")
        return lines


def _like_the_address(found: Reading, text: str, link: str, dates: _Dates) -> Reading:
    """Take the other order of day and month if the time in the item's address says so."""
    stamp = stamp_in(link)
    if stamp is None or dates.rules.order != "auto":
        return found
    other = read_date(text, dates.rules, month_first=True)
    near = timedelta(days=2)
    if other and abs(other.time - stamp) < near < abs(found.time - stamp):
        return other
    return found


def drafts(items: list[Item], source: Source, now: datetime) -> Made:
    """Return a draft for each item that has a title, an address or a text, in their order."""
    dates = _Dates(items, source, now)
    counts: Counter[str] = Counter()
    made = [
        draft
        for number, item in enumerate(items)
        if (draft := _draft(item, number, source, dates, counts)) is not None
    ]
    notes = dates.notes()
    if counts["link"]:
        notes.append(f"{counts['link']} địa chỉ không dùng được, đã bỏ địa chỉ")
    if counts["filtered"]:
        notes.append(f"{counts['filtered']} mục ngoài chủ đề")
    if counts["personal"]:
        notes.append(f"đã ẩn {counts['personal']} dữ liệu cá nhân")
    if counts["blank"]:
        notes.append(f"{counts['blank']} mục trống")
    return Made(made, notes)


def _draft(
    item: Item, number: int, source: Source, dates: _Dates, counts: Counter[str]
) -> Draft | None:
    sent = str(item.get("link", ""))
    link = clean_link(sent, source.url)
    counts["link"] += bool(sent.strip()) and not link
    summary = _public(to_text(str(item.get("summary") or item.get("content") or "")), counts)
    sent_title = title_text(str(item.get("title", "")))
    title = shorten(_public(sent_title, counts), TITLE_LENGTH)
    if not wanted(f"{title}\n{summary}", source.include, source.exclude):
        counts["filtered"] += 1
        return None
    shown = title or shorten(summary, 120)
    if not item.get("detail"):  # else the article's page will name it
        shown = shown or _named_by(link) or _named_by(str(item.get("guid", "")))
    if not shown and not item.get("detail"):
        counts["blank"] += 1
        return None
    published = dates.read(item, "published") or dates.read(item, "updated")
    language = language_of(f"{shown} {summary}", str(item.get("language", "")), source.language)
    updated = dates.read(item, "updated")
    values = {
        "title": shown,
        "summary": shorten(summary, SUMMARY_LENGTH) if summary != shown else "",
        "date": _iso(published),
        "updated": _iso(updated) if published and updated and updated > published else "",
        "section": source.section,
        "tags": list(source.tags),
        "places": list(source.places),
        "status": "draft" if source.status == "draft" else "",
        "source": _reference(source),
        "link": link,
        "image": clean_link(_picture(item), link or source.url),
    }
    return Draft(
        kind=source.kind,
        values={key: value for key, value in values.items() if value},
        keys=item_keys(link, str(item.get("guid", "")), sent_title, published, summary),
        scope=slug(source.publishes_as) or source.id,
        title=shown,
        body=_body(item, source, counts),
        folder=str(published.astimezone(VIETNAM).year) if published else "",
        language=language,
        detail=clean_link(str(item.get("detail", "")), source.url),
        item=number,
    )


def _iso(time: datetime | None) -> str:
    return time.astimezone(VIETNAM).isoformat() if time else ""


def _reference(source: Source) -> dict[str, str]:
    home = {"url": source.home} if source.home else {}
    return {"name": source.publishes_as, **home}


def _picture(item: Item) -> str:
    return str(
        item.get("image") or first_picture(f"{item.get('summary', '')}{item.get('content', '')}")
    )


def _body(item: Item, source: Source, counts: Counter[str]) -> str:
    if not source.full_text:
        return ""
    return escape_markdown(_public(to_text(str(item.get("content") or "")), counts))


def _public(text: str, counts: Counter[str]) -> str:
    """Return `text` without the numbers, papers and mailboxes of private persons."""
    masked = mask(text)
    counts["personal"] += sum(masked.counts.values())
    return masked.text


def _named_by(address: str) -> str:
    """Name an item without title and text by its address, the only thing known of it."""
    text = re.sub(r"^https?://", "", clean(address).strip())
    return shorten(text, 120)
