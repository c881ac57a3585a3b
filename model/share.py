"""What the picture of a debunk, an alert or a figure says when its page is shared.

Words only, light enough for every build; `plugins.print_shop` draws. The pictures lie beside the
page: `<page>chia-se-1200x630.png`. Never the bare rumour: a debunk shows the fact, stamped with the
verdict on what was spread. Whatever is no longer current has none.
"""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Iterable
from typing import TYPE_CHECKING, Literal, NamedTuple, cast

from model.output import Row, Store
from model.typesetting import can_typeset
from model.words import Words

if TYPE_CHECKING:  # an edit of something else need not load these kinds
    from model.kinds.alerts import Alert
    from model.kinds.misinformation import Misinformation
    from model.kinds.statistics import Statistics

SHARE_PICTURES = "share-picture"
"""Name of the family; its key: (document id, size)."""
SIZES = {"1200x630": (1200, 630), "1080x1080": (1080, 1080)}
"""What Facebook and Zalo show as a card, and what fills a square (STANDARDS: social sizes)."""
KINDS = frozenset({"misinformation", "alerts", "statistics"})
FACT = 240
"""Longest fact that heads the picture (characters); a longer one leaves the title in its place."""
Tone = Literal["bad", "wait", "good", "plain"]
_VERDICTS: dict[str, Tone] = {
    "false": "bad",
    "mostly-false": "bad",
    "misleading": "wait",
    "mostly-true": "good",
    "true": "good",
    "unproven": "wait",
    "checking": "wait",
}
_WRONG = frozenset({"false", "mostly-false", "misleading"})
_SEVERITIES: dict[str, Tone] = {"Extreme": "bad", "Severe": "bad", "Moderate": "wait"}


class ShareWords(NamedTuple):
    """What a picture says, from the top; "" is left out. `tone` only repeats what `stamp` says."""

    lang: str
    stamp: str
    tone: Tone
    headline: str
    kicker: str = ""
    """What the headline is: else the stamp could be taken to judge it."""
    number: str = ""
    """A figure as readers write it, with its unit."""
    lines: tuple[str, ...] = ()
    exercise: str = ""
    """That this is only an exercise, across the picture."""
    publisher: str = ""

    @property
    def alt(self) -> str:
        """The picture in words."""
        said = f"{self.kicker}: {self.headline}" if self.kicker else self.headline
        parts = (self.exercise, self.stamp, said, self.number, *self.lines)
        return " – ".join(part for part in parts if part)


class SharePicture(NamedTuple):
    """A picture of a page: its address below the site's base with a mark of what it shows."""

    address: str
    width: int
    height: int
    alt: str


def share_path(page: str, size: str) -> str:
    """Return the address of the picture of the page with this address."""
    return f"{page}chia-se-{size}.png"


def share_pictures(row: Row, store: Store) -> tuple[SharePicture, ...]:
    """Return the pictures that the document's page names; none where nothing can draw them."""
    words = share_words(row, store) if row.kind in KINDS and can_typeset() else None
    if words is None:
        return ()
    mark = hashlib.sha256(repr(words).encode()).hexdigest()[:8]
    return tuple(
        SharePicture(f"{share_path(row.path, name)}?v={mark}", *size, words.alt)
        for name, size in SIZES.items()
    )


def share_words(row: Row, store: Store) -> ShareWords | None:
    """Return what the document's picture says; None if it has none (now)."""
    if row.kind not in KINDS or row.state != "current":
        return None
    t = store.words(row.lang)
    maker = {"misinformation": _of_debunk, "alerts": _of_alert, "statistics": _of_figures}[row.kind]
    words = maker(row, store, t)
    return _drawable(words) if words else None


def _of_debunk(row: Row, store: Store, t: Words) -> ShareWords | None:
    from model.debunk import is_bare

    debunk = cast("Misinformation", row.document)
    headline = debunk.fact if 0 < len(debunk.fact) <= FACT else debunk.title
    if is_bare(headline, debunk.claim, debunk.verdict):
        return None
    by, when = debunk.reviewed_by, debunk.reviewed_on or debunk.date
    return ShareWords(
        lang=row.lang,
        stamp=f"{t('Tin lan truyền:')} {t(debunk.verdict_words)}",
        tone=_VERDICTS[debunk.verdict],
        headline=headline,
        kicker=t("Sự thật") if headline == debunk.fact and debunk.verdict in _WRONG else "",
        lines=_some(t(by.name) if by else "", t.date(when) if when else ""),
        publisher=t(store.site.name),
    )


def _of_alert(row: Row, store: Store, t: Words) -> ShareWords:
    alert = cast("Alert", row.document)
    cancelled = alert.message == "cancel"
    until = t("Có hiệu lực đến {time}.", time=t.time(alert.expires)) if alert.expires else ""
    stamp = t("Hủy cảnh báo") if cancelled else f"{t('Cảnh báo')}: {t(alert.severity_words)}"
    return ShareWords(
        lang=row.lang,
        stamp=stamp,
        tone="plain" if cancelled else _SEVERITIES.get(alert.severity, "plain"),
        headline=alert.title,
        lines=_some(alert.area, "" if cancelled else until),
        exercise=t("Diễn tập, không phải thật.") if alert.exercise else "",
        publisher=t(store.site.name),
    )


def _of_figures(row: Row, store: Store, t: Words) -> ShareWords | None:
    """Return the newest figure of the first column that has one for the whole region."""
    from model.series import read_series

    document = cast("Statistics", row.document)
    names = [column.name for column in document.columns]
    series = read_series(store.file(document.series), document.series, names)
    for column in document.columns:
        found = series.latest(column.name) if column.name in series.columns else None
        if found is None:
            continue
        day, value = found
        return ShareWords(
            lang=row.lang,
            stamp=document.region_words,
            tone="plain",
            headline=column.label,
            number=t.amount(value, column.unit),
            lines=_some(
                t("tính đến {date}", date=t.date(day)),
                f"{t('Nguồn')}: {t(document.source.name)}",
            ),
            publisher=t(store.site.name),
        )
    return None


def _some(*lines: str) -> tuple[str, ...]:
    return tuple(line for line in lines if line)


def _drawable(words: ShareWords) -> ShareWords | None:
    """Return the words without emoji and the like; None if a letter has no font: never a box."""
    from model.artwork import unprintable  # only what is drawn needs it

    told = ShareWords(
        lang=words.lang,
        stamp=_plain(words.stamp),
        tone=words.tone,
        headline=_plain(words.headline),
        kicker=words.kicker,
        number=_plain(words.number),
        lines=_some(*map(_plain, words.lines)),
        exercise=words.exercise,
        publisher="" if unprintable(words.publisher) else words.publisher,
    )
    texts: Iterable[str] = (told.stamp, told.headline, told.number, *told.lines)
    return None if not told.headline or any(map(unprintable, texts)) else told


def _plain(text: str) -> str:
    from model.artwork import unprintable

    if not unprintable(text):
        return text
    drop = ("So", "Sk", "Cf", "Mn", "Me")
    kept = (c for c in text if not (unprintable(c) and unicodedata.category(c) in drop))
    return " ".join("".join(kept).split())
