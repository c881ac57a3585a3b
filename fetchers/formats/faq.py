"""Questions and answers in a page: structured data, the source's selectors, or the usual markup.

Tried in this order, the first that finds a pair wins: FAQPage and QAPage (JSON-LD, microdata);
the selectors `question` and `answer`; definition lists; `details`; accordions; headings that end in
a question mark. Answers come as HTML (`answer_html`), addresses made absolute by nobody: only their
text is used. A page without a pair is unreadable: a form without answers looks just like that.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

from bs4 import Tag

from fetchers.formats import Item, Page, Parsed, Unreadable
from fetchers.formats.html_tree import line_of, parse_html, select
from fetchers.formats.json_text import text_of
from fetchers.formats.linked_data import first, is_a, nodes_in_page, said, unescaped
from fetchers.formats.settings import settings
from model.option_groups import FaqOptions

Pair = tuple[str, str]
_HEADINGS = ("h2", "h3", "h4", "h5", "h6")
_HEADERS = ".accordion-header, .card-header, .panel-heading, .accordion-title, .faq-question"
_PANELS = ".accordion-body, .card-body, .panel-body, .accordion-content, .faq-answer"


def parse(page: Page) -> Parsed:
    """Return an item per question that has an answer."""
    options = settings(page, FaqOptions)
    tree = parse_html(page.data)
    notes: list[str] = []
    items = [_described(node) for node in nodes_in_page(tree, notes) if is_a(node, "Question")]
    items = [item for item in items if item.get("question") and item.get("answer_html")]
    if not items:
        roots = select(tree, options.within) if options.within else [tree]
        items = [
            {"question": question, "answer_html": answer}
            for question, answer in _pairs(roots, options)
            if question and answer
        ]
    if not items:
        raise Unreadable(
            "trang không có câu hỏi và câu trả lời nào", "khai options.question và options.answer"
        )
    unique = {
        item["question"]: {"origin": "faq", "url": page.url, **item} for item in reversed(items)
    }
    return Parsed(list(reversed(unique.values())), notes)


def _described(node: dict[str, Any]) -> Item:
    accepted = first(node.get("acceptedAnswer")) or first(node.get("suggestedAnswer"))
    text = unescaped(text_of(accepted.get("text"))) if isinstance(accepted, dict) else ""
    item = {
        "question": said(node, "name", "text"),
        "answer_html": text,
        "asked_on": said(node, "dateCreated", "datePublished"),
        "answered_on": said(accepted, "dateCreated", "datePublished"),
        "id": said(node, "@id"),
    }
    return {key: value for key, value in item.items() if value}


def _pairs(roots: list[Any], options: FaqOptions) -> list[Pair]:
    ways: tuple[Callable[[Tag], Iterator[Pair]], ...] = (
        *([lambda root: _selected(root, options)] if options.question else []),
        _definitions,
        _details,
        _accordions,
        _headed,
    )
    for way in ways[:1] if options.question else ways:
        if found := [pair for root in roots for pair in way(root)]:
            return found
    return []


def _selected(root: Tag, options: FaqOptions) -> Iterator[Pair]:
    questions, answers = select(root, options.question), select(root, options.answer or "dd")
    if len(questions) != len(answers):
        raise Unreadable(
            f"{len(questions)} câu hỏi nhưng {len(answers)} câu trả lời", "sửa lại hai bộ chọn"
        )
    for question, answer in zip(questions, answers, strict=True):
        yield line_of(question), answer.decode_contents()


def _definitions(root: Tag) -> Iterator[Pair]:
    for term in root.select("dl > dt, dl > div > dt"):
        answers = []
        for sibling in term.find_next_siblings():
            if not isinstance(sibling, Tag) or sibling.name != "dd":
                break
            answers.append(sibling.decode_contents())
        yield line_of(term), "<br>".join(answers)


def _details(root: Tag) -> Iterator[Pair]:
    for box in root.find_all("details"):
        summary = box.find("summary")
        if isinstance(summary, Tag):
            question = line_of(summary)
            rest = "".join(str(child) for child in box.children if child is not summary)
            yield question, rest


def _accordions(root: Tag) -> Iterator[Pair]:
    headers, panels = root.select(_HEADERS), root.select(_PANELS)
    if len(headers) == len(panels):
        for header, panel in zip(headers, panels, strict=True):
            yield line_of(header), panel.decode_contents()


def _headed(root: Tag) -> Iterator[Pair]:
    for head in root.find_all(_HEADINGS):
        question = line_of(head)
        if not question.endswith("?"):
            continue
        parts = []
        for sibling in head.find_next_siblings():
            if not isinstance(sibling, Tag) or sibling.name in (*_HEADINGS, "h1"):
                break
            parts.append(str(sibling))
        yield re.sub(r"^(?:Câu hỏi|Hỏi)\s*\d*\s*[:.]\s*", "", question), "".join(parts)
