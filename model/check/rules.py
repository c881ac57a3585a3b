"""The checks beyond single fields: a function each, from a document to what is wrong with it."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from model.check.context import Context
from model.content import Loaded
from model.problem import Problem

Rule = Callable[[Loaded, Context], Iterable[Problem]]
"""Problems come back without a file; `line` is 0 where only the file is known."""

RULES: tuple[Rule, ...] = ()
