"""`/nhung/`: every banner with its preview and the code to copy. Works without JavaScript."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import ClassVar

from model.artwork import SIZES, Size, Variant, banner_code, banner_path
from model.output import Family, Key, Row, Store
from model.site import Site
from plugins.banners.families import artwork_of, drawn, words_of
from plugins.banners.words import Words

NAMES: dict[str, Variant] = {"PNG": "png", "PNG 2x": "png2x", "WebP": "webp", "SVG": "svg"}
"""A file's name on the page -> its variant; one that would be too heavy is not there."""
CAMPAIGNS = 20
"""Newest campaigns that the page shows."""


@dataclass(frozen=True)
class Ready:
    """One banner of a size: preview, code and file addresses."""

    size: Size
    preview: str
    code: str
    files: tuple[tuple[str, str], ...]
    """(name, address) of SVG, PNG, PNG for dense screens, WebP."""


@dataclass(frozen=True)
class Offer:
    """A campaign's banners in one language."""

    row: Row
    lang: str
    alt: str
    target: str
    banners: tuple[Ready, ...]


@dataclass(frozen=True)
class BuilderPage:
    """What `embed_codes.html` gets as `page`."""

    lang: str
    path: str
    title: str
    description: str
    offers: tuple[Offer, ...]
    origin: str
    """The site's origin, for a portal's Content-Security-Policy."""


class Builder(Family):
    """`nhung/index.html`."""

    name: ClassVar[str] = "embed-codes"
    slow: ClassVar[bool] = True

    def site_keys(self, site: Site) -> Iterable[Key]:
        """Return the one page."""
        return [("vi",)]

    def path(self, key: Key) -> str:
        """Return the page's path."""
        return "nhung/index.html"

    def render(self, key: Key, store: Store) -> bytes | None:
        """Return the page with the codes of the newest campaigns that have artwork."""
        rows = store.newest("campaigns", CAMPAIGNS) if "campaigns" in store.site.kinds else []
        offers = [offer for row in rows for offer in _offers(row, store)]
        page = BuilderPage(
            lang="vi",
            path="/nhung/",
            title="Lấy mã nhúng",
            description="Biểu ngữ cho cổng thông tin của cơ quan: chọn cỡ, chép mã, dán vào trang.",
            offers=tuple(offers),
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
