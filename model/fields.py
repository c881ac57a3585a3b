"""Types of fields: how the text that an editor typed becomes a value.

Times without an offset are Vietnamese time (+07:00). A date alone means the start of that day.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta, timezone
from typing import Annotated
from urllib.parse import urlsplit

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, PlainSerializer

from model.phone import Phone, parse_phone
from model.problem import FieldError
from model.text import one_line

VIETNAM = timezone(timedelta(hours=7))
_ISO = re.compile(
    r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ]+(\d{1,2}):(\d{2})(?::(\d{2}))?(?:\.\d+)?)?"
    r"\s*(Z|[+-]\d{2}:?\d{2})?"
)
_DAY_FIRST = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})(?:[ ,]+(\d{1,2})[:h](\d{2}))?")
_FILE = re.compile(r"[a-z0-9][a-z0-9_-]*(?:/[a-z0-9][a-z0-9_-]*)*(?:\.[a-z0-9]+)+")
_WHEN_CURE = "viết như 2021-08-28 15:30 hoặc 28/08/2021 15:30 (giờ Việt Nam)"


def when(value: object) -> datetime:
    """Return the aware time that `value` says; raise FieldError if it says none."""
    if isinstance(value, datetime):
        return value if value.tzinfo else value.replace(tzinfo=VIETNAM)
    text = str(value).strip()
    try:
        if match := _ISO.fullmatch(text):
            year, month, day, *clock = match.groups()
            zone = clock.pop()
            hour, minute, second = (int(part or 0) for part in clock)
            offset = _offset(zone)
            return datetime(int(year), int(month), int(day), hour, minute, second, tzinfo=offset)
        if match := _DAY_FIRST.fullmatch(text):
            day, month, year, hour_text, minute_text = match.groups()
            return datetime(
                int(year),
                int(month),
                int(day),
                int(hour_text or 0),
                int(minute_text or 0),
                tzinfo=VIETNAM,
            )
    except (ValueError, OverflowError):
        raise FieldError(f"“{text}” là ngày giờ không có thật", _WHEN_CURE) from None
    raise FieldError(f"“{text}” không phải ngày giờ", _WHEN_CURE)


def _offset(text: str | None) -> timezone:
    if not text:
        return VIETNAM
    if text == "Z":
        return UTC
    sign = -1 if text[0] == "-" else 1
    return timezone(sign * timedelta(hours=int(text[1:3]), minutes=int(text[-2:])))


def web_address(value: str) -> str:
    """Return `value` if it is an absolute http(s) address with a host; raise FieldError."""
    try:
        parts = urlsplit(value)
        good = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:
        good = False
    if not good or re.search(r"[\s<>\"'\\`{}|^]", value):
        raise FieldError(
            f"“{value[:80]}” không phải địa chỉ web", "viết đủ, ví dụ https://example.vn/tin"
        )
    return value


def _nonblank(value: str) -> str:
    if not value:
        raise FieldError("đang để trống", "viết nội dung cho trường này")
    return value


def _dictated(value: object) -> object:
    """Let one string stand for a list of one."""
    return [value] if isinstance(value, str) else value


def _dialable(value: str) -> str:
    parse_phone(value)
    return value


When = Annotated[
    datetime, BeforeValidator(when), PlainSerializer(lambda value: value.isoformat(), str)
]
Line = Annotated[str, AfterValidator(one_line)]
Title = Annotated[Line, AfterValidator(_nonblank), Field(max_length=300)]
Link = Annotated[str, AfterValidator(web_address)]
OneOrMore = BeforeValidator(_dictated)
Lines = Annotated[tuple[Line, ...], OneOrMore]
Dialable = Annotated[Line, AfterValidator(_dialable)]
Email = Annotated[Line, Field(pattern=r"^$|^[^@\s]+@[^@\s]+\.[^@\s]+$")]
CommuneCode = Annotated[Line, Field(pattern=r"^$|^\d{5}$")]
"""Official code of a commune, a ward or a special zone; "" is unknown."""
Clock = Annotated[Line, Field(pattern=r"^(?:[01]?\d|2[0-3]):[0-5]\d$")]
"""A time of the day: “15:00”."""
Colour = Annotated[str, Field(pattern=r"^#[0-9a-fA-F]{6}$")]


def site_file(folder: str, suffix: str = "") -> Callable[[str], str]:
    """Return a check that a value is "" or names a file in `folder` of the site."""

    def checked(value: str) -> str:
        name = value.removeprefix(f"{folder}/")
        if value and (name == value or not _FILE.fullmatch(name) or not name.endswith(suffix)):
            example = f"{folder}/ten-tep{suffix or '.pdf'}"
            raise FieldError(
                f"“{value}” không phải tên tệp dùng được",
                f"đặt tệp trong {folder}/, tên không dấu, ví dụ {example}",
            )
        return value

    return checked


class Group(BaseModel):
    """A group of fields; an unknown field is a problem, an empty one is absent."""

    model_config = ConfigDict(
        extra="forbid", frozen=True, str_strip_whitespace=True, defer_build=True
    )


class SourceRef(Group):
    """Who said it and where: named on every page that rests on it."""

    name: Title = Field(description="Tên cơ quan, báo hoặc tài liệu")
    url: Link | None = Field(None, description="Địa chỉ web")
    date: When | None = Field(None, description="Ngày của tài liệu đó")


class Telephone(Group):
    """An institution's number: whose it is, when it answers and what a call costs."""

    number: Dialable = Field(description="Một số điện thoại, viết như cơ quan công bố")
    label: Line = Field("", description="Bộ phận hoặc việc của số này (không ghi tên cá nhân)")
    hours: Line = Field("", description="Giờ trực, ví dụ 24/24 hoặc 7:00–17:00 ngày làm việc")
    cost: Line = Field("", description="Cước phí, ví dụ Miễn phí")
    free_until: When | None = Field(None, description="Miễn cước đến ngày")

    @property
    def phone(self) -> Phone:
        """The number to print and to dial."""
        return parse_phone(self.number)


class Correction(Group):
    """What was put right after publication, and when."""

    date: When = Field(description="Ngày đính chính")
    text: Line = Field(min_length=1, description="Nội dung đã sửa")


def refuse_unsourced_mobiles(phones: Sequence[Telephone], sources: Sequence[SourceRef]) -> None:
    """Raise FieldError for a mobile number without the institution's own publication as source."""
    if any(phone.phone.mobile for phone in phones) and not sources:
        raise FieldError(
            "số di động chỉ được đăng khi chính cơ quan đã công bố",
            "thêm sources ghi nơi cơ quan công bố số này, hoặc xóa số",
            "sources",
        )
