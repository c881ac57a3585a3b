"""What of a document is searched: four texts by weight, the same for every kind.

A kind needs no line here: its fields are taken by their names, any other words count as body.
"""

from __future__ import annotations

import html as entities
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from model.kinds.base import Document
from model.places import unit
from model.text import one_line
from plugins.search.analysis import Sayings

HEAD = {
    "claim",
    "question",
    "event",
    "name",
    "names",
    "aliases",
    "number",
    "numbers",
    "phone",
    "phones",
    "tags",
}
OTHERS = {("phones", kind) for kind in ("alerts", "campaigns", "guides", "questions", "services")}
"""Numbers that these documents mention: they are those of somebody else's page."""
LEAD = {"summary", "fact", "area", "first", "section", "hazard", "purpose", "answer"}
ASKED_FOR = {
    "alerts": "cảnh báo",
    "contacts": "số điện thoại, gọi số nào, gọi số mấy, gọi ai, số liên hệ",
    "misinformation": "tin đồn, thật không",
    "statistics": "số liệu thống kê",
}
"""Kind -> what people call it who look for one; its documents need not say so."""
ANSWERS = {"alerts", "campaigns", "contacts", "guides", "questions", "services"}
"""Kinds that are found by what people say, too (`said.yaml`): those that tell what to do."""
UNSEARCHED = {
    *("title", "status", "date", "updated", "publish_at", "expires", "review_by", "places"),
    *("sources", "evidence", "reviewed_by", "reviewed_on", "appearances", "claimed_by", "author"),
    *("approved_by", "licence", "source", "platform", "file", "files", "image", "images"),
}
_BLOCK = re.compile(
    r"</?(?:p|h\d|ul|ol|li|dl|dt|dd|blockquote|hr|br|table|tr|td|th|caption|pre)\b[^>]*>"
)
_TAG = re.compile(r"<[^>]*>")
_NO_WORDS = re.compile(r"^(?:[a-z]+|[a-z]+://.*|/.*|[\d:.T+Z-]{10,}|#[0-9a-f]{3,6})$")


class Texts(NamedTuple):
    """A document's texts, from the weightiest on."""

    title: str
    head: str
    """Claim, question, names, numbers, topics."""
    lead: str
    """Summary, the fact, first advice."""
    body: str


def plain(html: str) -> str:
    """Return the text of a sanitised body, a line a block."""
    text = entities.unescape(_TAG.sub("", _BLOCK.sub("\n", html)))
    return "\n".join(filter(None, (one_line(line) for line in text.split("\n"))))


def _strings(value: object) -> Iterator[str]:
    if isinstance(value, str):
        if value and not _NO_WORDS.match(value):
            yield one_line(value)
    elif isinstance(value, Mapping):
        for name, item in value.items():
            if name not in UNSEARCHED:
                yield from _strings(item)
    elif isinstance(value, Sequence):
        for item in value:
            yield from _strings(item)


def places_of(document: Document) -> tuple[str, ...]:
    """Return the codes of a document's places, and of the commune where it stands."""
    commune: str = getattr(document, "commune", "")
    return (*document.places, *([commune] if commune and commune not in document.places else []))


def place_names(codes: Iterable[str]) -> Iterator[str]:
    """Yield the names, present and former, of the places with these official codes."""
    for code in codes:
        if found := unit(code):
            yield " ".join((found.name, *found.old_names))


def texts_of(document: Document, html: str, said: Sayings | None = None) -> Texts:
    """Return what of a document with the body `html` is searched, with what people say of it."""
    head: list[str] = []
    lead: list[str] = []
    body: list[str] = []
    for name, value in document.model_dump(exclude_defaults=True).items():
        if name not in UNSEARCHED:
            own = name in HEAD and (name, document.kind) not in OTHERS
            where = head if own else lead if name in LEAD else body
            where.extend(_strings(value))
    head += filter(None, (document.group_name, ASKED_FOR.get(document.kind, "")))
    if said and document.kind in ANSWERS:
        head += said.of("\n".join((document.title, *head)))
    lead += place_names(places_of(document))
    body.append(plain(html))
    return Texts(document.title, "\n".join(head), "\n".join(lead), "\n".join(filter(None, body)))
