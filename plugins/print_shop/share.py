"""The pictures of debunks, alerts and figures that are shown where their pages are shared."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from typing import ClassVar

from model.output import Family, Key, Row, Store, public_path
from model.share import KINDS, SHARE_PICTURES, SIZES, ShareWords, share_path, share_words
from model.typesetting import get_ready, typeset, typesetter_version

PARTS = ("print/parts.typ", "print/share.typ")
PALETTE = 48
MOST = 60 * 1024
"""The heaviest that a picture may be (bytes)."""
VERSION = "share 1"
"""Raised when the same words and template would be drawn otherwise."""


class SharePictures(Family):
    """`<page>chia-se-<width>x<height>.png`. Key: (document id, size)."""

    name: ClassVar[str] = SHARE_PICTURES
    slow: ClassVar[bool] = True
    draws: ClassVar[bool] = True

    def document_keys(self, row: Row) -> Iterable[Key]:
        """Return a key per size."""
        return [(row.id, size) for size in SIZES] if row.kind in KINDS else []

    def foreseen(self, key: Key) -> Iterable[str]:
        """Return the document."""
        return [key[0]]

    def path(self, key: Key) -> str:
        """Return the picture's path."""
        return share_path(public_path(key[0]), key[1]).lstrip("/")

    def get_ready(self) -> None:
        """Start the typesetter."""
        get_ready()

    def render(self, key: Key, store: Store) -> bytes | None:
        """Return the picture, or None if the document has none (any more)."""
        row = store.document(key[0])
        if row is None or row.kind not in store.site.kinds:
            return None
        words = share_words(row, store)
        return picture(words, key[1], store) if words else None


def picture(words: ShareWords, size: str, store: Store) -> bytes:
    """Return a picture of the words, drawn once while they and the template are the same."""
    source = "\n".join(map(store.theme_text, PARTS))
    data = picture_data(words, size, store.site.colours.primary)
    parts = [VERSION, typesetter_version(), source, json.dumps(data, sort_keys=True)]
    recipe = hashlib.sha256("\0".join(parts).encode()).hexdigest()
    return store.kept(recipe, lambda: typeset(source, data, "png", PALETTE))


def picture_data(words: ShareWords, size: str, primary: str) -> dict[str, object]:
    """Return what the template gets."""
    from model.colour import LEAST, ink_on, readable

    width, height = SIZES[size]
    return {
        **words._asdict(),
        "title": words.headline,
        "width": width,
        "height": height,
        "plain": False,
        "ground": primary,
        "ink": ink_on(primary),
        "accent": readable(primary, "#ffffff", LEAST),
    }
