"""What gives a widget its items: a function per view, named by the heads of templates."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, cast

from model.banner import banners
from model.kinds import COMMUNE, FACES
from model.output import LANGUAGE, Row, Store, list_name
from model.places import unit_name
from model.site import Site
from model.words import Words
from plugins.widgets.items import alert_item, calls, item_of, place_items, whole
from plugins.widgets.view import Ask, Call, Item, Search, Shown, WidgetView, licence_of, stale_words

if TYPE_CHECKING:
    from model.kinds.guides import Guide
    from model.widgets import Widget

LOOKED = 100
"""Newest guides among which apps are looked for."""
AREA = 200
"""Most contacts of a commune, most places of a series."""


def newest(ask: Ask) -> Shown:
    """Return the newest documents of the widget's kind."""
    kind = ask.widget.kind
    rows = in_language(ask, ask.store.newest(kind, ask.widget.most))
    return _listed(ask, rows, kind)


def _listed(ask: Ask, rows: Sequence[Row], kind: str) -> Shown:
    t = ask.t
    return Shown(
        items=tuple(item_of(row, ask.store, ask.t) for row in rows),
        path=_list_path(kind, ask.lang),
        more=t("Xem tất cả: {name}", name=t(FACES[kind].label)),
        empty=t("Hiện chưa có nội dung."),
        rows=tuple(rows),
    )


def in_language(ask: Ask, rows: Sequence[Row]) -> list[Row]:
    """Return each document in the language wanted, or in Vietnamese where it is not translated."""
    if ask.lang == LANGUAGE:
        return list(rows)
    return [ask.store.document(list_name(row.id, ask.lang)) or row for row in rows]


def _list_path(kind: str, lang: str, section: str = "") -> str:
    parts = ["" if lang == LANGUAGE else lang, FACES[kind].prefix, section]
    return "/" + "".join(f"{part}/" for part in parts if part)


def alerts(ask: Ask) -> Shown:
    """Return the alerts in force, gravest first."""
    t = ask.t
    found = banners(ask.lang, ask.store)
    return Shown(
        items=tuple(whole(alert_item(banner, ask.t), ask.site) for banner in found),
        path=_list_path("alerts", ask.lang),
        more=t("Mọi cảnh báo"),
        empty=t("Hiện không có cảnh báo nào đang có hiệu lực."),
    )


def hotlines(ask: Ask) -> Shown:
    """Return the site's hotlines."""
    t = ask.t
    items = tuple(
        Item(title=t(line.label), text=t(line.purpose), calls=calls([line], t, named=False))
        for line in ask.site.hotlines
    )
    more, empty = t("Danh bạ đầy đủ"), t("Chưa có số nào được công bố.")
    path = _list_path("contacts", ask.lang) if "contacts" in ask.site.kinds else "/"
    return Shown(items=items, path=path, more=more, empty=empty)


def figures(ask: Ask) -> Shown | None:
    """Return the newest series, or one of them with its places; None if that one is gone."""
    if not ask.part:
        return newest(ask)
    row = _part_row(ask)
    if row is None:
        return None
    listed = _listed(ask, [row], "statistics")
    places = tuple(
        replace(item, url=ask.site.absolute(row.path))
        for item in place_items(row, ask.store, ask.t)[:AREA]
    )
    items = listed.items if listed.items[0].figure or not places else places
    return _about(ask, row, listed._replace(items=items))


def _part_row(ask: Ask) -> Row | None:
    """Return the document that the part names, in Vietnamese the one that gives the key."""
    identity = f"{ask.widget.kind}/{ask.part}"
    row = ask.store.document(identity)
    return in_language(ask, [row])[0] if row else None


def search(ask: Ask) -> Shown:
    """Return the newest questions below a box that asks the site's search page."""
    listed = newest(ask)
    t = ask.t
    box = Search(
        action=ask.site.absolute("/tim-kiem/"),
        label=t("Bạn muốn hỏi điều gì?"),
        button=t("Tìm câu trả lời"),
        hidden=(("loai", ask.widget.kind),),
    )
    return listed._replace(search=box)


def directory(ask: Ask) -> Shown | None:
    """Return the contacts of a commune; without one those of the whole site, by name."""
    t = ask.t
    if not ask.part:
        rows = ask.store.slice("contacts", 0, ask.widget.most)
        return _listed(ask, in_language(ask, rows), "contacts")
    rows = ask.store.slice(f"contacts/{COMMUNE}{ask.part}", 0, AREA)
    if not rows:
        return None
    name = unit_name(ask.part)
    return _listed(ask, in_language(ask, rows), "contacts")._replace(
        path=_list_path("contacts", LANGUAGE, f"{COMMUNE}{ask.part}"),
        more=t("Xem đầy đủ"),
        title=f"{t(FACES['contacts'].label)}: {name}",
    )


def apps(ask: Ask) -> Shown | None:
    """Return the guides that install an app, or one of them; None if that one is gone."""
    if ask.part:
        found = _part_row(ask)
        rows = [found] if found and app_of(found) else []
    else:
        guides = ask.store.newest("guides", LOOKED)
        rows = in_language(ask, [row for row in guides if app_of(row)][: ask.widget.most])
    if ask.part and not rows:
        return None
    listed = _listed(ask, rows, "guides")
    if not ask.part:
        return listed
    return _about(ask, rows[0], listed)


def _about(ask: Ask, row: Row, shown: Shown) -> Shown:
    """Return what is shown of one document, leading to its page."""
    t = ask.t
    return shown._replace(path=row.path, title=row.document.title, more=t("Xem đầy đủ"))


def app_of(row: Row) -> object | None:
    """Return the app that a guide installs."""
    return cast("Guide", row.document).app if row.kind == "guides" else None


VIEWS: dict[str, Callable[[Ask], Shown | None]] = {
    "newest": newest,
    "alerts": alerts,
    "hotlines": hotlines,
    "figures": figures,
    "search": search,
    "directory": directory,
    "apps": apps,
}
"""Name in a template's head -> function; None: there is no such part (any more)."""


def is_on(widget: Widget, lang: str, site: Site) -> bool:
    """Return whether the site has this widget in this language."""
    return lang in site.languages and (not widget.kind or widget.kind in site.kinds)


def view(widget: Widget, lang: str, part: str, store: Store) -> WidgetView | None:
    """Return what a widget shows, or None if the site has no such widget, language or part."""
    if not is_on(widget, lang, store.site):
        return None
    t = store.words(lang)
    shown = VIEWS[widget.view](Ask(widget, lang, part, store, t))
    return composed(widget, lang, part, shown, store, t) if shown else None


def composed(
    widget: Widget, lang: str, part: str, shown: Shown, store: Store, t: Words
) -> WidgetView:
    """Return what templates get, from what the view gave."""
    phone = help_line(store.site, t)
    return WidgetView(
        widget=widget,
        lang=lang,
        part=part,
        title=shown.title or t(widget.title),
        link=store.site.absolute(shown.path),
        more=shown.more,
        empty=shown.empty,
        items=shown.items,
        rows=shown.rows,
        search=shown.search,
        phone=phone,
        stale=stale_words(phone, t),
        description=t(widget.about),
        licence=licence_of(widget.kind, store.site),
    )


def help_line(site: Site, t: Words) -> Call | None:
    """Return the site's own number, for readers to whom nothing can be shown.

    Never 113, 114 or 115: those lines are for life and limb.
    """
    own = [line for line in site.hotlines if not line.phone.tel.startswith("11")]
    return calls(own[-1:], t)[0] if own else None
