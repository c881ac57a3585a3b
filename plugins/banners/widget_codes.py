"""The codes of widgets on `/nhung/`: made here, so that the page's script only picks."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple, cast

from model.kinds import COMMUNE
from model.output import Store
from model.places import communes, unit_name
from model.site import Site
from model.widgets import (
    Widget,
    frame_code,
    script_code,
    script_tag,
    text_code,
    widget_path,
)
from plugins.banners.families import app_of

if TYPE_CHECKING:
    from model.kinds.statistics import Statistics

LOOKED = 100
"""Newest guides and series among which parts are looked for."""


class Part(NamedTuple):
    """Something that a widget exists once for: its code in addresses, its name, its address."""

    code: str
    name: str
    path: str


class WidgetCode(NamedTuple):
    """A widget's codes in one language."""

    lang: str
    path: str
    frame: str
    script: str
    text: str


class WidgetOffer(NamedTuple):
    """A widget with its codes."""

    widget: Widget
    codes: tuple[WidgetCode, ...]
    parts: tuple[Part, ...]


def widget_offers(
    widgets: tuple[Widget, ...], script: tuple[str, str], store: Store
) -> tuple[WidgetOffer, ...]:
    """Return the widgets that the site has, with their codes; `script`: name and integrity."""
    site = store.site
    return tuple(
        WidgetOffer(
            widget,
            tuple(_code(widget, lang, script, store) for lang in site.languages),
            tuple(_parts(widget, store)),
        )
        for widget in widgets
        if not widget.kind or widget.kind in site.kinds
    )


def _code(widget: Widget, lang: str, script: tuple[str, str], store: Store) -> WidgetCode:
    site, t = store.site, store.words(lang)
    path = widget_path(widget.name, lang)
    title = f"{t(widget.title)} – {t(site.name)}"
    phone = help_number(site)
    return WidgetCode(
        lang=lang,
        path=path,
        frame=frame_code(site.url, path, title, widget.height),
        script=script_code(site.url, path, title, phone, script),
        text=text_code(title, site.absolute(path), phone),
    )


def help_number(site: Site) -> str:
    """Return the site's own number, to stand where nothing can be shown; never 113, 114, 115."""
    own = [line.number for line in site.hotlines if not line.phone.tel.startswith("11")]
    return own[-1] if own else ""


def growing_tag(site: Site, script: tuple[str, str]) -> str:
    """Return the script element that lets frames grow: once a page."""
    return script_tag(site.url, script)


def _parts(widget: Widget, store: Store) -> Iterator[Part]:
    for code, name in _named_parts(widget, store):
        yield Part(code, name, widget_path(widget.name, part=code))


def _named_parts(widget: Widget, store: Store) -> Iterator[tuple[str, str]]:
    if widget.part == "commune":
        start = f"{widget.kind}/{COMMUNE}"
        codes = [name.removeprefix(start) for name in store.lists(start) if "." not in name]
        yield from ((code, unit_name(code)) for code in codes)
    elif widget.part == "app":
        rows = store.newest(widget.kind, LOOKED)
        yield from ((row.slug, app.name) for row in rows if (app := app_of(row)))
    elif widget.part == "series":
        for row in store.newest(widget.kind, LOOKED):
            region = cast("Statistics", row.document).region_words
            yield row.slug, f"{row.document.title} ({region})"


def places_of(site: Site) -> tuple[tuple[str, str], ...]:
    """Return (code, name) of the province's communes, where the table holds them."""
    return tuple((unit.code, unit.name) for unit in communes(site.place)) if site.place else ()
