"""Feeds: Atom, RSS 2.0 and JSON Feed 1.1 per kind and section, the newest 20 documents.

Outputs: `[<lang>/]<prefix>/[<section>/]atom.xml`, `…/rss.xml`, `…/feed.json`. Kinds that run by
title (contacts, services) have none. An entry's id is the permanent address of its page, kept by
`identity` in `site.yaml` if the site moves to another host; its `updated` moves only when the
document says so. A document without any date stands in no feed. Titles are the documents' own: a
debunk's title states the fact, so no feed spreads the bare rumour.
"""

from __future__ import annotations

from model.output import registry


def register() -> None:
    """Register the feed families."""
    from plugins.feeds.atom import AtomFeeds
    from plugins.feeds.json_feed import JsonFeeds
    from plugins.feeds.rss import RssFeeds

    registry.replace(AtomFeeds(), RssFeeds(), JsonFeeds())
