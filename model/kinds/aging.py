"""What ages with its source: figures, and facts that somebody must check again and again."""

from __future__ import annotations

from datetime import datetime, timedelta

from pydantic import Field

from model.kinds.base import Document


class Aging(Document):
    """A document that is only as good as the date its source states."""

    fresh_days: int | None = Field(
        None,
        ge=1,
        le=3650,
        description="Nguồn quá bao nhiêu ngày không có gì mới thì trang nhắc người đọc",
    )

    @property
    def stated_on(self) -> datetime | None:
        """The day that the source's word is of."""
        return None

    @property
    def stale_from(self) -> datetime | None:
        """When readers are told that nothing newer came; None if no rhythm is known."""
        if self.stated_on is None or self.fresh_days is None:
            return None
        return self.stated_on + timedelta(days=self.fresh_days + 1)
