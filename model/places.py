"""Administrative units: the 34 provinces, and the communes of the provinces that sites ship for.

The table is `model/data/units.csv`: official codes and names in force from 1 July 2025, with
`valid_from` and `valid_to`, and in `lists` how many independent lists agree on the code. Where it
comes from and how it was checked: `docs/decisions/0016-administrative-units.md`. Nothing here turns
an old commune into a new one: former names are found only where the table records them.
"""

from __future__ import annotations

import csv
from datetime import date
from functools import cache
from pathlib import Path
from typing import NamedTuple

from model.text import fold, one_line

TABLE = Path(__file__).with_name("data") / "units.csv"
_PREFIXES = ("thanh pho ", "dac khu ", "thi tran ", "phuong ", "tinh ", "xa ", "tp. ", "tp ")


class Unit(NamedTuple):
    """A province (2 digits) or a commune, ward or special zone (5 digits)."""

    code: str
    name: str
    province: str
    """Code of its province; "" for a province itself."""
    old_names: tuple[str, ...]
    valid_from: date
    valid_to: date | None
    lists: int
    """How many independent lists give this code for this name."""

    def is_valid(self, on: date) -> bool:
        """Return whether the unit exists on that day."""
        return self.valid_from <= on and (self.valid_to is None or on < self.valid_to)


@cache
def units() -> dict[str, Unit]:
    """Return every unit of the table by code."""
    with TABLE.open(encoding="utf-8", newline="") as file:
        return {row["code"]: _unit(row) for row in csv.DictReader(file)}


def _unit(row: dict[str, str]) -> Unit:
    return Unit(
        row["code"],
        row["name"],
        row["province"],
        tuple(filter(None, row["old_names"].split(";"))),
        date.fromisoformat(row["valid_from"]),
        date.fromisoformat(row["valid_to"]) if row["valid_to"] else None,
        int(row["lists"]),
    )


def unit(code: str) -> Unit | None:
    """Return the unit with this code; None if the table has none."""
    return units().get(code)


def unit_name(code: str) -> str:
    """Return a unit's name; for a code that the table does not hold, words that say the code."""
    found = units().get(code)
    if found:
        return found.name
    return f"Địa bàn mã {code}" if code else ""


def communes(province: str) -> list[Unit]:
    """Return the communes of a province that the table holds, in the order of their names."""
    found = [item for item in units().values() if item.province == province]
    return sorted(found, key=lambda item: (_bare(item.name), item.code))


def has_communes(province: str) -> bool:
    """Return whether the table holds the communes of this province at all."""
    return any(item.province == province for item in units().values())


def find(name: str, province: str = "") -> list[Unit]:
    """Return the units that `name` may mean: communes of `province`, or provinces without it.

    “Ninh Thạnh” and “phường ninh thạnh” both find “Phường Ninh Thạnh”. A name written with its tone
    marks finds only units that bear those marks (Tân Thành is not Tân Thạnh); one written without
    finds all that fold to it.
    """
    wanted = one_line(name).casefold()
    found = [
        item for item in units().values() if item.province == province and _meets(item.name, wanted)
    ]
    exact = [item for item in found if _bare_marks(item.name) == _bare_marks(wanted)]
    if exact or not _has_marks(wanted):
        return exact or found
    return [item for item in found if _loose(item.name) == _loose(wanted)]


def find_old(name: str) -> list[Unit]:
    """Return the units that the table records as holding the former unit `name` (a province)."""
    wanted = _bare(name)
    return [item for item in units().values() if wanted in map(_bare, item.old_names)]


def _meets(name: str, wanted: str) -> bool:
    return wanted == fold(name) or _bare(name) == _bare(wanted)


def _bare(name: str) -> str:
    """Fold a name and take the word for its rank away; dashes of any sort are one."""
    text = fold(one_line(name)).replace("–", "-").replace(" - ", "-")
    for prefix in _PREFIXES:
        if text.startswith(prefix):
            return text.removeprefix(prefix)
    return text


def _bare_marks(name: str) -> str:
    """Return a name in lower case with its marks, without the word for its rank."""
    text = one_line(name).casefold().replace("–", "-").replace(" - ", "-")
    return text[-len(_bare(name)) :]


def _has_marks(name: str) -> bool:
    return fold(name) != name.casefold()


def _loose(name: str) -> str:
    """Return a name without rank, both ways of placing a mark (“Hoà”, “Hòa”) made one."""
    import unicodedata

    letters = unicodedata.normalize("NFD", _bare_marks(name))
    words = letters.split(" ")
    return " ".join("".join(sorted(word)) for word in words)
