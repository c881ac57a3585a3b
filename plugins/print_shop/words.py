"""What a sheet says: from a guide with an app, or a campaign, in one language."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, cast
from urllib.parse import urlsplit

from model.artwork import install_path, unprintable
from model.colour import LEAST, ink_on, readable
from model.output import LANGUAGE, Row, Store, list_name
from model.sheets import app_guide, has_address, is_over, sheet_languages
from model.words import Words

if TYPE_CHECKING:
    from model.kinds.campaigns import Campaign
    from model.kinds.guides import App, Guide

PAPER = "#ffffff"


@dataclass(frozen=True, slots=True)
class SheetWords:
    """What a sheet says and in which colours; every text may be set in the packaged fonts."""

    lang: str
    over: bool
    title: str
    lead: str
    labels: tuple[str, str]
    """Headings of uses and cautions."""
    target: str
    """Address that the QR code leads to."""
    address: str
    """The same as people type it."""
    publisher: str
    ground: str
    ink: str
    accent: str
    """The ground, dark enough to be read on white paper."""
    kicker: str = ""
    """What to do, above the title: "Cài ứng dụng"."""
    steps: tuple[str, ...] = ()
    uses: tuple[str, ...] = ()
    cautions: tuple[str, ...] = ()
    scan: str = ""
    """What the QR code is for."""
    dated: str = ""
    """How old the guide is: apps change and die."""


def sheet_words(row: Row, lang: str, store: Store) -> SheetWords | None:
    """Return what the sheets of a guide or a campaign say; None if they have no words for it."""
    if lang not in sheet_languages(row) or not has_address(row, store):
        return None
    if is_over(row, store):
        return _of_the_past(row, lang, store)
    return _of_guide(row, store) if row.kind == "guides" else _of_campaign(row, lang, store)


def _of_guide(row: Row, store: Store) -> SheetWords:
    guide = cast("Guide", row.document)
    app = cast("App", guide.app)
    t = Spoken(store.words(row.lang))
    told = guide.updated or guide.date
    return SheetWords(
        **_common(row, row.lang, store),
        kicker=t("Cài ứng dụng"),
        title=app.name,
        lead=guide.summary,
        steps=guide.first,
        uses=app.functions,
        cautions=app.cautions,
        scan=t("Quét mã để cài"),
        dated=store.words(row.lang).date(told) if told else "",
    )


def _of_campaign(row: Row, lang: str, store: Store) -> SheetWords:
    campaign = cast("Campaign", row.document)
    artwork = next(item for item in campaign.artwork if item.lang == lang)
    guide = _guide_in(lang, row, store)
    t = Spoken(store.words(lang))
    said = SheetWords(
        **_common(row, lang, store),
        title=artwork.headline,
        lead=artwork.action,
        steps=guide.first if guide else (),
        cautions=guide.app.cautions if guide and guide.app else (),
        scan=t("Quét mã để cài") if guide else t("Quét mã để xem"),
    )
    ground = artwork.colour or said.ground
    ink = artwork.ink or ink_on(ground)
    return replace(said, ground=ground, ink=ink, accent=readable(ground, PAPER, LEAST))


def _of_the_past(row: Row, lang: str, store: Store) -> SheetWords:
    """Return what the addresses say that were given away while there was something to print."""
    t = store.words(lang)
    guide = app_guide(row, store)
    app = cast("Guide", guide.document).app if guide else None
    if row.state == "expired" or app is None:
        return SheetWords(
            **_common(row, lang, store),
            title=row.document.title,
            lead=t("Chiến dịch này đã kết thúc."),
        )
    instead = store.document(f"guides/{app.replaced_by}") if app.replaced_by else None
    other = cast("Guide", instead.document).app if instead else None
    name = other.name if other else app.replaced_by
    return SheetWords(
        **_common(row, lang, store),
        title=app.name,
        lead=t("Ứng dụng này đã ngừng, đừng cài nữa."),
        steps=(t("Dùng thay: {name}.", name=name),) if name else (),
    )


def _common(row: Row, lang: str, store: Store) -> dict[str, Any]:
    """Return what every sheet has: the address, the publisher, the site's colours."""
    t = Spoken(store.words(lang))
    target = target_of(row, store)
    name = store.words(lang)(store.site.agency.name)
    ground = store.site.colours.primary
    return {
        "lang": lang,
        "over": is_over(row, store),
        "labels": (t("Dùng để làm gì"), t("Cần chú ý")),
        "target": target,
        "address": _typed(target),
        "publisher": "" if unprintable(name) else name,
        "ground": ground,
        "ink": ink_on(ground),
        "accent": readable(ground, PAPER, LEAST),
    }


def target_of(row: Row, store: Store) -> str:
    """Return where the QR code of a guide or a campaign leads: always an address of this site."""
    if row.kind == "guides":
        return store.site.absolute(install_path(row.slug))
    app = cast("Campaign", row.document).app
    return store.site.absolute(install_path(app) if app and app_guide(row, store) else row.path)


def _guide_in(lang: str, row: Row, store: Store) -> Guide | None:
    """Return the guide to a campaign's app in `lang`; None if there is none in that language."""
    guide = app_guide(row, store)
    found = store.document(list_name(guide.id, lang)) if guide else None
    return cast("Guide", found.document) if found else None


class Spoken:
    """The interface's words in a language; "" where nobody has translated them."""

    def __init__(self, words: Words) -> None:
        self._words = words

    def __call__(self, message: str) -> str:
        """Return `message` in the language, or ""."""
        said = self._words(message)
        return "" if said == message and self._words.lang != LANGUAGE else said


def _typed(address: str) -> str:
    parts = urlsplit(address)
    return f"{parts.netloc}{parts.path}".rstrip("/")
