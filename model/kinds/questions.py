"""Questions: what people asked and what the agency answered; the body is the answer."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar, Literal

from pydantic import Field, model_validator

from model.fields import Line, Link, SourceRef, When
from model.kinds.base import Document
from model.problem import FieldError

Origin = Literal["portal", "hotline", "app", "form", "faq", "meeting", "other"]

ORIGINS: dict[str, str] = {
    "portal": "Cổng thông tin",
    "hotline": "Tổng đài",
    "app": "Ứng dụng",
    "form": "Biểu mẫu trên mạng",
    "faq": "Câu hỏi thường gặp",
    "meeting": "Buổi đối thoại",
    "other": "Nguồn khác",
}
"""Origin -> how readers call it."""


class Question(Document):
    """A question in the asker's words, without anything that tells who asked."""

    kind: ClassVar[str] = "questions"
    prefix: ClassVar[str] = "hoi-dap"
    label: ClassVar[str] = "Hỏi – đáp"
    keeps_page: ClassVar[bool] = True

    question: Line = Field(
        "", max_length=4000, description="Câu hỏi đầy đủ (bỏ tên, số điện thoại, địa chỉ người hỏi)"
    )
    asked_on: When | None = Field(None, description="Ngày nhận câu hỏi")
    answered_by: SourceRef | None = Field(None, description="Cơ quan trả lời")
    answered_on: When | None = Field(None, description="Ngày trả lời")
    origin: Origin | None = Field(None, description="Câu hỏi đến từ đâu")
    link: Link | None = Field(None, description="Địa chỉ câu hỏi gốc")

    @model_validator(mode="after")
    def _answered(self) -> Question:
        if self.status == "published" and self.answered_by is None:
            raise FieldError(
                "chưa ghi cơ quan nào trả lời",
                "thêm answered_by, hoặc để status: draft khi chưa duyệt",
                "answered_by",
            )
        if self.asked_on and self.answered_on and self.answered_on < self.asked_on:
            raise FieldError(
                "trả lời trước khi được hỏi", "sửa lại một trong hai ngày", "answered_on"
            )
        return self

    @property
    def asked(self) -> str:
        """The question as asked; the title where nothing longer was recorded."""
        return self.question or self.title

    @property
    def sorted_at(self) -> datetime | None:
        """When it was answered, else published, else asked."""
        return self.answered_on or self.date or self.asked_on
