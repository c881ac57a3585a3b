"""The search page and the index by letter that stands in for it without JavaScript."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import ClassVar, NamedTuple

from model.kinds import FACES
from model.output import Family, Key, Store, public_path
from model.places import communes
from model.site import Site
from model.text import fold, slug
from plugins.search.analysis import Aliases
from plugins.search.entry import LETTERS
from plugins.search.layout import FOLDER
from plugins.search.ledger import NAME
from plugins.search.shards import base_version, manifest

TOPICS = 80
TITLE = "Tìm kiếm"


class Named(NamedTuple):
    """Something to link to; `label` is a kind's name in Vietnamese."""

    name: str
    label: str
    path: str


@dataclass(frozen=True)
class SearchPage:
    """What `search.html` gets as `page`."""

    lang: str
    path: str
    title: str
    description: str
    kinds: Sequence[Named]
    topics: Sequence[Named]
    letters: Sequence[str]
    places: Sequence[Named]
    ask: str
    """Address of the questions' list, "" if that kind is off."""
    claims: str
    """Address of the page that matches a pasted message, "" if debunks are off."""
    manifest: str
    """`base.json` itself, so that a query needs not wait for it, safe within a script element."""
    version: str
    """The base's version."""


@dataclass(frozen=True)
class LetterPage:
    """What `search_letter.html` gets as `page`."""

    lang: str
    path: str
    title: str
    description: str
    letter: str
    letters: Sequence[str]
    entries: Sequence[Named]
    parent: Named


class Search(Family):
    """`tim-kiem/index.html`."""

    name: ClassVar[str] = "search-page"
    slow: ClassVar[bool] = True
    """It names the base of the index, whose ledger says when that is another."""

    def __init__(self, aliases: Aliases) -> None:
        self.aliases = aliases

    def site_keys(self, site: Site) -> Iterable[Key]:
        """Return the one page."""
        return [("vi",)]

    def path(self, key: Key) -> str:
        """Return the page's path."""
        return f"{FOLDER}/index.html"

    def render(self, key: Key, store: Store) -> bytes | None:
        """Return the page."""
        listed = {item.kind: item.path for item in store.site.menu("vi")}
        kinds = [Named(kind, FACES[kind].label, listed.get(kind, "")) for kind in store.site.kinds]
        page = SearchPage(
            lang="vi",
            path=f"/{FOLDER}/",
            title=TITLE,
            description="Tìm tin chính thức, kiểm chứng tin đồn, hướng dẫn, số điện thoại cần gọi.",
            kinds=kinds,
            topics=topics(store),
            letters=LETTERS,
            places=communes_of(store.site.place),
            ask=next((kind.path for kind in kinds if kind.name == "questions"), ""),
            claims=f"/{FOLDER}/doi-chieu/" if "misinformation" in listed else "",
            manifest=manifest(store, self.aliases).replace("<", "\\u003c"),
            version=base_version(store.ledger(NAME)),
        )
        return store.template("search.html", page)


def communes_of(province: str) -> list[Named]:
    """Return the communes to filter by, with their codes in place of a path; by name."""
    found = [Named(commune.name, "", commune.code) for commune in communes(province)]
    return sorted(found, key=lambda commune: (fold(commune.name), commune.path))


def topics(store: Store) -> list[Named]:
    """Return the topics (tags) that lead to a list, by name; at most TOPICS of them."""
    found = []
    for name in store.lists("tag/")[: 2 * TOPICS]:
        tag = name.removeprefix("tag/")
        if "." in tag:
            continue
        rows = store.newest(name, 1)
        words = [word for row in rows for word in row.document.tags if slug(word) == tag]
        found.append(Named(words[0] if words else tag, "", f"/chu-de/{tag}/"))
    return sorted(found, key=lambda topic: (fold(topic.name), topic.path))[:TOPICS]


class Letters(Family):
    """`tim-kiem/a-z/<letter>/index.html`: every document but news, by its title."""

    name: ClassVar[str] = "search-letters"
    slow: ClassVar[bool] = True
    """Made from the index's tables, whose ledger says what a change touches."""

    def site_keys(self, site: Site) -> Iterable[Key]:
        """Return a page for each letter, so that no link between them is dead."""
        return [(letter,) for letter in LETTERS]

    def path(self, key: Key) -> str:
        """Return the page's path."""
        return f"{FOLDER}/a-z/{key[0]}/index.html"

    def render(self, key: Key, store: Store) -> bytes | None:
        """Return the page."""
        letter = key[0]
        sql = "SELECT id, card FROM search_doc WHERE letter = ?"
        found = [
            Named(json.loads(card)[1], FACES[name.split("/")[0]].label, public_path(name))
            for name, card in store.ledger(NAME).execute(sql, (letter,))
        ]
        found.sort(key=lambda entry: (fold(entry.name), entry.path))
        page = LetterPage(
            lang="vi",
            path=f"/{FOLDER}/a-z/{letter}/",
            title=f"Mục lục: {'0–9' if letter == '0' else letter.upper()}",
            description="",
            letter=letter,
            letters=LETTERS,
            entries=found,
            parent=Named(TITLE, "", f"/{FOLDER}/"),
        )
        return store.template("search_letter.html", page)
