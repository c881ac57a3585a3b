"""Telephone numbers out of a cell: several of them, prose around them, old area codes.

Area codes changed in 2017 by a table that gives each old code one new code (Decision 2036/QĐ-BTTTT
of 21 November 2016). An old number is moved only if it cannot be dialled as it stands.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from model.personal_data import find
from model.phone import Phone, parse_phone
from model.problem import FieldError
from model.text import one_line

OLD_AREAS = {
    "22": "212",
    "231": "213",
    "20": "214",
    "230": "215",
    "29": "216",
    "52": "232",
    "53": "233",
    "54": "234",
    "510": "235",
    "511": "236",
    "37": "237",
    "38": "238",
    "39": "239",
    "33": "203",
    "240": "204",
    "25": "205",
    "26": "206",
    "27": "207",
    "280": "208",
    "281": "209",
    "320": "220",
    "321": "221",
    "241": "222",
    "31": "225",
    "351": "226",
    "36": "227",
    "350": "228",
    "30": "229",
    "780": "290",
    "781": "291",
    "710": "292",
    "711": "293",
    "74": "294",
    "76": "296",
    "77": "297",
    "79": "299",
    "4": "24",
    "8": "28",
    "61": "251",
    "62": "252",
    "64": "254",
    "55": "255",
    "56": "256",
    "57": "257",
    "58": "258",
    "68": "259",
    "60": "260",
    "501": "261",
    "500": "262",
    "63": "263",
    "59": "269",
    "70": "270",
    "651": "271",
    "72": "272",
    "73": "273",
    "650": "274",
    "75": "275",
    "66": "276",
    "67": "277",
}
"""Old area code -> the one since 2017, both without the leading 0."""

_SPLIT = re.compile(
    r"[,;|\n]|\s/\s|/(?=\s*[+(]?\d{2,})|\s[-–]\s|\b(?:hoặc|hay|và|or|and)\b", re.IGNORECASE
)
_NUMBER = re.compile(r"[+(]{0,2}\d[\d\s.()\-–]{1,22}\d|\d{3}")
_EXTENSION = re.compile(
    r"[(\s,]*(?:máy lẻ|số lẻ|nhánh|ext\.?|x|bấm)\s*:?\s*\d{1,5}\)?", re.IGNORECASE
)
_PERSON = re.compile(
    r"(?<!\w)(?:ông|bà|anh|chị|cô|chú|đ/c|đồng chí|bs|bác sĩ|ths|ts|gặp|mr|ms|mrs|dr)(?!\w)", re.I
)
_HOURS = re.compile(r"\b24\s*/\s*(?:24|7)\b|\b\d{1,2}[h:]\d{0,2}\s*[-–]\s*\d{1,2}[h:]\d{0,2}")
_OLD_STYLE = re.compile(r"\(0\d{1,3}\)|0?8[\s.\-–]")
_LABEL = 60
_NO_LABEL = re.compile(
    r"^(?:đt|sđt|tel|điện thoại|hotline|phone|số điện thoại|(?:xin |vui lòng )?(?:gọi|liên hệ))"
    r"(?:\s+(?:số|theo số|qua số))?\s*[:.]*\s*",
    re.IGNORECASE,
)


class Number(NamedTuple):
    """A number to publish, and what the cell calls it ("" if nothing)."""

    phone: Phone
    label: str


class Cell(NamedTuple):
    """The numbers of a cell, and a Vietnamese note for each piece that was left out or moved."""

    numbers: list[Number]
    notes: list[str]


def phones_in(text: str) -> Cell:
    """Return the numbers in a cell, each once; a private person's mobile is left out."""
    numbers: dict[str, Number] = {}
    notes: list[str] = []
    for piece in _SPLIT.split(_EXTENSION.sub(" ", _HOURS.sub(" ", text))):
        line = one_line(piece)
        found = _NUMBER.search(line)
        if found is None:
            if any(c.isdigit() for c in line):
                notes.append(f"“{line[:60]}” không phải số điện thoại")
            continue
        phone = _dialled(found[0], notes)
        words = f"{line[: found.start()]} {line[found.end() :]}"
        if phone is None:
            notes.append(f"“{found[0].strip()}” không gọi được, đã bỏ")
        elif phone.mobile and _OLD_STYLE.match(found[0]):
            notes.append(f"“{found[0].strip()}”: không rõ là số cố định cũ hay di động, đã bỏ")
        elif phone.mobile and (_PERSON.search(words) or find(words, "citizen")):
            notes.append("một số di động ghi kèm tên người, đã bỏ")
        else:
            numbers.setdefault(phone.tel, Number(phone, _label(words)))
    return Cell(list(numbers.values()), notes)


def _label(words: str) -> str:
    label = one_line(words).strip(" :.()-–*")
    label = _NO_LABEL.sub("", label)
    if not label or len(label) > _LABEL or _PERSON.search(label) or find(label, "citizen"):
        return ""
    return label


def _dialled(text: str, notes: list[str]) -> Phone | None:
    printed = one_line(text).strip(" .-–()")
    if text.lstrip().startswith(("+", "(")) or ")" in printed:
        printed = one_line(text).strip(" .-–")
    free = re.fullmatch(r"\+?84\s*(1[89]00[\s.]*\d{2,4}[\s.]*\d{0,4})", printed)
    for form in filter(None, (free[1] if free else "", printed)):
        try:
            return parse_phone(form)
        except FieldError:
            continue
    return _moved(printed, notes)


def _moved(printed: str, notes: list[str]) -> Phone | None:
    """Return the number under its area code of today, if its code is an old one."""
    digits = re.sub(r"\D", "", printed)
    digits = re.sub(r"^(?:00)?84", "", digits) if printed.startswith(("+", "00")) else digits
    digits = digits.removeprefix("0")
    for length in (3, 2, 1):
        area, rest = digits[:length], digits[length:]
        if area in OLD_AREAS and len(rest) in (7, 8):
            form = f"0{OLD_AREAS[area]} {rest[:4]} {rest[4:]}"
            try:
                phone = parse_phone(form)
            except FieldError:
                continue
            notes.append(f"“{printed}” có mã vùng cũ 0{area}, ghi theo mã mới: {form}")
            return phone
    return None
