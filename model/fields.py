"""Types of fields: how the text that an editor typed becomes a value.

Times without an offset are Vietnamese time (+07:00). A date alone means the start of that day.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta, timezone
from typing import Annotated
from urllib.parse import urlsplit

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, PlainSerializer

from model.problem import FieldError
from model.text import one_line

VIETNAM = timezone(timedelta(hours=7))
_ISO = re.compile(
    r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ]+(\d{1,2}):(\d{2})(?::(\d{2}))?(?:\.\d+)?)?"
    r"\s*(Z|[+-]\d{2}:?\d{2})?"
)
_DAY_FIRST = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})(?:[ ,]+(\d{1,2})[:h](\d{2}))?")
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


When = Annotated[
    datetime, BeforeValidator(when), PlainSerializer(lambda value: value.isoformat(), str)
]
Line = Annotated[str, AfterValidator(one_line)]
Title = Annotated[Line, AfterValidator(_nonblank), Field(max_length=300)]
Link = Annotated[str, AfterValidator(web_address)]
Lines = Annotated[tuple[Line, ...], BeforeValidator(_dictated)]
Colour = Annotated[str, Field(pattern=r"^#[0-9a-fA-F]{6}$")]


class Group(BaseModel):
    """A group of fields; an unknown field is a problem, an empty one is absent."""

    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True)


class SourceRef(Group):
    """Who said it and where: named on every page that rests on it."""

    name: Title
    url: Link | None = None
    date: When | None = None
