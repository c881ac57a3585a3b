"""The pattern page: every component in every state, cut from a built site. Never published.

It is made from real pages, so it cannot differ from them. What a built site has is what it shows;
`tests/sites/mau` is the site whose documents stand for every state.
"""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from pathlib import Path

from bs4 import BeautifulSoup, Tag

PARTS = {
    "Số nóng": ".calls",
    "Cảnh báo": ".alert",
    "Kết luận": ".verdict",
    "Ô nổi bật": ".box",
    "Thông báo": ".notice",
    "Lời nhắc": ".warn",
    "Số điện thoại": ".phones",
    "Thông tin từng mục": ".facts",
    "Con số và biểu đồ": ".figure",
    "Bảng": ".scroll",
    "Ứng dụng": ".app",
    "Nút": ".button",
    "Chuyên mục, chủ đề": ".chips",
    "Hàng trong danh sách": ".row",
    "Trang khác của danh sách": ".pager",
    "Đường dẫn": ".crumbs",
    "Ngôn ngữ khác": ".langs",
    "Ô tìm": ".find",
}
"""Name of a component -> where it stands in pages."""
EACH = 8
"""Examples of one component."""


def pattern_page(output: Path) -> str:
    """Return a page of the site's components; each state once, with the page it was cut from."""
    pages = [
        (str(path.relative_to(output)), BeautifulSoup(path.read_bytes(), "lxml"))
        for path in sorted(output.rglob("index.html"))
    ]
    body = "".join(
        f"<h2>{escape(name)}</h2>{''.join(_examples(selector, pages))}"
        for name, selector in PARTS.items()
    )
    return (
        '<!doctype html><html lang="vi"><meta charset="utf-8"><title>Mẫu giao diện</title>'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        '<link rel="stylesheet" href="theme/site.css">'
        f'<main class="wrap"><h1>Mẫu giao diện</h1>{body}</main></html>'
    )


def _examples(selector: str, pages: list[tuple[str, BeautifulSoup]]) -> Iterator[str]:
    seen: set[str] = set()
    for address, page in pages:
        for tag in page.select(selector):
            state = _state(tag)
            if state in seen or len(seen) == EACH:
                continue
            seen.add(state)
            if tag.has_attr("hidden"):
                del tag["hidden"]
            yield f'<p class="by">{escape(address)}</p>{tag}'


def _state(tag: Tag) -> str:
    """Return what tells one state from another: the classes of the component and within it."""
    classes = [tag, *tag.find_all(class_=True)]
    return " ".join(sorted({" ".join(part.get_attribute_list("class")) for part in classes}))
