"""Personal data in what would be published: private numbers, papers, mailboxes, names by a case.

Numbers that institutions publish as their own (the document's own fields, the site's hotlines, the
contacts of the site) are allowed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from pydantic import BaseModel

from model.check.context import Context
from model.content import Loaded
from model.personal_data import LABELS, Finding, find
from model.problem import Problem

UNREAD = {
    "link",
    "image",
    "url",
    "fetched_hash",
    "archived",
    "identifier",
    "author",
    "approved_by",
    "checked_by",
}
"""Fields whose text is no prose."""
CASE = re.compile(
    r"ca (?:bệnh|mắc|nhiễm|nghi|dương)|f[01]\b|dương tính|bệnh nhân|nhiễm bệnh|cách ly|tử vong|"
    r"xử phạt|bị phạt|khởi tố|bịa đặt|tung tin"
)
"""What makes a name beside it a matter; for text in lower case (IGNORECASE costs seven times)."""
_OF = re.compile(r"[Cc]ủa[ \t]+\w+[ \t:]*\Z")
NEAR = 80
"""Characters between a name and a case that make them belong together."""


def personal_data(loaded: Loaded, context: Context) -> Iterator[Problem]:
    """Yield personal data in a document's fields and body."""
    for field, text, line in texts(loaded):
        found = find(text, "citizen" if field == "question" else "agency")
        if loaded.document.kind != "questions":
            found = [item for item in found if not _is_told_of(text, item)]
        for item in found:
            if item.kind in ("phone", "email") and _published(item.text, loaded, context):
                continue
            yield _problem(item, field, line + text.count("\n", 0, item.start))
        if not CASE.search(text.lower()):
            continue
        known = {item.start for item in found}
        for item in find(text, "citizen"):
            if item.kind == "name" and item.start not in known and _beside_a_case(text, item):
                yield _beside(item, field, line + text.count("\n", 0, item.start))


def texts(loaded: Loaded) -> Iterator[tuple[str, str, int]]:
    """Yield (field, text, line) of the prose of a document; the body's field is ""."""
    for name in loaded.document.model_fields_set - UNREAD:
        value = getattr(loaded.document, name)
        for text in _strings(value):
            yield name, text, loaded.lines.get(name, 0)
    if loaded.body:
        yield "", loaded.body, loaded.body_line


def _strings(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, BaseModel):
        for name in sorted(value.model_fields_set - UNREAD - {"number"}):
            yield from _strings(getattr(value, name))
    elif isinstance(value, (tuple, list)):
        for item in value:
            yield from _strings(item)


def _is_told_of(text: str, item: Finding) -> bool:
    """Return whether a name is only of whom a text tells (“lời của ông …”), not whom it answers.

    Of 1,000 press articles one in six names somebody so; beside a case it is still said.
    """
    return item.kind == "name" and _OF.search(text, max(0, item.start - 20), item.start) is not None


def _published(text: str, loaded: Loaded, context: Context) -> bool:
    """Return whether an institution publishes this number or mailbox as its own."""
    own = set(context.numbers_of(loaded.document))
    return not find(text, "agency", own) or not find(text, "agency", context.institutions)


def _problem(item: Finding, field: str, line: int) -> Problem:
    message = f"có {LABELS[item.kind]} của cá nhân (“{item.text}”)"
    cure = "xóa đi; số của cơ quan thì đưa vào danh bạ (content/contacts) kèm nguồn"
    if item.kind == "name":
        cure = "thay bằng chức danh hoặc “một người dân”"
    village = item.kind == "address" and not re.search(r"\d", item.text)
    return Problem("", line, field, message, cure, warning=village or item.kind == "name")


def _beside(item: Finding, field: str, line: int) -> Problem:
    message = f"tên người (“{item.text}”) đứng cạnh một ca bệnh hoặc vụ việc"
    cure = "nếu là người dân thì bỏ tên; nếu là cán bộ phát ngôn thì giữ"
    return Problem("", line, field, message, cure, warning=True)


def _beside_a_case(text: str, item: Finding) -> bool:
    around = text[max(0, item.start - NEAR) : item.end + NEAR]
    return CASE.search(around.lower()) is not None
