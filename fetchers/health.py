"""How the sources of a site are: last success, age, items against `expect`, what waits for review.

For editors and webmasters, never for the public: as text, as JSON, as a page of its own.
"""

from __future__ import annotations

import html
import json
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Literal

from fetchers.review import waiting
from fetchers.state import Memory, earlier, recall
from model.fields import VIETNAM
from model.site import Site
from model.source import Source

State = Literal["good", "stale", "failing", "never", "off"]
STALE_AFTER = 2
"""Intervals after which a source without a success is stale."""
DAY = 86_400
_WORDS = {
    "good": "tốt",
    "stale": "quá hạn",
    "failing": "đang lỗi",
    "never": "chưa tải lần nào",
    "off": "đang tắt",
}


@dataclass(frozen=True)
class Health:
    """One source; `age` is seconds since the last success (None: never), `counts` the last runs."""

    id: str
    name: str
    state: State
    succeeded: str
    age: int | None
    items: int
    low: int
    high: int
    counts: tuple[int, ...]
    failures: int
    reason: str

    @property
    def words(self) -> str:
        """The state as people read it."""
        return _WORDS[self.state]

    @property
    def trend(self) -> str:
        """How many items came, against what the source's block expects and what came before."""
        if not self.counts:
            return "–"
        path = " → ".join(str(count) for count in self.counts[-5:])
        if self.items > self.high:
            return f"{path} (trên mức {self.high})"
        return f"{path} (mức {self.low}–{self.high})"


def health_of(folder: Path, source: Source, now: datetime) -> Health:
    """Return how a source is at `now`."""
    memory = recall(folder, source.id)
    age = earlier(memory.succeeded, now)
    return Health(
        source.id,
        source.name,
        _state(source, memory, age),
        memory.succeeded,
        int(age) if memory.succeeded else None,
        memory.items,
        *source.expect,
        tuple(memory.counts),
        memory.failures,
        memory.reason,
    )


def _state(source: Source, memory: Memory, age: float) -> State:
    if not source.enabled:
        return "off"
    if memory.failures:
        return "failing"
    if not memory.succeeded:
        return "never"
    return "stale" if age > max(STALE_AFTER * source.interval * 60, DAY) else "good"


def as_text(found: list[Health], folder: Path) -> str:
    """Return a line a source, then what waits for a person."""
    lines = []
    for health in found:
        why = f" – {health.reason} ({health.failures} lần)" if health.reason else ""
        lines.append(f"{health.words:<17}{health.name}: {_when(health)}, {health.trend}{why}")
    items = waiting(folder)
    drafts = sum(item.sort == "draft" for item in items)
    counts = ((len(items) - drafts, "thay đổi"), (drafts, "bản nháp từ nguồn"))
    if items:
        said = ", ".join(f"{count} {word}" for count, word in counts if count)
        lines.append(f"{said} chờ duyệt: python -m fetchers review")
    return "\n".join(lines or ["sources.yaml chưa có nguồn nào"])


def _when(health: Health) -> str:
    if health.age is None:
        return "chưa có lần nào thành công"
    time = datetime.fromisoformat(health.succeeded).astimezone(VIETNAM)
    return f"tải tốt lúc {time:%H:%M %d/%m/%Y} ({_age(health.age)} trước)"


def _age(seconds: int) -> str:
    if seconds < 3600:
        return f"{max(seconds, 0) // 60} phút"
    return f"{seconds // 3600} giờ" if seconds < 2 * DAY else f"{seconds // DAY} ngày"


def as_json(found: list[Health], folder: Path, now: datetime) -> str:
    """Return {now, sources: [...], waiting: [...]} for other programs."""
    told = {
        "now": now.isoformat(),
        "sources": [
            asdict(one) | {"words": one.words, "when": _when(one), "trend": one.trend}
            for one in found
        ],
        "waiting": [asdict(item) for item in waiting(folder)],
    }
    return json.dumps(told, ensure_ascii=False, indent=1)


_PAGE = """<!doctype html>
<html lang="vi"><head><meta charset="utf-8"><meta name="robots" content="noindex">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Nguồn tin – {site}</title>
<style>body{{font:16px/1.5 system-ui,sans-serif;margin:1rem;max-width:75rem}}
table{{border-collapse:collapse;width:100%}}th,td{{text-align:left;padding:.4rem .6rem;
border-bottom:1px solid #bbb;vertical-align:top}}.failing,.stale{{font-weight:bold;color:#a30000}}
.off,.never{{color:#555}}@media (prefers-color-scheme:dark){{body{{background:#111;color:#eee}}
.failing,.stale{{color:#ff8a80}}.off,.never{{color:#aaa}}}}</style></head>
<body><h1>Nguồn tin của {site}</h1>
<p>Trang nội bộ, lập lúc {now}. Không đưa lên trang công khai.</p>
<table><thead><tr><th scope="col">Nguồn<th scope="col">Tình trạng
<th scope="col">Lần tải tốt gần nhất
<th scope="col">Số mục các lần gần đây<th scope="col">Lỗi</tr></thead><tbody>
{rows}</tbody></table>
<h2>Chờ duyệt</h2>
{waiting}
</body></html>
"""


def as_page(found: list[Health], folder: Path, site: Site, now: datetime) -> str:
    """Return a page for editors, whole in itself."""
    rows = "".join(
        f'<tr><th scope="row">{_safe(h.name)}<td class="{h.state}">{h.words}<td>{_when(h)}'
        f"<td>{_safe(h.trend)}<td>{_safe(h.reason)}</tr>\n"
        for h in found
    )
    items = "".join(
        f"<li>{_safe(item.title)} – {_safe(item.reason)}<br><code>python -m fetchers review "
        f"{_safe(item.name)}</code></li>\n"
        for item in waiting(folder)
    )
    return _PAGE.format(
        site=_safe(site.name),
        now=f"{now.astimezone(VIETNAM):%H:%M %d/%m/%Y}",
        rows=rows,
        waiting=f"<ul>{items}</ul>" if items else "<p>Không có gì chờ duyệt.</p>",
    )


def _safe(text: str) -> str:
    return html.escape(text)
