"""A document as a small card to frame, and its oEmbed answers. Key: (document id[, format])."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, ClassVar, cast

from model.banner import successor
from model.output import Family, Key, Row, Store, public_path
from model.widgets import card_path, has_card
from model.words import Words
from plugins.widgets.items import item_of
from plugins.widgets.oembed import FORMATS, answer, written
from plugins.widgets.view import Item, licence_of, stale_words
from plugins.widgets.views import help_line

if TYPE_CHECKING:  # a card of another kind need not load this one
    from model.kinds.alerts import Alert

HEIGHT = 260
"""Height of a card on a telephone, in CSS pixels; the host may let it grow."""


@dataclass(frozen=True)
class CardPage:
    """What `embed_card.html` gets as `page`."""

    lang: str
    path: str
    title: str
    description: str
    link: str
    item: Item
    stale: str
    licence: str


class _OfDocument(Family):
    """Something under the card's address of a document that has a page."""

    def foreseen(self, key: Key) -> Iterable[str]:
        """Return the document."""
        return [key[0]]

    def path(self, key: Key) -> str:
        """Return the path of a file beside the card."""
        return card_path(public_path(key[0])).lstrip("/")

    def row(self, key: Key, store: Store) -> Row | None:
        """Return the document, or None when the public may not see it."""
        row = store.document(key[0])
        return row if row and row.kind in store.site.kinds and has_card(row) else None


class Cards(_OfDocument):
    """`embed/the/<page>/index.html`."""

    name: ClassVar[str] = "card"

    def document_keys(self, row: Row) -> Iterable[Key]:
        """Return the document's card."""
        return [(row.id,)] if has_card(row) else []

    def path(self, key: Key) -> str:
        """Return the card's path."""
        return super().path(key) + "index.html"

    def render(self, key: Key, store: Store) -> bytes | None:
        """Return the card."""
        row = self.row(key, store)
        if row is None:
            return None
        t = store.words(row.lang)
        page = CardPage(
            lang=row.lang,
            path=card_path(row.path),
            title=row.document.title,
            description=row.document.summary,
            link=store.site.absolute(row.path),
            item=_item(row, store, t),
            licence=licence_of(row.kind, store.site),
            stale=stale_words(help_line(store.site, t), t),
        )
        return store.template("embed_card.html", page)


def _item(row: Row, store: Store, t: Words) -> Item:
    """Return the document's entry; of an alert that a later one replaced, only that it was."""
    item = item_of(row, store, t)
    if row.kind != "alerts":
        return item
    other, alert = successor(row, store), cast("Alert", row.document)
    if other and cast("Alert", other.document).message == "cancel":
        return Item(item.title, item.url, item.lang, t("Cảnh báo này đã được hủy"), "good")
    if other:
        words = t("Cảnh báo này đã được thay bằng bản mới hơn")
        link = (other.document.title, store.site.absolute(other.path))
        return Item(item.title, item.url, item.lang, words, "wait", links=(link,))
    if alert.message == "cancel":
        return replace(item, label=t("Tin hủy cảnh báo"), tone="good", until_words="")
    if row.state == "expired":
        return replace(item, label=t("Đã hết hiệu lực"), tone="wait", until=None, calls=())
    return item


class DocumentOembed(_OfDocument):
    """`embed/the/<page>/oembed.json` and `.xml`."""

    name: ClassVar[str] = "oembed"

    def document_keys(self, row: Row) -> Iterable[Key]:
        """Return both formats."""
        return [(row.id, form) for form in FORMATS] if has_card(row) else []

    def path(self, key: Key) -> str:
        """Return the answer's path."""
        return f"{super().path(key)}oembed.{key[1]}"

    def render(self, key: Key, store: Store) -> bytes | None:
        """Return the answer."""
        row = self.row(key, store)
        if row is None:
            return None
        return written(answer(store.site, card_path(row.path), row.document.title, HEIGHT), key[1])
