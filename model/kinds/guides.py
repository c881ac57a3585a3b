"""Guides: what to do, by hazard and stage, and how to install an app."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar, Literal

from pydantic import Field, model_validator

from model.fields import Group, Line, Lines, Link, Title, When
from model.hazards import HAZARD, STAGES, hazard_list
from model.kinds.base import Document
from model.problem import FieldError
from model.text import slug

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

    @model_validator(mode="after")
    def _printable(self) -> App:
        from model.artwork import refuse_unprintable

        refuse_unprintable(self, "name", "functions", "cautions", "replaced_by")
        return self

    @property
    def is_over(self) -> bool:
        """Whether nobody should install it any more, even where no source tells since when."""
        return bool(self.retired or self.replaced_by)


class Guide(Document):
    """Advice that a person can follow at once."""

    kind: ClassVar[str] = "guides"
    prefix: ClassVar[str] = "huong-dan"
    label: ClassVar[str] = "Hướng dẫn"

    hazard: Line = Field(
        "", description="Mã thiên tai, dịch bệnh (ví dụ lu-lut); tên ghi ở hazards của site.yaml"
    )
    stage: Stage | None = Field(None, description="Giai đoạn: before, during, after")
    app: App | None = Field(None, description="Ứng dụng mà bài hướng dẫn cài đặt")
    first: Lines = Field((), description="Việc cần làm ngay, mỗi dòng một việc")

    @model_validator(mode="after")
    def _hazard_is_slug(self) -> Guide:
        if self.hazard != slug(self.hazard):
            raise FieldError(
                f"“{self.hazard}” phải viết không dấu, nối bằng gạch ngang",
                f"viết {slug(self.hazard)}",
                "hazard",
            )
        return self

    @model_validator(mode="after")
    def _printable(self) -> Guide:
        if self.app:
            from model.artwork import refuse_unprintable

            refuse_unprintable(self, "summary", "first")
        return self

    @property
    def sorted_at(self) -> datetime | None:
        """The time of the last real change."""
        return self.updated or self.date

    @property
    def stage_name(self) -> str:
        """The stage as readers call it; "" where the guide holds for all."""
        return STAGES[self.stage][1] if self.stage else ""

    @classmethod
    def section_code(cls, section: str) -> str:
        """Return the code of the hazard whose list it is, or of the section."""
        return section.removeprefix(HAZARD)

    @classmethod
    def section_label(cls, section: str) -> str:
        """Return the name of a stage's list under its hazard's ("tinh-huong-lu-lut/truoc")."""
        hazard, _, stage = section.rpartition("/")
        return dict(STAGES.values()).get(stage, "") if hazard else ""

    def lists(self) -> tuple[str, ...]:
        """Return its lists: those of every document, its hazard's and its stage's within it."""
        names = [*super().lists()]
        if self.hazard:
            names.append(hazard_list(self.hazard))
        if self.hazard and self.stage:
            names.append(f"{hazard_list(self.hazard)}/{STAGES[self.stage][0]}")
        return tuple(dict.fromkeys(names))
