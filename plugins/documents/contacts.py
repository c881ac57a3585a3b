"""The directory for telephones and for paper: a vCard per contact, one sheet to print."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from model.kinds import FACES, kind_class
from model.output import LANGUAGE, Family, Key, ListChange, Row, Store, public_path
from model.site import Site
from plugins.documents.trail import Place, list_path

if TYPE_CHECKING:
    from model.kinds.contacts import Contact

SHEET = "/danh-ba/bang-in/"
MOST = 500


class ContactCards(Family):
    """`danh-ba/<slug>/lien-he.vcf` (vCard 3.0, RFC 2426: what old telephones read)."""

    name: ClassVar[str] = "vcard"

    def document_keys(self, row: Row) -> Iterable[Key]:
        """Return the contact's card."""
        return [(row.id,)] if row.kind == "contacts" else []

    def foreseen(self, key: Key) -> Iterable[str]:
        """Return the contact."""
        return [key[0]]

    def path(self, key: Key) -> str:
        """Return the card's path."""
        return public_path(key[0]).lstrip("/") + "lien-he.vcf"

    def render(self, key: Key, store: Store) -> bytes | None:
        """Return the card, or None when the contact is not public."""
        from model.kinds.contacts import Contact

        row = store.document(key[0])
        if row is None or not isinstance(row.document, Contact) or row.kind not in store.site.kinds:
            return None
        return card(row.document, store.site.absolute(row.path))


def card(contact: Contact, page: str) -> bytes:
    """Return a vCard 3.0: CRLF lines, folded at 75 bytes (RFC 2426, 2.6 and 5.8.1)."""
    lines = [
        "BEGIN:VCARD",
        "VERSION:3.0",
        f"FN:{_text(contact.title)}",
        f"N:{_text(contact.title)};;;;",
    ]
    lines.append(f"ORG:{_text(contact.title)}")
    lines += [f"TEL;TYPE=WORK,VOICE:{line.phone.tel}" for line in contact.phones]
    if contact.email:
        lines.append(f"EMAIL;TYPE=INTERNET:{contact.email}")
    if contact.address:
        lines.append(f"ADR;TYPE=WORK:;;{_text(contact.address)};;;;")
    if contact.coordinates:
        lines.append("GEO:{};{}".format(*contact.coordinates))
    lines += [f"URL:{page}", "END:VCARD"]
    return "".join(fold(line) + "\r\n" for line in lines).encode()


def _text(value: str) -> str:
    for mark in ("\\", ";", ","):
        value = value.replace(mark, "\\" + mark)
    return value


def fold(line: str) -> str:
    """Return a content line broken every 75 bytes at most, never within a letter."""
    parts: list[str] = []
    current, length = "", 0
    for letter in line:
        size = len(letter.encode())
        if length + size > 75:
            parts.append(current)
            current, length = " ", 1
        current, length = current + letter, length + size
    return "\r\n".join([*parts, current])


@dataclass(frozen=True)
class Group:
    """The contacts of one type."""

    name: str
    rows: Sequence[Row]


@dataclass(frozen=True)
class SheetPage:
    """What `contacts_sheet.html` gets as `page`."""

    lang: str
    path: str
    title: str
    description: str
    parent: Place
    groups: tuple[Group, ...]


class ContactSheet(Family):
    """`danh-ba/bang-in/index.html`: every contact on one sheet, by type."""

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
        rows = store.slice("contacts", 0, MOST)
        if not rows or "contacts" not in store.site.kinds:
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
