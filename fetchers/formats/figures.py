"""Numbers and days as tables of figures print them; what is ambiguous is asked, never guessed.

“1.234” is one thousand two hundred in Vietnamese and one point two in English. A table that shows
nowhere which it means is refused until its source says `numbers: vi` or `numbers: en`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta

from fetchers.cleaning.dates import month_first_feed, read_date
from fetchers.formats import Unreadable
from model.source import Dates
from model.text import one_line

ABSENT = {"", "-", "--", "—", "–", "na", "n/a", "nan", "null", "none", "...", "…", "x", "k"}
_PLAIN = re.compile(r"[+-]?\d+")
_VIETNAMESE = re.compile(r"[+-]?(?:\d{1,3}(?:\.\d{3})+|\d+)(?:,\d+)?")
_ENGLISH = re.compile(r"[+-]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?")
_EXPONENT = re.compile(r"[+-]?\d(?:\.\d+)?[eE][+-]?\d{1,2}")
_SHORT_YEAR = re.compile(r"(\d{1,2})([/-])(\d{1,2})\2(\d{2})")
_SERIAL = re.compile(r"(\d{5})(?:\.\d+)?")
_EPOCH = date(1899, 12, 30)
_SERIALS = range(36_526, 73_051)
"""Excel's day numbers of 2000 to 2099."""
_FAR = datetime(2100, 1, 1, tzinfo=UTC)
"""Whether a day lies in the future is judged later, where the present is known."""


def style_of(cells: Iterable[str], declared: str) -> str:
    """Return how a table writes numbers, "vi" or "en"; Unreadable if nothing tells."""
    if declared in ("vi", "en"):
        return declared
    vietnamese = english = False
    ambiguous = ""
    for cell in cells:
        text = _bare(cell)
        if _PLAIN.fullmatch(text) or text.lower() in ABSENT or _EXPONENT.fullmatch(text):
            continue
        vi, en = bool(_VIETNAMESE.fullmatch(text)), bool(_ENGLISH.fullmatch(text))
        vietnamese |= vi and not en
        english |= en and not vi
        ambiguous = text if vi and en else ambiguous
    if vietnamese and english:
        raise Unreadable("cột số liệu viết lẫn hai kiểu (1.234,5 và 1,234.5)", "hỏi lại nguồn")
    if ambiguous and not (vietnamese or english):
        raise Unreadable(
            f"không rõ “{ambiguous}” là hàng nghìn hay số lẻ",
            "thêm options.numbers: vi (1.234,5) hoặc numbers: en (1,234.5)",
        )
    return "vi" if vietnamese else "en"


def number_in(cell: str, style: str) -> str | None:
    """Return a number plainly (“1234.5”), "" where none was published, None if it is neither."""
    text = _bare(cell)
    if text.lower() in ABSENT:
        return ""
    if _EXPONENT.fullmatch(text):
        return _trimmed(f"{float(text):.6f}")
    if style == "vi" and _VIETNAMESE.fullmatch(text):
        return _trimmed(text.replace(".", "").replace(",", "."))
    if style == "en" and _ENGLISH.fullmatch(text):
        return _trimmed(text.replace(",", ""))
    return None


def _bare(cell: str) -> str:
    return re.sub(r"(?<=\d)[ \u00a0\u202f](?=\d{3}\b)", "", one_line(cell)).rstrip("%").strip()


def _trimmed(text: str) -> str:
    """Drop a plus sign, leading zeros and zeros after the point: “+012.0” is 12."""
    sign = "-" if text.startswith("-") else ""
    whole, _, rest = text.lstrip("+-").partition(".")
    rest = rest.rstrip("0")
    value = f"{whole.lstrip('0') or '0'}{'.' if rest else ''}{rest}"
    return value if value == "0" else sign + value


class Days:
    """Reads the days of one table: its order of day and month is told from all of them together."""

    def __init__(self, texts: Iterable[str], rules: Dates) -> None:
        self._rules = rules
        self._known: dict[str, date | None] = {}
        unique = dict.fromkeys(map(full_year, texts))
        self.month_first = month_first_feed(unique, rules, _FAR)
        self.serials = False

    def read(self, text: str) -> date | None:
        """Return the day that `text` names, None if it names none."""
        if text not in self._known:
            self._known[text] = self._read(text)
        return self._known[text]

    def _read(self, text: str) -> date | None:
        match = _SERIAL.fullmatch(text.strip())
        if match and int(match[1]) in _SERIALS:
            self.serials = True
            return _EPOCH + timedelta(days=int(match[1]))
        found = read_date(full_year(text), self._rules, month_first=self.month_first)
        return found.time.date() if found else None

    def notes(self) -> list[str]:
        """Return what is odd about the days, in lines for the Outcome."""
        lines = (
            ["ngày viết kiểu Excel tháng/ngày/năm: đã đọc là tháng trước"]
            if self.month_first
            else []
        )
        return [*lines, *(["ngày là số thứ tự của Excel: đã đổi ra ngày"] if self.serials else [])]


def full_year(text: str) -> str:
    """Return “1/22/20” as “1/22/2020”."""
    match = _SHORT_YEAR.fullmatch(text.strip())
    return f"{match[1]}/{match[3]}/20{match[4]}" if match else text
