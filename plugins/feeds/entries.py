"""What a feed says of a list and of each of its documents, whatever the format."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime
from functools import lru_cache
from typing import NamedTuple

from model.kinds import FACES
from model.output import LANGUAGE, Row, Store, language_of

ENTRIES = 20
_ADDRESS = re.compile(r"(<(?:a|img)\b[^>]*?\s(?:href|src)=\")(/(?!/))")


class Entry(NamedTuple):
    """One document in a feed. `id` never changes; `updated` moves when the document says so."""

    id: str
    url: str
    title: str
    summary: str
    """Plain text."""
    html: str
    """Sanitised, every address absolute."""
    published: datetime
    updated: datetime
    section: str
    tags: tuple[str, ...]


class Feed(NamedTuple):
    """A list's newest documents, and what the feed is called."""

    id: str
    title: str
    description: str
    home: str
    """Address of the list's page."""
    url: str
    """The feed's own address."""
    lang: str
    author: str
    entries: Sequence[Entry]


def folder_of(name: str) -> str:
    """Return the public folder of a list: "/tin-tuc/y-te/"."""
    kind, _, section = name.rsplit(".", 1)[0].partition("/")
    lang = language_of(name)
    parts = ["" if lang == LANGUAGE else lang, FACES[kind].prefix, section]
    return "/" + "".join(f"{part}/" for part in parts if part)


def read_feed(name: str, file: str, store: Store) -> Feed | None:
    """Return the feed `file` of the list `name`; None when the public has no such list."""
    kind, _, section = name.rsplit(".", 1)[0].partition("/")
    site = store.site
    if kind not in site.kinds:
        return None
    entries = [entry for row in store.newest(name, ENTRIES) if (entry := _entry(row, store))]
    if not entries:
        return None
    label = site.section_name(section, kind) if section else FACES[kind].label
    return Feed(
        id=site.permanent(folder_of(name) + file),
        title=f"{label} – {site.name}",
        description=site.description or site.name,
        home=site.absolute(folder_of(name)),
        url=site.absolute(folder_of(name) + file),
        lang=language_of(name),
        author=site.agency.name,
        entries=entries,
    )


def _entry(row: Row, store: Store) -> Entry | None:
    """Return a document's entry; None if it has no date, because a feed must not invent one."""
    document, site = row.document, store.site
    published = document.date or document.sorted_at
    if published is None:
        return None
    return Entry(
        id=site.permanent(row.path),
        url=site.absolute(row.path),
        title=document.title,
        summary=document.summary,
        html=absolute_addresses(store.body(row.id), site.url, site.base),
        published=published,
        updated=max(document.updated or published, published),
        section=site.section_name(document.section, row.kind) if document.section else "",
        tags=document.tags,
    )


@lru_cache(maxsize=64)
def absolute_addresses(html: str, url: str, base: str) -> str:
    """Return a sanitised body in which links and pictures of the site have full addresses."""
    host = url.removesuffix(base) if base else url
    return _ADDRESS.sub(lambda match: match[1] + host + match[2], html)
