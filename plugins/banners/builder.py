"""`/nhung/`: every widget and banner with the code to copy. Works without JavaScript."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar, NamedTuple

from model.artwork import SIZES, Size, Variant, banner_code, banner_path
from model.output import Family, Key, Row, Store
from model.site import Site
from model.widgets import Widget, newest_script
from plugins.banners.families import artwork_of, drawn, words_of
from plugins.banners.widget_codes import WidgetOffer, growing_tag, places_of, widget_offers
from plugins.banners.words import Words

NAMES: dict[str, Variant] = {"PNG": "png", "PNG 2x": "png2x", "WebP": "webp", "SVG": "svg"}
"""A file's name on the page -> its variant; one that would be too heavy is not there."""
CAMPAIGNS = 20
"""Newest campaigns that the page shows."""


class Ready(NamedTuple):
    """One banner of a size: preview, code and file addresses."""

    size: Size
    preview: str
    code: str
    files: tuple[tuple[str, str], ...]
    """(name, address) of SVG, PNG, PNG for dense screens, WebP."""


class Offer(NamedTuple):
    """A campaign's banners in one language."""

    row: Row
    lang: str
    alt: str
    target: str
    banners: tuple[Ready, ...]


class BuilderPage(NamedTuple):
    """What `embed_codes.html` gets as `page`."""

    lang: str
    path: str
    title: str
    description: str
    offers: tuple[Offer, ...]
    widgets: tuple[WidgetOffer, ...]
    places: tuple[tuple[str, str], ...]
    """(code, name) of the communes that a widget may be narrowed to."""
    growing: str
    """The script element that lets frames grow."""
    origin: str
    """The site's origin, for a portal's Content-Security-Policy."""


class Builder(Family):
    """`nhung/index.html`."""

    name: ClassVar[str] = "embed-codes"
    slow: ClassVar[bool] = True

    def __init__(self, widgets: tuple[Widget, ...]) -> None:
        self.widgets = widgets

    def site_keys(self, site: Site) -> Iterable[Key]:
        """Return the one page."""
        return [("vi",)]

    def path(self, key: Key) -> str:
        """Return the page's path."""
        return "nhung/index.html"

    def render(self, key: Key, store: Store) -> bytes | None:
        """Return the page with the widgets and the newest campaigns that have artwork."""
        rows = store.newest("campaigns", CAMPAIGNS) if "campaigns" in store.site.kinds else []
        offers = [offer for row in rows for offer in _offers(row, store)]
        script = newest_script()
        store.asset(f"embed/{script[0]}")
        page = BuilderPage(
            lang="vi",
            path="/nhung/",
            title="Nhúng vào trang của bạn",
            description="Tiện ích và biểu ngữ cho cổng thông tin của cơ quan: chọn, chép mã, dán "
            "vào trang. Nội dung tự cập nhật.",
            offers=tuple(offers),
            widgets=widget_offers(self.widgets, script, store),
            places=places_of(store.site),
            growing=growing_tag(store.site, script),
            origin="/".join(store.site.url.split("/")[:3]),
        )
        return store.template("embed_codes.html", page)


def _offers(row: Row, store: Store) -> Iterable[Offer]:
    for artwork in artwork_of(row):
        words = words_of(row, artwork, store.site)
        ready = [
            _ready(row, artwork.lang, size, words, store)
            for size in SIZES
            if drawn(words, size, "png", store) and drawn(words, size, "png2x", store)
        ]
        yield Offer(row, artwork.lang, words.alt, words.target, tuple(ready))


def _ready(row: Row, lang: str, size: Size, words: Words, store: Store) -> Ready:
    site = store.site
    files = (
        (name, site.link("/" + banner_path(row.id, lang, size.name, variant)))
        for name, variant in NAMES.items()
        if drawn(words, size, variant, store)
    )
    return Ready(
        size=size,
        preview=site.link("/" + banner_path(row.id, lang, size.name, "png")),
        code=banner_code(site.url, words.target, row.id, lang, size, words.alt),
        files=tuple(files),
    )
