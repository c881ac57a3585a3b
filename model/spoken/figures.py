"""What is read of dates, times, numbers to call and quantities."""

from __future__ import annotations

import re
from datetime import date

from model.spoken.numbers import day, figure, month, one_by_one, ordinal, roman, whole
from model.spoken.reading import Place
from model.spoken.tables import CALLED, COUNTED, UNITS

__all__ = ["UNITS"]
_DAY_SAID = re.compile(
    r"(?:ngày|mùng|mồng|hôm|hôm nay|sáng|trưa|chiều|tối|đêm|khuya|rạng sáng|lễ|dịp|tết|hai|ba|tư"
    r"|năm|sáu|bảy|chủ nhật)[\s,(]*$"
)
_SPAN_SAID = re.compile(r"ngày[\w\s/.]{1,14}(?:đến|tới|và|hoặc)(?: hết)?\s*$")
_CALLED = re.compile(rf"(?<!\w)(?:{CALLED})(?!\w)[^.;!?]{{0,30}}$")
_FRACTION_OF = re.compile(
    r"\s*(?:viên|thìa|muỗng|cốc|ly|chén|bát|lít|dân số|số|diện tích|tổng|phần|lượng|ngôi|nhà)(?!\w)"
)
_SHARE = re.compile(
    r"(?:đạt|chiếm|khoảng|hơn|gần|được|giảm|tăng|bằng|quá|còn|trên|dưới|ít nhất|tối thiểu)\s*$"
)
_NEXT = re.compile(r"\s*([^\W\d_]+)")


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
    named = _DAY_SAID.search(place.before) or _SPAN_SAID.search(place.before)
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
    end = _day_month(last, in_month, year, place)
    return _dated(f"{day(int(first), place.manner.south)} đến {end}", place)


def month_of_year(match: re.Match[str], place: Place) -> str | None:
    """Say “tháng 8/2020”, “8/2020”, “quý 3/2021”; with a point or dash only after such a word."""
    south, value = place.manner.south, int(match[1])
    named = re.search(r"(tháng|quý|kỳ|lần|đợt|vụ|năm|số)\s*$", place.before)
    if (match[2] != "/" and not named) or not 1 <= value <= 12:
        return None
    year = f"năm {whole(int(match[3]), south)}"
    if named:
        of_month = named[1] == "tháng"
        return f"{month(value, south) if of_month else whole(value, south)} {year}"
    return f"tháng {month(value, south)} {year}"


def per_hours(match: re.Match[str], place: Place) -> str:
    """Say the stroke in “100 mm/24h”."""
    return f"trong {whole(int(match[1]), place.manner.south)} giờ"


def worded_date(match: re.Match[str], place: Place) -> str | None:
    """Say “5 tháng 8” of a day; “5 tháng 8 ngày” is a span and no date."""
    if not _real(match[1], match[2]) or re.match(r"\s*ngày", place.after):
        return None
    return _dated(_day_month(match[1], match[2], None, place), place)


def stroke(match: re.Match[str], place: Place) -> str:
    """Say “30/4” as a date, “1/2 viên” as a part, “11/12 xã” as so many of so many."""
    first, second, south = match[1], match[2], place.manner.south
    left, right = figure(first, south), figure(second, south)
    whose = _NEXT.match(place.after)
    dated = _DAY_SAID.search(place.before) or _SPAN_SAID.search(place.before)
    part = _FRACTION_OF.match(place.after) or _SHARE.search(place.before)
    if not dated and int(first) < int(second) and part:
        return f"{left} phần {right}" if int(second) <= 10 else f"{left} trên {right}"
    if not dated and whose and whose[1] in COUNTED - {"năm", "ngày", "tháng", "giờ"}:
        return f"{left} trên {right}"
    if len(first) < 3 and _real(first, second):
        return _dated(_day_month(first, second, None, place), place)
    return f"{left} trên {right}"


def dotted_date(match: re.Match[str], place: Place) -> str | None:
    """Say “ngày 25.8”; elsewhere a point is no date."""
    if not _real(match[1], match[2]):
        return None
    if not (re.search(r"ngày\s*$", place.before) or _SPAN_SAID.search(place.before)):
        return None
    return _day_month(match[1], match[2], None, place)


def _moment(text: str, place: Place) -> str:
    hours, minutes = [*re.split(r"\D", text), "0"][:2]
    said = f"{whole(int(hours), place.manner.south)} giờ"
    spare = int(minutes or 0)
    return f"{said} {whole(spare, place.manner.south)} phút" if spare else said


def clock(match: re.Match[str], place: Place) -> str:
    """Say “15h30”, “07:00”."""
    return _moment(match[1], place)


def clock_range(match: re.Match[str], place: Place) -> str:
    """Say “7h-11h30”."""
    return f"{_moment(match[1], place)} đến {_moment(match[2], place)}"


def worded_clock(match: re.Match[str], place: Place) -> str | None:
    """Say “15 giờ 30”."""
    if int(match[1]) > 24:
        return None
    return _moment(f"{match[1]}:{match[2]}", place)


def phone(match: re.Match[str], _: Place) -> str | None:
    """Say a number to call digit by digit, with a pause between its groups."""
    digits = re.sub(r"\D", "", match[0].replace("+84", "0"))
    area_hotline = re.fullmatch(r"02\d{1,2}(?:1022|11[1-9])", digits)
    length = len(digits)
    if not area_hotline and not (9 <= length <= 11 if digits[0] == "0" else 8 <= length <= 10):
        return None
    groups = re.findall(r"\d+", match[0].replace("+84", "0", 1))
    if match[0].startswith("+84") and len(groups) > 1:
        groups[:2] = [groups[0] + groups[1]]
    if len(groups) == 1:
        groups = _grouped(digits)
    return ", ".join(one_by_one(group) for group in groups)


def _grouped(digits: str) -> list[str]:
    sizes = (3, 4, 4) if re.match(r"02[48]", digits) and len(digits) == 11 else (4, 3, 3)
    if re.match(r"02", digits) and len(digits) == 11 and sizes[0] == 4:
        sizes = (4, 4, 3)
    if re.match(r"1[89]00", digits):
        sizes = (4, 4, 2)
    parts, start = [], 0
    for size in sizes:
        parts.append(digits[start : start + size])
        start += size
    return [part for part in (*parts, digits[start:]) if part]


def short_phone(match: re.Match[str], place: Place) -> str | None:
    """Say “1022”, “115” digit by digit where they are called, not where they count something."""
    follows = _NEXT.match(place.after)
    if re.match(r"\s?[-–]\s?\d", place.after):
        return None
    if follows and follows[1] in COUNTED:
        return None
    listed = place.last == "phone"
    own = match[0] in place.manner.phones
    called = _CALLED.search(place.before)
    if not (listed or called or own or match[0] == "1022"):
        return None
    return one_by_one(match[0])


def quantity(match: re.Match[str], place: Place) -> str | None:
    """Say a figure, a range of two, and the unit behind: “38,5 °C”, “50 – 60%”, “4” of “thứ 4”."""
    sign, first, second, unit = match.groups()
    south = place.manner.south
    before = place.before
    if sign and before[-1:].isalnum():
        return None
    if re.search(r"thứ\s*$", before) and not second:
        return ordinal(int(first), south) if first.isdigit() else figure(first, south)
    if re.search(r"tháng\s*$", before) and first == "4" and not second:
        return "tư"
    if re.fullmatch(r"(?:19|20)\d\d", first) and (before[-1:], place.after[:1]) == ("(", ")"):
        return f"năm {whole(int(first), south)}"
    said = figure(first, south)
    if first.isdigit() and len(first) > 9 and not unit and not second:
        said = one_by_one(first)
    if sign and unit and unit[0] in "°ºođ":
        said = f"âm {said}"
    if second:
        said = f"{said} đến {figure(second, south)}"
    return f"{said} {UNITS[unit]}" if unit else said


_ROMAN_CUE = re.compile(
    r"(?:báo động|mức|quý|cấp|khóa|kho\u00e1|thế kỷ|kỳ|chương|phần|thứ|loại|nhóm|mục|vùng|tập|hạng"
    r"|đợt|bảng)\s*$"
)


def roman_numeral(match: re.Match[str], place: Place) -> str | None:
    """Say “quý III”, “thế kỷ XXI”."""
    value = roman(match[0])
    if value is None or not _ROMAN_CUE.search(place.before):
        return None
    south = place.manner.south
    said = ordinal(value, south) if re.search(r"thứ\s*$", place.before) else whole(value, south)
    if year := re.match(r"/((?:19|20)\d\d)(?!\d)", place.after):
        place.end += year.end()
        return f"{said} năm {whole(int(year[1]), south)}"
    return said
