"""What every kind of document shares: fields, state at a time, lists, address, own checks."""

from __future__ import annotations

from datetime import datetime
from typing import Any, ClassVar, Literal

from pydantic import Field, model_validator

from model.fields import Group, Line, Lines, SourceRef, Title, When
from model.problem import FieldError
from model.text import slug

State = Literal["current", "scheduled", "draft", "withdrawn", "expired"]


class Document(Group):
    """Front matter of a document, converted and checked. Times are aware."""

    kind: ClassVar[str]
    prefix: ClassVar[str]
    """First segment of the public address; "" puts pages at the root."""
    label: ClassVar[str]
    """Name of the kind in Vietnamese, as readers see it."""
    keeps_page: ClassVar[bool] = False
    """Whether the page outlives `expires`, saying that it is over (addresses given away)."""
    alphabetic: ClassVar[bool] = False
    """Whether lists run by title instead of by date."""
    groups: ClassVar[dict[str, tuple[str, str]]] = {}
    """Group -> (last part of its list's address, for ever; its name), where a kind has groups."""

    title: Title = Field(description="Tiêu đề")
    summary: Line = Field("", description="Tóm tắt một hai câu")
    date: When | None = Field(None, description="Ngày giờ công bố")
    updated: When | None = Field(None, description="Ngày giờ sửa nội dung gần nhất")
    section: Line = Field("", description="Chuyên mục (viết không dấu, ví dụ y-te)")
    tags: Lines = Field((), description="Chủ đề, ví dụ [COVID-19, tiêm chủng]")
    status: Literal["published", "draft", "withdrawn"] = Field(
        "published", description="published: công bố; draft: bản nháp; withdrawn: đã gỡ"
    )
    publish_at: When | None = Field(None, description="Hẹn giờ đăng")
    expires: When | None = Field(None, description="Hết hiệu lực")
    review_by: When | None = Field(None, description="Phải xem lại trước ngày này")
    places: Lines = Field((), description="Mã tỉnh hoặc mã xã/phường")
    sources: tuple[SourceRef, ...] = Field((), description="Nguồn: name, url, date")
    archived: Line = Field("", description="Mã bản lưu WARC của những gì nguồn đã gửi")
    author: Line = Field("", description="Người soạn")
    approved_by: Line = Field("", description="Người duyệt")

    @model_validator(mode="before")
    @classmethod
    def _absent(cls, values: Any) -> Any:
        """Treat a field left empty as absent, as in a file fresh from `model new`."""
        if isinstance(values, dict):
            return {key: value for key, value in values.items() if value != ""}
        return values

    @model_validator(mode="after")
    def _section_is_slug(self) -> Document:
        if self.section and self.section != slug(self.section):
            raise FieldError(
                f"“{self.section}” phải viết không dấu, nối bằng gạch ngang",
                f"viết {slug(self.section)}",
                "section",
            )
        if self.expires and self.publish_at and self.expires <= self.publish_at:
            raise FieldError(
                "hết hiệu lực trước khi được đăng", "sửa lại một trong hai ngày", "expires"
            )
        return self

    @classmethod
    def has_feeds(cls) -> bool:
        """Return whether its lists have feeds: what runs by title has no newest."""
        return bool(cls.prefix) and not cls.alphabetic

    @classmethod
    def section_code(cls, section: str) -> str:
        """Return the code under which site.yaml names a list's section or hazard."""
        return section

    @classmethod
    def section_label(cls, section: str) -> str:
        """Return the kind's own name for a section; "" if the site names it."""
        return dict(cls.groups.values()).get(section, "")

    @property
    def group(self) -> str:
        """A key of `groups`; "" in kinds that have none."""
        return ""

    @property
    def group_name(self) -> str:
        """The group as readers call it."""
        return self.groups[self.group][1] if self.group else ""

    def state(self, now: datetime) -> State:
        """Return what the document is to the public at `now`."""
        if self.status != "published":
            return "draft" if self.status == "draft" else "withdrawn"
        if self.publish_at and self.publish_at > now:
            return "scheduled"
        if self.expires and self.expires <= now:
            return "expired"
        return "current"

    def turns(self) -> tuple[datetime, ...]:
        """Return the times at which the state changes by itself."""
        return tuple(time for time in (self.publish_at, self.expires) if time)

    @property
    def sorted_at(self) -> datetime | None:
        """The time that orders the document in lists."""
        return self.date

    def lists(self) -> tuple[str, ...]:
        """Return the names of its lists: kind, kind/section, kind/group, tag/<tag>."""
        names = [self.kind]
        if self.section:
            names.append(f"{self.kind}/{self.section}")
        if self.group:
            names.append(f"{self.kind}/{self.groups[self.group][0]}")
        names += [f"tag/{tag}" for tag in map(slug, self.tags) if tag]
        return tuple(dict.fromkeys(names))

    def files(self) -> tuple[str, ...]:
        """Return other files of the site, relative to its folder, that the page is made from."""
        return ()
