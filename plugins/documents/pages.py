"""A page per document: `<kind>.html` shows a DocumentPage."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar, NamedTuple

from model.bulletin import bulletin_of
from model.copies import copies
from model.kinds.base import Document
from model.output import Family, Key, Row, Store, list_name, public_path
from model.share import SharePicture, share_pictures
from model.structured_data import StructuredData, document_data
from plugins.documents.details import details
from plugins.documents.pictures import with_pictures
from plugins.documents.trail import (
    Place,
    Translation,
    feed_path,
    list_path,
    section,
    topics,
    translations,
)


class DocumentPage(NamedTuple):
    """What the template of a kind gets as `page`."""

    row: Row
    body: str
    """Sanitised HTML."""
    lang: str
    path: str
    """Public address below the site's base."""
    title: str
    description: str
    expired: bool
    data: StructuredData
    """What the page says to machines."""
    copies: tuple[tuple[str, str], ...]
    """(format, address) of its machine-readable copies."""
    parent: Place
    """The list of its kind."""
    section: Place | None
    topics: tuple[Place, ...]
    translations: tuple[Translation, ...]
    feed: str | None
    """Address of its kind's feed, if it has one."""
    bulletin: str | None
    """Address of its text for the loudspeaker, if it is read aloud."""
    share: tuple[SharePicture, ...]
    """Pictures shown where the page is shared."""
    details: object | None
    """The kind's own view (`plugins.documents.details`)."""

    @property
    def has_card(self) -> bool:
        """Whether other sites may embed it as a card."""
        from model.widgets import has_card

        return has_card(self.row)

    @property
    def document(self) -> Document:
        """The document's fields."""
        return self.row.document


class DocumentPages(Family):
    """`<prefix>/<slug>/index.html` for every document that has a page."""

    name: ClassVar[str] = "page"

    def document_keys(self, row: Row) -> Iterable[Key]:
        """Return the document's own page."""
        return [(row.id,)]

    def foreseen(self, key: Key) -> Iterable[str]:
        """Return the document itself."""
        return [key[0]]

    def path(self, key: Key) -> str:
        """Return the page's path, decided by the document's id."""
        return public_path(key[0]).strip("/") + "/index.html"

    def render(self, key: Key, store: Store) -> bytes | None:
        """Return the page, or None when the public may not see the document."""
        row = store.document(key[0])
        if row is None or row.kind not in store.site.kinds:
            return None
        return store.template(f"{row.kind}.html", view(row, store))


def view(row: Row, store: Store) -> DocumentPage:
    """Return what the template of the row's kind shows."""
    current = list_name(row.kind, row.lang)
    parent, topic = Place(row.document.label, list_path(current)), section(row, store)
    way_back = [place for place in (parent, topic) if place and row.document.prefix]
    return DocumentPage(
        row=row,
        body=with_pictures(store.body(row.id), store, store.words(row.lang)),
        lang=row.lang,
        path=row.path,
        title=row.document.title,
        description=row.document.summary,
        expired=row.state == "expired",
        data=document_data(row, store, way_back),
        copies=copies(row),
        parent=parent,
        section=topic,
        topics=topics(row),
        translations=translations(row, store),
        feed=feed_path(current, [row]) if row.state == "current" else None,
        bulletin=bulletin_of(row, store),
        share=share_pictures(row, store),
        details=details(row, store),
    )
