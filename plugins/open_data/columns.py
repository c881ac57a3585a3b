"""Which columns a kind has as a table, and what stands in them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from plugins.open_data.records import Record
from plugins.open_data.tables import Cell

_FIRST = ("id", "page", "state", "title", "summary")
_PLACE = ("phones", "address", "commune", "old_district", "latitude", "longitude", "hours")
_CHECKED = ("checked_on", "checked_by", "sources", "updated")

COLUMNS: Mapping[str, Sequence[str]] = {
    "contacts": (*_FIRST, "type", *_PLACE, "email", "url", "old_names", *_CHECKED),
    "places": (*_FIRST, "type", "level", *_PLACE, "since", "expires", *_CHECKED),
    "services": (
        *(*_FIRST, "type", "provider", "phones", "sms", "email", "form", "address", "commune"),
        *("hours", "audience", "answer_time", "sources", "updated"),
    ),
    "misinformation": (
        *(*_FIRST, "claim", "verdict", "fact", "claimed_by", "claimed_on", "reviewed_by"),
        *("reviewed_on", "evidence", "sources", "date", "updated"),
    ),
    "questions": (*_FIRST, "question", "text", "answered_by", "asked_on", "answered_on", "section"),
    "documents": (
        *(*_FIRST, "type", "number", "issued_on", "effective_on", "issuer", "signer_role"),
        *("replaced_by", "attachments"),
    ),
    "statistics": (*_FIRST, "scope", "region", "topic", "as_of", "source", "method"),
    "campaigns": (*_FIRST, "target", "unit", "by", "app", "link", "date", "expires"),
}
"""Kind -> columns of its CSV; other kinds have JSON only."""


def flat(record: Record) -> dict[str, Cell]:
    """Return a record's cells: groups become words, several things are parted by “; ”."""
    latitude, longitude = record.get("coordinates") or (None, None)
    goal: dict[str, Cell] = record.get("goal", {})
    row = {name: _words(value) for name, value in record.items()}
    return {**row, "latitude": latitude, "longitude": longitude, **goal}


def _group_words(group: Mapping[str, str]) -> str:
    """Return “0276.1022 (trực ban)”, “Sở Y tế (https://…)”: what it is, and where or whose."""
    names = (group.get(key, "") for key in ("number", "name", "label", "url", "file"))
    first, *more = [*dict.fromkeys(filter(None, names))] or [""]
    return f"{first} ({more[0]})" if more else first


def _words(value: Any) -> Cell:
    if value is None or isinstance(value, str | int | float):
        return value
    if isinstance(value, dict):
        return _group_words({key: item for key, item in value.items() if isinstance(item, str)})
    return "; ".join(str(words) for item in value if (words := _words(item)) is not None)
