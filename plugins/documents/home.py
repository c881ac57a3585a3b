"""The home page: what to do, whom to call, the latest of each kind; the page for lost readers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar

from model.kinds import kind_class
from model.output import Family, Key, ListChange, Row, Store
from model.site import Site

LATEST = 6


@dataclass(frozen=True)
class HomePage:
    """What `home.html` gets as `page`."""

    lang: str
    path: str
    title: str
    description: str
    latest: Mapping[str, Sequence[Row]]
    """Kind -> its newest documents."""
    labels: Mapping[str, str]
    """Kind -> its name."""
    addresses: Mapping[str, str]
    """Kind -> address of its list."""


class Home(Family):
    """`index.html`."""

    name: ClassVar[str] = "home"

    def site_keys(self, site: Site) -> Iterable[Key]:
        """Return the one home page."""
        return [("vi",)]

    def list_keys(self, change: ListChange) -> Iterable[Key]:
        """Return the home page if the newest of a kind changed."""
        return [("vi",)] if "/" not in change.name and change.touches_newest(LATEST) else []

    def path(self, key: Key) -> str:
        """Return "index.html"."""
        return "index.html"

    def render(self, key: Key, store: Store) -> bytes | None:
        """Return the home page."""
        kinds = [kind for kind in store.site.kinds if kind_class(kind).prefix]
        page = HomePage(
            lang="vi",
            path="/",
            title=store.site.name,
            description=store.site.description,
            latest={kind: store.newest(kind, LATEST) for kind in kinds},
            labels={kind: kind_class(kind).label for kind in kinds},
            addresses={kind: f"/{kind_class(kind).prefix}/" for kind in kinds},
        )
        return store.template("home.html", page)


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
        return store.template("404.html", HomePage("vi", "/404.html", "", "", {}, {}, {}))
