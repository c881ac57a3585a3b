"""A campaign's texts by channel: the editors' own, or put together from what the campaign says.

SMS (3GPP TS 23.038): 160 characters if all are of the GSM alphabet, 70 as soon as one is not, and
Vietnamese letters with marks are not. So each text message comes with marks, if that fits 70, and
without.
"""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING, NamedTuple

from model.artwork import install_path
from model.output import Row
from model.site import Site
from model.sms import BARE, MARKED, bare, sms_length
from model.text import shorten

if TYPE_CHECKING:  # a build without such a campaign need not load it
    from model.kinds.campaigns import Campaign


class ReadyText(NamedTuple):
    """A text for one channel: what it is called, the text, how long it is, in how many parts."""

    name: str
    file: str
    text: str
    note: str
    own: bool
    """Whether editors wrote it; else it was put together."""


def address_of(row: Row, campaign: Campaign, site: Site) -> str:
    """Return where people do what the campaign asks."""
    if campaign.app:
        return site.absolute(install_path(campaign.app))
    return campaign.link or site.absolute(row.path)


def typed(address: str) -> str:
    """Return an address as people type it."""
    return address.split("://", 1)[1].rstrip("/")


def ready_texts(row: Row, campaign: Campaign, site: Site) -> tuple[ReadyText, ...]:
    """Return the campaign's texts for text messages, Zalo and Facebook."""
    address = address_of(row, campaign, site)
    long = "\n\n".join(filter(None, (campaign.title, campaign.summary, address)))
    own = campaign.texts
    posts = (
        ("Bài đăng Zalo", "zalo.txt", own.zalo),
        ("Bài đăng Facebook", "facebook.txt", own.facebook),
    )
    return (
        *_messages(campaign, typed(address)),
        *(
            ReadyText(name, file, text or long, f"{len(text or long)} ký tự", bool(text))
            for name, file, text in posts
        ),
    )


def _messages(campaign: Campaign, address: str) -> list[ReadyText]:
    written = unicodedata.normalize("NFC", campaign.texts.sms)
    made = fitted(campaign.title, address, MARKED)
    own = bool(written) and written != bare(written)
    # beside a message without marks only one that says the whole title
    marked = written if own else made if not written or made.startswith(campaign.title) else ""
    marked = unicodedata.normalize("NFC", marked)
    plain = bare(written or fitted(campaign.title, address, BARE))
    found = []
    if marked and marked != plain and sms_length(marked) <= MARKED:
        note = f"{sms_length(marked)} trên {MARKED} ký tự có dấu"
        found.append(ReadyText("Tin nhắn có dấu", "sms-co-dau.txt", marked, note, own))
    if plain:
        note = f"{sms_length(plain)} trên {BARE} ký tự không dấu"
        found.append(
            ReadyText("Tin nhắn không dấu", "sms-khong-dau.txt", plain, note, bool(written))
        )
    return found


def fitted(title: str, address: str, most: int) -> str:
    """Return the title, cut at a word, with the address; "" if not even the address fits."""
    room = most - len(address) - 2
    if room < 12:
        return address if len(address) <= most else ""
    short = shorten(title, room).replace("…", "...") if len(title) > room else title
    short = short if len(short) <= room else shorten(title, room - 2).replace("…", "...")
    return f"{short}: {address}" if not short.endswith(".") else f"{short} {address}"
