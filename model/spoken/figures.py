"""What is read of times, numbers to call, codes and quantities."""

from __future__ import annotations

import re

from model.spoken.dates import NEXT, UNIT_NEXT
from model.spoken.numbers import figure, one_by_one, ordinal, roman, whole
from model.spoken.reading import Place
from model.spoken.tables import CALLED, COUNTED, UNITS

_CALLED = re.compile(rf"(?<!\w)(?:{CALLED})(?!\w)[^.;!?]{{0,30}}$")
_CODE = re.compile(r"(?:mã(?: số)?|tài khoản|máy lẻ|nhánh|mật khẩu|căn cước)(?: là)?:?\s*$")
"""Figures after these are written down one by one."""


def per_hours(match: re.Match[str], place: Place) -> str:
    """Say the stroke in “100 mm/24h”."""
    return f"trong {whole(int(match[1]), place.manner.south)} giờ"


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


def hours_range(match: re.Match[str], place: Place) -> str:
    """Say “8 - 11h”."""
    return f"{whole(int(match[1]), place.manner.south)} đến {_moment(match[2], place)}"


def coordinates(match: re.Match[str], place: Place) -> str:
    """Say “16.8N-109.5E”."""
    north, east = (figure(match[group], place.manner.south) for group in (1, 2))
    return f"{north} độ vĩ bắc, {east} độ kinh đông"


def height(match: re.Match[str], place: Place) -> str:
    """Say “1m65”."""
    return f"{whole(int(match[1]), place.manner.south)} mét {figure(match[2], place.manner.south)}"


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
    follows = NEXT.match(place.after)
    if re.match(r"\s?[-–]\s?\d", place.after):
        return None
    if (follows and follows[1] in COUNTED) or UNIT_NEXT.match(place.after):
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
    code = len(first) > 9 or (len(first) > 2 and _CODE.search(before))
    if first.isdigit() and code and not unit and not second:
        said = one_by_one(first)
    if sign and unit and unit[0] in "°ºođ":
        said = f"âm {said}"
    if second:
        said = f"{said} đến {figure(second, south)}"
    return f"{said} {UNITS[unit]}" if unit else said


_ROMAN_CUE = re.compile(
    r"(?:báo động|bđ|mức|quý|cấp|khóa|kho\u00e1|thế kỷ|kỳ|chương|phần|thứ|loại|nhóm|mục|vùng"
    r"|tập|hạng|đợt|bảng|phụ lục|đại hội|giai đoạn)(?:\s*[ivxlc]+\s*(?:,|[-–]|và|hoặc|đến))*\s*$"
)


def roman_numeral(match: re.Match[str], place: Place) -> str | None:
    """Say “quý III”, “thế kỷ XXI”."""
    value = roman(match[0])
    plain = re.fullmatch("[IVX]{2,}", match[0]) and not re.match(r"\s[A-ZĐÀ-Ỹ]{2}", place.after)
    if value is None or not (plain or _ROMAN_CUE.search(place.before)):
        return None
    south = place.manner.south
    said = ordinal(value, south) if re.search(r"thứ\s*$", place.before) else whole(value, south)
    if year := re.match(r"/((?:19|20)\d\d)(?!\d)", place.after):
        place.end += year.end()
        return f"{said} năm {whole(int(year[1]), south)}"
    if span := re.match(r"\s?[-–]\s?(?=[IVX]+(?!\w))", place.after):
        place.end += span.end()
        return f"{said} đến"
    return said
