"""Raw items -> drafts of documents, a module a kind, a line here each. Pure: `now` is an argument.

How a kind plugs in
-------------------
A module `fetchers/normalise/<kind>.py` has::

    def drafts(items: list[Item], source: Source, now: datetime) -> Made

It gets all items of a source at once, so many rows may become one document. A Draft holds the front
matter as text (what `model.kinds.<kind>` converts and checks), the Markdown body (outside text only
through `model.markup.escape_markdown`), a title to name the file by, and the identity keys: texts
such as "link:…", "guid:…", strongest first, any of which tells that two drafts are one document.
Documents are known by their keys within `scope` (a publisher's name for news; a kind's name where
several sources tell of the same things).

A module may have `hold(before: Document, after: Document) -> str`: a reason in Vietnamese why a
person must look at this change before it is published ("" for none). Such a change waits in
data/review/.

A module may have `settle(draft, before, files, now, own) -> Settled`: it completes a draft by what
stands in the site (the front matter `before`, the texts of `draft.files`), and may say why a person
must look first. `own` is false when the document is another source's: then the answer is what that
document should become.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from importlib import import_module
from typing import Any

from fetchers.formats import Item
from model.kinds.base import Document
from model.source import Source

NORMALISERS: dict[str, str] = {
    "news": "fetchers.normalise.news",
    "questions": "fetchers.normalise.questions",
    "places": "fetchers.normalise.places",
    "contacts": "fetchers.normalise.contacts",
    "statistics": "fetchers.normalise.statistics",
    "misinformation": "fetchers.normalise.misinformation",
}
"""Kind -> module."""

Drafter = Callable[[list[Item], Source, datetime], "Made"]
Holder = Callable[[Document, Document], str]
Settler = Callable[["Draft", Mapping[str, Any], Mapping[str, str], datetime, bool], "Settled"]


@dataclass(frozen=True)
class Draft:
    """A document to be.

    `values`: front matter, in the order in which it is written, without what only the writer knows
    (`first_seen`, `fetched_hash`); `folder`: below content/<kind>/ ("2021", or "").
    """

    kind: str
    values: dict[str, Any]
    keys: list[str]
    scope: str
    title: str
    body: str = ""
    folder: str = ""
    language: str = "vi"
    detail: str = ""
    files: dict[str, str] = field(default_factory=dict)
    """Other files of the site that go with the document (a series): path -> text."""
    item: int = -1
    """`detail`: an address whose page would complete item number `item`, asked if it is new."""
    same: bool = False
    """Whether the source's list says of a known document what it said before: nothing to do."""


@dataclass(frozen=True)
class Settled:
    """A draft completed by what stands in the site; `reason`: why a person must look first."""

    draft: Draft
    reason: str = ""


@dataclass(frozen=True)
class Made:
    """The drafts of one source; `notes` are Vietnamese lines for the Outcome."""

    drafts: list[Draft]
    notes: list[str] = field(default_factory=list)


def drafter_of(kind: str) -> Drafter:
    """Return the `drafts` of a kind; KeyError if nothing fetched becomes such a document."""
    drafts: Drafter = import_module(NORMALISERS[kind]).drafts
    return drafts


def holder_of(kind: str) -> Holder | None:
    """Return the `hold` of a kind, or None if its changes never wait for a person."""
    return getattr(import_module(NORMALISERS[kind]), "hold", None)


def settler_of(kind: str) -> Settler | None:
    """Return the `settle` of a kind, or None if a draft says all there is to say."""
    return getattr(import_module(NORMALISERS[kind]), "settle", None)
