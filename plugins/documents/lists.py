"""List pages, counted from the oldest: a new document touches one page, and addresses stay.

Of a list with n documents and P a page, archive page k (from 1) holds ranks (k-1)P..kP-1 for ever;
the first page of the list holds the newest P to 2P-1 documents. The first page of a kind that is on
always stands, so that the menu never leads nowhere.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, ClassVar, NamedTuple

from model.hazards import HAZARD
from model.kinds import COMMUNE, FACES, KINDS, kind_class
from model.output import Family, Key, ListChange, Row, Store, language_of, list_name
from model.site import Site
from model.structured_data import StructuredData, list_data
from model.text import slug
from plugins.documents.details import figures_of
from plugins.documents.hazards import Hazard, Stage, by_stage, hazards
from plugins.documents.trail import (
    LANGUAGE_NAMES,
    Place,
    Translation,
    feed_forms,
    feed_path,
    list_path,
)

if TYPE_CHECKING:  # a list of something else need not load statistics
    from plugins.documents.details.statistics import Newest

PAGE = 20
STATISTICS = "statistics"


class ListPage(NamedTuple):
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
    feeds: tuple[Place, ...]
    """The feed's formats, each with its address."""
    number: int
    """Number of an archive page, 0 for the first page of the list."""
    parents: tuple[Place, ...]
    """The way back: for a section the list of its kind, for a stage its hazard's too."""
    sections: tuple[Place, ...]
    """On the first page of a kind: its sections and groups."""
    communes: tuple[Place, ...]
    """On the first page of a kind: the communes that have documents."""
    hazards: tuple[Hazard, ...]
    """On the first page of the guides: hazard by stage."""
    stages: tuple[Stage, ...]
    """For the guides of a hazard or section: `rows` by stage."""
    figures: Mapping[str, tuple[Newest, ...]]
    """For statistics: id of the document -> the newest figure of each column."""
    translations: tuple[Translation, ...]
    data: StructuredData
    """What the page says to machines."""


def archives(count: int) -> int:
    """Return how many archive pages a list of `count` documents has."""
    return max(0, count // PAGE - 1)


class ListPages(Family):
    """`<prefix>/[<section>/][trang/<n>/]index.html`. Key: (list, number), 0 the newest page."""

    name: ClassVar[str] = "list"

    def site_keys(self, site: Site) -> Iterable[Key]:
        """Return the first page of each kind that is on, in each language: it stands even empty."""
        return [(list_name(kind, lang), "0") for kind in site.kinds for lang in site.languages]

    def list_keys(self, change: ListChange) -> Iterable[Key]:
        """Return the pages on which the change shows or that link to a page that came or went."""
        if not change.name.startswith("tag/") and _kind(change.name) not in KINDS:
            return
        before, after = archives(change.before), archives(change.after)
        last = max(before, after)
        touched = {rank // PAGE + 1 for rank in change.edited}
        newest = change.shifted_from is not None or before != after
        if change.shifted_from is not None:
            touched |= set(range(change.shifted_from // PAGE + 1, last + 1))
        if before != after:
            touched |= set(range(min(before, after), last + 1))
        for number in sorted(touched):
            if 1 <= number <= last:
                yield change.name, str(number)
        if newest or any(number > after for number in touched):
            yield change.name, "0"

    def foreseen(self, key: Key) -> Iterable[str]:
        """Return the list itself."""
        return [f"list:{key[0]}"]

    def path(self, key: Key) -> str:
        """Return the page's path."""
        return list_path(key[0], int(key[1])).strip("/") + "/index.html"

    def render(self, key: Key, store: Store) -> bytes | None:
        """Return the page, or None when the list has no such page."""
        name, number = key[0], int(key[1])
        kind, section = _kind(name), _section(name)
        count = store.count(name)
        standing = not section and language_of(name) in store.site.languages
        if number > archives(count) or not (count or standing):
            return None
        if kind != "tag" and kind not in store.site.kinds:
            return None
        return store.template(
            "tag_list.html" if kind == "tag" else f"{kind}_list.html", view(key, store)
        )


def view(key: Key, store: Store) -> ListPage:
    """Return what the template of the list shows."""
    name, number, lang = key[0], int(key[1]), language_of(key[0])
    kind, section = _kind(name), _section(name)
    count = store.count(name)
    last = archives(count)
    start = (number - 1) * PAGE if number else last * PAGE
    rows = store.slice(name, start, start + PAGE if number else count)
    older = number - 1 if number else last
    alphabetic = kind != "tag" and kind_class(kind).alphabetic
    title, parents = _title(kind, section, rows, store), _parents(kind, section, lang, store.site)
    first_guides = kind == "guides" and not number
    path = list_path(name, number)
    feed = feed_path(name, rows) if kind != "tag" else None
    return ListPage(
        kind=kind,
        section=section,
        rows=rows if alphabetic else rows[::-1],
        lang=lang,
        path=path,
        title=title,
        description="",
        newer=list_path(name, number + 1 if number < last else 0) if number else None,
        older=list_path(name, older) if older > 0 else None,
        feed=feed,
        feeds=feed_forms(feed),
        number=number,
        parents=parents,
        sections=_sections(key, store, communes=False),
        communes=_sections(key, store, communes=True),
        hazards=hazards(lang, store) if first_guides and not section else (),
        stages=by_stage(rows[::-1]) if first_guides and section and "/" not in section else (),
        figures={row.id: figures_of(row, store) for row in rows} if kind == STATISTICS else {},
        translations=() if number or section else _translations(kind, lang, store.site),
        data=list_data(store.site, lang, title, path, parents),
    )


def _kind(name: str) -> str:
    return name.split("/", 1)[0].split(".", 1)[0]


def _section(name: str) -> str:
    return name.split("/", 1)[1].split(".", 1)[0] if "/" in name else ""


def _title(kind: str, section: str, rows: Sequence[Row], store: Store) -> str:
    if kind != "tag":
        return store.site.section_name(section, kind) if section else FACES[kind].label
    spelt = (tag for row in rows for tag in row.document.tags if slug(tag) == section)
    return next(spelt, section)


def _parents(kind: str, section: str, lang: str, site: Site) -> tuple[Place, ...]:
    if kind == "tag" or not section:
        return ()
    above = [Place(FACES[kind].label, list_path(list_name(kind, lang)))]
    if hazard := section.rpartition("/")[0]:
        name = site.section_name(hazard, kind)
        above.append(Place(name, list_path(list_name(f"{kind}/{hazard}", lang))))
    return tuple(above)


def _sections(key: Key, store: Store, *, communes: bool) -> tuple[Place, ...]:
    kind, lang = _kind(key[0]), language_of(key[0])
    if key[1] != "0" or _section(key[0]):
        return ()
    names = [
        name
        for name in store.lists(f"{kind}/")
        if language_of(name) == lang and name.count("/") == 1
    ]
    found = [name for name in names if _section(name).startswith(COMMUNE) == communes]
    found = [name for name in found if not (kind == "guides" and _section(name).startswith(HAZARD))]
    return tuple(
        Place(store.site.section_name(_section(name), kind), list_path(name)) for name in found
    )


def _translations(kind: str, lang: str, site: Site) -> tuple[Translation, ...]:
    return tuple(
        Translation(other, LANGUAGE_NAMES[other], list_path(list_name(kind, other)))
        for other in site.languages
        if other != lang and kind != "tag"
    )
