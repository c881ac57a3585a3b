"""The home page: what to do, whom to call, the latest of each kind; the page for lost readers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, ClassVar, NamedTuple

from model.kinds import FACES
from model.output import LANGUAGE, Family, Key, ListChange, Row, Store, language_of, list_name
from model.site import Site
from model.structured_data import StructuredData, home_data
from plugins.documents.details import figures_of
from plugins.documents.trail import (
    Place,
    Translation,
    feed_path,
    home_path,
    home_translations,
    list_path,
)

if TYPE_CHECKING:  # a home page without alerts or figures need not load them
    from model.banner import Banner
    from plugins.documents.details.statistics import Newest

LATEST = 6
ORDER = ("misinformation", "news", "statistics", "guides", "questions")
"""The kinds whose newest stand on the home page, in the order of need; the others are links."""
TASKS = {
    "misinformation": "Kiểm tra một tin đồn",
    "contacts": "Tìm số điện thoại",
    "services": "Xin giúp đỡ, phản ánh",
    "guides": "Xem việc cần làm",
}
"""What people come for, and the kind whose list answers it."""
FEWER = {"misinformation": 4, "statistics": 3, "questions": 4}


class Latest(NamedTuple):
    """The newest documents of a kind, for a part of the home page."""

    kind: str
    label: str
    path: str
    feed: str | None
    rows: Sequence[Row]
    figures: Mapping[str, tuple[Newest, ...]]
    """For statistics: id of the document -> the newest figures of its columns."""


class HomePage(NamedTuple):
    """What `home.html` and `404.html` get as `page`."""

    lang: str
    path: str
    title: str
    description: str
    latest: tuple[Latest, ...] = ()
    translations: tuple[Translation, ...] = ()
    data: StructuredData | None = None
    """What the page says to machines."""
    banners: tuple[Banner, ...] = ()
    """The alerts in force: on this page they need no script."""
    tasks: tuple[Place, ...] = ()
    """What people come for."""


class Home(Family):
    """`index.html`, and `<lang>/index.html` for each other language. Key: (lang,)."""

    name: ClassVar[str] = "home"

    def site_keys(self, site: Site) -> Iterable[Key]:
        """Return a home page per language."""
        return [(lang,) for lang in site.languages]

    def list_keys(self, change: ListChange) -> Iterable[Key]:
        """Return the language's home page if the newest of a kind changed."""
        kind = change.name.split(".", 1)[0]
        if kind in (*ORDER, "alerts") and change.touches_newest(LATEST):
            yield (language_of(change.name),)

    def path(self, key: Key) -> str:
        """Return "index.html" or "<lang>/index.html"."""
        return home_path(key[0]).lstrip("/") + "index.html"

    def render(self, key: Key, store: Store) -> bytes | None:
        """Return the home page, or None for a language that the site does not speak."""
        lang, site = key[0], store.site
        if lang not in site.languages:
            return None
        page = HomePage(
            lang=lang,
            path=home_path(lang),
            title=site.name,
            description=site.description,
            latest=tuple(latest(lang, store)),
            translations=home_translations(lang, site.languages),
            data=home_data(site, lang, home_path(lang)),
            banners=in_force(lang, store) if "alerts" in site.kinds else (),
            tasks=tasks(lang, site),
        )
        return store.template("home.html", page)


def in_force(lang: str, store: Store) -> tuple[Banner, ...]:
    """Return the alerts in force, as banners."""
    from model.banner import banners

    return banners(lang, store)


def tasks(lang: str, site: Site) -> tuple[Place, ...]:
    """Return what people come for, as far as the site has the kinds for it."""
    return tuple(
        Place(name, list_path(list_name(kind, lang)))
        for kind, name in TASKS.items()
        if kind in site.kinds
    )


def latest(lang: str, store: Store) -> Iterable[Latest]:
    """Yield the newest documents of each kind that has any, in the order of need."""
    for kind in ORDER:
        if kind not in store.site.kinds:
            continue
        name = list_name(kind, lang)
        if rows := store.newest(name, FEWER.get(kind, LATEST)):
            figures = {row.id: figures_of(row, store) for row in rows}
            label = FACES[kind].label
            yield Latest(kind, label, list_path(name), feed_path(name, rows), rows, figures)


class NotFound(Family):
    """`404.html`."""

    name: ClassVar[str] = "404"

    def site_keys(self, site: Site) -> Iterable[Key]:
        """Return the one page."""
        return [("404",)]

    def path(self, key: Key) -> str:
        """Return "404.html"."""
        return "404.html"

    def render(self, key: Key, store: Store) -> bytes | None:
        """Return the page that a wrong address gets."""
        return store.template(
            "404.html", HomePage(LANGUAGE, "/404.html", "Không tìm thấy trang", "")
        )
