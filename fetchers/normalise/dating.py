"""The dates of a source's items, read by its rules; wrong ones are counted, never guessed."""

from __future__ import annotations

from collections import Counter
from datetime import datetime

from fetchers.cleaning.dates import month_first_feed, possible, read_date
from fetchers.formats import Item
from model.fields import VIETNAM
from model.source import Source


class Dating:
    """Reads the fields `names` of a source's items as dates of the past."""

    def __init__(
        self, items: list[Item], names: tuple[str, ...], source: Source, now: datetime
    ) -> None:
        self._rules, self._now = source.dates, now
        texts = [str(item[name]) for item in items for name in names if item.get(name)]
        self.month_first = month_first_feed(texts, self._rules, now)
        self._counts: Counter[str] = Counter()

    def read(self, item: Item, *names: str) -> datetime | None:
        """Return the first of these dates that the item has and that can be true."""
        for name in names:
            text = str(item.get(name, ""))
            found = read_date(text, self._rules, month_first=self.month_first) if text else None
            if found is None:
                self._counts["không đọc được"] += bool(text)
            elif not possible(found.time, self._now):
                self._counts["không thể có"] += 1
            elif not found.clock or not self._rules.clock:
                return found.time.replace(hour=0, minute=0, second=0, microsecond=0)
            else:
                return found.time.replace(microsecond=0)
        return None

    def iso(self, item: Item, *names: str) -> str:
        """Return the same as text for front matter: a day alone when no time of day was given."""
        return iso(self.read(item, *names))

    def notes(self) -> list[str]:
        """Return what the source's dates are like, in lines for the Outcome."""
        lines = [
            f"{count} ngày {what}, đã bỏ ngày, giữ mục"
            for what, count in self._counts.items()
            if count
        ]
        return [*lines, *(["nguồn viết tháng trước ngày sau"] if self.month_first else [])]


def iso(time: datetime | None) -> str:
    """Return a time as front matter has it: “2021-08-28”, or with the clock and +07:00."""
    if time is None:
        return ""
    local = time.astimezone(VIETNAM)
    if local.hour == local.minute == local.second == 0:
        return local.date().isoformat()
    return local.isoformat(timespec="seconds")
