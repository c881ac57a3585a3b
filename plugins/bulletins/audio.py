"""Recordings and the podcast: builds take what `voice` has read; without recordings there is none.

A recording is named by the text that it reads: a bulletin that changed has none until it is read
anew, and never the old one.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from io import StringIO
from typing import ClassVar

from model.bulletin import READ, SHELF, bulletin_of, bulletin_path
from model.output import LANGUAGE, Family, Key, ListChange, Row, Store
from plugins.bulletins.sheets import Bulletin, OfDocument, bulletin

FOLDER = ".state/audio"
INDEX = f"{FOLDER}/index.json"
EPISODES = 10
"""Newest documents of each kind that the podcast looks at."""


def mark(found: Bulletin) -> str:
    """Return the name of the recording that reads exactly this text."""
    return hashlib.sha256(found.text.encode()).hexdigest()[:24]


def recordings(store: Store) -> Mapping[str, int]:
    """Return recording -> its length in seconds; empty where no voice has read anything."""
    data = store.file(INDEX)
    found: dict[str, int] = json.loads(data) if data else {}
    return found


def recording_of(found: Bulletin, store: Store) -> str:
    """Return the file below the site's folder that reads this bulletin; "" if there is none."""
    known = recordings(store)
    name = mark(found) if known else ""
    return f"{FOLDER}/{name}.mp3" if name in known else ""


class Recordings(OfDocument):
    """`<address>/ban-doc-loa/ban-doc.mp3`."""

    name: ClassVar[str] = "bulletin-audio"
    file: ClassVar[str] = "ban-doc.mp3"
    slow: ClassVar[bool] = True
    awaits: ClassVar[bool] = True

    def render(self, key: Key, store: Store) -> bytes | None:
        """Return the recording, or None while no voice has read this very text."""
        row = self.row(key, store) if recordings(store) else None
        name = recording_of(bulletin(row, store.site), store) if row else ""
        return store.file(name) if name else None


class Podcast(Family):
    """`ban-doc-loa/podcast.xml`: RSS 2.0 with an enclosure an item; no recording, no feed."""

    name: ClassVar[str] = "podcast"
    slow: ClassVar[bool] = True
    awaits: ClassVar[bool] = True

    def list_keys(self, change: ListChange) -> Iterable[Key]:
        """Return the feed if the newest of a kind changed."""
        return [(LANGUAGE,)] if change.name in READ and change.touches_newest(EPISODES) else []

    def path(self, key: Key) -> str:
        """Return the feed's path."""
        return f"{SHELF}podcast.xml".lstrip("/")

    def render(self, key: Key, store: Store) -> bytes | None:
        """Return the feed of the newest bulletins that have a recording."""
        episodes = list(_episodes(store)) if recordings(store) else []
        return _rss(sorted(episodes, reverse=True), store) if episodes else None


def _episodes(store: Store) -> Iterable[tuple[str, str, int]]:
    """Yield (time, document id, bytes of its recording) of what can be listened to."""
    for kind in READ:
        for row in store.newest(kind, EPISODES) if kind in store.site.kinds else ():
            if not row.document.date or not bulletin_of(row, store):
                continue
            name = recording_of(bulletin(row, store.site), store)
            data = store.file(name) if name else None
            if data:
                yield row.document.date.isoformat(), row.id, len(data)


def _rss(episodes: Iterable[tuple[str, str, int]], store: Store) -> bytes:
    import feedgenerator

    site = store.site
    feed = feedgenerator.Rss201rev2Feed(
        title=f"Bản tin loa – {site.name}",
        link=site.absolute(SHELF),
        description=f"Bản đọc loa của {site.agency.name}",
        language=LANGUAGE,
        feed_url=site.absolute(f"{SHELF}podcast.xml"),
    )
    for _, identity, length in episodes:
        row = store.document(identity)
        if row:
            feed.add_item(**_item(row, length, store))
    text = StringIO()
    feed.write(text, "utf-8")
    return text.getvalue().encode()


def _item(row: Row, length: int, store: Store) -> dict[str, object]:
    import feedgenerator

    site, path = store.site, bulletin_path(row.path)
    return {
        "title": row.document.title,
        "link": site.absolute(path),
        "unique_id": site.permanent(path),
        "unique_id_is_permalink": site.permanent(path) == site.absolute(path),
        "description": row.document.summary or row.document.title,
        "author_name": site.agency.name,
        "pubdate": row.document.date,
        "enclosures": [
            feedgenerator.Enclosure(site.absolute(f"{path}ban-doc.mp3"), str(length), "audio/mpeg")
        ],
    }
