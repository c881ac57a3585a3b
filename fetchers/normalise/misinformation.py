"""Fact-checks -> `misinformation`: the claim, the verdict by the source's table, the proof.

Understands the item keys claim, headline, label, rating ("1/5"), reviewer, reviewer_url,
reviewed_on, claimed_by, claimed_on, appearances (addresses), url, summary, body, language,
evidence (addresses, a line each).

The verdict comes from the table `options.verdicts` and nothing else: a label that it does not hold,
or a number without a label, leaves the claim “checking”, never “false”, and names itself. The
source's summary becomes the summary and never the `fact`: it may well begin by telling the rumour.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from fetchers.cleaning.html import title_text, to_text
from fetchers.cleaning.links import canonical, clean_link, is_specific
from fetchers.cleaning.words import language_of, wanted
from fetchers.formats import Item
from fetchers.identity import item_keys
from fetchers.normalise import Draft, Made
from fetchers.normalise.dating import Dating
from model.debunk import claim_in, headed
from model.fields import VIETNAM
from model.kinds.base import Document
from model.kinds.misinformation import Misinformation
from model.markup import escape_markdown
from model.option_groups import Judged
from model.personal_data import mask
from model.source import Source
from model.text import fold, one_line, shorten, slug

CLAIM = 1000
SUMMARY = 500
_CREDIT = re.compile(r"(?:^|\n)\s*Theo\s+[^\n]{2,80}\n\s*(https?://\S+)\s*$")
_CROWD = re.compile(
    r"\b(?:facebook|fb|line|zalo|tiktok|youtube|twitter|telegram|whatsapp|instagram|mang xa hoi"
    r"|social|posts?|users?|multiple|several|sources?|viral|various|nhieu|website|trang)\b"
)
Table = Mapping[str, str | Mapping[str, str]]


def drafts(items: list[Item], source: Source, now: datetime) -> Made:
    """Return a draft for each claim reviewed, in the source's order."""
    dating = Dating(items, ("reviewed_on", "claimed_on"), source, now)
    counts: Counter[str] = Counter()
    made: list[Draft] = []
    first_at: dict[str, str] = {}
    for number, item in enumerate(items):
        draft = _draft(item, source, dating, counts, first_at)
        if draft is not None:
            made.append(replace(draft, item=number))
    return Made(made, [*dating.notes(), *_notes(counts)])


def _notes(counts: Counter[str]) -> list[str]:
    lines = []
    for name, count in sorted((+counts).items()):
        kind, _, label = name.partition(":")
        lines.append(
            f"nhãn “{label}” chưa có trong bảng verdicts ({count} mục): để “đang xác minh”"
            if kind == "label"
            else f"{count} {label}"
        )
    return lines


def _draft(
    item: Item, source: Source, dating: Dating, counts: Counter[str], first_at: dict[str, str]
) -> Draft | None:
    headline = title_text(str(item.get("headline", "")))
    said = title_text(str(item.get("claim", ""))) or claim_in(headline) or headline
    claim = shorten(mask(said).text.strip('"“” '), CLAIM)
    summary = to_text(str(item.get("summary", "")))
    if not claim:
        counts[":mục không nêu tin nào, đã bỏ"] += 1
        return None
    if not wanted(f"{headline}\n{claim}\n{summary}", source.include, source.exclude):
        counts[":mục ngoài chủ đề"] += 1
        return None
    link = clean_link(str(item.get("url") or item.get("link") or ""), source.url)
    reviewed = dating.read(item, "reviewed_on")
    verdict = _verdict(item, source, counts)
    if verdict != "checking" and reviewed is None:
        counts[":mục không có ngày xác minh: để “đang xác minh”"] += not item.get("detail")
        verdict = "checking"
    values = _values(item, source, dating, link, claim, verdict, headline)
    told, proof = _explanation(item, link)
    if proof:
        values["evidence"] = [*values.get("evidence", []), {"name": _host(proof), "url": proof}]
    summary = summary if summary != claim else ""
    values["summary"] = shorten(mask(summary or told.split("\n")[0]).text, SUMMARY)
    body = escape_markdown(mask(told).text) if source.full_text else ""
    return Draft(
        kind="misinformation",
        values={key: value for key, value in values.items() if value},
        keys=_keys(item, link, claim, reviewed, proof, first_at),
        scope="misinformation",
        title=values["title"],
        body=body,
        folder=str(reviewed.astimezone(VIETNAM).year) if reviewed else "",
        language=language_of(f"{headline} {claim}", str(item.get("language", "")), source.language),
        detail=clean_link(str(item.get("detail", "")), source.url),
    )


def _values(
    item: Item, source: Source, dating: Dating, link: str, claim: str, verdict: str, headline: str
) -> dict[str, Any]:
    reviewer: dict[str, str] = {
        "name": one_line(str(item.get("reviewer", ""))) or source.publishes_as
    }
    home = clean_link(str(item.get("reviewer_url", "")), source.url) or source.home or ""
    if address := link or home:
        reviewer["url"] = address
    reviewed = dating.iso(item, "reviewed_on")
    return {
        "title": headed(claim, verdict, mask(headline).text),
        "date": reviewed,
        "section": source.section,
        "tags": list(source.tags),
        "places": list(source.places),
        "status": "draft" if source.status == "draft" or verdict == "checking" else "",
        "sources": [{"name": source.publishes_as, **({"url": link} if link else {})}],
        "claim": claim,
        "verdict": verdict,
        "claimed_by": _crowd(str(item.get("claimed_by", ""))),
        "claimed_on": dating.iso(item, "claimed_on"),
        "appearances": _addresses(item.get("appearances"), source.url),
        "reviewed_by": reviewer,
        "reviewed_on": reviewed,
        "evidence": [
            {"name": _host(address), "url": address}
            for address in _addresses(item.get("evidence"), source.url)
        ],
    }


def _verdict(item: Item, source: Source, counts: Counter[str]) -> str:
    label = one_line(to_text(str(item.get("label", "")))) or one_line(str(item.get("rating", "")))
    if not label:
        counts[":mục không có kết luận: để “đang xác minh”"] += not item.get("detail")
        return "checking"
    table = source.options.verdicts if isinstance(source.options, Judged) else {}
    found = verdict_of(label, str(item.get("rating", "")), _who(item), table)
    if found is None:
        counts[f"label:{shorten(label, 60)}"] += 1
    return found or "checking"


def _who(item: Item) -> list[str]:
    names = [str(item.get("reviewer", "")), _host(str(item.get("reviewer_url", "")))]
    return [*names, _host(str(item.get("url", "")))]


def verdict_of(label: str, rating: str, publishers: list[str], table: Table) -> str | None:
    """Return what a label means by the table: the publisher's own part first; None if unknown.

    Labels are compared without case, tone marks, punctuation; a long label counts by its first
    words (“False. The photo is from 2014” by “False”) only up to a full stop, colon or dash.
    """
    own = [
        part
        for name, part in table.items()
        if isinstance(part, Mapping) and _bare(name) in {_bare(who) for who in publishers if who}
    ]
    plain = {name: part for name, part in table.items() if isinstance(part, str)}
    head = re.split(r"[.:;!,–—]|\s-\s", label, maxsplit=1)[0]
    for part in [*own, plain]:
        known = {_bare(name): verdict for name, verdict in part.items()}
        for text in (label, rating, head):
            if (verdict := known.get(_bare(text))) and _bare(text):
                return verdict
    return None


def _bare(text: str) -> str:
    """Return a label as it is compared; a rating such as “-1/5” keeps its signs."""
    if re.fullmatch(r"-?[\d.]+(?:/-?[\d.]+)?", text.strip()):
        return text.strip()
    return " ".join(re.findall(r"[^\W_]+", fold(text).removeprefix("www.")))


def _host(address: str) -> str:
    return (urlsplit(address).hostname or "").removeprefix("www.")


def _crowd(text: str) -> str:
    """Return who spread a claim only where that is a medium or a crowd, never a person's name."""
    line = shorten(one_line(title_text(text)), 120)
    return line if _CROWD.search(fold(line)) else ""


def _addresses(value: object, base: str) -> list[str]:
    texts = value if isinstance(value, list) else str(value or "").split()
    links = [clean_link(str(text), base) for text in texts]
    return [link for link in dict.fromkeys(links) if link and is_specific(link)][:20]


def _explanation(item: Item, link: str) -> tuple[str, str]:
    """Return the explanation, and the address that it is credited to at its end.

    It is mostly a newspaper's text: only a source that allows it (`full_text`) is quoted whole.
    """
    text = to_text(str(item.get("body", ""))).strip()
    credit = _CREDIT.search(text)
    address = clean_link(credit[1], link) if credit else ""
    return text, address if is_specific(address) else ""


def _keys(
    item: Item,
    link: str,
    claim: str,
    reviewed: datetime | None,
    proof: str,
    first_at: dict[str, str],
) -> list[str]:
    """Return what identifies a review: its page, or page and claim where a page has several.

    The newspaper article that a debunk is credited to identifies it too: the national centre gave
    one debunk two addresses over the years.
    """
    place = canonical(link) if link else ""
    name = f"{_host(link)} {slug(claim)}"
    if place and first_at.setdefault(place, slug(claim)) != slug(claim):
        return item_keys("", f"{place} {slug(claim)}", name, None, claim)
    return [
        *item_keys(link, str(item.get("id", "")), name, reviewed, claim),
        *(key for key in item_keys(proof, "", "", None) if proof and key[0] == "l"),
    ]


def hold(before: Document, after: Document) -> str:
    """Return why a person must look: a verdict that readers have seen has changed."""
    if not (isinstance(before, Misinformation) and isinstance(after, Misinformation)):
        return ""
    if before.status != "published" or before.verdict in ("checking", after.verdict):
        return ""
    return f"kết luận đã đăng đổi từ “{before.verdict_words}” sang “{after.verdict_words}”"
