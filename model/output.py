"""Output families: which outputs a change touches, and the pure function that makes one.

A plugin writes no files: it registers families. A full build makes the outputs of every document
and list; an incremental one those that the changed documents and lists touch. The same `render`
serves both, so the two cannot differ.

What a render reads through its Store is recorded. Reads that the family foresees (its own document,
its own list) are answered by its keys; every other read becomes a dependency of that output.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import TYPE_CHECKING, ClassVar, NamedTuple, Protocol

from model.kinds import FACES
from model.kinds.base import Document, State
from model.site import Site
from model.words import Words

if TYPE_CHECKING:
    from model.ledger import Ledger, Tables

Key = tuple[str, ...]
"""What tells one output of a family from another; the path is decided by it alone."""

EVERY_DOCUMENT = "all"
"""The list of every current document, of each kind and language, by time (none: the oldest)."""
LANGUAGE = "vi"
"""The language of a document whose file name carries no other."""


@dataclass(frozen=True)
class Row:
    """A document as lists and pages see it; its body is asked from the Store.

    `id` is "<kind>/<slug>" or, in another language, "<kind>/<slug>.<lang>"; `digest` covers the
    file and everything its page is made from; `order` sorts lists from the oldest (or A) on.
    """

    id: str
    file: str
    digest: str
    state: State
    document: Document

    @cached_property
    def kind(self) -> str:
        """Folder name of the kind: "news"."""
        return self.id.split("/", 1)[0]

    @cached_property
    def slug(self) -> str:
        """Last part of the public address."""
        return self.id.split("/", 1)[1].split(".", 1)[0]

    @cached_property
    def lang(self) -> str:
        """BCP 47 tag of the language."""
        return language_of(self.id)

    @cached_property
    def path(self) -> str:
        """Public address below the site's base: "/tin-tuc/<slug>/"."""
        return public_path(self.id)

    @cached_property
    def order(self) -> str:
        """Sort key within a list; total, because the id is part of it."""
        if self.document.alphabetic:
            from model.text import fold

            return f"{fold(self.document.title)}\t{self.id}"
        return f"{self._seconds:012d}\t{self.id}"

    @cached_property
    def lists(self) -> tuple[str, ...]:
        """Names of the lists it stands in now; none unless it is current."""
        if self.state != "current":
            return ()
        return (*(list_name(name, self.lang) for name in self.document.lists()), EVERY_DOCUMENT)

    def place(self, name: str) -> str:
        """Return the sort key within the list `name`."""
        return self.order if name != EVERY_DOCUMENT else f"{self._seconds:012d}\t{self.id}"

    @property
    def _seconds(self) -> int:
        at = self.document.sorted_at
        return max(int(at.timestamp()), 0) if at else 0

    @property
    def has_page(self) -> bool:
        """Whether the public may see its page."""
        return self.state == "current" or (self.state == "expired" and self.document.keeps_page)


def language_of(identity: str) -> str:
    """Return the language in a document's id or a list's name."""
    name = identity.rsplit("/", 1)[-1]
    return name.rsplit(".", 1)[1] if "." in name else LANGUAGE


def list_name(name: str, lang: str) -> str:
    """Return the name of the list `name` of the documents in `lang`."""
    return name if lang == LANGUAGE else f"{name}.{lang}"


def public_path(identity: str) -> str:
    """Return the public address of the document with this id, e.g. "/en/tin-tuc/x/"."""
    kind, name = identity.split("/", 1)
    prefix, lang = FACES[kind].prefix, language_of(identity)
    parts = [lang if lang != LANGUAGE else "", prefix, name.split(".", 1)[0]]
    return "/" + "".join(f"{part}/" for part in parts if part)


class ListChange(NamedTuple):
    """What happened to one list between two builds. Ranks count from the oldest, from 0.

    `shifted_from`: lowest rank at which another document stands than before (None: none moved);
    `edited`: ranks of documents that stay in place but look different;
    `newest`: how many documents stand after the newest one touched (0: the newest itself).
    """

    name: str
    before: int
    after: int
    shifted_from: int | None
    edited: frozenset[int]
    newest: int

    def touches_newest(self, count: int) -> bool:
        """Whether the newest `count` documents, or their look, changed."""
        return self.newest < count


class Page(Protocol):
    """A typed view that a family hands to its template."""

    @property
    def lang(self) -> str:
        """Language of the page."""
        ...


class Store(Protocol):
    """The documents as a family may ask for them; every answer is recorded."""

    site: Site
    now: datetime
    """The build's time, for a render that a `turns` of its document re-runs; never printed."""

    def document(self, identity: str) -> Row | None:
        """Return a document that has a public page, or None."""

    def body(self, identity: str) -> str:
        """Return the sanitised HTML body of a document."""

    def newest(self, name: str, count: int) -> Sequence[Row]:
        """Return up to `count` documents of a list, newest first."""

    def slice(self, name: str, start: int, stop: int) -> Sequence[Row]:
        """Return the documents of a list at ranks start..stop-1 from the oldest, oldest first."""

    def count(self, name: str) -> int:
        """Return how many documents a list has."""

    def lists(self, prefix: str) -> Sequence[str]:
        """Return the names of the lists that start with `prefix` and are not empty, sorted."""

    def file(self, name: str) -> bytes | None:
        """Return a file of the site's folder, or None."""

    def kept(self, recipe: str, make: Callable[[], bytes]) -> bytes:
        """Return what `make` makes, kept between builds under `recipe`, a digest of all it uses.

        For what is slow to draw (pictures, PDF); the programme that draws is part of the recipe by
        a version that its author raises.
        """
        ...

    def ledger(self, name: str) -> Tables:
        """Return a ledger's tables, to be read; the ledger answers for what its changes touch."""

    def asset(self, name: str) -> str:
        """Return the public address of a static file of the theme, with its content's hash."""

    def words(self, lang: str) -> Words:
        """Return the interface's words, dates and numbers in a language."""

    def template(self, name: str, page: Page) -> bytes:
        """Return the page that the theme's template makes of `page`."""

    def theme_text(self, name: str) -> str:
        """Return a text file of the theme, "print/card.typ"; the site's own before the engine's."""
        ...


class Family(ABC):
    """Outputs of one sort. Subclasses override the keys that concern them."""

    name: ClassVar[str]
    first: ClassVar[bool] = False
    """Whether its outputs are put on the disk before all others (alerts)."""
    slow: ClassVar[bool] = False
    """Whether the others are put on the disk before its outputs are even begun (search index)."""
    draws: ClassVar[bool] = False
    """Whether its renders draw (`Store.kept`): made before those that show the same drawings."""
    awaits: ClassVar[bool] = False
    """Whether outputs that are not there may appear when a shared file changes (recordings)."""

    def document_keys(self, row: Row) -> Iterable[Key]:
        """Return the outputs in which this document, as it was or as it is, has a part."""
        return ()

    def keys_of(self, row: Row, site: Site) -> Iterable[Key]:
        """Return `document_keys`; overridden by keys that hold what the settings say."""
        return self.document_keys(row)

    def list_keys(self, change: ListChange) -> Iterable[Key]:
        """Return the outputs that this change of a list touches."""
        return ()

    def site_keys(self, site: Site) -> Iterable[Key]:
        """Return the outputs that exist whatever the documents are."""
        return ()

    def foreseen(self, key: Key) -> Iterable[str]:
        """Return what the keys above answer for: document ids and "list:<name>"."""
        return ()

    def get_ready(self) -> None:  # noqa: B027 - most have nothing to start
        """Start what a slow family needs (a process that draws) while the others are made."""

    @abstractmethod
    def path(self, key: Key) -> str:
        """Return the output's path below the output folder, without a leading slash."""

    @abstractmethod
    def render(self, key: Key, store: Store) -> bytes | None:
        """Return the output's bytes, or None if there is no such output (any more).

        The answer must be None whenever no document, list or site as they are now give the key:
        an incremental build asks for what changed, a full one only for what exists.
        """


class Registry:
    """The families of a build, in the order of registration. pelicanconf composes it."""

    def __init__(self) -> None:
        self._families: dict[str, Family] = {}
        self.ledgers: dict[str, Ledger] = {}

    def keep(self, ledger: Ledger) -> None:
        """Register a ledger, or register it anew."""
        self.ledgers[ledger.name] = ledger

    def add(self, *families: Family) -> None:
        """Register families; a name twice is an error."""
        for family in families:
            if family.name in self._families:
                raise ValueError(f"two output families are named {family.name!r}")
            self._families[family.name] = family

    def replace(self, *families: Family) -> None:
        """Register families anew (a second build in one process)."""
        self._families.update({family.name: family for family in families})

    def __getitem__(self, name: str) -> Family:
        return self._families[name]

    def __contains__(self, name: object) -> bool:
        return name in self._families

    def __iter__(self) -> Iterator[Family]:
        return iter(self._families.values())

    def names(self) -> list[str]:
        """Return the families' names in the order of registration."""
        return list(self._families)

    def __len__(self) -> int:
        return len(self._families)

    def clear(self) -> None:
        """Forget every family and ledger."""
        self._families.clear()
        self.ledgers.clear()


registry = Registry()
