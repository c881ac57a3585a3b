"""Alerts: a danger with its area, severity, times and what to do; fields follow CAP 1.2.

`date` is CAP's sent, `effective` the start of validity (sent where absent), `expires` its end. A
published alert's file is not rewritten: what changes comes as an update or a cancel that names it
in `references`. The page stays after the end and says that it is over.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import datetime
from typing import Annotated, ClassVar, Literal

from pydantic import Field, model_validator

from model.fields import VIETNAM, Line, Lines, Link, OneOrMore, Telephone, When
from model.geo import Polygon
from model.kinds.base import Document
from model.problem import FieldError

Category = Literal[
    "Geo", "Met", "Safety", "Security", "Rescue", "Fire", "Health", "Env", "Transport", "Infra",
    "CBRNE", "Other",
]  # fmt: skip
Response = Literal[
    "Shelter", "Evacuate", "Prepare", "Execute", "Avoid", "Monitor", "Assess", "AllClear", "None"
]
Urgency = Literal["Immediate", "Expected", "Future", "Past", "Unknown"]
Severity = Literal["Extreme", "Severe", "Moderate", "Minor", "Unknown"]
Certainty = Literal["Observed", "Likely", "Possible", "Unlikely", "Unknown"]
Message = Literal["alert", "update", "cancel"]

SEVERITIES: dict[str, str] = {
    "Extreme": "Đặc biệt nghiêm trọng",
    "Severe": "Nghiêm trọng",
    "Moderate": "Trung bình",
    "Minor": "Nhẹ",
    "Unknown": "Chưa rõ mức độ",
}
"""CAP severity -> how readers call it."""
IDENTIFIER = re.compile(r"vn-(\d{2})-([a-z0-9]+(?:-[a-z0-9]+)*)-(\d{8})-([1-9]\d*)")
"""vn-<province code>-<slug>-<yyyymmdd>-<n>: fixed at first publication, for ever."""
_EXAMPLE = "vn-80-lu-song-vam-co-20211018-1"


class Alert(Document):
    """One alert message. Its `identifier` and its address never change."""

    kind: ClassVar[str] = "alerts"
    prefix: ClassVar[str] = "canh-bao"
    label: ClassVar[str] = "Cảnh báo"
    keeps_page: ClassVar[bool] = True

    identifier: Line = Field("", description=f"Mã cảnh báo, không bao giờ đổi, ví dụ {_EXAMPLE}")
    message: Message = Field(
        "alert", description="alert: cảnh báo mới; update: cập nhật; cancel: hủy"
    )
    references: Lines = Field((), description="Mã các cảnh báo mà thông báo này cập nhật hoặc hủy")
    exercise: bool = Field(False, description="true nếu là diễn tập")
    hazard: Line = Field(
        "", pattern=r"^([a-z0-9]+(-[a-z0-9]+)*)?$", description="Mã thiên tai, dịch bệnh"
    )
    event: Line = Field(
        min_length=1, max_length=100, description="Sự kiện, ví dụ Lũ trên sông Vàm Cỏ"
    )
    category: Annotated[tuple[Category, ...], OneOrMore] = Field(
        min_length=1,
        description="Nhóm theo CAP",
    )
    responses: Annotated[tuple[Response, ...], OneOrMore] = Field(
        (),
        description="Việc nên làm theo CAP",
    )
    urgency: Urgency = Field("Unknown", description="Độ khẩn cấp theo CAP")
    severity: Severity = Field("Unknown", description="Mức độ nghiêm trọng theo CAP")
    certainty: Certainty = Field("Unknown", description="Độ chắc chắn theo CAP")
    level: int | None = Field(None, ge=1, le=5, description="Cấp độ rủi ro thiên tai, 1 đến 5")
    area: Line = Field(min_length=1, max_length=250, description="Khu vực, nói bằng lời")
    polygons: Annotated[tuple[Polygon, ...], OneOrMore] = Field(
        (), description="Đường bao: vĩ độ,kinh độ cách nhau bằng dấu cách, điểm cuối trùng điểm đầu"
    )
    effective: When | None = Field(None, description="Có hiệu lực từ (bỏ trống: từ lúc phát)")
    onset: When | None = Field(None, description="Dự kiến bắt đầu xảy ra")
    instruction: Lines = Field((), description="Người dân cần làm gì, mỗi dòng một việc")
    phones: tuple[Telephone, ...] = Field((), description="Số gọi khi cần giúp")
    subject: Link | None = Field(
        None, description="Địa chỉ của sự kiện trên Wikidata hoặc Wikipedia (cho máy tìm kiếm)"
    )

    @model_validator(mode="after")
    def _publishable(self) -> Alert:
        if self.status != "draft":
            self._has_identity()
            self._has_times()
        self._refers()
        return self

    def _has_identity(self) -> None:
        match = IDENTIFIER.fullmatch(self.identifier)
        if match is None:
            raise FieldError(
                f"mã “{self.identifier}” sai cách viết"
                if self.identifier
                else "chưa có mã cảnh báo",
                f"viết vn-<mã tỉnh>-<tên không dấu>-<ngày phát>-<số thứ tự>, ví dụ {_EXAMPLE}",
                "identifier",
            )
        sent = f"{self.date.astimezone(VIETNAM):%Y%m%d}" if self.date else match[3]
        if match[3] != sent:
            raise FieldError(
                f"mã ghi ngày {match[3]} nhưng cảnh báo phát ngày {sent}",
                "sửa date cho đúng lúc phát (mã đã công bố thì giữ nguyên)",
                "date",
            )

    def _has_times(self) -> None:
        if self.date is None:
            raise FieldError("thiếu lúc phát cảnh báo", "thêm dòng date: 2021-10-18 06:00", "date")
        if self.expires is None:
            raise FieldError(
                "thiếu lúc hết hiệu lực", "thêm dòng expires (cảnh báo phải tự tắt được)", "expires"
            )
        if self.expires <= max(filter(None, (self.date, self.effective))):
            raise FieldError("hết hiệu lực trước khi bắt đầu", "sửa lại expires", "expires")
        if not (self.sources or self.author or self.approved_by):
            raise FieldError("không ghi ai phát cảnh báo", "thêm sources (cơ quan phát)", "sources")

    def _refers(self) -> None:
        if self.message != "alert" and not self.references:
            raise FieldError(
                "cập nhật hoặc hủy mà không ghi cảnh báo nào",
                "thêm references: mã cảnh báo trước",
                "references",
            )
        if self.identifier and self.identifier in self.references:
            raise FieldError(
                "cảnh báo trỏ tới chính nó", "xóa mã này khỏi references", "references"
            )

    @property
    def begins(self) -> datetime | None:
        """When it comes into force."""
        return self.effective or self.date

    @property
    def severity_words(self) -> str:
        """The severity as readers see it."""
        return SEVERITIES[self.severity]

    def is_current(self, now: datetime) -> bool:
        """Return whether it is public and not over at `now`."""
        return self.state(now) == "current"


def active_alerts(alerts: Iterable[Alert]) -> list[Alert]:
    """Return, of current alerts, those in force: no cancels, none that a later one replaced."""
    current = list(alerts)
    gone = {reference for alert in current for reference in alert.references}
    return [
        alert for alert in current if alert.message != "cancel" and alert.identifier not in gone
    ]
