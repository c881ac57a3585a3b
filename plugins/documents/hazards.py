"""Guides by hazard and stage: the table at the head of their list, and the guides of one hazard."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from model.hazards import HAZARD, STAGES, hazard_list
from model.output import Row, Store, language_of, list_name
from plugins.documents.trail import Place, list_path

KIND = "guides"


class Hazard(NamedTuple):
    """A line of the table: the hazard's own list and, in the order of STAGES, its stages'."""

    place: Place
    stages: tuple[Place | None, ...]

    @property
    def staged(self) -> bool:
        """Whether any of its guides is for one stage."""
        return any(self.stages)


class Stage(NamedTuple):
    """The guides for one stage; `name` is "" for those that hold for all."""

    name: str
    rows: Sequence[Row]


def hazards(lang: str, store: Store) -> tuple[Hazard, ...]:
    """Return the hazards that have guides, in the order of their codes."""
    found = [name for name in store.lists(f"{KIND}/{HAZARD}") if language_of(name) == lang]
    names = {name.split(".")[0] for name in found}
    return tuple(
        _hazard(name, names, lang, store) for name in sorted(names) if name.count("/") == 1
    )


def _hazard(own: str, names: set[str], lang: str, store: Store) -> Hazard:
    stages = (
        Place(label, list_path(list_name(f"{own}/{last}", lang)))
        if f"{own}/{last}" in names
        else None
        for last, label in STAGES.values()
    )
    return Hazard(_place(own, lang, store), tuple(stages))


def hazard_place(code: str, lang: str, store: Store) -> Place:
    """Return the list of a hazard's guides."""
    return _place(hazard_list(code), lang, store)


def _place(name: str, lang: str, store: Store) -> Place:
    label = store.site.section_name(name.partition("/")[2], KIND)
    return Place(label, list_path(list_name(name, lang)))


def by_stage(rows: Iterable[Row]) -> tuple[Stage, ...]:
    """Return guides by stage, before the hazard first; those without a stage stand last."""
    found: dict[str, list[Row]] = {}
    for row in rows:
        found.setdefault(getattr(row.document, "stage_name", ""), []).append(row)
    names = [*(label for _, label in STAGES.values()), ""]
    return tuple(Stage(name, found[name]) for name in names if name in found)
