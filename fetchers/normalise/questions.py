"""Published answers -> `questions` documents, without anything that tells who asked.

Understands the item keys question, answer or answer_html, link or url, answered_by, asked_on,
answered_on, category, id, origin, language. Personal data is hidden here, before anything is
written, and counted in the Outcome: the question in a citizen's voice, the answer in the agency's.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from datetime import datetime
from typing import Any

from fetchers.cleaning.html import title_text, to_text
from fetchers.cleaning.links import clean_link
from fetchers.cleaning.words import language_of, wanted
from fetchers.formats import Item
from fetchers.identity import digest
from fetchers.normalise import Draft, Made
from fetchers.normalise.dating import Dating
from model.fields import VIETNAM
from model.kinds.questions import ORIGINS
from model.markup import escape_markdown
from model.personal_data import LABELS, Kind, mask
from model.source import Source
from model.text import clean, fold, one_line, shorten, slug

TITLE = 160
QUESTION = 4000
HIDDEN = "đã ẩn]"
_SENTENCE = re.compile(r"[^?]{10,}?\?")


class _Tally:
    """What was hidden and what was left out."""

    def __init__(self) -> None:
        self.hidden: Counter[Kind] = Counter()
        self.left: Counter[str] = Counter()

    def notes(self) -> list[str]:
        parts = [f"{count} {LABELS[kind]}" for kind, count in sorted(self.hidden.items())]
        hidden = [f"đã ẩn dữ liệu cá nhân: {', '.join(parts)}"] if parts else []
        return [*hidden, *(f"{count} {what}" for what, count in self.left.items())]


def drafts(items: list[Item], source: Source, now: datetime) -> Made:
    """Return a draft for each question that has an answer."""
    dating = Dating(items, ("asked_on", "answered_on"), source, now)
    tally = _Tally()
    seen: set[str] = set()
    made = [
        replace(draft, item=number)
        for number, item in enumerate(items)
        if (draft := _draft(item, source, dating, tally, seen)) is not None
    ]
    return Made(made, [*dating.notes(), *tally.notes()])


def _draft(
    item: Item, source: Source, dating: Dating, tally: _Tally, seen: set[str]
) -> Draft | None:
    asked = unwrapped(to_text(clean(str(item.get("question", "")))))
    answer = unwrapped(to_text(str(item.get("answer_html") or item.get("answer") or "")))
    detail = clean_link(str(item.get("detail", "")), source.url)
    if not asked or not (answer or detail):
        tally.left["mục thiếu câu hỏi hoặc câu trả lời, đã bỏ"] += 1
        return None
    if not wanted(f"{asked}\n{answer}\n{item.get('category', '')}", source.include, source.exclude):
        tally.left["mục ngoài chủ đề"] += 1
        return None
    question, body = mask(asked, "citizen"), mask(answer, "agency")
    tally.hidden += question.counts + body.counts
    values = _values(item, source, dating, one_line(question.text), tally)
    answered = dating.read(item, "answered_on", "asked_on")
    if not answer:
        values["status"] = "draft"
    return Draft(
        kind="questions",
        values={key: value for key, value in values.items() if value},
        keys=_keys(item, asked, answer, source, seen),
        scope="questions",
        title=values["title"],
        body=escape_markdown(body.text),
        folder=str(answered.astimezone(VIETNAM).year) if answered else "",
        language=language_of(f"{asked} {answer}", str(item.get("language", "")), source.language),
        detail=detail,
    )


def _values(
    item: Item, source: Source, dating: Dating, question: str, tally: _Tally
) -> dict[str, Any]:
    link = clean_link(str(item.get("link") or item.get("url") or "").strip(), source.url)
    asked, answered = dating.read(item, "asked_on"), dating.read(item, "answered_on")
    if asked and answered and answered < asked:
        tally.left["ngày trả lời đứng trước ngày hỏi, đã bỏ ngày trả lời"] += 1
        answered = None
    title = titled(question)
    agency = one_line(title_text(str(item.get("answered_by", "")))) or source.publishes_as
    origin = str(item.get("origin", ""))
    category = one_line(title_text(str(item.get("category", ""))))
    home = link or source.home or ""
    return {
        "title": title,
        "date": dating.iso(item, "answered_on") if answered else "",
        "section": source.section,
        "tags": [*source.tags, *([category] if category else [])],
        "places": list(source.places),
        "status": "draft" if source.status == "draft" else "",
        "sources": [{"name": source.publishes_as, **({"url": home} if home else {})}],
        "question": shorten(question, QUESTION) if question != title else "",
        "asked_on": dating.iso(item, "asked_on"),
        "answered_by": {"name": agency, **({"url": link} if link else {})},
        "answered_on": dating.iso(item, "answered_on") if answered else "",
        "origin": origin if origin in ORIGINS else "faq",
        "link": link,
    }


def titled(question: str) -> str:
    """Return a heading: the question when short, else its last sentence that asks, its start.

    A question in which something was hidden is headed by a sentence that lost nothing, if it can.
    """
    if len(question) <= TITLE and HIDDEN not in question:
        return question
    asking = [re.split(r"(?<=[.!])\s+", found.strip())[-1] for found in _SENTENCE.findall(question)]
    whole = [text for text in asking if 10 <= len(text) <= TITLE and HIDDEN not in text]
    return whole[-1] if whole else shorten(question, TITLE)


def unwrapped(text: str) -> str:
    """Return text with lines joined that a PDF broke in the middle of a sentence."""
    lines: list[str] = []
    for line in filter(None, map(one_line, text.split("\n"))):
        if lines and _goes_on(lines[-1], line):
            lines[-1] = f"{lines[-1]} {line}"
        else:
            lines.append(line)
    return "\n".join(lines)


def _goes_on(before: str, line: str) -> bool:
    """Return whether `line` continues the sentence that `before` left open."""
    if before[-1] in '.!?:;…”"':
        return False
    return line[0].islower() or line[0] in ",.)"


def _keys(item: Item, asked: str, answer: str, source: Source, seen: set[str]) -> list[str]:
    """Return what identifies a question: the source's id, else its words.

    A question that stands twice in one list with two answers is two documents.
    """
    if identity := one_line(str(item.get("id", ""))):
        return [f"g{digest(f'{source.id} {identity}')}"]
    words = slug(fold(asked), 2000)
    name = f"{source.id} {words}"
    if name in seen:
        name = f"{name} {slug(fold(answer), 2000)}"
    seen.add(name)
    return [f"x{digest(name)}"]
