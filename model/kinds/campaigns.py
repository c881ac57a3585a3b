"""Campaigns: what is asked of everyone, how far each commune has come, and the texts."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from typing import Annotated, ClassVar, Literal

from pydantic import AfterValidator, Field, model_validator

from model.fields import (
    VIETNAM,
    Clock,
    Colour,
    Group,
    Line,
    Lines,
    Link,
    SourceRef,
    Title,
    When,
    site_file,
)
from model.kinds.base import Document
from model.problem import FieldError


class Goal(Group):
    """What counts as done."""

    target: float = Field(gt=0, description="Con số cần đạt")
    unit: Line = Field(min_length=1, description="Đơn vị, ví dụ % người dùng điện thoại thông minh")
    by: When | None = Field(None, description="Hạn đạt mục tiêu")


LONGEST = timedelta(days=366)
"""How long cut-offs are foreseen for a campaign without end."""
WEEKDAYS = ("thứ hai", "thứ ba", "thứ tư", "thứ năm", "thứ sáu", "thứ bảy", "chủ nhật")


class Report(Group):
    """When somebody reports, as the letter says: by a time of each day, or of a day each week."""

    who: Line = Field("", description="Ai báo cáo, ví dụ Xã, phường")
    every: Literal["day", "week"] = Field("day", description="day: hằng ngày; week: hằng tuần")
    weekday: int | None = Field(None, ge=2, le=8, description="Thứ mấy (2 đến 7, chủ nhật: 8)")
    before: Clock = Field(description="Trước giờ, ví dụ 15:00")
    to: Line = Field("", description="Gửi về đâu")
    reporters: Lines = Field(
        (), description="Mã các xã, phường báo cáo theo dòng này (bỏ trống: xem reporters)"
    )

    @model_validator(mode="after")
    def _weekday_of_a_week(self) -> Report:
        if self.every == "week" and self.weekday is None:
            raise FieldError("hằng tuần mà không ghi thứ mấy", "thêm weekday: 6 (thứ sáu)")
        if self.every == "day" and self.weekday is not None:
            raise FieldError("hằng ngày thì không có thứ", "xóa weekday, hoặc ghi every: week")
        return self

    @property
    def weekday_name(self) -> str:
        """The day of the week as readers call it; "" for every day."""
        return WEEKDAYS[self.weekday - 2] if self.weekday else ""


class Task(Group):
    """What the letter asks of one body."""

    who: Line = Field(min_length=1, description="Cơ quan, đơn vị nào")
    what: Lines = Field(min_length=1, description="Làm việc gì, mỗi dòng một việc")


class Letter(Group):
    """What is known of the letter that launches the campaign; the rest stays blank in the draft."""

    symbol: Line = Field("", description="Ký hiệu sau số công văn, ví dụ SKHCN-CĐS")
    subject: Line = Field("", description="Trích yếu, đứng sau V/v (bỏ trống: tên chiến dịch)")
    place: Line = Field("", description="Địa danh ghi trước ngày tháng, ví dụ Tây Ninh")
    recipients: Lines = Field((), description="Kính gửi, mỗi dòng một nơi")
    basis: Lines = Field((), description="Căn cứ, mỗi dòng một văn bản")
    tasks: tuple[Task, ...] = Field((), description="Việc giao cho từng nơi: who, what")
    copies: Lines = Field((), description="Nơi nhận, ngoài “Như trên”")
    signer: Lines = Field(
        (), description="Quyền hạn, chức vụ người ký, mỗi dòng một ý, ví dụ KT. GIÁM ĐỐC"
    )


class Artwork(Group):
    """What a banner or a poster of the campaign says, in one language."""

    lang: Literal["vi", "en", "km"] = Field("vi", description="Ngôn ngữ: vi, en, km")
    headline: Title = Field(description="Câu chính trên biểu ngữ")
    action: Line = Field("", description="Lời kêu gọi, ví dụ Cài đặt ngay")
    address: Line = Field("", description="Địa chỉ ngắn in trên biểu ngữ")
    alt: Line = Field("", description="Mô tả biểu ngữ cho người không nhìn thấy")
    colour: Colour | None = Field(None, description="Màu nền, ví dụ #0b4f8a")
    ink: Colour | None = Field(None, description="Màu chữ, ví dụ #ffffff")
    qr: bool = Field(True, description="Có mã QR hay không")

    @property
    def described(self) -> str:
        """What stands for the banner where it is not seen: `alt`, else its words."""
        return self.alt or ". ".join(
            part.rstrip(".") for part in (self.headline, self.action) if part
        )

    @model_validator(mode="after")
    def _drawable(self) -> Artwork:
        from model.artwork import character_name, font_of, foreign_characters

        for field in ("headline", "action", "address"):
            if foreign := foreign_characters(getattr(self, field), self.lang):
                raise FieldError(
                    f"phông chữ biểu ngữ ({font_of(self.lang)}) không có ký tự "
                    f"{', '.join(map(character_name, foreign[:5]))}",
                    "bỏ ký tự này (biểu tượng cảm xúc, chữ khác hệ chữ đều không in được)",
                    field,
                )
        return self

    @model_validator(mode="after")
    def _legible(self) -> Artwork:
        from model.colour import LEAST, contrast, readable

        ground, ink = self.colour, self.ink  # one alone is set off against the other by itself
        if ground and ink and contrast(ground, ink) < LEAST:
            raise FieldError(
                f"chữ {ink} trên nền {ground} quá mờ ({contrast(ground, ink):.1f}:1, cần 4,5:1)",
                f"đổi màu chữ thành {readable(ink, ground, LEAST)}",
                "ink",
            )
        return self


class Texts(Group):
    """Ready texts by channel."""

    sms: Line = Field("", max_length=160, description="Tin nhắn (70 ký tự có dấu, 160 không dấu)")
    zalo: Line = Field("", max_length=2000, description="Bài đăng Zalo")
    facebook: Line = Field("", max_length=5000, description="Bài đăng Facebook")
    speaker: Line = Field("", max_length=5000, description="Lời đọc trên loa")

    @model_validator(mode="after")
    def _one_message(self) -> Texts:
        from model.sms import MARKED, fits_one, sms_length

        if self.sms and not fits_one(self.sms):
            raise FieldError(
                f"tin nhắn dài {sms_length(self.sms)} ký tự, phải gửi thành nhiều tin",
                f"viết không quá {MARKED} ký tự nếu có dấu, hoặc bỏ dấu (tới 160 ký tự)",
                "sms",
            )
        return self


class Campaign(Document):
    """A campaign. `expires` closes it; the page stays, because kits were given away with it."""

    kind: ClassVar[str] = "campaigns"
    prefix: ClassVar[str] = "chien-dich"
    label: ClassVar[str] = "Chiến dịch"
    keeps_page: ClassVar[bool] = True

    goal: Goal | None = Field(None, description="Mục tiêu: target, unit, by")
    app: Line = Field(
        "", description="Mã hướng dẫn ứng dụng (tên tệp trong content/guides, không có .md)"
    )
    link: Link | None = Field(None, description="Nơi người dân làm theo, nếu không phải ứng dụng")
    progress: Annotated[Line, AfterValidator(site_file("data/series", ".csv"))] = Field(
        "", description="Tệp CSV tiến độ: date, place, value"
    )
    reporters: Lines = Field((), description="Mã các xã, phường phải báo cáo")
    reports: tuple[Report, ...] = Field((), description="Lịch báo cáo: who, every, before, to")
    artwork: tuple[Artwork, ...] = Field(
        (), description="Chữ trên biểu ngữ, áp phích, mỗi ngôn ngữ một mục"
    )
    texts: Texts = Field(Texts(), description="Lời soạn sẵn cho từng kênh")
    letter: SourceRef | None = Field(None, description="Văn bản phát động")
    draft: Letter = Field(Letter(), description="Công văn soạn sẵn: điều đã biết, còn lại để trống")

    @model_validator(mode="after")
    def _measurable(self) -> Campaign:
        if self.progress and self.goal is None:
            raise FieldError("có tiến độ mà không có mục tiêu", "thêm goal: target và unit", "goal")
        for code in (*self.reporters, *(code for item in self.reports for code in item.reporters)):
            if not re.fullmatch(r"\d{5}", code):
                raise FieldError(
                    f"“{code}” không phải mã xã, phường",
                    "viết mã 5 chữ số, ví dụ 25567",
                    "reporters",
                )
        languages = [item.lang for item in self.artwork]
        if len(set(languages)) < len(languages):
            raise FieldError("hai mục chữ cùng một ngôn ngữ", "giữ lại một mục", "artwork")
        return self

    @property
    def sorted_at(self) -> datetime | None:
        """When it was launched."""
        return self.date

    @property
    def ends(self) -> datetime | None:
        """When nobody has to report any more: after the goal's last day, or at the end."""
        by = self.goal.by + timedelta(days=1) if self.goal and self.goal.by else None
        return min(filter(None, (by, self.expires)), default=None)

    def reporters_of(self, number: int) -> tuple[str, ...]:
        """Return the codes of those who report by `reports[number]`: its own, or the first: all."""
        return self.reports[number].reporters or (() if number else self.reporters)

    def cutoffs(self, report: Report) -> tuple[datetime, ...]:
        """Return the times by which a report is due, from the launch on, for a year at most."""
        if self.date is None:
            return ()
        start = self.date.astimezone(VIETNAM)
        end = min(self.ends or datetime.max.replace(tzinfo=VIETNAM), start + LONGEST)
        hour, minute = map(int, report.before.split(":"))
        first = start.replace(hour=hour, minute=minute, second=0, microsecond=0)
        days = (first + timedelta(days=number) for number in range(LONGEST.days + 1))
        return tuple(
            at for at in days if start <= at < end and report.weekday in (None, at.isoweekday() + 1)
        )

    def turns(self) -> tuple[datetime, ...]:
        """Return also the cut-offs, after which others may be missing."""
        due = (at for report in self.reports for at in self.cutoffs(report))
        return (*super().turns(), *dict.fromkeys(due))

    def files(self) -> tuple[str, ...]:
        """Return the progress file."""
        return (self.progress,) if self.progress else ()
