"""vCard 3.0 (RFC 2426) of a contact: telephones' address books read this version everywhere."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, ClassVar

from model.copies import card_path
from model.output import Family, Key, Row, Store, public_path
from model.site import Site
from model.words import Words

if TYPE_CHECKING:
    from model.kinds.contacts import Contact

FOLD = 75
"""Octets a line, RFC 2425 section 5.8.1."""


class Cards(Family):
    """`<page>/lien-he.vcf`. Key: (document id,)."""

    name: ClassVar[str] = "vcard"

    def document_keys(self, row: Row) -> Iterable[Key]:
        """Return a contact's card."""
        return [(row.id,)] if row.kind == "contacts" else []

    def foreseen(self, key: Key) -> Iterable[str]:
        """Return the contact."""
        return [key[0]]

    def path(self, key: Key) -> str:
        """Return the card's path."""
        return card_path(public_path(key[0])).lstrip("/")

    def render(self, key: Key, store: Store) -> bytes | None:
        """Return the card, or None when the contact is not public; an old one says so."""
        from model.kinds.contacts import Contact

        row = store.document(key[0])
        if row is None or row.kind not in store.site.kinds:
            return None
        if not isinstance(row.document, Contact):
            return None
        lines = _lines(row, row.document, store.site)
        return "".join(f"{_folded(line)}\r\n" for line in lines).encode()


def _lines(row: Row, contact: Contact, site: Site) -> Iterator[str]:
    name = _escaped(contact.title)
    yield from ("BEGIN:VCARD", "VERSION:3.0", f"N:{name};;;;", f"FN:{name}", f"ORG:{name}")
    for phone in contact.phones:
        type_ = "CELL" if phone.phone.mobile else "WORK,VOICE"
        yield f"TEL;TYPE={type_}:{phone.phone.tel}"
    if contact.email:
        yield f"EMAIL;TYPE=INTERNET:{_escaped(contact.email)}"
    if contact.address:
        yield f"ADR;TYPE=WORK:;;{_escaped(contact.address)};{_escaped(contact.commune_name)};;;"
    if contact.coordinates:
        yield "GEO:{:.6f};{:.6f}".format(*contact.coordinates)
    if contact.url:
        yield f"URL:{contact.url}"
    if note := _note(row, contact, Words(row.lang)):
        yield f"NOTE:{_escaped(note)}"
    yield f"UID:{site.permanent(row.path)}"
    yield f"SOURCE:{site.absolute(row.path)}"
    yield "END:VCARD"


def _note(row: Row, contact: Contact, words: Words) -> str:
    parts = [
        words("Đã hết hiệu lực") if row.state == "expired" else "",
        contact.hours,
        *(f"{phone.number}: {phone.label}" for phone in contact.phones if phone.label),
    ]
    if contact.checked_on:
        parts.append(words("Kiểm tra ngày {date}", date=words.date(contact.checked_on)))
    return "\n".join(filter(None, parts))


def _escaped(text: str) -> str:
    """Return text as a vCard value (RFC 2426 section 4)."""
    for mark, code in (("\\", "\\\\"), (";", "\\;"), (",", "\\,"), ("\n", "\\n")):
        text = text.replace(mark, code)
    return text


def _folded(line: str) -> str:
    """Return a line cut at 75 octets, never inside a character."""
    parts, current, length = [], "", 0
    for letter in line:
        size = len(letter.encode())
        if length + size > FOLD:
            parts.append(current)
            current, length = " ", 1
        current, length = current + letter, length + size
    return "\r\n".join([*parts, current])
