"""Institutions -> `contacts` documents; one facility is one document, all its sources named.

Item keys: see `fetchers.normalise.standing`, and type.
"""

from __future__ import annotations

from collections import Counter
from datetime import datetime

from fetchers.cleaning.links import clean_link
from fetchers.cleaning.words import wanted
from fetchers.formats import Item
from fetchers.normalise import Draft, Made
from fetchers.normalise.dating import Dating
from fetchers.normalise.standing import (
    Counted,
    changed_numbers,
    keys_of,
    named,
    names_in,
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
    "benh vien|vien|hospital": "hospital",
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
    dating = Dating(items, ("checked_on",), source, now)
    counted = Counted()
    names = names_in(items)
    made = []
    for item in items:
        name = named(item)
        if not name:
            counted.say("dòng không có tên, đã bỏ")
        elif not wanted(f"{name} {item.get('type', '')}", source.include, source.exclude):
            counted.say("mục ngoài chủ đề")
        elif draft := _draft(item, source, dating, counted, names):
            made.append(draft)
    return Made(made, [*dating.notes(), *counted.notes()])


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
