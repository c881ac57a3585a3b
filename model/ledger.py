"""Ledgers: what a plugin keeps of all documents between builds, at a cost that follows changes."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime
from typing import Any, ClassVar, Protocol, TypeVar

from model.output import Key, Row
from model.site import Site

T = TypeVar("T")


class Tables(Protocol):
    """A ledger's tables, as SQLite takes them."""

    def execute(self, sql: str, values: Sequence[object] = (), /) -> Iterator[tuple[Any, ...]]:
        """Run a statement; return its rows."""

    def executemany(self, sql: str, rows: Iterable[Sequence[object]], /) -> object:
        """Run a statement once for each of `rows`."""


class Book(Protocol):
    """What a ledger is kept from: the documents of the build, and hands to work with."""

    @property
    def site(self) -> Site:
        """The site's configuration."""

    @property
    def now(self) -> datetime:
        """The build's time."""

    @property
    def tables(self) -> Tables:
        """All ledgers' tables."""

    def row(self, identity: str) -> Row | None:
        """Return a document whatever its state, or None."""

    def rows(self) -> Sequence[Row]:
        """Return every current document, from the oldest."""

    def body(self, identity: str) -> str:
        """Return the sanitised HTML body of a document."""

    def spread(self, make: Callable[[int], T], count: int) -> list[T]:
        """Return what `make` makes of 0..count-1, over all cores; what it makes is pickled."""


class Ledger(ABC):
    """Tables that a plugin keeps in the build's memory, and its families render from.

    A build tells which documents changed; `update` brings the tables to what they would be if they
    were made anew, and says which outputs that touches. Its cost should follow the change. Tables
    are named after the ledger: "<name>_...". The memory is dropped with the programme's version.
    """

    name: ClassVar[str]
    version: str
    """Changes with whatever outputs are made from besides documents, site and programme."""
    schema: ClassVar[Sequence[str]]
    """Statements that make the tables."""

    @abstractmethod
    def settings(self, site: Site) -> str:
        """Return what of the site's configuration the tables are made from."""

    def turn(self, now: datetime) -> tuple[str, int]:
        """Return what of the time the tables are made from, and when it ends (Unix time).

        Where it is another than at the last build, `update` is called though no document changed.
        """
        return "", 0

    @abstractmethod
    def renew(self, book: Book) -> None:
        """Make everything from nothing; the tables are empty."""

    @abstractmethod
    def update(self, book: Book, changed: Iterable[str]) -> Iterable[tuple[str, Key]] | None:
        """Take in the documents with these ids; return the (family, key)s that are touched.

        None: everything must be made anew (another cut of the whole); `keys` still tells of what
        was, and `renew` follows.
        """

    @abstractmethod
    def keys(self, tables: Tables) -> Iterable[tuple[str, Key]]:
        """Return the (family, key) of every output that is made from the tables."""
