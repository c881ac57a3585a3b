"""Misinformation: a claim in public talk, its verdict, why, and the evidence."""

from __future__ import annotations

from typing import ClassVar, Literal

from pydantic import Field, model_validator

from model.fields import Correction, Group, Line, Link, SourceRef, When
from model.kinds.base import Document
from model.problem import FieldError

Verdict = Literal[
    "false", "mostly-false", "misleading", "mostly-true", "true", "unproven", "checking"
]

VERDICTS: dict[str, tuple[str, int | None]] = {
    "false": ("Sai sự thật", 1),
    "mostly-false": ("Phần lớn sai", 2),
    "misleading": ("Đúng một phần, gây hiểu lầm", 3),
    "mostly-true": ("Phần lớn đúng", 4),
    "true": ("Đúng", 5),
    "unproven": ("Chưa đủ căn cứ", None),
    "checking": ("Đang xác minh", None),
}
"""Verdict -> (words, ClaimReview ratingValue of 1..5; None: no ClaimReview yet)."""


Manipulation = Literal["original", "another-event", "edited", "forged", "staged", "satire"]

MANIPULATIONS: dict[str, tuple[str, str]] = {
    "original": ("Ảnh, video gốc, không bị sửa", "OriginalMediaContent"),
    "another-event": ("Ảnh, video thật nhưng của việc khác", "DecontextualizedContent"),
    "edited": ("Bị cắt ghép", "EditedOrCroppedContent"),
    "forged": ("Bị làm giả", "TransformedContent"),
    "staged": ("Dàn dựng", "StagedContent"),
    "satire": ("Châm biếm, đùa", "SatireOrParodyContent"),
}
"""What was done to it -> (words, schema.org MediaManipulationRatingEnumeration)."""


class Medium(Group):
    """A picture, video or recording that went round with the claim."""

    type: Literal["image", "video", "audio"] = Field("image", description="Ảnh, video hay âm thanh")
    found: Manipulation = Field(description="Ảnh, video ấy là gì: thật, của việc khác, bị sửa")
    truth: Line = Field("", description="Thật ra ảnh, video ấy chụp, quay gì, ở đâu, bao giờ")
    original: Link | None = Field(None, description="Địa chỉ bản gốc")
    appearance: Link | None = Field(None, description="Địa chỉ nơi bản sai xuất hiện")

    @property
    def words(self) -> str:
        """What it is, as readers see it."""
        return MANIPULATIONS[self.found][0]

    @property
    def category(self) -> str:
        """Name in schema.org's MediaManipulationRatingEnumeration."""
        return MANIPULATIONS[self.found][1]


class Misinformation(Document):
    """A debunk. `title` states the truth, never the bare rumour; `claim` holds the rumour."""

    kind: ClassVar[str] = "misinformation"
    prefix: ClassVar[str] = "kiem-chung"
    label: ClassVar[str] = "Kiểm chứng tin đồn"

    claim: Line = Field(min_length=1, max_length=1000, description="Tin đồn, đúng lời lan truyền")
    verdict: Verdict = Field("checking", description="Kết luận")
    fact: Line = Field("", max_length=1000, description="Sự thật, nói thẳng trong một hai câu")
    claimed_by: Line = Field("", description="Nơi phát tán (không ghi tên người dân)")
    claimed_on: When | None = Field(None, description="Ngày tin đồn xuất hiện")
    appearances: tuple[Link, ...] = Field((), description="Địa chỉ nơi tin đồn xuất hiện")
    media: tuple[Medium, ...] = Field((), description="Ảnh, video lan truyền kèm theo tin đồn")
    reviewed_by: SourceRef | None = Field(None, description="Cơ quan đã xác minh")
    reviewed_on: When | None = Field(None, description="Ngày có kết luận")
    evidence: tuple[SourceRef, ...] = Field((), description="Bằng chứng: name, url, date")
    corrections: tuple[Correction, ...] = Field((), description="Đính chính: date, text")

    @model_validator(mode="after")
    def _verdict_is_backed(self) -> Misinformation:
        if self.verdict == "checking":
            return self
        if self.reviewed_by is None:
            raise FieldError(
                "có kết luận nhưng chưa ghi ai xác minh", "thêm reviewed_by", "reviewed_by"
            )
        if not (self.evidence or self.sources or self.reviewed_by.url):
            raise FieldError(
                "có kết luận nhưng không có bằng chứng nào",
                "thêm ít nhất một mục evidence",
                "evidence",
            )
        if self.reviewed_on is None and self.date is None:
            raise FieldError(
                "thiếu ngày xác minh", "thêm dòng reviewed_on: 2021-08-28", "reviewed_on"
            )
        return self

    @property
    def verdict_words(self) -> str:
        """The verdict as readers see it."""
        return VERDICTS[self.verdict][0]

    @property
    def rating(self) -> int | None:
        """ClaimReview `ratingValue`, 1 (false) to 5 (true); None while there is no verdict."""
        return VERDICTS[self.verdict][1]
