"""Google Fact Check Tools API: the answer of `claims:search` (v1alpha1), a claim with its reviews.

{claims: [{text, claimant, claimDate, claimReview: [{publisher {name, site}, url, title, reviewDate,
textualRating, languageCode}]}], nextPageToken}. A single claim object is read as well. Claimants
are left out: the API does not say whether one is a private person.
"""

from __future__ import annotations

from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from fetchers.formats import Item, Page, Parsed, Unreadable
from fetchers.formats.claimreview import absolute
from fetchers.formats.json_text import parse_json
from fetchers.formats.linked_data import every, said


def parse(page: Page) -> Parsed:
    """Return an item for each review of each claim; no claims at all is an empty answer."""
    value = parse_json(page.data)
    if not isinstance(value, dict):
        raise Unreadable("không phải câu trả lời của Fact Check Tools API")
    if error := value.get("error"):
        raise Unreadable(f"Fact Check Tools API báo lỗi: {said({'error': error}, 'error')[:120]}")
    claims = every(value.get("claims")) if "claimReview" not in value else [value]
    if value and not claims and "nextPageToken" not in value:
        raise Unreadable("không phải câu trả lời của Fact Check Tools API")
    items = [
        item for claim in claims if isinstance(claim, dict) for item in _items(claim, page.url)
    ]
    token = said(value, "nextPageToken")
    return Parsed(items, empty=not claims, more=[_next_page(page.url, token)] if token else [])


def _items(claim: dict[str, Any], base: str) -> list[Item]:
    items: list[Item] = []
    for review in every(claim.get("claimReview")):
        if not isinstance(review, dict):
            continue
        publisher = review.get("publisher")
        site = said(publisher, "site") if isinstance(publisher, dict) else ""
        item: Item = {
            "claim": said(claim, "text"),
            "claimed_on": said(claim, "claimDate"),
            "label": said(review, "textualRating"),
            "reviewer": (said(publisher, "name") if isinstance(publisher, dict) else "") or site,
            "reviewer_url": absolute(site, base) if site else "",
            "reviewed_on": said(review, "reviewDate"),
            "headline": said(review, "title"),
            "url": absolute(said(review, "url"), base),
            "language": said(review, "languageCode"),
        }
        if item["claim"] and item["url"]:
            items.append({key: text for key, text in item.items() if text})
    return items


def _next_page(url: str, token: str) -> str:
    parts = urlsplit(url)
    query = [pair for pair in parse_qsl(parts.query) if pair[0] != "pageToken"]
    return urlunsplit(parts._replace(query=urlencode([*query, ("pageToken", token)])))
