"""List pages, counted from the oldest: a new document touches one page, and addresses stay.

Of a list with n documents and P a page, archive page k (from 1) holds ranks (k-1)P..kP-1 for ever;
the first page of the list holds the newest P to 2P-1 documents.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import ClassVar

from model.kinds import KINDS, kind_class
from model.output import LANGUAGE, Family, Key, ListChange, Row, Store, language_of

PAGE = 20


@dataclass(frozen=True)
class ListPage:
    """What `<kind>_list.html` gets as `page`: rows newest first (alphabetic kinds: A first)."""

    kind: str
    """Folder name of the kind; "tag" for a topic's list."""
    section: str
    """Section or topic, "" for the whole kind."""
    rows: Sequence[Row]
    lang: str
    path: str
    title: str
    description: str
    newer: str | None
    """Address of the page with newer documents."""
    older: str | None
    feed: str | None
    number: int
    """Number of an archive page, 0 for the first page of the list."""


def archives(count: int) -> int:
    """Return how many archive pages a list of `count` documents has."""
    return max(0, count // PAGE - 1)


class ListPages(Family):
    """`<prefix>/[<section>/][trang/<n>/]index.html`. Key: (list, number), 0 the newest page."""

    name: ClassVar[str] = "list"

    def list_keys(self, change: ListChange) -> Iterable[Key]:
        """Return the pages on which the change shows or that link to a page that came or went."""
        if change.name.split("/")[0] not in KINDS and not change.name.startswith("tag/"):
            return
        before, after = archives(change.before), archives(change.after)
        touched = {rank // PAGE + 1 for rank in change.edited}
        if change.shifted_from is not None:
            touched |= set(range(change.shifted_from // PAGE + 1, max(before, after) + 2))
        if before != after:
            touched |= set(range(min(before, after), max(before, after) + 2))
        last = max(before, after)
        yield from ((change.name, str(number)) for number in sorted(touched) if 1 <= number <= last)
        if any(number > min(before, after) for number in touched):
            yield change.name, "0"

    def foreseen(self, key: Key) -> Iterable[str]:
        """Return the list itself."""
        return [f"list:{key[0]}"]

    def path(self, key: Key) -> str:
        """Return the page's path."""
        return _address(*key).strip("/") + "/index.html"

    def render(self, key: Key, store: Store) -> bytes | None:
        """Return the page, or None when the list has no such page."""
        name, number = key[0], int(key[1])
        count = store.count(name)
        kind, _, _section = name.rsplit(".", 1)[0].partition("/")
        if (
            not count
            or number > archives(count)
            or (kind != "tag" and kind not in store.site.kinds)
        ):
            return None
        start = (number - 1) * PAGE if number else archives(count) * PAGE
        rows = store.slice(name, start, start + PAGE if number else count)
        view = self._view(name, number, count, rows, store)
        return store.template("tag_list.html" if kind == "tag" else f"{kind}_list.html", view)

    def _view(
        self, name: str, number: int, count: int, rows: Sequence[Row], store: Store
    ) -> ListPage:
        kind, _, section = name.rsplit(".", 1)[0].partition("/")
        last = archives(count)
        title = store.site.section_name(section) if section else kind_class(kind).label
        older = number - 1 if number else last
        newer = None if not number else _address(name, str(number + 1 if number < last else 0))
        alphabetic = kind in KINDS and kind_class(kind).alphabetic
        return ListPage(
            kind=kind,
            section=section,
            rows=rows if alphabetic else rows[::-1],
            lang=language_of(name),
            path=_address(name, str(number)),
            title=title,
            description="",
            newer=newer,
            older=_address(name, str(older)) if older > 0 else None,
            feed=None if kind == "tag" else feed_address(name),
            number=number,
        )


def _address(name: str, number: str) -> str:
    kind, _, section = name.rsplit(".", 1)[0].partition("/")
    lang = language_of(name)
    prefix = "chu-de" if kind == "tag" else (kind_class(kind).prefix or "trang-tinh")
    parts = ["" if lang == LANGUAGE else lang, prefix, section]
    if number != "0":
        parts += ["trang", number]
    return "/" + "".join(f"{part}/" for part in parts if part)


def feed_address(name: str) -> str:
    """Return the address of a list's Atom feed."""
    return _address(name, "0") + "atom.xml"
