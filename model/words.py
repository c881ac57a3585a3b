"""`t`: the interface's words, dates and numbers in one language, as its readers write them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date as Day  # noqa: N812 - `date` is a method here
from datetime import datetime

from model.catalogue import catalogue
from model.fields import VIETNAM

MONTHS = (
    *("January", "February", "March", "April", "May", "June", "July", "August"),
    *("September", "October", "November", "December"),
)


class Words:
    """Calls return the translation of a Vietnamese message; times are shown in Viet Nam's zone.

    `own` are words of the site itself, which come before those of the engine's catalogue.
    """

    def __init__(self, lang: str = "vi", own: Mapping[str, str] | None = None) -> None:
        self.lang = lang
        self._catalogue = {**(catalogue(lang).words if lang != "vi" else {}), **(own or {})}

    @property
    def reviewed(self) -> bool:
        """Whether a person who speaks the language has read the engine's words."""
        return self.lang == "vi" or bool(catalogue(self.lang).reviewed_by)

    def __call__(self, message: str, **values: object) -> str:
        """Return `message` in this language, its {names} filled in."""
        text = self._catalogue.get(message) or message
        return text.format(**values) if values else text

    def date(self, time: Day) -> str:
        """Return “28/8/2021” of a time, or of a day; “28 August 2021” in English."""
        local = time.astimezone(VIETNAM) if isinstance(time, datetime) else time
        if self.lang == "en":
            return f"{local.day} {MONTHS[local.month - 1]} {local.year}"
        return f"{local.day}/{local.month}/{local.year}"

    def time(self, time: datetime) -> str:
        """Return “15:30 ngày 28/8/2021”; without the clock when it is midnight sharp."""
        local = time.astimezone(VIETNAM)
        if local.hour == local.minute == local.second == 0:
            return self.date(time)
        return self("{clock} ngày {date}", clock=f"{local:%H:%M}", date=self.date(time))

    def iso(self, time: datetime) -> str:
        """Return the time for machines (RFC 3339, +07:00)."""
        return time.astimezone(VIETNAM).isoformat(timespec="seconds")

    def number(self, value: float) -> str:
        """Return “16.818” or “0,35”, as Vietnamese write them."""
        text = f"{value:,}" if isinstance(value, int) else f"{value:,.2f}".rstrip("0").rstrip(".")
        return text.translate(str.maketrans(",.", ".,")) if self.lang != "en" else text

    def amount(self, value: float, unit: str) -> str:
        """Return “41,5% người dùng”, “1.000 lượt”: a sign stands close, a word apart."""
        space = "" if not unit or unit.startswith("%") else " "
        return f"{self.number(value)}{space}{unit}"
