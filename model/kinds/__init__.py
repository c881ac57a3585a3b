"""The kinds of documents: a file a kind, a line here a kind; each is loaded when first needed."""

from __future__ import annotations

from functools import cache
from importlib import import_module

from model.kinds.base import Document

KINDS: dict[str, str] = {
    "news": "News",
    "misinformation": "Misinformation",
    "guides": "Guide",
    "questions": "Question",
    "contacts": "Contact",
    "places": "Place",
    "documents": "OfficialDocument",
    "statistics": "Statistics",
    "alerts": "Alert",
    "campaigns": "Campaign",
    "services": "Service",
    "pages": "Page",
}
"""Folder under content/ and module name -> class."""


@cache
def kind_class(kind: str) -> type[Document]:
    """Return the class of `kind`; KeyError if there is no such kind."""
    name = KINDS[kind]
    found: type[Document] = getattr(import_module(f"model.kinds.{kind}"), name)
    return found
