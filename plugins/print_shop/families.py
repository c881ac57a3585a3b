"""The printed sheets of apps and campaigns and the QR codes that lead to them."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import asdict
from typing import ClassVar, cast

from model.output import LANGUAGE, Family, Key, Row, Store
from model.sheets import (
    BY_NAME,
    FORMS,
    QR_CODES,
    QR_ENDINGS,
    SHEETS,
    TONES,
    Form,
    QrEnding,
    Tone,
    qr_path,
    sheet_languages,
    sheet_path,
)
from model.typesetting import get_ready, typeset, typesetter_version
from plugins.print_shop.words import SheetWords, sheet_words, target_of

SHARED = "print/parts.typ"
"""What stands before every template."""
OVER = "print/over.typ"
VERSION = "sheet 1"
"""Raised when the same words and template would be typeset otherwise."""


class Sheets(Family):
    """`<folder>/<form>[.den-trang][.<lang>].pdf`. Key: (document id, language, form, tone)."""

    name: ClassVar[str] = SHEETS
    slow: ClassVar[bool] = True
    draws: ClassVar[bool] = True

    def document_keys(self, row: Row) -> Iterable[Key]:
        """Return a key per language, form and tone."""
        return [
            (row.id, lang, form.name, tone)
            for lang in sheet_languages(row)
            for form in FORMS
            for tone in TONES
        ]

    def foreseen(self, key: Key) -> Iterable[str]:
        """Return the document."""
        return [key[0]]

    def path(self, key: Key) -> str:
        """Return the sheet's path."""
        return sheet_path(key[0], key[1], key[2], cast("Tone", key[3]))

    def get_ready(self) -> None:
        """Start the typesetter."""
        get_ready()

    def render(self, key: Key, store: Store) -> bytes | None:
        """Return the PDF, or None if the document is gone or has no words in the language."""
        row = store.document(key[0])
        if row is None or row.kind not in store.site.kinds:
            return None
        words = sheet_words(row, key[1], store)
        return sheet(words, BY_NAME[key[2]], cast("Tone", key[3]), store) if words else None


def sheet(words: SheetWords, form: Form, tone: Tone, store: Store) -> bytes:
    """Return a sheet as PDF, typeset once while its words and its template are the same."""
    shown = BY_NAME["ap-phich-a4"] if words.over else form  # that all is over needs no form
    template = OVER if words.over else f"print/{form.template}"
    source = f"{store.theme_text(SHARED)}\n{store.theme_text(template)}"
    data = {
        **asdict(words),
        "form": shown.name,
        "width": shown.width,
        "height": shown.height,
        "plain": tone == "den-trang" or words.over,
    }
    parts = [VERSION, typesetter_version(), source, json.dumps(data, sort_keys=True)]
    recipe = hashlib.sha256("\0".join(parts).encode()).hexdigest()

    def draw() -> bytes:
        from plugins.print_shop.qr import svg

        return typeset(source, {**data, "qr": svg(words.target).decode()})

    return store.kept(recipe, draw)


class QrCodes(Family):
    """`<folder>/qr.svg` and `qr.png`. Key: (document id in Vietnamese, ending)."""

    name: ClassVar[str] = QR_CODES

    def document_keys(self, row: Row) -> Iterable[Key]:
        """Return the codes of a guide with an app or a campaign with artwork."""
        return [(row.id, ending) for ending in QR_ENDINGS] if _leads(row) else []

    def foreseen(self, key: Key) -> Iterable[str]:
        """Return the document."""
        return [key[0]]

    def path(self, key: Key) -> str:
        """Return the code's path."""
        return qr_path(key[0], cast("QrEnding", key[1]))

    def render(self, key: Key, store: Store) -> bytes | None:
        """Return the code, or None if the document is gone."""
        from plugins.print_shop import qr

        row = store.document(key[0])
        if row is None or row.kind not in store.site.kinds or not _leads(row):
            return None
        target = target_of(row, store)
        return qr.svg(target) if key[1] == "svg" else qr.png(target)


def _leads(row: Row) -> bool:
    return row.lang == LANGUAGE and bool(sheet_languages(row))
