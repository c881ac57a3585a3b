"""What became of a source in a run, and how the person who started it reads that."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

Result = Literal["done", "unmodified", "waiting", "failed"]
_SIGNS = {"done": "✓", "unmodified": "✓", "waiting": "–", "failed": "✗"}
_COUNTS = (
    ("new", "mới"),
    ("updated", "cập nhật"),
    ("unchanged", "như cũ"),
    ("review", "chờ duyệt"),
    ("removed", "đã bị người biên tập xóa"),
    ("repeated", "trùng"),
)


@dataclass(frozen=True)
class Outcome:
    """A source's run: documents by what became of them, notes and the reason of a failure."""

    source: str
    name: str
    result: Result
    counts: dict[str, int] = field(default_factory=dict)
    notes: tuple[str, ...] = ()
    reason: str = ""
    seconds: float = 0.0
    items: int = 0
    crash: str = ""
    """Traceback of a fault of this program; "" for everything expected."""

    @property
    def failed(self) -> bool:
        """Whether the run must end with an error because of this source."""
        return self.result == "failed"

    def __str__(self) -> str:
        """Return the source's line at the end of a run."""
        said = {
            "failed": self.reason,
            "unmodified": "không có gì mới",
            "waiting": self.reason,
        }.get(self.result) or ", ".join(
            f"{self.counts[key]} {word}" for key, word in _COUNTS if self.counts.get(key)
        )
        notes = f"; {'; '.join(self.notes)}" if self.notes else ""
        seconds = f" ({self.seconds:.1f} giây)".replace(".", ",") if self.seconds >= 0.1 else ""
        return f"{_SIGNS[self.result]} {self.name}: {said or 'không có mục nào'}{notes}{seconds}"


def summary(outcomes: list[Outcome]) -> str:
    """Return the line that counts a run."""
    failed = sum(outcome.failed for outcome in outcomes)
    new = sum(outcome.counts.get("new", 0) for outcome in outcomes)
    updated = sum(outcome.counts.get("updated", 0) for outcome in outcomes)
    waiting = sum(outcome.counts.get("review", 0) for outcome in outcomes)
    wait = f", {waiting} chờ duyệt (python -m fetchers review)" if waiting else ""
    return (
        f"{len(outcomes)} nguồn: {new} tài liệu mới, {updated} cập nhật{wait}, {failed} nguồn lỗi"
    )
