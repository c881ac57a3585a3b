"""Statistics: a series of figures in a CSV file, with its source, method and the date it runs to.

The CSV lies in `data/series/`, UTF-8, a comma between columns, a point for decimals; its first
column is `date` (2021-08-28) or `place` (official code); an empty cell means not published.
`model.series` reads it.
"""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, ClassVar, Literal

from pydantic import AfterValidator, Field, model_validator

from model.fields import Correction, Group, Line, SourceRef, Title, When, site_file
from model.kinds.aging import Aging
from model.places import unit_name
from model.problem import FieldError

Scope = Literal["local", "national", "world"]
SCOPES: dict[str, tuple[str, str]] = {
    "local": ("dia-phuong", "Địa phương"),
    "national": ("ca-nuoc", "Cả nước"),
    "world": ("the-gioi", "Thế giới"),
}
"""Scope -> (last part of its list's address, for ever; its name)."""
REGIONS: dict[str, str] = {"VN": "Việt Nam", "WORLD": "Thế giới"}
"""Regions that are no administrative unit -> their names."""


class Column(Group):
    """A column of the series and how to read it."""

    name: Line = Field(min_length=1, description="Tên cột trong tệp CSV")
    label: Title = Field(description="Tên cho người đọc, ví dụ Số ca mới")
    unit: Line = Field("", description="Đơn vị, ví dụ ca, liều, %")
    cumulative: bool = Field(False, description="true nếu là số cộng dồn (không được giảm)")


class Statistics(Aging):
    """Figures of one region and topic."""

    kind: ClassVar[str] = "statistics"
    prefix: ClassVar[str] = "so-lieu"
    label: ClassVar[str] = "Số liệu"
    groups: ClassVar[dict[str, tuple[str, str]]] = SCOPES
    keeps_page: ClassVar[bool] = True

    scope: Scope = Field("local", description="Phạm vi")
    region: Line = Field(description="Mã tỉnh, mã xã, VN, hoặc WORLD")
    region_name: Line = Field("", description="Tên vùng cho người đọc, nếu không có mã")
    topic: Line = Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", description="Chủ đề, ví dụ covid-19")
    series: Annotated[Line, AfterValidator(site_file("data/series", ".csv"))] = Field(
        min_length=1, description="Tệp CSV, ví dụ data/series/covid-19-80.csv"
    )
    columns: Annotated[tuple[Column, ...], Field(min_length=1)] = Field(
        description="Các cột số liệu: name, label, unit"
    )
    as_of: When | None = Field(None, description="Số liệu tính đến ngày")
    ended: When | None = Field(None, description="Nguồn ngừng công bố từ ngày")
    source: SourceRef = Field(description="Cơ quan công bố số liệu")
    method: Line = Field("", description="Cách tính, phạm vi, lưu ý khi đọc số liệu")
    revisions: tuple[Correction, ...] = Field(
        (), description="Các lần nguồn sửa số liệu: date, text"
    )

    @model_validator(mode="after")
    def _columns_once(self) -> Statistics:
        names = [column.name for column in self.columns]
        if len(set(names)) < len(names):
            raise FieldError("một cột được khai hai lần", "giữ lại một mục cho mỗi cột", "columns")
        if {"date", "place"} & set(names):
            raise FieldError(
                "cột date và place không phải số liệu", "xóa cột đó khỏi columns", "columns"
            )
        return self

    @property
    def region_words(self) -> str:
        """The region's name as readers see it."""
        if self.region_name:
            return self.region_name
        return REGIONS.get(self.region) or (
            unit_name(self.region) if self.region.isdigit() else self.region
        )

    @property
    def stated_on(self) -> datetime | None:
        """The day that the figures run to; none once the source has stopped: pages say that."""
        return None if self.ended else self.as_of

    @property
    def sorted_at(self) -> datetime | None:
        """The date that the figures run to."""
        return self.as_of or self.date

    @property
    def group(self) -> str:
        """The scope, which is a list of its own."""
        return self.scope

    def files(self) -> tuple[str, ...]:
        """Return the series' file."""
        return (self.series,)
