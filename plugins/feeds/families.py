"""The families: a feed a list in each of three formats, all touched by the same changes."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Iterable
from typing import ClassVar

from model.kinds import KINDS, kind_class
from model.output import Family, Key, ListChange, Store
from plugins.feeds.entries import ENTRIES, Feed, folder_of, read_feed


class ListFeeds(Family):
    """`[<lang>/]<prefix>/[<section>/]<file>`. Key: (list,)."""

    file: ClassVar[str]

    @abstractmethod
    def write(self, feed: Feed) -> bytes:
        """Return the feed in this format."""

    def list_keys(self, change: ListChange) -> Iterable[Key]:
        """Return the list's feed if its newest entries changed."""
        kind, *sections = change.name.split(".")[0].split("/")
        if len(sections) > 1:  # a stage of a hazard: its hazard has the feed
            return
        if kind in KINDS and kind_class(kind).has_feeds() and change.touches_newest(ENTRIES):
            yield (change.name,)

    def foreseen(self, key: Key) -> Iterable[str]:
        """Return the list."""
        return [f"list:{key[0]}"]

    def path(self, key: Key) -> str:
        """Return the feed's path."""
        return folder_of(key[0]).removeprefix("/") + self.file

    def render(self, key: Key, store: Store) -> bytes | None:
        """Return the feed, or None when the list is empty or its kind is off."""
        feed = read_feed(key[0], self.file, store)
        return self.write(feed) if feed else None
