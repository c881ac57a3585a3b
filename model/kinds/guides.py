"""Guides: what to do, by hazard and stage, and how to install an app."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar, Literal

from pydantic import Field

from model.fields import Group, Line, Lines, Link, Title, When
from model.kinds.base import Document

Stage = Literal["before", "during", "after"]


class Store(Group):
    """Where an app is installed from."""

    platform: Literal["android", "ios", "web", "zalo"] = Field(description="Nền tảng")
    url: Link = Field(description="Địa chỉ cài đặt chính thức")


class App(Group):
    """The app that a guide installs; `retired` and `replaced_by` because apps die."""

    name: Title = Field(description="Tên ứng dụng, như trong cửa hàng ứng dụng")
    publisher: Line = Field("", description="Cơ quan phát hành")
    stores: tuple[Store, ...] = Field((), description="Nơi cài đặt: platform, url")
    permissions: Lines = Field((), description="Quyền mà ứng dụng xin, và để làm gì")
    functions: Lines = Field((), description="Chức năng, mỗi dòng một việc")
    cautions: Lines = Field((), description="Điều cần chú ý khi cài và dùng")
    retired: When | None = Field(None, description="Ngừng hoạt động từ ngày")
    replaced_by: Line = Field("", description="Ứng dụng thay thế (tên hoặc mã tài liệu)")

    @property
    def is_over(self) -> bool:
        """Whether nobody should install it any more, even where no source tells since when."""
        return bool(self.retired or self.replaced_by)


class Guide(Document):
    """Advice that a person can follow at once."""

    kind: ClassVar[str] = "guides"
    prefix: ClassVar[str] = "huong-dan"
    label: ClassVar[str] = "Hướng dẫn"

    hazard: Line = Field("", description="Loại thiên tai, dịch bệnh (ví dụ dich-benh, lu-lut)")
    stage: Stage | None = Field(None, description="Giai đoạn: before, during, after")
    app: App | None = Field(None, description="Ứng dụng mà bài hướng dẫn cài đặt")
    first: Lines = Field((), description="Việc cần làm ngay, mỗi dòng một việc")

    @property
    def sorted_at(self) -> datetime | None:
        """The time of the last real change."""
        return self.updated or self.date
