"""The emergency pack: one page with what helps when there is no network."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import ClassVar, NamedTuple

from model.output import LANGUAGE, Family, Key, ListChange, Row, Store
from model.site import Site

PACK = "/goi-khan-cap/"
GUIDES = 40
CONTACTS = 300


class PackPage(NamedTuple):
    """What `pack.html` gets as `page`."""

    lang: str
    path: str
    title: str
    description: str
    guides: Sequence[Row]
    contacts: Sequence[Row]


def guides(store: Store) -> Sequence[Row]:
    """Return the guides of the pack, newest first; those that only bury a dead app stay out."""
    rows = store.newest("guides", GUIDES) if "guides" in store.site.kinds else ()
    return [row for row in rows if not _is_over(row)]


def _is_over(row: Row) -> bool:
    app = getattr(row.document, "app", None)
    return bool(app and app.is_over)


def contacts(store: Store) -> Sequence[Row]:
    """Return the contacts of the pack that can be called, in the directory's order."""
    rows = store.slice("contacts", 0, CONTACTS) if "contacts" in store.site.kinds else ()
    return [row for row in rows if getattr(row.document, "phones", ())]


class OfPack(Family):
    """One output made from the guides and the directory, as the pack holds them."""

    def site_keys(self, site: Site) -> Iterable[Key]:
        """Return the one output."""
        return [(LANGUAGE,)]

    def list_keys(self, change: ListChange) -> Iterable[Key]:
        """Return the output on a change of the guides or the directory."""
        return [(LANGUAGE,)] if change.name in ("guides", "contacts") else []

    def foreseen(self, key: Key) -> Iterable[str]:
        """Return the two lists."""
        return ["list:guides", "list:contacts"]


class Pack(OfPack):
    """`goi-khan-cap/index.html`."""

    name: ClassVar[str] = "pack"

    def path(self, key: Key) -> str:
        """Return the page's path."""
        return PACK.lstrip("/") + "index.html"

    def render(self, key: Key, store: Store) -> bytes | None:
        """Return the page."""
        page = PackPage(
            lang=LANGUAGE,
            path=PACK,
            title="Gói khẩn cấp, mở được khi không có mạng",
            description="Số cần gọi, việc cần làm ngay, danh bạ trên một trang; nên in ra.",
            guides=guides(store),
            contacts=contacts(store),
        )
        return store.template("pack.html", page)
