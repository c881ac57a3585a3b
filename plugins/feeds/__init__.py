"""Atom feeds (RFC 4287): one per kind and one per section, the newest 20 entries.

Outputs: `<prefix>/atom.xml`, `<prefix>/<section>/atom.xml`. An entry's id is the permanent address
of its page; its `updated` moves only when the document says so. Titles are the documents' own: a
debunk's title states the fact, so no feed spreads the bare rumour. Settings: none.
"""

from __future__ import annotations

from model.output import registry


def register() -> None:
    """Register the feed families."""
    from plugins.feeds.atom import AtomFeeds

    registry.replace(AtomFeeds())
