"""What a child process does: a file of a source's bytes -> drafts of documents, as JSON values."""

from __future__ import annotations

import os
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import Any

from fetchers.formats import Item, Page, Parsed, Unreadable, detail_of, parser_of
from fetchers.normalise import Draft, Made, drafter_of
from model.source import Source

EXPECTED = (Unreadable,)


def read(file: str, url: str, content_type: str, source: Source) -> dict[str, Any]:
    """Return {items, notes, empty, more} of one page of a source."""
    page = Page(url, content_type, Path(os.fspath(file)).read_bytes(), source)
    return asdict(parser_of(source.format)(page))


def draft(items: list[Item], source: Source, now: datetime) -> dict[str, Any]:
    """Return {drafts, notes} of a source's items."""
    return asdict(drafter_of(source.kind)(items, source, now))


def read_and_draft(
    file: str, url: str, content_type: str, source: Source, now: datetime
) -> dict[str, Any]:
    """Do both for a source that says all on one page: {parsed, made}; no `made` if it has more."""
    parsed = read(file, url, content_type, source)
    made = None if parsed["more"] else draft(parsed["items"], source, now)
    return {"parsed": parsed, "made": made}


def complete(
    file: str, url: str, content_type: str, item: Item, source: Source, now: datetime
) -> dict[str, Any]:
    """Return {drafts, notes} of one item, completed from its own page."""
    finish = detail_of(source.format)
    if finish is not None:
        page = Page(url, content_type, Path(os.fspath(file)).read_bytes(), source)
        item = finish(page, item)
    return draft([item], source, now)


def parsed_from(values: dict[str, Any]) -> Parsed:
    """Return what `read` gave, as it was before it crossed the process border."""
    return Parsed(**values)


def made_from(values: dict[str, Any]) -> Made:
    """Return what `draft` gave, as it was before it crossed the process border."""
    return Made([Draft(**value) for value in values["drafts"]], values["notes"])
