"""What is printed for an app or a campaign: the forms, their permanent addresses, who gets them.

An app is a guide with `app`: its sheets lie below its short address `/a/<app>/`. A campaign with
`artwork` has its own below its page. An app that is over gets no new sheets; the addresses that
were given away say so.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, NamedTuple, cast

from model.artwork import install_path
from model.output import LANGUAGE, Row, Store, list_name, public_path
from model.typesetting import can_typeset

if TYPE_CHECKING:  # an edit of something else need not load these kinds
    from model.kinds.campaigns import Campaign
    from model.kinds.guides import Guide

SHEETS = "sheet"
"""Name of the family of printed sheets; its key: (document id, language, form, tone)."""
QR_CODES = "qr-code"
"""Name of the family of QR codes; its key: (document id in Vietnamese, "svg" or "png")."""
Tone = Literal["mau", "den-trang"]
TONES: dict[Tone, str] = {"mau": "màu", "den-trang": "đen trắng"}
QrEnding = Literal["svg", "png"]
QR_ENDINGS: tuple[QrEnding, ...] = ("svg", "png")


@dataclass(frozen=True, slots=True)
class Form:
    """A form of print: `template` in `theme/print`, the paper in millimetres."""

    name: str
    label: str
    template: str
    width: int
    height: int


FORMS = (
    Form("the", "Thẻ 85 × 54 mm, mười thẻ một tờ A4", "card.typ", 210, 297),
    Form("the-nha-in", "Thẻ 85 × 54 mm, một thẻ cho nhà in", "card.typ", 105, 74),
    Form("ap-phich-a4", "Áp phích A4", "poster.typ", 210, 297),
    Form("ap-phich-a3", "Áp phích A3", "poster.typ", 297, 420),
    Form("de-ban", "Biển gấp để bàn, một tờ A4", "tent.typ", 210, 297),
    Form("tem", "Tem dán 90 × 90 mm, sáu tem một tờ A4", "sticker.typ", 210, 297),
)
BY_NAME = {form.name: form for form in FORMS}


def sheet_folder(identity: str) -> str:
    """Return where the sheets of a document lie, without slashes at the ends."""
    stem = identity.split(".", 1)[0]
    kind, slug = stem.split("/", 1)
    return (install_path(slug) if kind == "guides" else public_path(stem)).strip("/")


def sheet_path(identity: str, lang: str, form: str, tone: Tone) -> str:
    """Return a sheet's public path without a leading slash: "a/x/the.den-trang.km.pdf"."""
    parts = [form, "" if tone == "mau" else tone, "" if lang == LANGUAGE else lang]
    return f"{sheet_folder(identity)}/{'.'.join(filter(None, parts))}.pdf"


def qr_path(identity: str, ending: QrEnding) -> str:
    """Return the public path of the QR code that leads to the document's short address."""
    return f"{sheet_folder(identity)}/qr.{ending}"


def sheet_languages(row: Row) -> tuple[str, ...]:
    """Return the languages in which this document's file has words for sheets."""
    if row.kind == "guides":
        return (row.lang,) if cast("Guide", row.document).app else ()
    if row.kind == "campaigns" and row.lang == LANGUAGE:
        return tuple(item.lang for item in cast("Campaign", row.document).artwork)
    return ()


def app_guide(row: Row, store: Store) -> Row | None:
    """Return the Vietnamese guide to the app of a guide or of a campaign; None without an app."""
    stem = row.id.split(".", 1)[0]
    if row.kind == "campaigns":
        app = cast("Campaign", row.document).app
        stem = f"guides/{app}" if app else ""
    guide = row if row.id == stem else (store.document(stem) if stem else None)
    return guide if guide and guide.kind == "guides" and sheet_languages(guide) else None


def has_address(row: Row, store: Store) -> bool:
    """Return whether what the QR code leads to is there: an app's short address is Vietnamese."""
    return row.kind != "guides" or app_guide(row, store) is not None


def is_over(row: Row, store: Store) -> bool:
    """Return whether nobody should print this any more: the campaign or the app is over."""
    if row.state == "expired":
        return True
    rows = [row] if row.kind == "guides" else []
    apps = [cast("Guide", item.document).app for item in (*rows, app_guide(row, store)) if item]
    return any(app is not None and app.is_over for app in apps)


class Download(NamedTuple):
    """A sheet to print: the form, the language, and the addresses in colour and black and white."""

    form: Form
    lang: str
    colour: str
    plain: str


def downloads(row: Row, store: Store) -> tuple[Download, ...]:
    """Return what can be printed for a guide or a campaign now, in the row's language first."""
    if not can_typeset() or is_over(row, store) or not has_address(row, store):
        return ()
    return tuple(
        Download(
            form,
            lang,
            *(f"/{sheet_path(row.id, lang, form.name, tone)}" for tone in TONES),
        )
        for lang in _languages(row, store)
        for form in FORMS
    )


def _languages(row: Row, store: Store) -> Iterator[str]:
    """Yield the languages in which the document or its translations have sheets."""
    yield from sheet_languages(row)
    if row.kind != "guides":
        return
    stem = row.id.split(".", 1)[0]
    for lang in store.site.languages:
        other = None if lang == row.lang else store.document(list_name(stem, lang))
        if other:
            yield from sheet_languages(other)
