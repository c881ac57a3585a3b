"""What contacts and places share: where they stand, how to call them, who checked it and when."""

from __future__ import annotations

from datetime import datetime

from pydantic import Field

from model.fields import CommuneCode, Line, Telephone, When
from model.geo import Geometry, Point
from model.kinds import COMMUNE
from model.kinds.aging import Aging
from model.places import unit_name


class Located(Aging):
    """A document about something that stands somewhere."""

    phones: tuple[Telephone, ...] = Field((), description="Các số điện thoại của nơi này")
    address: Line = Field("", description="Địa chỉ như cơ quan công bố")
    commune: CommuneCode = Field("", description="Mã xã, phường hiện nay (5 chữ số)")
    old_district: Line = Field("", description="Huyện cũ, đúng như nguồn đã ghi (không tự quy đổi)")
    coordinates: Point | None = Field(None, description="Vĩ độ, kinh độ, ví dụ 11.3101, 106.0983")
    hours: Line = Field("", description="Giờ làm việc, giờ mở cửa, ví dụ 24/24")
    checked_on: When | None = Field(None, description="Ngày kiểm tra gần nhất")
    checked_by: Line = Field("", description="Bộ phận đã kiểm tra (không ghi tên cá nhân)")

    @property
    def stated_on(self) -> datetime | None:
        """The day on which it was checked."""
        return self.checked_on

    @property
    def shape(self) -> Geometry | None:
        """What a map shows: the point, where it is known."""
        if self.coordinates is None:
            return None
        latitude, longitude = self.coordinates
        return Geometry(type="Point", coordinates=[longitude, latitude])

    @property
    def commune_name(self) -> str:
        """The commune's name as readers see it; "" if it is unknown."""
        return unit_name(self.commune) if self.commune else ""

    def lists(self) -> tuple[str, ...]:
        """Return its lists: those of every document and its commune's."""
        return (
            *super().lists(),
            *([f"{self.kind}/{COMMUNE}{self.commune}"] if self.commune else []),
        )

    @classmethod
    def section_label(cls, section: str) -> str:
        """Return the name of a type's or a commune's list."""
        if section.startswith(COMMUNE):
            return unit_name(section.removeprefix(COMMUNE))
        return super().section_label(section)
