"""Institutions -> `contacts` documents; one facility is one document, all its sources named.

Item keys: see `fetchers.normalise.standing`, and type.
"""

from __future__ import annotations

from collections import Counter
from datetime import datetime

from fetchers.cleaning.links import clean_link
from fetchers.formats import Item
from fetchers.normalise import Draft, Made
from fetchers.normalise.dating import Dating
from fetchers.normalise.standing import (
    Counted,
    changed_numbers,
    drafted,
    keys_of,
    standing_values,
    type_of,
)
from fetchers.normalise.union import united
from model.kinds.base import Document
from model.kinds.contacts import TYPES
from model.source import Source
from model.text import one_line

BY_NAME = {
    "tram y te|tram xa|health station": "health-station",
    "cdc|kiem soat benh tat": "cdc",
    "trung tam y te|medical center|medical centre": "health-centre",
    "nha thuoc|quay thuoc|hieu thuoc|pharmacy": "pharmacy",
    "phong kham|clinic": "clinic",
    "benh vien|hospital|vien y hoc": "hospital",
    "duong day nong|tong dai|hotline": "hotline",
    "uy ban nhan dan|ubnd": "committee",
    "ban chi dao": "command-board",
    "cong an": "police",
    "doi phan ung nhanh": "rapid-response",
    "dien luc|cap nuoc": "utility",
}
"""Words of a name (folded) that say what a facility is -> its type; the first that fits."""

settle = united
"""A second source of a known facility adds its name and what was missing."""


def drafts(items: list[Item], source: Source, now: datetime) -> Made:
    """Return a draft for each row with a name and a way to reach it."""
    return drafted(items, source, Dating(items, ("checked_on",), source, now), _draft)


def _draft(
    item: Item, source: Source, dating: Dating, counted: Counted, names: Counter[str]
) -> Draft | None:
    values = standing_values(item, source, dating, counted)
    kind = type_of(item, source, TYPES, BY_NAME)
    site = clean_link(str(item.get("site", "")), source.url) if item.get("site") else ""
    email = one_line(str(item.get("email", ""))).split(";")[0].strip()
    values |= {
        "type": kind,
        "email": email if "@" in email else "",
        "url": site,
        "old_names": [one_line(str(item["old_names"]))] if item.get("old_names") else [],
    }
    if not (values["phones"] or values["address"] or values["email"] or site):
        counted.say("mục không có cách liên lạc nào, đã bỏ")
        return None
    if kind == "hotline" and not values["phones"]:
        counted.say("đường dây nóng không có số, đã bỏ")
        return None
    return Draft(
        kind="contacts",
        values={key: value for key, value in values.items() if value},
        keys=keys_of(item, values, source, names),
        scope="contacts",
        title=values["title"],
        folder=TYPES[kind][0],
        language="vi",
    )


def hold(before: Document, after: Document) -> str:
    """Return why a person must look: the numbers that people would call have changed."""
    return changed_numbers(before, after)
