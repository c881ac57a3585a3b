"""Contacts: institutions that people call or go to, with numbers somebody has checked."""

from __future__ import annotations

from typing import ClassVar, Literal

from pydantic import Field, model_validator

from model.fields import Email, Lines, Link, refuse_unsourced_mobiles
from model.kinds.located import Located
from model.problem import FieldError

ContactType = Literal[
    "hospital", "clinic", "health-centre", "health-station", "pharmacy", "cdc", "rapid-response",
    "hotline", "committee", "command-board", "police", "rescue", "welfare", "utility", "other",
]  # fmt: skip

TYPES: dict[str, tuple[str, str]] = {
    "hospital": ("benh-vien", "Bệnh viện"),
    "clinic": ("phong-kham", "Phòng khám"),
    "health-centre": ("trung-tam-y-te", "Trung tâm y tế"),
    "health-station": ("tram-y-te", "Trạm y tế"),
    "pharmacy": ("nha-thuoc", "Nhà thuốc"),
    "cdc": ("cdc", "Trung tâm kiểm soát bệnh tật (CDC)"),
    "rapid-response": ("doi-phan-ung-nhanh", "Đội phản ứng nhanh"),
    "hotline": ("duong-day-nong", "Đường dây nóng"),
    "committee": ("uy-ban", "Ủy ban nhân dân"),
    "command-board": ("ban-chi-dao", "Ban chỉ đạo"),
    "police": ("cong-an", "Công an"),
    "rescue": ("cuu-nan", "Cứu hộ, cứu nạn"),
    "welfare": ("an-sinh", "An sinh, hỗ trợ"),
    "utility": ("dien-nuoc", "Điện, nước, viễn thông"),
    "other": ("khac", "Cơ quan khác"),
}
"""Type -> (last part of its list's address, for ever; its name)."""


class Contact(Located):
    """An institution: how to reach it, where it is, who checked that and when."""

    kind: ClassVar[str] = "contacts"
    prefix: ClassVar[str] = "danh-ba"
    label: ClassVar[str] = "Danh bạ"
    groups: ClassVar[dict[str, tuple[str, str]]] = TYPES
    alphabetic: ClassVar[bool] = True
    keeps_page: ClassVar[bool] = True

    type: ContactType = Field(description="Loại")
    email: Email = Field("", description="Thư điện tử của cơ quan")
    url: Link | None = Field(None, description="Trang web của cơ quan")
    old_names: Lines = Field((), description="Tên cũ của cơ quan hoặc địa bàn, như nguồn đã ghi")

    @model_validator(mode="after")
    def _reachable(self) -> Contact:
        if not (self.phones or self.email or self.url or self.address):
            raise FieldError(
                "không có cách nào để liên lạc", "thêm số điện thoại hoặc địa chỉ", "phones"
            )
        if self.type == "hotline" and not self.phones:
            raise FieldError("đường dây nóng mà không có số điện thoại", "thêm phones", "phones")
        if self.phones and not (self.sources or (self.checked_by and self.checked_on)):
            raise FieldError(
                "số điện thoại không có nguồn",
                "thêm sources (cơ quan đã công bố số), hoặc checked_by và checked_on",
                "sources",
            )
        refuse_unsourced_mobiles(self.phones, self.sources)
        return self

    @property
    def group(self) -> str:
        """The type, which is a list of its own."""
        return self.type
