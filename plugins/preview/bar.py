"""The bar that the preview puts on each page: which file, what state, which problems. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from model.problem import Problem

STATES = {
    "current": "Đang đăng",
    "draft": "Bản nháp, chưa đăng",
    "scheduled": "Hẹn giờ, chưa đăng",
    "withdrawn": "Đã gỡ",
    "expired": "Hết hiệu lực",
}
HOME = "/__preview__/"
CSS = """
#loa-preview{position:fixed;inset:auto 0 0 0;z-index:2147483647;font:15px/1.5 system-ui,sans-serif;
background:#1c1c28;color:#fff;border-top:4px solid #7a7a8c;max-height:45vh;overflow:auto}
#loa-preview.draft,#loa-preview.scheduled,#loa-preview.withdrawn{border-top-color:#f2b705}
#loa-preview.wrong{border-top-color:#ff5c5c}
#loa-preview p,#loa-preview ul{margin:0;padding:6px 12px}
#loa-preview ul{padding-left:28px}#loa-preview li{margin:2px 0}
#loa-preview a{color:#9fd0ff}#loa-preview b{padding:1px 8px;border-radius:3px;background:#3c3c50}
#loa-preview.draft b,#loa-preview.scheduled b,#loa-preview.withdrawn b{background:#f2b705;
color:#000}
#loa-preview code{font:14px/1.4 ui-monospace,monospace;overflow-wrap:anywhere}
body{padding-bottom:90px}
@media print{#loa-preview{display:none}}
"""
SCRIPT = """
(function () {
  var bar = document.getElementById("loa-preview");
  var number = Number(bar.dataset.number);
  var source = new EventSource("/__preview__/events?after=" + number);
  source.onmessage = function () { source.close(); location.reload(); };
  addEventListener("pagehide", function () { source.close(); });
})();
"""


@dataclass(frozen=True)
class Shown:
    """What the bar says about one page."""

    number: int
    """Number of the build that the page was read from."""
    file: str = ""
    state: str = ""
    edit: str = ""
    """Address of the form for this file, "" if there is none."""
    problems: Sequence[Problem] = ()
    broken: str = ""
    """Why the last build failed; the page is of the one before."""


def bar(shown: Shown) -> str:
    """Return the bar's HTML."""
    lines = [f"<p>{_head(shown)}</p>"]
    if shown.broken:
        lines.append("<p>Trang chưa mới: nội dung còn lỗi, đang hiện bản dựng trước.</p>")
    said = [str(problem) for problem in shown.problems] + shown.broken.splitlines()
    items = [line for line in dict.fromkeys(said) if line.strip()]
    if items:
        lines.append("<ul>" + "".join(f"<li>{escape(item)}</li>" for item in items) + "</ul>")
    kind = "wrong" if shown.broken or any(not p.warning for p in shown.problems) else shown.state
    return (
        f'<link rel="stylesheet" href="{HOME}bar.css">'
        f'<aside id="loa-preview" class="{escape(kind)}" data-number="{shown.number}" '
        f'aria-label="Xem trước">{"".join(lines)}</aside><script src="{HOME}bar.js"></script>'
    )


def _head(shown: Shown) -> str:
    parts = []
    if shown.state:
        parts.append(f"<b>{STATES[shown.state]}</b>")
    if shown.file:
        parts.append(f"<code>{escape(shown.file)}</code>")
    if shown.edit:
        parts.append(f'<a href="{escape(shown.edit)}">Sửa bằng biểu mẫu</a>')
    parts.append(f'<a href="{HOME}">Tổng quan xem trước</a>')
    return " · ".join(parts)


def with_bar(page: bytes, shown: Shown) -> bytes:
    """Return an HTML page with the bar at its end."""
    head, end, tail = page.rpartition(b"</body>")
    made = bar(shown).encode()
    return head + made + end + tail if end else page + made


def document_page(title: str, body: str, shown: Shown) -> bytes:
    """Return a page of the preview's own."""
    return (
        f'<!doctype html><html lang="vi"><head><meta charset="utf-8"><title>{escape(title)}</title>'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f'<link rel="stylesheet" href="{HOME}page.css"></head><body><main><h1>{escape(title)}</h1>'
        f"{body}</main>{bar(shown)}</body></html>"
    ).encode()


PAGE_CSS = """
body{font:17px/1.6 system-ui,sans-serif;margin:0;color:#1b1b1f}
main{max-width:56rem;margin:0 auto;padding:16px}
table{border-collapse:collapse;width:100%}td,th{text-align:left;padding:6px 8px;vertical-align:top;
border-bottom:1px solid #ccc}h2{margin-top:2rem}.wrong{color:#a4000f}code{font-size:.9em}
td.text{width:40%;white-space:pre-wrap;overflow-wrap:anywhere}thead th{background:#eee}
.diff{white-space:pre-wrap;overflow-wrap:anywhere;font:14px/1.5 ui-monospace,monospace;
border:1px solid #ccc;padding:8px}.new{background:#dff5df}.old{background:#fbe0e0}
.at{color:#555}input{font:inherit;padding:6px;width:22rem;max-width:100%}
button{font:inherit;padding:8px 16px;margin-right:8px;cursor:pointer}
"""
