"""The announcer's sheet, its plain text, and the shelf with the newest bulletins."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import ClassVar, NamedTuple

from model.bulletin import READ, SHELF, bulletin_of, bulletin_path, is_read
from model.kinds import FACES
from model.output import LANGUAGE, Family, Key, ListChange, Row, Store, public_path
from model.site import Site
from model.spoken import Manner, Spoken, breath_groups, minutes, read_aloud

LATEST = 10
"""Bulletins of each kind on the shelf."""


class Bulletin(NamedTuple):
    """A bulletin as it is read: paragraphs of breaths, what was spelled, how long it takes."""

    paragraphs: tuple[tuple[str, ...], ...]
    spelled: tuple[str, ...]
    seconds: int
    """Of one reading, to the nearest five."""

    @property
    def text(self) -> str:
        """The spoken text, a line a breath, a blank line between paragraphs."""
        return "\n\n".join("\n".join(lines) for lines in self.paragraphs)

    @property
    def length(self) -> str:
        """Return “1 phút 20 giây”."""
        whole, rest = divmod(self.seconds, 60)
        parts = (f"{whole} phút" if whole else "", f"{rest} giây" if rest else "")
        return " ".join(filter(None, parts))


def bulletin(row: Row, site: Site) -> Bulletin:
    """Return the document's bulletin in the site's manner."""
    from plugins.bulletins.scripts import passages

    speaker = site.speaker
    numbers = (re.sub(r"\D", "", line.number) for line in site.hotlines)
    manner = Manner(speaker.accent == "south", speaker.words, frozenset(numbers))
    said = [read_aloud(text, manner) for text in passages(row, site)]
    return _of(said)


def _of(said: list[Spoken]) -> Bulletin:
    seconds = sum(minutes(spoken.text) for spoken in said) * 60
    return Bulletin(
        tuple(tuple(breath_groups(spoken.text)) for spoken in said),
        tuple(dict.fromkeys(name for spoken in said for name in spoken.spelled)),
        max(5, round(seconds / 5) * 5),
    )


class SheetPage(NamedTuple):
    """What `bulletin.html` gets as `page`."""

    row: Row
    bulletin: Bulletin
    schedule: tuple[str, ...]
    exercise: bool
    audio: str
    """Address of the recording; "" without one."""
    lang: str
    path: str
    title: str
    description: str


class OfDocument(Family):
    """One output for each document that is read aloud. Key: (document id,)."""

    file: ClassVar[str]

    def document_keys(self, row: Row) -> Iterable[Key]:
        """Return the document's own output."""
        return [(row.id,)] if is_read(row) else []

    def foreseen(self, key: Key) -> Iterable[str]:
        """Return the document."""
        return [key[0]]

    def path(self, key: Key) -> str:
        """Return the output's path below its document's."""
        return bulletin_path(public_path(key[0])).lstrip("/") + self.file

    def row(self, key: Key, store: Store) -> Row | None:
        """Return the document, or None if it is not (any more) to be read."""
        row = store.document(key[0])
        return row if row and bulletin_of(row, store) else None


class Sheets(OfDocument):
    """`<address>/ban-doc-loa/index.html`: big type, a line a breath."""

    name: ClassVar[str] = "bulletin"
    file: ClassVar[str] = "index.html"

    def render(self, key: Key, store: Store) -> bytes | None:
        """Return the sheet."""
        row = self.row(key, store)
        return store.template("bulletin.html", view(row, store)) if row else None


class Texts(OfDocument):
    """`<address>/ban-doc-loa/ban-doc.txt` (UTF-8 with BOM and CRLF: opens rightly everywhere)."""

    name: ClassVar[str] = "bulletin-text"
    file: ClassVar[str] = "ban-doc.txt"

    def render(self, key: Key, store: Store) -> bytes | None:
        """Return the text."""
        row = self.row(key, store)
        if row is None:
            return None
        lines = bulletin(row, store.site).text.replace("\n", "\r\n")
        return ("\ufeff" + lines + "\r\n").encode()


def view(row: Row, store: Store) -> SheetPage:
    """Return what the sheet shows."""
    from plugins.bulletins.audio import recording_of
    from plugins.bulletins.schedule import schedule

    found = bulletin(row, store.site)
    return SheetPage(
        row=row,
        bulletin=found,
        schedule=schedule(row, store.site, store.words(LANGUAGE)),
        exercise=bool(getattr(row.document, "exercise", False)),
        audio="ban-doc.mp3" if recording_of(found, store) else "",
        lang=row.lang,
        path=bulletin_path(row.path),
        title=f"Bản đọc loa: {row.document.title}",
        description="",
    )


class ShelfPage(NamedTuple):
    """What `bulletin_list.html` gets as `page`: kind's name -> its newest bulletins."""

    groups: tuple[tuple[str, tuple[tuple[str, str], ...]], ...]
    podcast: str
    lang: str
    path: str
    title: str
    description: str


class Shelf(Family):
    """`ban-doc-loa/index.html`: what an announcer keeps open."""

    name: ClassVar[str] = "bulletin-shelf"

    def site_keys(self, site: Site) -> Iterable[Key]:
        """Return the one page where a kind is on that is read."""
        return [(LANGUAGE,)] if set(READ) & set(site.kinds) else []

    def list_keys(self, change: ListChange) -> Iterable[Key]:
        """Return the page if the newest of a kind changed."""
        return [(LANGUAGE,)] if change.name in READ and change.touches_newest(LATEST) else []

    def foreseen(self, key: Key) -> Iterable[str]:
        """Return nothing: what is read is noted with its depth."""
        return []

    def path(self, key: Key) -> str:
        """Return the page's path."""
        return SHELF.lstrip("/") + "index.html"

    def render(self, key: Key, store: Store) -> bytes | None:
        """Return the page."""
        from plugins.bulletins.audio import recordings

        kinds = [kind for kind in READ if kind in store.site.kinds]
        if not kinds:
            return None
        groups = [(FACES[kind].label, tuple(_read(kind, store))) for kind in kinds]
        page = ShelfPage(
            groups=tuple(group for group in groups if group[1]),
            podcast=f"{SHELF}podcast.xml" if recordings(store) else "",
            lang=LANGUAGE,
            path=SHELF,
            title="Bản đọc loa",
            description="Bài đọc sẵn cho loa truyền thanh xã, phường: cảnh báo, kiểm chứng tin đồn,"
            " hướng dẫn, chiến dịch.",
        )
        return store.template("bulletin_list.html", page)


def _read(kind: str, store: Store) -> Iterable[tuple[str, str]]:
    for row in store.newest(kind, LATEST):
        path = bulletin_of(row, store)
        if path:
            yield row.document.title, path
