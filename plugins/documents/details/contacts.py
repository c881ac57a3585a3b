"""Contacts: the address of the card that a telephone's address book reads."""

from __future__ import annotations

from dataclasses import dataclass

from model.copies import card_path
from model.output import Row, Store
from plugins.documents.trail import Place, list_path


@dataclass(frozen=True)
class ContactDetails:
    """`card`: address of the vCard; `kind` and `commune`: the lists that it stands in."""

    card: str
    kind: Place | None
    commune: Place | None


def contact_details(row: Row, store: Store) -> ContactDetails:
    """Return the contact's card and lists."""
    document = row.document
    commune = getattr(document, "commune", "")
    return ContactDetails(
        card=card_path(row.path),
        kind=Place(
            document.group_name, list_path(f"contacts/{document.groups[document.group][0]}")
        ),
        commune=Place(
            store.site.section_name(f"xa-{commune}", row.kind), list_path(f"contacts/xa-{commune}")
        )
        if commune
        else None,
    )
