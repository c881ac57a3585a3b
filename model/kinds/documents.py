"""Documents: official letters, decisions and manuals, with number, date, issuer and the file."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, ClassVar, Literal

from pydantic import AfterValidator, Field, model_validator

from model.fields import Group, Line, Lines, Link, SourceRef, Title, When, site_file
from model.kinds.base import Document
from model.problem import FieldError

DocumentType = Literal[
    "letter", "decision", "directive", "notice", "plan", "report", "guide", "manual", "law", "other"
]

TYPES: dict[str, tuple[str, str]] = {
    "letter": ("cong-van", "Công văn"),
    "decision": ("quyet-dinh", "Quyết định"),
    "directive": ("chi-thi", "Chỉ thị"),
    "notice": ("thong-bao", "Thông báo"),
    "plan": ("ke-hoach", "Kế hoạch, phương án"),
    "report": ("bao-cao", "Báo cáo"),
    "guide": ("huong-dan-chuyen-mon", "Hướng dẫn chuyên môn"),
    "manual": ("tai-lieu", "Tài liệu, sổ tay"),
    "law": ("phap-luat", "Văn bản quy phạm pháp luật"),
    "other": ("khac", "Văn bản khác"),
}
"""Type -> (last part of its list's address, for ever; its name)."""


class Attachment(Group):
    """A file to download: in the site's `files/` folder, or at the issuer's own address."""

    label: Title = Field(description="Tên tệp cho người đọc, ví dụ Bản PDF có dấu")
    file: Annotated[Line, AfterValidator(site_file("files"))] = Field(
        "", description="Tệp trong thư mục files/, ví dụ files/cong-van-462.pdf"
    )
    url: Link | None = Field(None, description="Hoặc địa chỉ tải về của cơ quan ban hành")

    @model_validator(mode="after")
    def _somewhere(self) -> Attachment:
        if not self.file and self.url is None:
            raise FieldError(
                "không ghi tệp ở đâu", "thêm file: files/… hoặc url: https://…", "file"
            )
        return self


class OfficialDocument(Document):
    """A text that an authority issued; `summary` is its abstract (trích yếu)."""

    kind: ClassVar[str] = "documents"
    prefix: ClassVar[str] = "van-ban"
    label: ClassVar[str] = "Văn bản"
    groups: ClassVar[dict[str, tuple[str, str]]] = TYPES
    keeps_page: ClassVar[bool] = True

    summary: Line = Field("", description="Trích yếu nội dung")
    type: DocumentType = Field("letter", description="Loại")
    number: Line = Field("", description="Số, ký hiệu, ví dụ 462/STTTT-TTBCXB")
    issued_on: When | None = Field(None, description="Ngày ban hành")
    effective_on: When | None = Field(None, description="Ngày có hiệu lực")
    issuer: SourceRef = Field(description="Cơ quan ban hành")
    signer_role: Line = Field("", description="Chức vụ người ký (không ghi tên), ví dụ Giám đốc")
    attachments: tuple[Attachment, ...] = Field((), description="Tệp đính kèm")
    replaces: Lines = Field((), description="Số, ký hiệu các văn bản mà văn bản này thay thế")
    replaced_by: Line = Field("", description="Số, ký hiệu văn bản đã thay thế văn bản này")

    @model_validator(mode="after")
    def _dated(self) -> OfficialDocument:
        if self.issued_on is None and self.date is None:
            raise FieldError("thiếu ngày ban hành", "thêm dòng issued_on: 2020-03-19", "issued_on")
        if self.effective_on and self.issued_on and self.effective_on < self.issued_on:
            raise FieldError(
                "có hiệu lực trước ngày ban hành", "kiểm tra lại hai ngày", "effective_on"
            )
        return self

    @property
    def group(self) -> str:
        """The type, which is a list of its own."""
        return self.type

    @property
    def sorted_at(self) -> datetime | None:
        """The day of issue."""
        return self.issued_on or self.date

    def files(self) -> tuple[str, ...]:
        """Return the attached files of the site."""
        return tuple(item.file for item in self.attachments if item.file)
