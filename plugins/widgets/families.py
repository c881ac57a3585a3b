"""The pages, data and oEmbed answers of widgets. Key: (widget, language, part)."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from typing import ClassVar

from model.kinds import COMMUNE
from model.output import LANGUAGE, Family, Key, ListChange, Row, Store
from model.site import Site
from model.widgets import DATA, Widget, widget_path
from plugins.widgets.files import as_json
from plugins.widgets.oembed import FORMATS, answer, written
from plugins.widgets.view import WidgetView, plain
from plugins.widgets.views import VIEWS, app_of, is_on, view

LANGUAGES = ("vi", "en", "km")


class _Widgets(Family):
    """What each widget has once, and once for each of its parts.

    The widgets' heads are part of the family's name: when one comes, goes or changes its head, the
    build is another programme and finds every key anew.
    """

    sort: ClassVar[str]
    file: ClassVar[str]

    def __init__(self, widgets: Sequence[Widget]) -> None:
        heads = hashlib.sha256(repr(widgets).encode()).hexdigest()[:10]
        self.name = f"{self.sort} {heads}"  # type: ignore[misc]  # one family an instance
        self.widgets = {widget.name: widget for widget in widgets}
        for widget in widgets:
            if widget.view not in VIEWS:
                raise ValueError(f"{widget.template}: no view {widget.view!r}: {', '.join(VIEWS)}")

    def site_keys(self, site: Site) -> Iterable[Key]:
        """Return a key per widget and language."""
        for widget in self.widgets.values():
            yield from (
                (widget.name, lang, "") for lang in site.languages if is_on(widget, lang, site)
            )

    def document_keys(self, row: Row) -> Iterable[Key]:
        """Return the parts that a document is: a series, an app."""
        if row.lang != LANGUAGE:
            return
        for widget in self._with("series" if row.kind == "statistics" else "app", row.kind):
            if row.kind == "statistics" or app_of(row):
                yield from self._keys(widget, row.slug)

    def list_keys(self, change: ListChange) -> Iterable[Key]:
        """Return the parts that a list is: a commune's contacts."""
        kind, _, section = change.name.partition("/")
        if not section.startswith(COMMUNE) or "." in section:
            return
        for widget in self._with("commune", kind):
            yield from self._keys(widget, section.removeprefix(COMMUNE))

    def _with(self, part: str, kind: str) -> Iterator[Widget]:
        for widget in self.widgets.values():
            if (widget.part, widget.kind) == (part, kind):
                yield widget

    def _keys(self, widget: Widget, part: str) -> Iterator[Key]:
        yield from ((widget.name, lang, part) for lang in LANGUAGES)

    def path(self, key: Key) -> str:
        """Return the output's path."""
        return widget_path(*key[:3]).lstrip("/") + self.file

    def render(self, key: Key, store: Store) -> bytes | None:
        """Return the output, or None if the site has no such widget, language or part."""
        widget = self.widgets.get(key[0])
        found = view(widget, key[1], key[2], store) if widget else None
        return self.write(found, key, store) if found else None

    def write(self, found: WidgetView, key: Key, store: Store) -> bytes:
        """Return the view as this family writes it."""
        raise TypeError(f"{type(self).__name__} does not say how it is written")


class WidgetPages(_Widgets):
    """`embed/…/index.html`."""

    sort: ClassVar[str] = "widget"
    file: ClassVar[str] = "index.html"

    def write(self, found: WidgetView, key: Key, store: Store) -> bytes:
        """Return the page that other sites frame."""
        return store.template(found.widget.template, found)


class WidgetData(_Widgets):
    """`embed/…/du-lieu.json`."""

    sort: ClassVar[str] = "widget-data"
    file: ClassVar[str] = DATA

    def write(self, found: WidgetView, key: Key, store: Store) -> bytes:
        """Return the data."""
        return as_json(plain(found, store.site, store.words(found.lang)))


class WidgetOembed(_Widgets):
    """`embed/…/oembed.json` and `.xml`, so that pasting a widget's address is enough."""

    sort: ClassVar[str] = "widget-oembed"
    file: ClassVar[str] = "oembed."

    def site_keys(self, site: Site) -> Iterable[Key]:
        """Return both formats of each whole widget."""
        for key in super().site_keys(site):
            yield from ((*key, form) for form in FORMATS)

    def _keys(self, widget: Widget, part: str) -> Iterator[Key]:
        for key in super()._keys(widget, part):
            yield from ((*key, form) for form in FORMATS)

    def path(self, key: Key) -> str:
        """Return the answer's path."""
        return super().path(key) + key[3]

    def write(self, found: WidgetView, key: Key, store: Store) -> bytes:
        """Return the answer."""
        title = f"{found.title} – {store.site.name}"
        return written(answer(store.site, found.path, title, found.widget.height), key[3])
