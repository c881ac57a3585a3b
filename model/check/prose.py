"""What goes wrong when text is typed or pasted: rumours as titles, Word's leavings, bad numbers."""

from __future__ import annotations

import re
from collections.abc import Iterator

from model.check.context import Context
from model.check.links import body_links
from model.content import Loaded
from model.debunk import is_bare, judgements
from model.kinds.misinformation import Misinformation
from model.phone import parse_phone
from model.problem import FieldError, Problem

_WORD_TAGS = re.compile(
    r"</?(?:o:p|w:|m:|v:|span|font|div|table|td|tr|p|b|i|u|br)\b[^>\n]*>|mso-", re.I
)
_BULLETS = re.compile(r"^[ \t]*[\uf0b7\uf0a7\uf0d8·•▪◦][ \t]+", re.MULTILINE)
_INDENTED = re.compile(r"\A(?: {4}|\t)\S|\n\n(?: {4}|\t)(?![-*+\d ])\S")
_CURLY = re.compile(r"[“”„](?P<inside>[^“”„]*)[“”„]\.?")
_OPENED = re.compile("[“„]")
_NUMBER = re.compile(r"(?<![\w.,/:+-])(?:\+84|0)[ .]?\d(?:[ .]?\d){6,12}(?![\w]|[.,/:-]\d)")
_TEL = re.compile(r"tel:([+\d.\s-]+)")


def rumour_in_title(loaded: Loaded, _: Context) -> Iterator[Problem]:
    """Yield a title that repeats the rumour: it is what readers remember and others share."""
    document = loaded.document
    if not isinstance(document, Misinformation) or document.verdict in ("true", "mostly-true"):
        return
    if document.title.endswith("?") and not judgements(document.title, document.claim):
        cure = "viết câu trả lời thay cho câu hỏi"
        yield _at(loaded, "title", "tiêu đề là câu hỏi, người đọc lướt sẽ tin", cure, warning=True)
    elif is_bare(document.title, document.claim, document.verdict):
        cure = "viết sự thật trước, ví dụ “Không có lệnh phong tỏa toàn tỉnh”"
        yield _at(loaded, "title", "tiêu đề lặp lại tin đồn", cure)


def evidence(loaded: Loaded, _: Context) -> Iterator[Problem]:
    """Yield a debunk whose evidence no reader can look up."""
    document = loaded.document
    if not isinstance(document, Misinformation) or document.verdict == "checking":
        return
    reviewer = (document.reviewed_by,) if document.reviewed_by else ()
    if not any(item.url for item in (*document.evidence, *document.sources, *reviewer)):
        cure = "thêm url vào ít nhất một mục evidence"
        yield _at(
            loaded, "evidence", "không bằng chứng nào có địa chỉ để mở xem", cure, warning=True
        )


def overdue(loaded: Loaded, context: Context) -> Iterator[Problem]:
    """Yield a document that should have been looked at again."""
    due = loaded.document.review_by
    if due and due < context.now and loaded.document.state(context.now) == "current":
        cure = "đọc lại, sửa nếu cần, rồi dời review_by"
        yield _at(loaded, "review_by", f"quá hạn xem lại từ {due:%d/%m/%Y}", cure, warning=True)


def pasted(loaded: Loaded, _: Context) -> Iterator[Problem]:
    """Yield what a paste from Word leaves in a body, and curly quotes around whole values."""
    body = loaded.body
    for pattern, message, cure in (
        (
            _WORD_TAGS,
            "còn thẻ HTML, có lẽ dán từ Word hoặc web",
            "dán lại dạng chữ thường (Ctrl+Shift+V)",
        ),
        (
            _BULLETS,
            "dấu đầu dòng của Word không thành danh sách",
            "thay bằng dấu gạch ngang và dấu cách",
        ),
        (_INDENTED, "đoạn thụt đầu dòng sẽ hiện thành khung mã", "bỏ dấu cách hoặc Tab đầu dòng"),
        (re.compile("\u00ad"), "có dấu nối ẩn, có lẽ dán từ Word", "gõ lại từ đó"),
    ):
        if match := pattern.search(body):
            start = match.start() + len(match[0]) - len(match[0].lstrip("\n"))
            line = loaded.body_line + body.count("\n", 0, start)
            yield Problem("", line, "", message, cure, warning=True)
    for tag in loaded.document.tags:
        if _CURLY.fullmatch(tag) or len(_OPENED.findall(tag)) != tag.count("”"):
            cure = 'xóa nháy cong; thẻ có dấu phẩy thì dùng nháy thẳng: tags: ["a, b", c]'
            yield _at(loaded, "tags", f"“{tag}” còn nháy cong của Word", cure, warning=True)
    for name in ("title", "summary", "claim", "fact"):
        if _CURLY.fullmatch(getattr(loaded.document, name, "") or ""):
            cure = 'bỏ cặp nháy, hoặc dùng nháy thẳng " nếu cần cho YAML'
            yield _at(loaded, name, "cả giá trị nằm trong nháy cong của Word", cure, warning=True)


def numbers(loaded: Loaded, _: Context) -> Iterator[Problem]:
    """Yield telephone numbers in a body that nobody can dial."""
    for link in body_links(loaded):
        if match := _TEL.fullmatch(link.target):
            yield from _undialable(match[1], link.line, warning=False)
    for match in _NUMBER.finditer(loaded.body):
        line = loaded.body_line + loaded.body.count("\n", 0, match.start())
        yield from _undialable(match[0], line, warning=True)


def _undialable(text: str, line: int, warning: bool) -> Iterator[Problem]:
    try:
        parse_phone(text)
    except FieldError as error:
        yield Problem("", line, "", error.message, error.cure, warning)


def _at(loaded: Loaded, field: str, message: str, cure: str, warning: bool = False) -> Problem:
    return Problem("", loaded.lines.get(field, 0), field, message, cure, warning)
