"""Which documents are read over the loudspeaker, and where their read-aloud text stands.

Vietnamese only: figures in other languages are said by other rules. What is over, withdrawn or
replaced has none, so that no old warning is read out.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from model.output import LANGUAGE, Row, Store

if TYPE_CHECKING:  # an edit of something else need not load these kinds
    from model.kinds.campaigns import Campaign
    from model.kinds.guides import Guide
    from model.kinds.misinformation import Misinformation

READ = ("alerts", "misinformation", "guides", "campaigns")
"""Kinds that are read aloud."""
FOLDER = "ban-doc-loa/"
SHELF = f"/{FOLDER}"
"""Address of the page that lists the newest bulletins."""


def bulletin_path(page: str) -> str:
    """Return the address of the bulletin of the document whose page has this address."""
    return page + FOLDER


def is_read(row: Row) -> bool:
    """Return whether the document, as it is, has something to read aloud.

    An unverified rumour has not: a loudspeaker would only spread it.
    """
    if row.kind not in READ or row.lang != LANGUAGE or row.state != "current":
        return False
    if row.kind == "misinformation":
        return cast("Misinformation", row.document).verdict != "checking"
    if row.kind == "guides":
        guide = cast("Guide", row.document)
        return bool(guide.first or guide.summary)
    if row.kind == "campaigns":
        campaign = cast("Campaign", row.document)
        return bool(campaign.texts.speaker or campaign.summary)
    return True


def bulletin_of(row: Row, store: Store) -> str | None:
    """Return the address of the row's bulletin; None if it has none or a later alert took over."""
    if not is_read(row) or row.kind not in store.site.kinds:
        return None
    if row.kind == "alerts":
        from model.banner import successor

        if successor(row, store):
            return None
    return bulletin_path(row.path)
