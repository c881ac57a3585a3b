"""The directory on paper: one sheet to print and to hang up."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import ClassVar, NamedTuple

from model.kinds import FACES, kind_class
from model.output import LANGUAGE, Family, Key, ListChange, Row, Store
from model.site import Site
from plugins.documents.trail import Place, list_path

SHEET = "/danh-ba/bang-in/"
MOST = 500


class Group(NamedTuple):
    """The contacts of one type."""

    name: str
    rows: Sequence[Row]


class SheetPage(NamedTuple):
    """What `contacts_sheet.html` gets as `page`."""

    lang: str
    path: str
    title: str
    description: str
    parent: Place
    groups: tuple[Group, ...]


class ContactSheet(Family):
    """`danh-ba/bang-in/index.html`: every contact that can be called, on one sheet by type."""

    name: ClassVar[str] = "contact-sheet"

    def site_keys(self, site: Site) -> Iterable[Key]:
        """Return the one sheet."""
        return [("vi",)] if "contacts" in site.kinds else []

    def list_keys(self, change: ListChange) -> Iterable[Key]:
        """Return the sheet on any change of the directory."""
        return [("vi",)] if change.name == "contacts" else []

    def foreseen(self, key: Key) -> Iterable[str]:
        """Return the directory."""
        return ["list:contacts"]

    def path(self, key: Key) -> str:
        """Return the sheet's path."""
        return SHEET.lstrip("/") + "index.html"

    def render(self, key: Key, store: Store) -> bytes | None:
        """Return the sheet, or None for an empty directory."""
        listed = store.slice("contacts", 0, MOST)
        rows = [row for row in listed if getattr(row.document, "phones", ())]
        if not listed or "contacts" not in store.site.kinds:
            return None
        groups = (
            Group(name, [r for r in rows if r.document.group == code])
            for code, (_, name) in kind_class("contacts").groups.items()
        )
        page = SheetPage(
            lang=LANGUAGE,
            path=SHEET,
            title="Số điện thoại cần biết",
            description="",
            parent=Place(FACES["contacts"].label, list_path("contacts")),
            groups=tuple(group for group in groups if group.rows),
        )
        return store.template("contacts_sheet.html", page)
