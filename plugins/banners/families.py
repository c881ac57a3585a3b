"""The banner files of each campaign, permanent and immutable, and the install pages of apps."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, ClassVar, NamedTuple, cast

from model.artwork import (
    BY_NAME,
    SIZES,
    VARIANTS,
    Size,
    Variant,
    banner_path,
    install_path,
)
from model.colour import ink_on
from model.kit import leads_to
from model.output import Family, Key, Row, Store
from model.sheets import Download, downloads, sheet_folder
from model.site import Site
from plugins.banners.words import VERSION, Words

if TYPE_CHECKING:  # an edit of something else need not load these kinds
    from model.kinds.campaigns import Artwork, Campaign
    from model.kinds.guides import App, Guide

OVER = {"vi": "Chiến dịch này đã kết thúc", "en": "This campaign has ended"}
"""What a banner says after its campaign's end, so that no portal goes on asking."""


def artwork_of(row: Row) -> tuple[Artwork, ...]:
    """Return what a campaign's banners say; nothing for other kinds."""
    return cast("Campaign", row.document).artwork if row.kind == "campaigns" else ()


def words_of(row: Row, artwork: Artwork, site: Site) -> Words:
    """Return the words and colours of a banner; of a campaign that is over, that it is over."""
    over = row.state == "expired"
    headline = OVER.get(artwork.lang, OVER["vi"]) if over else artwork.headline
    action = "" if over else artwork.action
    ground = artwork.colour or site.colours.primary
    return Words(
        lang="vi" if over and artwork.lang not in OVER else artwork.lang,
        headline=headline,
        action=action,
        address="" if over else artwork.address,
        publisher=site.agency.name if artwork.lang != "km" else "",
        alt=headline if over else artwork.described,
        ground=ground,
        ink=artwork.ink or ink_on(ground),
        target=site.absolute(row.path if over else leads_to(row)),
        qr=artwork.qr and not over,
    )


def drawn(words: Words, size: Size, variant: Variant, store: Store) -> bytes:
    """Return a banner's file, drawn once while its words are the same; b"" if it cannot be."""
    recipe = hashlib.sha256(f"banner {VERSION} {words} {size.name} {variant}".encode()).hexdigest()

    def draw() -> bytes:
        from plugins.banners.drawing import banner

        return banner(words, size, variant)

    return store.kept(recipe, draw)


class Banners(Family):
    """`embed/bieu-ngu/<campaign>/<size>…`: the current artwork, at an address that stays."""

    name: ClassVar[str] = "banner"
    slow: ClassVar[bool] = True
    draws: ClassVar[bool] = True

    def document_keys(self, row: Row) -> Iterable[Key]:
        """Return a key per language, size and variant."""
        return [(row.id, *rest) for rest in _names(row)]

    def foreseen(self, key: Key) -> Iterable[str]:
        """Return the campaign."""
        return [key[0]]

    def path(self, key: Key) -> str:
        """Return the banner's path."""
        identity, lang, size, variant = key[:4]
        return banner_path(identity, lang, size, cast("Variant", variant), *key[4:])

    def render(self, key: Key, store: Store) -> bytes | None:
        """Return the picture, or None if the campaign or the room for its words is gone."""
        row = store.document(key[0])
        if row is None or row.kind not in store.site.kinds:
            return None
        artwork = next((item for item in artwork_of(row) if item.lang == key[1]), None)
        if artwork is None:
            return None
        words = words_of(row, artwork, store.site)
        if len(key) > 4 and (row.state == "expired" or mark_of(words) != key[4]):
            return None
        return drawn(words, BY_NAME[key[2]], cast("Variant", key[3]), store) or None


class LastingBanners(Banners):
    """The same files under names with the artwork's hash, which never show another picture."""

    name: ClassVar[str] = "lasting-banner"

    def keys_of(self, row: Row, site: Site) -> Iterable[Key]:
        """Return a key per language, size, variant and hash."""
        marks: dict[str, str] = {
            item.lang: mark_of(words_of(row, item, site)) for item in artwork_of(row)
        }
        return [(row.id, *rest, marks[rest[0]]) for rest in _names(row)]


def mark_of(words: Words) -> str:
    """Return the hash of what a banner shows, the site's name, colour and address among it."""
    return hashlib.sha256(f"{VERSION} {words}".encode()).hexdigest()[:10]


def _names(row: Row) -> Iterator[tuple[str, str, str]]:
    for artwork in artwork_of(row):
        for size in SIZES:
            for variant in VARIANTS:
                yield artwork.lang, size.name, variant


class InstallPage(NamedTuple):
    """What `install.html` gets as `page`."""

    row: Row
    app: App
    lang: str
    path: str
    title: str
    description: str
    downloads: tuple[Download, ...]
    """Sheets to print."""
    qr: str
    """Path of the QR code to this page, without its ending."""


def app_of(row: Row) -> App | None:
    """Return the app that a guide installs."""
    return cast("Guide", row.document).app if row.kind == "guides" else None


class InstallPages(Family):
    """`a/<app>/index.html`: the short address printed on cards; the right store, or both."""

    name: ClassVar[str] = "install"

    def document_keys(self, row: Row) -> Iterable[Key]:
        """Return the page of a guide with an app."""
        return [(row.id,)] if app_of(row) and row.lang == "vi" else []

    def foreseen(self, key: Key) -> Iterable[str]:
        """Return the guide."""
        return [key[0]]

    def path(self, key: Key) -> str:
        """Return the page's path."""
        return install_path(key[0].split("/", 1)[1]).strip("/") + "/index.html"

    def render(self, key: Key, store: Store) -> bytes | None:
        """Return the page, or None if the guide is gone or installs no app any more."""
        row = store.document(key[0])
        app = app_of(row) if row else None
        if row is None or app is None:
            return None
        path = install_path(row.slug)
        title = f"Cài {app.name}"
        page = InstallPage(
            row=row,
            app=app,
            lang=row.lang,
            path=path,
            title=title,
            description=row.document.summary,
            downloads=downloads(row, store),
            qr=f"{sheet_folder(row.id)}/qr",
        )
        return store.template("install.html", page)
