"""Sites, zones and checkpoints -> `places` documents.

Item keys: see `fetchers.normalise.standing`, and type, level, since, expires, geometry (GeoJSON).
"""

from __future__ import annotations

from collections import Counter
from datetime import datetime
from typing import Any

from pydantic import ValidationError

from fetchers.cleaning.dates import read_date
from fetchers.formats import Item
from fetchers.normalise import Draft, Made
from fetchers.normalise.dating import Dating, iso
from fetchers.normalise.standing import (
    Counted,
    changed_numbers,
    drafted,
    keys_of,
    standing_values,
    type_of,
)
from fetchers.normalise.union import united
from model.geo import Geometry
from model.kinds.base import Document
from model.kinds.places import TYPES
from model.problem import from_validation
from model.source import Source
from model.text import one_line

BY_NAME = {
    "xet nghiem": "test-site",
    "tiem chung|tiem vac xin|tiem vaccine": "vaccination-site",
    "cach ly": "quarantine",
    "dieu tri": "treatment",
    "phong toa": "lockdown",
    "chot kiem soat|chot kiem dich|chot": "checkpoint",
    "tru an|so tan|tranh tru": "shelter",
    "tap ket": "assembly",
    "cuu tro|tiep te": "relief",
    "ngap": "flooded",
    "sat lo": "landslide",
    "o dich": "outbreak",
}
"""Words of a name (folded) that say what a place is -> its type; the first that fits."""

settle = united
"""A second source of a known facility adds its name and what was missing."""


def drafts(items: list[Item], source: Source, now: datetime) -> Made:
    """Return a draft for each row with a name and a place."""
    return drafted(items, source, Dating(items, ("checked_on", "since"), source, now), _draft)


def _draft(
    item: Item, source: Source, dating: Dating, counted: Counted, names: Counter[str]
) -> Draft | None:
    values = standing_values(item, source, dating, counted)
    kind = type_of(item, source, TYPES, BY_NAME)
    values |= {
        "type": kind,
        "level": one_line(str(item.get("level", ""))),
        "geometry": _shape(item, values["title"], counted),
        "since": dating.iso(item, "since"),
        "expires": _end(item, source, values["title"], counted),
    }
    where = ("address", "coordinates", "geometry", "commune", "places")
    if not any(values[field] for field in where):
        counted.say("mục không ghi ở đâu, đã bỏ")
        return None
    return Draft(
        kind="places",
        values={key: value for key, value in values.items() if value},
        keys=keys_of(item, values, source, names),
        scope="places",
        title=values["title"],
        folder=TYPES[kind][0],
        language="vi",
    )


def _shape(item: Item, name: str, counted: Counted) -> str:
    text = str(item.get("geometry", ""))
    if not text:
        return ""
    try:
        Geometry.model_validate(text)
    except ValidationError as error:
        counted.say(f"bỏ hình vẽ: {from_validation(error, '', {})[0].message}", name)
        return ""
    return text


def _end(item: Item, source: Source, name: str, counted: Counted) -> str:
    """Return when a place ends; unlike other dates it may lie ahead."""
    text: Any = item.get("expires", "")
    if not text:
        return ""
    found = read_date(str(text), source.dates)
    if found is None:
        counted.say(f"không đọc được ngày kết thúc “{one_line(str(text))[:30]}”", name)
        return ""
    return iso(found.time)


def hold(before: Document, after: Document) -> str:
    """Return why a person must look: the numbers that people would call have changed."""
    return changed_numbers(before, after)
