"""Atom feeds per kind and section."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from io import StringIO
from typing import Any, ClassVar

from model.kinds import KINDS, kind_class
from model.output import LANGUAGE, Family, Key, ListChange, Row, Store, language_of

ENTRIES = 20
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


class AtomFeeds(Family):
    """`[<lang>/]<prefix>/[<section>/]atom.xml`. Key: (list,)."""

    name: ClassVar[str] = "atom"

    def list_keys(self, change: ListChange) -> Iterable[Key]:
        """Return the list's feed if its newest entries changed."""
        kind = change.name.split("/")[0].split(".")[0]
        if kind in KINDS and kind_class(kind).prefix and change.touches_newest(ENTRIES):
            yield (change.name,)

    def foreseen(self, key: Key) -> Iterable[str]:
        """Return the list."""
        return [f"list:{key[0]}"]

    def path(self, key: Key) -> str:
        """Return the feed's path."""
        kind, _, section = key[0].rsplit(".", 1)[0].partition("/")
        lang = language_of(key[0])
        parts = ["" if lang == LANGUAGE else lang, kind_class(kind).prefix, section, "atom.xml"]
        return "/".join(part for part in parts if part)

    def render(self, key: Key, store: Store) -> bytes | None:
        """Return the feed, or None when the list is empty or its kind is off."""
        kind, _, section = key[0].rsplit(".", 1)[0].partition("/")
        rows = store.newest(key[0], ENTRIES)
        if not rows or kind not in store.site.kinds:
            return None
        label = store.site.section_name(section) if section else kind_class(kind).label
        return _atom(f"{label} – {store.site.name}", self.path(key), rows, store)


def _atom(title: str, path: str, rows: Iterable[Row], store: Store) -> bytes:
    import feedgenerator

    site = store.site
    folder = "/" + path.removesuffix("atom.xml")
    feed = feedgenerator.Atom1Feed(
        title=title,
        link=site.absolute(folder),
        description=None,
        language="vi",
        feed_url=site.absolute("/" + path),
        feed_guid=site.absolute("/" + path),
        author_name=site.agency.name,
    )
    for row in rows:
        feed.add_item(**_entry(row, store))
    out = StringIO()
    feed.write(out, "utf-8")
    return out.getvalue().encode()


def _entry(row: Row, store: Store) -> dict[str, Any]:
    document, site = row.document, store.site
    published = document.date or document.sorted_at or EPOCH
    return {
        "title": document.title,
        "link": site.absolute(row.path),
        "unique_id": site.absolute(row.path),
        "description": document.summary,
        "content": store.body(row.id) or None,
        "pubdate": published,
        "updateddate": document.updated or published,
        "categories": [site.section_name(document.section)] if document.section else [],
    }
