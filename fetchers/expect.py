"""When a source says too little or too much to be believed: it is stopped, nothing is written."""

from __future__ import annotations

from collections.abc import Sequence

from fetchers.identity import part
from fetchers.normalise import Draft
from fetchers.seen import Known
from model.source import Source

ENOUGH = 10
"""Documents from which on "all are new" says something."""
SHRUNK = 10
"""A source that gives less than this part of what it gave is stopped."""
_ACCEPT = "nếu đúng như vậy: python -m fetchers run {id} --accept"


class Stopped(Exception):
    """The source changed too much to be believed; the message is Vietnamese, one line."""


def check_count(source: Source, items: int, before: int, *, proven: bool) -> list[str]:
    """Return notes on how many items came; raise Stopped if they are too few.

    `proven`: the format proves that the source has nothing; `before`: how many came last time.
    """
    low, high = source.expect
    if not items and not (proven and low == 0):
        raise Stopped("không có mục nào; nội dung cũ được giữ nguyên")
    if items < low:
        raise Stopped(f"chỉ có {items} mục, ít hơn mức {low} đã khai (expect)")
    if before >= 2 * SHRUNK and items * SHRUNK < before:
        accept = _ACCEPT.format(id=source.id)
        raise Stopped(f"chỉ còn {items} mục, lần trước {before}; {accept}")
    return [f"{items} mục, nhiều hơn mức {high} đã khai (expect)"] if items > high else []


def check_novelty(
    source: Source, identified: Sequence[tuple[Draft, Known | None]], known: Sequence[Known]
) -> None:
    """Raise Stopped if everything is new although the source's documents are known.

    A press feed may well be all new; not so if its titles are the ones that are known already.
    """
    ours = [row for row in known if row.source == source.id]
    if len(ours) < ENOUGH or len(identified) < ENOUGH or any(row for _, row in identified):
        return
    accept = _ACCEPT.format(id=source.id)
    if source.kind != "news":
        raise Stopped(f"cả {len(identified)} mục đều lạ so với {len(ours)} mục đã có; {accept}")
    titles = {key for row in ours for key in part(row.keys, "t")}
    repeated = sum(bool(part(draft.keys, "t") & titles) for draft, _ in identified)
    if repeated * 2 >= len(identified):
        raise Stopped(f"nguồn đổi mã và địa chỉ của {repeated} tin đã có; {accept}")
