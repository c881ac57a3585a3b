"""The checks beyond single fields: a function each, from a document to what is wrong with it."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from model.check.addresses import nameless_hazard, taken_address
from model.check.artwork import faint_artwork
from model.check.context import Context
from model.check.figures import figures, missing_files
from model.check.links import dead_links, missing_app
from model.check.pictures import pictures
from model.check.privacy import personal_data
from model.check.prose import evidence, numbers, overdue, pasted, rumour_in_title
from model.check.stores import strange_stores
from model.check.whereabouts import unknown_places
from model.content import Loaded
from model.problem import Problem

Rule = Callable[[Loaded, Context], Iterable[Problem]]
"""Problems come back without a file; `line` is 0 where only the file is known."""

OF_BODIES: tuple[Rule, ...] = (dead_links, pictures, personal_data, pasted, numbers)
"""Those that can be asked about a body alone, where the fields above it are still wrong."""

RULES: tuple[Rule, ...] = (
    taken_address,
    nameless_hazard,
    dead_links,
    missing_app,
    strange_stores,
    pictures,
    personal_data,
    rumour_in_title,
    evidence,
    overdue,
    pasted,
    numbers,
    unknown_places,
    missing_files,
    figures,
    faint_artwork,
)
