"""One facility told by two sources: the first keeps its word, the second adds what is missing.

The second source is always named. Where the two give different numbers the document waits for a
person, because one of them is wrong.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from fetchers.normalise import Draft, Settled
from model.phone import parse_phone
from model.problem import FieldError

ADDED = ("commune", "old_district", "coordinates", "hours", "email", "url", "checked_on", "address")
"""Fields that a later source may fill in when the first is silent."""


def united(
    draft: Draft,
    before: Mapping[str, Any],
    files: Mapping[str, str],  # noqa: ARG001 - no files beside it
    now: datetime,  # noqa: ARG001 - nothing here depends on it
    own: bool,
) -> Settled:
    """Return the draft that a facility's file should become.

    `before`: the front matter as it stands. `own`: whether the draft comes from the source that the
    file belongs to; then its word counts, the other sources stay named beside it, and so does what
    it is silent about.
    """
    others = [ref for ref in _refs(before) if ref.get("name") not in _names(draft.values)]
    if own:
        silent = [field for field in ADDED if others and not draft.values.get(field)]
        kept = {field: before[field] for field in silent if before.get(field)}
        named = {"sources": [*draft.values["sources"], *others]}
        return Settled(_with(draft, draft.values | kept | named))
    values = dict(before)
    for field in ADDED:
        if not values.get(field) and draft.values.get(field):
            values[field] = draft.values[field]
    values["sources"] = [
        *(ref for ref in _refs(before) if ref.get("name") not in _names(draft.values)),
        *draft.values["sources"],
    ]
    if [ref.get("name") for ref in _refs(before)] == [ref.get("name") for ref in values["sources"]]:
        values["sources"] = _refs(before)
    reason = ""
    said = draft.values.get("phones", [])
    if said and not values.get("phones"):
        values["phones"] = said
    elif not _dials(said) <= _dials(values.get("phones")):
        values["phones"] = [*values["phones"], *_more(values["phones"], said)]
        numbers = ", ".join(str(phone["number"]) for phone in said)
        reason = f"{draft.values['sources'][0]['name']} ghi số khác: {numbers}"
    return Settled(_with(draft, values), reason)


def _with(draft: Draft, values: Mapping[str, Any]) -> Draft:
    return replace(draft, values=dict(values))


def _refs(values: Mapping[str, Any]) -> list[dict[str, Any]]:
    found = values.get("sources", [])
    return [ref for ref in found if isinstance(ref, dict)] if isinstance(found, list) else []


def _names(values: Mapping[str, Any]) -> set[Any]:
    return {ref.get("name") for ref in _refs(values)}


def _dials(phones: Any) -> set[str]:
    found = set()
    for phone in phones if isinstance(phones, list) else []:
        try:
            found.add(parse_phone(str(phone["number"])).tel)
        except (FieldError, KeyError, TypeError):
            continue
    return found


def _more(there: Any, said: Any) -> list[Any]:
    known = _dials(there)
    return [phone for phone in said if not _dials([phone]) <= known]
