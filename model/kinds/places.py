"""Places: test and vaccination sites, zones, checkpoints, shelters, with their area and times."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar, Literal

from pydantic import Field, model_validator

from model.fields import Line, When
from model.geo import Geometry
from model.kinds.located import Located
from model.problem import FieldError

PlaceType = Literal[
    "test-site", "vaccination-site", "treatment", "quarantine", "zone", "lockdown", "checkpoint",
    "shelter", "assembly", "relief", "road-closed", "flooded", "landslide", "outbreak", "other",
]  # fmt: skip

TYPES: dict[str, tuple[str, str]] = {
    "test-site": ("diem-xet-nghiem", "Điểm xét nghiệm"),
    "vaccination-site": ("diem-tiem-chung", "Điểm tiêm chủng"),
    "treatment": ("noi-dieu-tri", "Nơi điều trị"),
    "quarantine": ("noi-cach-ly", "Nơi cách ly"),
    "zone": ("phan-vung", "Vùng theo cấp độ"),
    "lockdown": ("vung-phong-toa", "Vùng phong tỏa"),
    "checkpoint": ("chot-kiem-soat", "Chốt kiểm soát"),
    "shelter": ("noi-tru-an", "Nơi trú ẩn, sơ tán"),
    "assembly": ("diem-tap-ket", "Điểm tập kết"),
    "relief": ("diem-cuu-tro", "Điểm cứu trợ"),
    "road-closed": ("duong-cam", "Đường cấm, đường tắc"),
    "flooded": ("vung-ngap", "Vùng ngập"),
    "landslide": ("diem-sat-lo", "Điểm sạt lở"),
    "outbreak": ("o-dich", "Ổ dịch"),
    "other": ("khac", "Địa điểm khác"),
}
"""Type -> (last part of its list's address, for ever; its name)."""


class Place(Located):
    """A place that matters for a while. `expires` is when it ends; its page stays and says so."""

    kind: ClassVar[str] = "places"
    prefix: ClassVar[str] = "dia-diem"
    label: ClassVar[str] = "Địa điểm"
    groups: ClassVar[dict[str, tuple[str, str]]] = TYPES
    keeps_page: ClassVar[bool] = True

    type: PlaceType = Field(description="Loại")
    level: Line = Field("", description="Cấp độ, như cơ quan công bố (ví dụ Cấp 3, Vùng đỏ)")
    geometry: Geometry | None = Field(None, description="Hình vẽ vùng: phần geometry của GeoJSON")
    since: When | None = Field(None, description="Bắt đầu từ ngày giờ")
    expires: When | None = Field(None, description="Kết thúc (gỡ chốt, hết phong tỏa, đóng điểm)")

    @model_validator(mode="after")
    def _findable(self) -> Place:
        if not (self.address or self.coordinates or self.geometry or self.commune or self.places):
            raise FieldError(
                "không ghi ở đâu", "thêm address, coordinates, geometry hoặc commune", "address"
            )
        if not (self.sources or self.checked_by):
            raise FieldError(
                "không có nguồn",
                "thêm sources (quyết định, thông báo nào), hoặc checked_by",
                "sources",
            )
        if self.since and self.expires and self.expires <= self.since:
            raise FieldError("kết thúc trước khi bắt đầu", "sửa lại một trong hai ngày", "expires")
        return self

    @property
    def group(self) -> str:
        """The type, which is a list of its own."""
        return self.type

    @property
    def shape(self) -> Geometry | None:
        """What a map shows: the drawn shape, else the point."""
        return self.geometry or super().shape

    @property
    def sorted_at(self) -> datetime | None:
        """When it began, else when it was announced."""
        return self.since or self.date
