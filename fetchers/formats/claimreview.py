"""schema.org ClaimReview, as fact-check pages, Data Commons feeds and plain JSON-LD carry it.

One item per claim reviewed. A rating stays in the publisher's words (`label`) and number
(`rating`, "1/5"); what it means is decided by the source's table of verdicts
(`fetchers.normalise.misinformation`). What reviews no claim is no item.
"""

from __future__ import annotations

import json
import re
from typing import Any
from urllib.parse import unquote

from fetchers.cleaning.links import clean_link, is_specific
from fetchers.formats import Item, Page, Parsed, Unreadable
from fetchers.formats.html_tree import attribute, line_of, parse_html, select
from fetchers.formats.json_text import parse_json, text_of
from fetchers.formats.linked_data import (
    Node,
    every,
    first,
    is_a,
    nodes_in_page,
    said,
    typed_nodes,
    unescaped,
)
from fetchers.formats.settings import settings
from model.option_groups import ClaimReviewOptions

_WORKS = ("appearance", "firstAppearance", "url", "sameAs")
_ORGANISATIONS = ("Organization", "NewsMediaOrganization", "GovernmentOrganization", "NGO")
_HOST = re.compile(r"(?:[\w-]+\.)+[a-z]{2,}(?:/|$)", re.IGNORECASE)


def parse(page: Page) -> Parsed:
    """Return the reviews of a page, a feed (DataFeed, DataFeedItem) or a JSON-LD document."""
    notes: list[str] = []
    if page.data.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] in (b"{", b"["):
        items = reviews_in(typed_nodes(parse_json(page.data)), page.url, notes)
        more: list[str] = []
    else:
        items, more = _in_page(page, notes)
    if not items and not more:
        raise Unreadable("không có dữ liệu ClaimReview nào", *notes[:1])
    return Parsed(items, notes, empty=bool(more), more=more)


def _in_page(page: Page, notes: list[str]) -> tuple[list[Item], list[str]]:
    options = settings(page, ClaimReviewOptions)
    tree = parse_html(page.data)
    base = absolute(attribute(tree.find("link", rel="canonical"), "href"), page.url) or page.url
    items = reviews_in(nodes_in_page(tree, notes), base, notes)
    headline = line_of(tree.find("h1"))
    written_in = attribute(tree.find("html"), "lang")
    for item in items:
        item.setdefault("headline", headline)
        item.setdefault("language", written_in)
    anchors = select(tree, options.links) if options.links else []
    found = [absolute(attribute(a, "href"), page.url) for a in anchors]
    return items, [link for link in dict.fromkeys(found) if link]


def reviews_in(nodes: list[Node], base: str, notes: list[str]) -> list[Item]:
    """Return an item for each ClaimReview among `nodes`; the same review twice counts once."""
    reviews = [_item(node, base) for node in nodes if is_a(node, "ClaimReview")]
    if empty := reviews.count(None):
        notes.append(f"{empty} ClaimReview không nêu tin nào được kiểm chứng, đã bỏ")
    unique = {json.dumps(item, sort_keys=True): item for item in reviews if item is not None}
    return list(unique.values())


def _item(review: Node, base: str) -> Item | None:
    rating = first(review.get("reviewRating"))
    reviewed = first(review.get("itemReviewed"))
    item: Item = {
        "claim": said(review, "claimReviewed") or said(reviewed, "name", "text", "description"),
        "label": said(rating, "alternateName", "name"),
        "rating": _number(rating),
        "reviewed_on": said(review, "datePublished", "dateCreated", "dateModified"),
        "headline": said(review, "headline", "name"),
        "summary": said(review, "reviewBody", "description", "abstract"),
        "url": absolute(said(review, "url", "mainEntityOfPage"), base) or base,
        "claimed_on": said(reviewed, "datePublished", "dateCreated"),
        "appearances": _appearances(reviewed, base),
        "language": said(review, "inLanguage"),
        **_people(review, reviewed, base),
    }
    if not item["claim"]:
        return None
    return {key: value for key, value in item.items() if value}


def _people(review: Node, reviewed: Any, base: str) -> Item:
    """Return the organisations named; a person's name is nobody's business here."""
    checkers = [*every(review.get("author")), *every(review.get("publisher"))]
    checker = next((node for node in checkers if is_a(node, *_ORGANISATIONS)), None)
    speakers = every(reviewed.get("author")) if isinstance(reviewed, dict) else []
    speaker = next((node for node in speakers if is_a(node, *_ORGANISATIONS)), None)
    return {
        "reviewer": said(checker, "name") if checker else "",
        "reviewer_url": absolute(said(checker, "url", "@id"), base) if checker else "",
        "claimed_by": said(speaker, "name") if speaker else "",
    }


def _number(rating: Any) -> str:
    """Return "1/5" (value and best), "1" when no best is given, "" without a value."""
    value, best = said(rating, "ratingValue"), said(rating, "bestRating")
    if not re.fullmatch(r"-?\d+(?:\.\d+)?", value):
        return ""
    return f"{value}/{best}" if re.fullmatch(r"-?\d+(?:\.\d+)?", best) else value


def _appearances(reviewed: Any, base: str) -> list[str]:
    """Return the addresses where the claim stood (never a bare front page)."""
    found: list[str] = []
    for name in _WORKS if isinstance(reviewed, dict) else ():
        for work in every(reviewed.get(name)):
            text = said(work, "url", "@id") if isinstance(work, dict) else unescaped(text_of(work))
            found.append(absolute(text, base))
    return [address for address in dict.fromkeys(found) if address and is_specific(address)]


def absolute(text: str, base: str) -> str:
    """Return a full, clean web address; "" if there is none.

    Real pages give addresses without scheme (“example.org/x”), relative ones, and ones that were
    percent-encoded twice (“https%3A%2F%2F…”).
    """
    line = text.strip()
    if re.match(r"https?%3a", line, re.IGNORECASE):
        line = unquote(line)
    if not line or line.startswith("#"):
        return ""
    if not re.match(r"[a-z][a-z0-9+.-]*:", line, re.IGNORECASE) and _HOST.match(line):
        line = f"https://{line}"
    return clean_link(line, base)
