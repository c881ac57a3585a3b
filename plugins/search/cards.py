"""What a search result shows of a document."""

from __future__ import annotations

import re

from model.fields import VIETNAM
from model.kinds import FACES
from model.output import Row
from model.text import fold, shorten
from plugins.search.texts import plain

SUMMARY = 150
_BREAKS = re.compile(r"[^a-z0-9]+")


def card(row: Row, html: str) -> list[object]:
    """Return [title, address or 0, date "2021-08-28" or "", summary, codes of places].

    An address is 0 when the browser can tell it from kind and title.
    """
    document = row.document
    at = document.sorted_at
    summary = getattr(document, "claim", "") or document.summary or plain(html)
    return [
        document.title,
        0 if row.path == guess(row.kind, document.title) else row.path,
        at.astimezone(VIETNAM).date().isoformat() if at else "",
        shorten(summary, SUMMARY),
        " ".join(document.places),
    ]


def guess(kind: str, title: str) -> str:
    """Return the address that a document of this kind and title usually has."""
    return f"/{FACES[kind].prefix}/{_BREAKS.sub('-', fold(title)).strip('-')}/"
