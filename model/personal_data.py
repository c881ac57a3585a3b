"""Personal data in text: found, masked and counted, so that a private person is never published.

Two voices are judged differently. In a citizen's own words (a question, a report) every telephone
number, house address and name after a form of address belongs to somebody. In an agency's words
(an answer, a page) landlines, office addresses and officials stand there on purpose; only mobile
numbers, identity papers, private mailboxes and the person addressed are hidden. Short codes and
hotlines (115, 1022, 0276.1022, 1800…, 1900…) are never personal.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator
from functools import cache
from typing import Literal, NamedTuple

Kind = Literal["phone", "id", "email", "address", "name"]
Voice = Literal["citizen", "agency"]

LABELS: dict[Kind, str] = {
    "phone": "số điện thoại",
    "id": "số giấy tờ",
    "email": "thư điện tử",
    "address": "địa chỉ",
    "name": "tên người",
}
"""What each kind is called in messages and in the mark left behind."""


def _either(*words: str) -> str:
    """Return a group of these alternatives, each also with a capital.

    Whole literals, not [Tt]: so `re` knows which letters a match can begin with and skips the rest.
    """
    both = (form for word in words for form in (word, word[:1].upper() + word[1:]))
    return f"(?:{'|'.join(dict.fromkeys(both))})"


_LETTERS = [chr(code) for code in range(0x41, 0x1F00)]
_UPPER = "".join(c for c in _LETTERS if c.isupper() and c.isalpha())
_LOWER = "".join(c for c in _LETTERS if c.islower())
_WORD = rf"(?:[{_UPPER}][{_LOWER}]+|[{_UPPER}]{{1,7}})(?![\w])\.?"
_SURNAMES = (
    "Nguyễn|Trần|Lê|Phạm|Hoàng|Huỳnh|Phan|Vũ|Võ|Đặng|Bùi|Đỗ|Hồ|Ngô|Dương|Lý|Đào|Đoàn|Vương|Trịnh|"
    "Trương|Đinh|Lâm|Phùng|Mai|Tô|Tạ|Hà|Thái|Cao|Chu|Châu|La|Lương|Lưu|Tăng|Thạch|Sơn|Kim|Kiên|Danh|"
    "Quách|Quan|Triệu|Tống|Từ|Văn|Viên|Ninh|Nghiêm|Mạc|Kiều|Khổng|Hứa|Giang|Doãn|Diệp|Bạch|Âu|An"
)
_SURNAME = f"(?:{_SURNAMES}|{_SURNAMES.upper()})"
_FULL = rf"{_SURNAME}(?:[ \t]+{_WORD}){{1,4}}"
_GIVEN = rf"{_WORD}(?:[ \t]+{_WORD}){{0,4}}"
_FORMS = "ông bà anh chị em cô chú bác bạn cháu cậu dì"
_PERSON = _either(*_FORMS.split())
_GAP = r"[\s.\-–()]{0,2}"
_START, _END = r"(?<![\w.@])", r"(?![\w]|[.,]\d)"

_HOME = r"(?:\(?(?:\+|00)84\)?" + _GAP + r"0?|\(?0)" + _GAP
_MOBILE = rf"{_START}{_HOME}(?:[35789]|1{_GAP}[2689])(?:{_GAP}\d){{8}}{_END}"
_LANDLINE = rf"{_START}{_HOME}2(?:{_GAP}\d){{8,9}}{_END}"
_FOREIGN = (
    rf"{_START}(?:\+(?!84)\d(?:{_GAP}\d){{7,13}}"
    rf"|\(?\d{{3}}\)?[-. ]\d{{3}}[-. ]\d{{4}}){_END}"
)
_DATE = re.compile(r"\d{1,2}[.\-– ]\d{1,2}[.\-– ](?:19|20)\d\d(?!\d)")
_PAPER = (
    _either(
        *(
            "CMND",
            "CMTND",
            "CCCD",
            "BHYT",
            "BHXH",
            "căn cước(?: công dân)?",
            "hộ chiếu",
            "passport",
        ),
        *("chứng minh(?: nhân dân| thư)?", "định danh(?: cá nhân)?", "mã số thuế"),
    )
    + r"(?:[ \t]+số)?[ \t:\-]{0,3}"
)
_ALLEY = r"(?:đường|phố|ngõ|hẻm|ngách|kiệt)"
_PART = rf"(?:{_ALLEY[3:-1]}|ấp|tổ|khu phố|thôn|xóm)"
_HOUSE = (
    r"(?:[Ss]ố nhà|[Nn]hà số|[Ss]ố)[ \t]+\d[\w/\-]{0,12}[ \t]*,?[ \t]*"
    rf"{_PART}[ \t]+[^\n,.;:!?]{{1,60}}"
)
_STREET = (
    r"\b\d{1,4}[A-Za-z]?(?:/\d{1,4}){0,4}[A-Za-z]?,?[ \t]+" + _ALLEY + r"[ \t]+[^\n,.;:!?]{1,60}"
)
_LIVES = (
    _either(
        *("ngụ (?:tại|ở)", "thường trú(?: tại)?", "tạm trú(?: tại)?", "trú tại", "cư trú tại"),
        *("nhà (?:tôi|em|mình|cháu) (?:ở|tại)", "tôi (?:ở|sống tại)"),
        r"địa chỉ(?: nhà| của tôi| liên hệ)?[ \t]*:",
    )
    + r"[ \t]*"
    rf"(?=(?:số\s+\d|nhà số|{_PART}\b|\d{{1,4}}[A-Za-z]?(?:/\d|,?[ \t]+{_PART}\b)))"
)
_I = _either("tôi", "em", "cháu", "mình", "con")
_NAMED = (
    _either(
        *("tên (?:tôi|em|cháu|mình) là", "tôi tên(?: là)?", "họ (?:và )?tên"),
        "người (?:gửi|hỏi|phản ánh)",
    )
    + r"[ \t]*:?[ \t]*"
)
_TO = rf"[ \t]*:?[ \t]*{_PERSON}(?:[ \t]*[/(][ \t]*{_PERSON}\)?)?[ \t]*:?[ \t]+"
_GREETING = _either("kính gửi", "kính chào", "thân gửi", "chào", "thưa", "cảm ơn") + _TO
_ADDRESSED = _either("gửi", "trả lời", "của") + _TO
_STARTERS = (
    "Anh|Chị|Bạn|Em|Bác|Cô|Chú|Ông|Bà|Nếu|Theo|Hiện|Trường|Với|Khi|Đối|Trong|Sau|Vì|Do|Để|Hôm"
    "|Thông|Như|Bệnh|Người|Những|Các|Việc|Tại|Từ|Về|Qua|Tuy|Mặc|Nhưng|Và"
)
_CLOSED = r"(?=[ \t]*(?:[,!.:;)\n]|\Z))"
_CLOSING = (
    _either("trân trọng(?: cảm ơn)?", "xin cảm ơn", "cảm ơn", "kính thư")
    + r"[ \t]*[.,!]{0,3}\s{1,4}"
)
_ADDRESSEE = _either("bệnh nhân", "công dân", "bạn đọc", "độc giả")
_ENGLISH = r"\b(?:Dear|Hi|Hello)[ \t]+(?:(?:Mr|Mrs|Ms|Dr)\.?[ \t]+)?"
_BOTH: frozenset[Voice] = frozenset(("citizen", "agency"))
_CITIZEN: frozenset[Voice] = frozenset(("citizen",))


class _Rule(NamedTuple):
    """What to look for: its kind, the pattern, in whose words, and what every match holds."""

    kind: Kind
    pattern: str
    voices: frozenset[Voice]
    holds: tuple[str, ...] = ()
    """One of these stands in every match (none: unknown); looking for them first is cheap."""


def _forms(*words: str) -> tuple[str, ...]:
    """Return the words as `_either` writes them."""
    return tuple(form for word in words for form in (word, word[:1].upper() + word[1:]))


_RULES = (
    _Rule("email", r"(?<![\w.+%-])[\w.+%-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,5}", _BOTH, ("@",)),
    _Rule("id", rf"{_PAPER}(?P<hide>[A-Z]{{0,2}}\d(?:[ .]?\d){{6,13}})", _BOTH),
    _Rule("id", r"(?<![\d.,])0(?:0[1-9]|[1-8]\d|9[0-6])[0-3]\d{8}(?![\d]|[.,]\d)", _BOTH),
    _Rule("phone", _MOBILE, _BOTH),
    _Rule("phone", _LANDLINE, _CITIZEN),
    _Rule("phone", _FOREIGN, _CITIZEN),
    _Rule(
        "address",
        rf"{_LIVES}(?P<hide>[^\n,.;!?]{{3,80}})",
        _BOTH,
        _forms("ngụ", "thường trú", "tạm trú", "trú tại", "cư trú", "nhà ", "tôi ", "địa chỉ"),
    ),
    _Rule("address", _HOUSE, _CITIZEN),
    _Rule("address", _STREET, _CITIZEN),
    _Rule("name", rf"{_I}[ \t]+(?:tên[ \t]+(?:là[ \t]+)?|là[ \t]+)(?P<hide>{_FULL})", _BOTH),
    _Rule("name", rf"{_NAMED}(?P<hide>{_GIVEN})", _BOTH, _forms("tên", "người ")),
    _Rule(
        "name",
        rf"{_GREETING}(?P<hide>{_FULL}|{_GIVEN}{_CLOSED})",
        _BOTH,
        _forms("gửi", "kính chào", "chào", "thưa", "cảm ơn"),
    ),
    _Rule("name", rf"{_ADDRESSED}(?!(?:{_STARTERS})\b)(?P<hide>{_GIVEN})(?!/)", _BOTH),
    _Rule("name", rf"(?<!\w){_PERSON}[ \t]+(?P<hide>{_FULL})", _CITIZEN),
    _Rule(
        "name",
        rf"{_ADDRESSEE}[ \t]+(?P<hide>{_FULL})",
        _BOTH,
        _forms("bệnh nhân", "công dân", "bạn đọc", "độc giả"),
    ),
    _Rule(
        "name",
        rf"{_CLOSING}(?P<hide>{_FULL})[ \t]*\.?[ \t]*(?:\n|\Z)",
        _BOTH,
        _forms("trân trọng", "cảm ơn", "kính thư"),
    ),
    _Rule(
        "name",
        rf"{_ENGLISH}(?P<hide>{_WORD}(?:[ \t]+{_WORD}){{0,2}})(?=[ \t]*[,!\n])",
        _BOTH,
        ("Dear", "Hi ", "Hi\t", "Hello"),
    ),
)
_MANY_DIGITS = re.compile(rf"\d(?:{_GAP}\d){{6}}")
"""What every number has: a text without seven digits in a row needs no closer look for one."""


class Finding(NamedTuple):
    """A piece of `text[start:end]` that points to a private person."""

    kind: Kind
    start: int
    end: int
    text: str


class Masked(NamedTuple):
    """The text that may be written, and how many pieces of each kind were hidden."""

    text: str
    counts: Counter[Kind]


def find(text: str, voice: Voice = "agency", keep: Collection[str] = ()) -> list[Finding]:
    """Return the personal data in `text`, in order, never overlapping.

    `keep` holds numbers and mailboxes that an institution publishes as its own (any spelling).
    """
    kept = {_bare(item) for item in keep}
    found = sorted(_candidates(text, voice, kept), key=lambda f: (f.start, f.start - f.end))
    result: list[Finding] = []
    for finding in found:
        if not result or finding.start >= result[-1].end:
            result.append(finding)
    return result


def mask(text: str, voice: Voice = "agency", keep: Collection[str] = ()) -> Masked:
    """Return `text` with each finding replaced by “[số điện thoại đã ẩn]” and the like."""
    findings = find(text, voice, keep)
    pieces: list[str] = []
    position = 0
    for finding in findings:
        pieces += [text[position : finding.start], f"[{LABELS[finding.kind]} đã ẩn]"]
        position = finding.end
    return Masked("".join(pieces) + text[position:], Counter(f.kind for f in findings))


def _candidates(text: str, voice: Voice, kept: set[str]) -> Iterator[Finding]:
    absent = set() if _MANY_DIGITS.search(text) else {"phone", "id"}
    for rule in _RULES:
        kind, holds = rule.kind, rule.holds
        if voice not in rule.voices or kind in absent:
            continue
        if holds and not any(map(text.__contains__, holds)):
            continue
        pattern = _compiled(rule.pattern)
        for match in pattern.finditer(text):
            start, end = match.span("hide" if "hide" in pattern.groupindex else 0)
            piece = text[start:end].rstrip()
            if _is_personal(kind, piece, kept):
                yield Finding(kind, start, start + len(piece), piece)


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    """Return the pattern, compiled when first needed: all of them together take 0.1 s."""
    return re.compile(pattern)


def _is_personal(kind: Kind, piece: str, kept: set[str]) -> bool:
    if "đã ẩn]" in piece:
        return False
    if kind == "email":
        return _bare(piece) not in kept and not piece.lower().endswith(".gov.vn")
    if kind == "phone":
        return _bare(piece) not in kept and not _DATE.match(piece)
    return True


def _bare(text: str) -> str:
    """Return a mailbox in lower case, or a number's digits with +84 as 0."""
    if "@" in text:
        return text.strip().lower()
    digits = re.sub(r"\D", "", text)
    return re.sub(r"^(?:00)?84(?=\d{9,10}$)", "0", digits)
