"""The rules, in the order in which they are tried: the more particular before the general."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache

from model.spoken import dates, figures, names
from model.spoken.reading import Manner, Place, Rule

_NUMBER = r"\d+(?:[.,]\d+)*"
_CLOCK = r"(?:[01]?\d|2[0-4])(?:[hHg](?:[0-5]\d(?:ph?)?)?|:[0-5]\d(?::[0-5]\d)?)"
_HOURS = r"(\d{1,2})\s*[-–]\s*((?:[01]?\d|2[0-4])[hg](?:[0-5]\d)?)(?!\w)"
_PHONE = r"(?:\+84|\(?0\d{2,4}\)?)(?:[ .\-–]?\d{1,4}){1,5}(?!\d)|1[89]00(?:[ .]?\d{2,4}){1,3}(?!\d)"
_SYMBOL = r"[A-ZĐ][A-Za-zĐđ&]*\d{0,2}"
_MIXED = r"(?=\w*[A-ZĐa-z])(?=\w*\d)[A-Za-zĐđ0-9]+(?:[/-][A-Z0-9][A-Za-z0-9]*)*(?![\wà-ỹ])"
_RANGE = "[-–—÷]"


_Written = tuple[str, str, Callable[[re.Match[str], Place], str | None]]
"""Name, pattern and function of a rule."""


def _of_names() -> tuple[_Written, ...]:
    """Return what goes before every figure: addresses, numbers to call, symbols, abbreviations."""
    return (
        ("email", r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+", names.email),
        (
            "address",
            r"(?:https?://[^\s<>”“\"]+|(?:[A-Za-z0-9-]+\.)+(?:vn|com|net|org|info|io|me|asia|app|edu|gov)"
            r"(?![\w-])(?:/[^\s<>”“\"]*)?)",
            names.address,
        ),
        ("phone", _PHONE, figures.phone),
        (
            "code",
            rf"(\d+)(?:/((?:19|20)\d\d))?\s?/\s?({_SYMBOL}(?:[-–]{_SYMBOL})*)(?!\w)",
            names.document_code,
        ),
        (
            "code",
            r"(\d+)\s?-\s?(CT|NQ|KL|QĐ|TB|HD|CV|KH|BC)/(TW|TU|ĐU)(?!\w)",
            names.party_code,
        ),
        (
            "coordinates",
            r"(\d{1,2}(?:[.,]\d+)?)\s?°?\s?[NB]\s*[-–;,]\s*(\d{2,3}(?:[.,]\d+)?)\s?°?\s?[EĐ](?!\w)",
            figures.coordinates,
        ),
        ("week", r"T([2-7])\s*([-–&]|và)\s*(T[2-7]|CN)(?!\w)", dates.weekdays),
        ("date", r"T(\d{1,2})/((?:19|20)\d\d)(?!\d)", dates.short_month),
        ("week", r"(T[2-7]|CN)(?![\w/])", dates.weekday),
        ("known", names.known_pattern(), names.known),
        ("place", names.place_pattern(), names.place),
    )


def _of_figures() -> tuple[_Written, ...]:
    """Return the dates, times and quantities, then what is left of capitals and strokes."""
    return (
        ("date", r"(\d{4})-(\d\d)-(\d\d)(?!\d)", dates.iso_date),
        (
            "date",
            r"(\d{1,2})[/.](\d{1,2})(?:[/.](\d{4}))?\s*[-–]\s*(\d{1,2})[/.](\d{1,2})(?:[/.](\d{4}))?(?![\d/])",
            dates.date_range,
        ),
        (
            "date",
            r"(\d{1,2})\s*[-–]\s*(\d{1,2})/(\d{1,2})(?:/(\d{4}))?(?![\d/])",
            dates.day_range,
        ),
        ("date", r"(\d{1,2})([/.-])(\d{1,2})\2((?:1[89]|20)\d\d)(?!\d)", dates.full_date),
        ("date", r"(\d{1,2})([/.-])((?:19|20)\d\d)(?![\d/])", dates.month_of_year),
        ("date", r"(\d{1,2})-(\d{1,2})(?!\d|[.,-]\d)", dates.dashed_date),
        ("date", r"(\d{1,2}) tháng (\d{1,2})(?!\d|[.,/]\d)", dates.worded_date),
        ("stroke", r"(\d{1,4})/(\d{1,4})(?![\d/])", dates.stroke),
        ("date", r"(\d{1,2})\.(\d{1,2})(?!\d|[.,]\d)", dates.dotted_date),
        ("clock", rf"({_CLOCK})\s*(?:[-–]|đến)\s*({_CLOCK})(?!\w)'?", figures.clock_range),
        ("clock", _HOURS, figures.hours_range),
        ("clock", rf"({_CLOCK})(?!\w)'?", figures.clock),
        (
            "clock",
            r"(\d{1,2}) giờ ([0-5]\d(?:\s*(?:phút|'))?|\d\s*(?:phút|'))"
            r"(?![\d/]|[.,]\d|\s*(?:tháng|giờ)|\s*ngày(?!\s*\d))",
            figures.worded_clock,
        ),
        ("phone", r"(?:11[1-9]|1022|1[89]\d{4,8})(?![\d/%]|[.,]\d)", figures.short_phone),
        (
            "figure",
            rf"([-−]?)({_NUMBER})(?:\s?{_RANGE}\s?({_NUMBER}))?(?:\s?({dates.UNIT})(?![\wà-ỹ°]))?(?!\w)",
            figures.quantity,
        ),
        ("roman", r"[IVXLC]+(?!\w)", figures.roman_numeral),
        ("height", r"(\d{1,2})m(\d{1,2})(?!\w)", figures.height),
        ("keys", r"\*\d+(?:\*\d+)*#", names.keys),
        ("lineage", r"[A-Z]{1,3}(?:\.\d+)+(?!\w)", names.lineage),
        ("mixed", _MIXED, names.mixed),
        ("capitals", r"[A-ZĐƯƠÔÊÂĂ]{2,8}(?:[-&][A-ZĐ]{1,6})*(?![\wà-ỹ])", names.capitals),
        ("per", r"/\s?(\d{1,3}) ?(?:h|giờ)(?!\w)", figures.per_hours),
        ("per", r"/\s?(\w+)", names.per),
    )  # fmt: skip


_RULES = tuple(
    Rule(name, re.compile(pattern), say) for name, pattern, say in (*_of_names(), *_of_figures())
)


@lru_cache(maxsize=8)
def _own(words: tuple[tuple[str, str], ...]) -> tuple[Rule, ...]:
    if not words:
        return ()
    said = dict(words)
    longest = sorted(said, key=len, reverse=True)
    pattern = re.compile("(?:" + "|".join(map(re.escape, longest)) + r")(?![\wà-ỹ])")
    return (Rule("own", pattern, lambda match, _: said[match[0]]),)


def rules_of(manner: Manner) -> tuple[Rule, ...]:
    """Return the rules with the site's own words first."""
    return (*_own(tuple(sorted(manner.words.items()))), *_RULES)
