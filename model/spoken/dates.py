"""What is read of dates, days of the week and strokes, which are most often dates."""

from __future__ import annotations

import re
from datetime import date

from model.spoken.numbers import day, figure, month, ordinal, whole
from model.spoken.reading import Place
from model.spoken.tables import COUNTED, MEASURED, UNITS, WHO

_DAY_SAID = re.compile(
    r"(?:ngày|mùng|mồng|hôm|hôm nay|sáng|trưa|chiều|tối|đêm|khuya|rạng sáng|lễ|dịp|tết|hai|ba|tư"
    r"|năm|sáu|bảy|chủ nhật)[\s,(]*$"
)
_NAMED_SO = re.compile(
    r"(?:đường|phố|quảng trường|công viên|cầu|chợ|trường|bệnh viện|nhà máy|nông trường)\s*$"
)
"""What is called after a day: “đường 30/4”."""
_HOUSE = re.compile(r"(?:ngõ|ngách|hẻm|kiệt|số nhà|nhà số|số|lô|thửa)\s*$")
_SPAN_SAID = re.compile(r"ngày[\w\s/.]{1,14}(?:đến|tới|và|hoặc|,)(?: hết)?\s*$")
_FRACTION_OF = re.compile(
    r"\s*(?:viên|thìa|muỗng|cốc|ly|chén|bát|lít|dân số|số|diện tích|tổng|phần|lượng|ngôi|nhà)(?!\w)"
)
_SHARE = re.compile(
    r"(?:đạt|chiếm|khoảng|hơn|gần|được|giảm|tăng|bằng|quá|còn|trên|dưới|ít nhất|tối thiểu)\s*$"
)
_THINGS = COUNTED - {"năm", "ngày", "tháng", "giờ"}
_ON_DAY = re.compile(r"(?:ngày|sáng|trưa|chiều|tối|đêm)\s*$")
_WHEN = re.compile(r"(?:trong|từ|đến|vào|hết|đầu|giữa|cuối|trước|sau)\s*$")
NEXT = re.compile(r"\s*([^\W\d_]+)")
UNIT = "|".join(re.escape(unit) for unit in sorted(UNITS, key=len, reverse=True))
"""What matches a unit, the longest first."""
UNIT_NEXT = re.compile(rf"\s?({UNIT})(?![\wà-ỹ°])")


def _real(day_text: str, month_text: str, year_text: str | None = None) -> bool:
    try:
        date(int(year_text or 2024), int(month_text), int(day_text))
    except ValueError:
        return False
    return True


def _day_month(day_text: str, month_text: str, year: str | None, place: Place) -> str:
    south = place.manner.south
    said = f"{day(int(day_text), south)} tháng {month(int(month_text), south)}"
    return f"{said} năm {whole(int(year), south)}" if year else said


def _dated(said: str, place: Place) -> str:
    before = place.before
    named = _DAY_SAID.search(before) or _SPAN_SAID.search(before) or _NAMED_SO.search(before)
    return said if named else f"ngày {said}"


def full_date(match: re.Match[str], place: Place) -> str | None:
    """Say “28/8/2021”, also with points or dashes."""
    if not _real(match[1], match[3], match[4]):
        return None
    return _dated(_day_month(match[1], match[3], match[4], place), place)


def iso_date(match: re.Match[str], place: Place) -> str | None:
    """Say “2021-08-28”."""
    if not _real(match[3], match[2], match[1]):
        return None
    return _dated(_day_month(match[3], match[2], match[1], place), place)


def date_range(match: re.Match[str], place: Place) -> str | None:
    """Say “29/4-3/5”, “25/8/2021 – 29/8/2021”."""
    first, last = (match[1], match[2], match[3]), (match[4], match[5], match[6])
    if not (_real(*first) and _real(*last)):
        return None
    ends = " đến ".join((_day_month(*first, place), _day_month(*last, place)))
    return _dated(ends, place)


def day_range(match: re.Match[str], place: Place) -> str | None:
    """Say “25-29/8/2021”: the days of one month."""
    first, last, in_month, year = match.groups()
    if not (_real(first, in_month, year) and _real(last, in_month, year)):
        return None
    if int(first) >= int(last):
        return None
    follows = NEXT.match(place.after)
    if follows and not year and follows[1] in _THINGS:
        south = place.manner.south
        return f"{figure(first, south)} đến {figure(last, south)} trên {figure(in_month, south)}"
    end = _day_month(last, in_month, year, place)
    return _dated(f"{day(int(first), place.manner.south)} đến {end}", place)


def dashed_date(match: re.Match[str], place: Place) -> str | None:
    """Say “ngày 20-11”, “sáng 5-8” as papers write a day; “từ ngày 5-8” and “các ngày” span."""
    if not _real(match[1], match[2]) or not _ON_DAY.search(place.before):
        return None
    rising = int(match[1]) < int(match[2])
    span = re.search(r"(?:các|những|từ|trong) ngày\s*$", place.before)
    if rising and ((span and not re.match(r"\s*đến", place.after)) or _counts(place)):
        return None
    if re.match(r"\s*(?:tháng|/)", place.after):
        return None
    return _day_month(match[1], match[2], None, place)


def _counts(place: Place) -> bool:
    """Say whether what follows is counted: “mỗi ngày 2-3 lần”, “đêm 10-12 độ” are no dates."""
    follows = NEXT.match(place.after)
    word = follows[1] if follows else ""
    if re.search(r"(?:mỗi|một|hằng|hàng) ngày\s*$", place.before) or UNIT_NEXT.match(place.after):
        return True
    doers = WHO if re.search(r"ngày\s*$", place.before) else frozenset[str]()
    return word in MEASURED or word in COUNTED - doers


def short_month(match: re.Match[str], place: Place) -> str | None:
    """Say “T8/2021”."""
    south, value = place.manner.south, int(match[1])
    said = f"tháng {month(value, south)} năm {whole(int(match[2]), south)}"
    return said if 1 <= value <= 12 else None


def month_of_year(match: re.Match[str], place: Place) -> str | None:
    """Say “tháng 8/2020”, “8/2020”, “quý 3/2021”; with a point or dash only after such a word."""
    south, value = place.manner.south, int(match[1])
    named = re.search(r"(tháng|quý|kỳ|lần|đợt|vụ|năm|số)\s*$", place.before)
    told = match[2] == "/" or named or (match[2] == "-" and _WHEN.search(place.before))
    if not told or not 1 <= value <= 12:
        return None
    year = f"năm {whole(int(match[3]), south)}"
    if named:
        of_month = named[1] == "tháng"
        return f"{month(value, south) if of_month else whole(value, south)} {year}"
    return f"tháng {month(value, south)} {year}"


def worded_date(match: re.Match[str], place: Place) -> str | None:
    """Say “5 tháng 8” of a day; “5 tháng 8 ngày” is a span and no date."""
    if not _real(match[1], match[2]) or re.match(r"\s*ngày", place.after):
        return None
    return _dated(_day_month(match[1], match[2], None, place), place)


def stroke(match: re.Match[str], place: Place) -> str:
    """Say “30/4” as a date, “1/2 viên” as a part, “11/12 xã” as so many of so many."""
    first, second, south = match[1], match[2], place.manner.south
    left, right = figure(first, south), figure(second, south)
    whose = NEXT.match(place.after)
    dated = _DAY_SAID.search(place.before) or _SPAN_SAID.search(place.before)
    part = _FRACTION_OF.match(place.after) or _SHARE.search(place.before)
    if not dated and int(first) < int(second) and part:
        return f"{left} phần {right}" if int(second) <= 10 else f"{left} trên {right}"
    if not dated and whose and whose[1] in _THINGS:
        return f"{left} trên {right}"
    if len(first) < 3 and _real(first, second) and not _HOUSE.search(place.before):
        return _dated(_day_month(first, second, None, place), place)
    unit = UNIT_NEXT.match(place.after)
    if unit:
        place.end += unit.end()
    return f"{left} trên {right}{' ' + UNITS[unit[1]] if unit else ''}"


def dotted_date(match: re.Match[str], place: Place) -> str | None:
    """Say “ngày 25.8”; elsewhere a point is no date."""
    if not _real(match[1], match[2]):
        return None
    if not (re.search(r"ngày\s*$", place.before) or _SPAN_SAID.search(place.before)):
        return None
    return _day_month(match[1], match[2], None, place)


_WEEK_SAID = re.compile(r"(?:thứ \w+|t[2-7])\s*(?:,|và|hoặc|đến|[-–])\s*$")
_WEEK = {str(number): f"thứ {ordinal(number)}" for number in range(2, 8)} | {"CN": "chủ nhật"}


def weekdays(match: re.Match[str], _: Place) -> str:
    """Say “T2-T6”, “T7, CN”."""
    joined = "đến" if match[2] in "-–" else "và"
    return f"{_WEEK[match[1]]} {joined} {_WEEK[match[3].removeprefix('T')]}"


def weekday(match: re.Match[str], place: Place) -> str | None:
    """Say “sáng T7”, “chiều CN”."""
    told = _ON_DAY.search(place.before) or _WEEK_SAID.search(place.before)
    return _WEEK[match[1].removeprefix("T")] if told else None
