"""Services: how a person asks, reports, verifies or gets help: telephone first."""

from __future__ import annotations

from typing import ClassVar, Literal

from pydantic import Field, model_validator

from model.fields import (
    CommuneCode,
    Dialable,
    Email,
    Group,
    Line,
    Lines,
    Link,
    SourceRef,
    Telephone,
    Title,
    refuse_unsourced_mobiles,
)
from model.kinds.base import Document
from model.problem import FieldError

ServiceType = Literal[
    "ask", "report", "verify", "medical-help", "ideas", "welfare", "vaccination", "return-home",
    "tele-advice", "other",
]  # fmt: skip

TYPES: dict[str, tuple[str, str]] = {
    "ask": ("hoi", "Đặt câu hỏi"),
    "report": ("phan-anh", "Phản ánh"),
    "verify": ("xac-minh", "Nhờ xác minh tin"),
    "medical-help": ("ho-tro-y-te", "Yêu cầu hỗ trợ y tế"),
    "ideas": ("hien-ke", "Hiến kế"),
    "welfare": ("an-sinh", "An sinh, lương thực, thực phẩm"),
    "vaccination": ("tiem-chung", "Đăng ký tiêm chủng"),
    "return-home": ("ve-que", "Đăng ký về quê"),
    "tele-advice": ("tu-van-tu-xa", "Tư vấn sức khỏe từ xa"),
    "other": ("khac", "Dịch vụ khác"),
}
"""Type -> (last part of its list's address, for ever; its name)."""


class Sms(Group):
    """A text message: where to and what to write."""

    number: Dialable = Field(description="Số nhận tin nhắn")
    syntax: Line = Field("", description="Cú pháp, ví dụ HOI <nội dung>")
    cost: Line = Field("", description="Cước phí")


class AppFunction(Group):
    """The function of an app that does the same."""

    name: Title = Field(description="Tên ứng dụng và chức năng")
    guide: Line = Field("", description="Mã hướng dẫn cài đặt (tên tệp trong content/guides)")
    url: Link | None = Field(None, description="Địa chỉ mở ứng dụng")


class Service(Document):
    """A service and every way to it, the telephone before the rest."""

    kind: ClassVar[str] = "services"
    prefix: ClassVar[str] = "dich-vu"
    label: ClassVar[str] = "Dịch vụ"
    groups: ClassVar[dict[str, tuple[str, str]]] = TYPES
    alphabetic: ClassVar[bool] = True
    keeps_page: ClassVar[bool] = True

    type: ServiceType = Field(description="Loại")
    provider: SourceRef | None = Field(None, description="Cơ quan tiếp nhận")
    phones: tuple[Telephone, ...] = Field((), description="Điện thoại: number, label, hours, cost")
    sms: tuple[Sms, ...] = Field((), description="Tin nhắn: number, syntax, cost")
    email: Email = Field("", description="Thư điện tử tiếp nhận")
    apps: tuple[AppFunction, ...] = Field((), description="Ứng dụng: name, guide, url")
    form: Link | None = Field(None, description="Biểu mẫu trên trang của chính cơ quan")
    address: Line = Field("", description="Nơi đến trực tiếp")
    commune: CommuneCode = Field("", description="Mã xã, phường hiện nay (5 chữ số)")
    hours: Line = Field("", description="Giờ tiếp nhận")
    audience: Line = Field("", description="Dành cho ai")
    needed: Lines = Field((), description="Cần chuẩn bị gì, mỗi dòng một mục")
    steps: Lines = Field((), description="Các bước, mỗi dòng một bước")
    answer_time: Line = Field("", description="Bao lâu có trả lời")

    @model_validator(mode="after")
    def _reachable(self) -> Service:
        ways = (self.phones, self.sms, self.email, self.apps, self.form, self.address)
        if not any(ways) and self.status == "published":
            raise FieldError(
                "không có cách nào để dùng dịch vụ",
                "thêm phones, sms, email, apps hoặc form",
                "phones",
            )
        refuse_unsourced_mobiles(self.phones, self.sources)
        return self

    @property
    def group(self) -> str:
        """The type, which is a list of its own."""
        return self.type
