"""What a widget shows: items that a page, a script and a machine read alike."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal, NamedTuple

from model.output import Row, Store
from model.site import Site
from model.widgets import Widget, widget_path
from model.words import Words

VERSION = 1
"""Of the shape of the JSON: a field is only ever added within a version."""
OLDEST = 1
"""Oldest script that may still draw; an older one leaves its link standing."""
BORROWED = frozenset({"news", "statistics"})
"""Kinds whose words or figures are somebody else's: no licence of ours is put on them."""
Tone = Literal["", "grave", "bad", "good", "wait"]


class Call(NamedTuple):
    """A number to tap: as printed, for the dialler, whose it is."""

    number: str
    href: str
    label: str = ""


@dataclass(frozen=True)
class Item:
    """One entry. Addresses are whole; `label` is a verdict, a severity or a source."""

    title: str
    url: str = ""
    lang: str = ""
    label: str = ""
    tone: Tone = ""
    figure: str = ""
    """A number as readers write it, with its unit."""
    text: str = ""
    lines: tuple[str, ...] = ()
    calls: tuple[Call, ...] = ()
    links: tuple[tuple[str, str], ...] = ()
    """(words, address) of what to press."""
    date: str = ""
    """For readers."""
    begins: datetime | None = None
    until: datetime | None = None
    until_words: str = ""
    places: tuple[str, ...] = ()
    """Official codes; none: everywhere."""


class Search(NamedTuple):
    """A search box that leads to the site's search page."""

    action: str
    label: str
    button: str
    hidden: tuple[tuple[str, str], ...] = ()


class WidgetView(NamedTuple):
    """What a widget's template gets as `page`."""

    widget: Widget
    lang: str
    part: str
    title: str
    link: str
    """Whole address of the page that shows more."""
    more: str
    empty: str
    """What stands there when there is no item."""
    items: tuple[Item, ...]
    rows: tuple[Row, ...] = ()
    """The documents behind the items: for their dates and licence."""
    search: Search | None = None
    phone: Call | None = None
    """The number to call when nothing can be loaded."""
    stale: str = ""
    """What it says when it cannot be brought up to date, with {time}."""
    description: str = ""
    licence: str = ""
    """Name of the licence of its words; "" where they are somebody else's."""

    @property
    def path(self) -> str:
        """Public address."""
        return widget_path(self.widget.name, self.lang, self.part)


class Shown(NamedTuple):
    """What a view gives: the items and the words around them."""

    items: tuple[Item, ...]
    path: str
    """Public path of the page that shows more."""
    more: str
    empty: str
    title: str = ""
    rows: tuple[Row, ...] = ()
    search: Search | None = None


@dataclass(frozen=True)
class Ask:
    """What a view is asked for."""

    widget: Widget
    lang: str
    part: str
    store: Store
    t: Words = field(repr=False)

    @property
    def site(self) -> Site:
        """The site's configuration."""
        return self.store.site


def licence_of(kind: str, site: Site) -> str:
    """Return the name of the licence of what a kind's documents say."""
    return "" if kind in BORROWED else site.licence


def plain(view: WidgetView, site: Site, t: Words) -> dict[str, Any]:
    """Return the view as the published JSON says it (`embed/du-lieu.schema.json`)."""
    documents = [row.document for row in view.rows]
    changed = [time for item in documents if (time := item.updated or item.date)]
    reviews = [item.review_by for item in documents if item.review_by]
    values = {
        "version": VERSION,
        "oldest": OLDEST,
        "widget": view.widget.name,
        "lang": view.lang,
        "part": view.part,
        "title": view.title,
        "url": view.link,
        "more": view.more,
        "empty": view.empty,
        "count": view.widget.count,
        "items": [_known(dict(_fields(item, t))) for item in view.items],
        "search": _search(view.search),
        "phone": _call(view.phone) if view.phone else None,
        "author": site.agency.name,
        "authorUrl": site.absolute("/"),
        "license": view.licence,
        "licenseUrl": site.licence_url if view.licence else None,
        "accent": site.colours.primary,
        "note": " ".join([t("Trang mẫu."), t(site.demo_note)]).strip() if site.demo else None,
        "dateModified": t.iso(max(changed)) if changed else None,
        "nextReview": t.iso(min(reviews)) if reviews else None,
        "words": {
            "until": t("Có hiệu lực đến {time}."),
            "stale": view.stale,
            "source": t("Nguồn: {name}"),
        },
    }
    keep = {"items", "part"}
    return {key: value for key, value in values.items() if value or key in keep}


def stale_words(phone: Call | None, t: Words) -> str:
    """Return what a widget says when it cannot be brought up to date; {time} stays to be filled."""
    said = t("Chưa cập nhật được từ {time}.")
    return f"{said} {t('Cần gấp thì gọi {phone}.', phone=phone.number)}" if phone else said


def _fields(item: Item, t: Words) -> Iterator[tuple[str, object]]:
    for name in ("title", "url", "lang", "label", "tone", "figure", "text", "date", "until_words"):
        yield name, getattr(item, name)
    yield from (("lines", list(item.lines)), ("places", list(item.places)))
    yield "calls", [_call(call) for call in item.calls]
    yield "links", [{"text": text, "url": url} for text, url in item.links]
    yield "from", t.iso(item.begins) if item.begins else None
    yield "until", t.iso(item.until) if item.until else None


def _call(call: Call) -> dict[str, str]:
    return _known({"number": call.number, "href": call.href, "label": call.label})


def _search(search: Search | None) -> dict[str, Any] | None:
    if search is None:
        return None
    hidden = [{"name": name, "value": value} for name, value in search.hidden]
    return {
        "action": search.action,
        "label": search.label,
        "button": search.button,
        "hidden": hidden,
    }


def _known(values: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in values.items() if value}
