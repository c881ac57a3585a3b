"""A document as an entry of a widget or as a card: the same words in both."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import TYPE_CHECKING, cast

from model.banner import Banner
from model.output import Row, Store
from model.places import unit_name
from model.site import Site
from model.text import shorten
from model.words import Words
from plugins.widgets.view import Call, Item, Tone

if TYPE_CHECKING:  # an edit of something else need not load these kinds
    from model.fields import Telephone
    from model.kinds.alerts import Alert
    from model.kinds.contacts import Contact
    from model.kinds.guides import Guide
    from model.kinds.misinformation import Misinformation
    from model.kinds.news import News
    from model.kinds.statistics import Statistics
    from model.series import Series
    from model.site import Hotline

SUMMARY = 220
"""Characters of a summary that an entry shows."""
TONES: dict[str, Tone] = {
    "false": "bad",
    "mostly-false": "bad",
    "misleading": "bad",
    "mostly-true": "good",
    "true": "good",
}
STORES = {
    "android": "Cài trên Android (CH Play)",
    "ios": "Cài trên iPhone (App Store)",
    "zalo": "Mở trong Zalo",
    "web": "Mở trang web",
}


def item_of(row: Row, store: Store, t: Words) -> Item:
    """Return a document as an entry, by its kind."""
    makers = {
        "alerts": lambda: alert_item(Banner(row.path, row.lang, cast("Alert", row.document)), t),
        "contacts": lambda: contact_item(row, t),
        "guides": lambda: guide_item(row, t),
        "misinformation": lambda: debunk_item(row, t),
        "news": lambda: news_item(row, t),
        "statistics": lambda: figures_item(row, store, t),
    }
    made = makers.get(row.kind, lambda: plain_item(row, t))()
    return whole(made, store.site)


def whole(item: Item, site: Site) -> Item:
    """Return the item with its address whole."""
    return replace(item, url=site.absolute(item.url)) if item.url.startswith("/") else item


def plain_item(row: Row, t: Words, label: str = "", tone: Tone = "", text: str = "") -> Item:
    """Return title, summary and date; of what is over, that it is."""
    document = row.document
    over = row.state == "expired"
    return Item(
        title=document.title,
        url=row.path,
        lang=row.lang,
        label=t("Đã hết hiệu lực") if over else label,
        tone="wait" if over else tone,
        text=shorten(text or document.summary, SUMMARY),
        date=t.date(document.sorted_at) if document.sorted_at else "",
        until=None if over else document.expires,
        places=tuple(document.places),
    )


def alert_item(banner: Banner, t: Words) -> Item:
    """Return an alert: how grave, what, where, until when, what to do."""
    alert = banner.alert
    drill = t("Diễn tập, không phải thật.") + " " if alert.exercise else ""
    return Item(
        title=alert.title,
        url=banner.path,
        lang=banner.lang,
        label=f"{drill}{t('Cảnh báo')}: {t(alert.severity_words)}",
        tone="grave" if banner.grave and not alert.exercise else "wait",
        text=alert.area,
        lines=alert.instruction[:4],
        calls=calls(alert.phones, t),
        begins=alert.begins,
        until=alert.expires,
        until_words=t.time(alert.expires) if alert.expires else "",
        places=tuple(alert.places),
    )


def debunk_item(row: Row, t: Words) -> Item:
    """Return a debunk: the truth is the title; the verdict says that it judges the rumour."""
    debunk = cast("Misinformation", row.document)
    label = f"{t('Tin lan truyền:')} {t(debunk.verdict_words)}"
    tone = TONES.get(debunk.verdict, "wait")
    wrong = debunk.fact and tone == "bad"
    return plain_item(
        row, t, label, tone, f"{t('Sự thật')}: {debunk.fact}" if wrong else debunk.fact
    )


def news_item(row: Row, t: Words) -> Item:
    """Return a news item with the paper that it stood in."""
    source = cast("News", row.document).source
    return plain_item(row, t, source.name if source else "")


def contact_item(row: Row, t: Words) -> Item:
    """Return an institution with its numbers; of one that is over, none."""
    contact = cast("Contact", row.document)
    over = row.state == "expired"
    return Item(
        title=contact.title,
        url=row.path,
        lang=row.lang,
        label=t("Đã hết hiệu lực") if over else t(contact.group_name),
        tone="wait" if over else "",
        text=contact.address,
        lines=(contact.hours,) if contact.hours else (),
        calls=() if over else calls(contact.phones, t),
        places=(contact.commune,) if contact.commune else tuple(contact.places),
    )


def guide_item(row: Row, t: Words) -> Item:
    """Return a guide; for an app, with the stores to install it from while it is alive."""
    app = cast("Guide", row.document).app
    if app is None:
        return plain_item(row, t)
    if app.is_over:
        return plain_item(row, t, t("Ứng dụng này đã ngừng, đừng cài nữa."), "bad")
    item = plain_item(row, t, app.name)
    links = tuple((t(STORES[store.platform]), store.url) for store in app.stores)
    return replace(item, links=links, date="")


def figures_item(row: Row, store: Store, t: Words) -> Item:
    """Return the newest figure of a series' first column, the others as lines, whose they are."""
    document = cast("Statistics", row.document)
    series = _series(document, store)
    found = list(_latest(document, series, t))
    label = " · ".join(filter(None, (document.region_words, document.source.name)))
    item = replace(plain_item(row, t, label), places=(document.region,))
    if found:
        (name, number), rest = found[0], found[1:]
        lines = tuple(f"{name}: {number}" for name, number in rest)
        return replace(item, figure=number, text=name, lines=lines)
    highest = place_items(row, store, t)[:3]
    if not highest:
        return replace(item, text=t("Nguồn chưa công bố số liệu."))
    lines = tuple(f"{place.title}: {place.figure}" for place in highest)
    return replace(item, text=highest[0].text, lines=lines)


def place_items(row: Row, store: Store, t: Words) -> tuple[Item, ...]:
    """Return an entry per place of a series by place, the highest figure first."""
    document = cast("Statistics", row.document)
    column = document.columns[0]
    found = _series(document, store).by_place(column.name)
    highest = sorted(found.items(), key=lambda pair: (-pair[1][1], pair[0]))
    return tuple(
        Item(
            title=unit_name(code),
            lang=row.lang,
            figure=t.amount(value, column.unit),
            text=f"{column.label} ({t.date(day)})" if day else column.label,
            places=(code,),
        )
        for code, (day, value) in highest
    )


def _series(document: Statistics, store: Store) -> Series:
    from model.series import read_series

    names = [column.name for column in document.columns]
    return read_series(store.file(document.series), document.series, names)


def _latest(document: Statistics, series: Series, t: Words) -> Iterable[tuple[str, str]]:
    for column in document.columns:
        latest = series.latest(column.name) if column.name in series.columns else None
        if latest is None:
            continue
        day, value = latest
        yield f"{column.label} ({t.date(day)})", t.amount(value, column.unit)


def calls(
    lines: Iterable[Telephone | Hotline], t: Words, *, named: bool = True
) -> tuple[Call, ...]:
    """Return numbers to tap, each with whose it is, when it answers and what a call costs."""
    found = []
    for line in lines:
        said = [line.label if named else "", line.hours, line.cost]
        words = [t(word) for word in said if word]
        if line.free_until:
            words.append(t("Miễn cước đến {date}", date=t.date(line.free_until)))
        found.append(Call(line.number, line.phone.href, " · ".join(words)))
    return tuple(found)
