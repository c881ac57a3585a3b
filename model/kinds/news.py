"""News: an item of the official press; title, summary, link, source, never the full text."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar

from pydantic import Field, model_validator

from model.fields import Line, Link, SourceRef, When
from model.kinds.base import Document
from model.problem import FieldError


class News(Document):
    """A press item (written by a fetcher) or an agency's own announcement (by an editor)."""

    kind: ClassVar[str] = "news"
    prefix: ClassVar[str] = "tin-tuc"
    label: ClassVar[str] = "Tin chính thống"

    source: SourceRef | None = Field(None, description="Báo hoặc cơ quan đã đăng tin")
    link: Link | None = Field(None, description="Địa chỉ bài gốc")
    first_seen: When | None = Field(None, description="Lúc máy thấy tin lần đầu")
    image: Link | None = Field(None, description="Địa chỉ ảnh của bài gốc (không tải về)")
    fetched_hash: Line = Field("", description="Mã băm nội dung mà nguồn đã gửi")

    @model_validator(mode="after")
    def _dated(self) -> News:
        if self.date is None and self.first_seen is None:
            raise FieldError("thiếu ngày giờ đăng tin", "thêm dòng date: 2021-08-28 15:30", "date")
        return self

    @property
    def sorted_at(self) -> datetime | None:
        """The published time, or when it was first seen if the source gave none."""
        return self.date or self.first_seen
