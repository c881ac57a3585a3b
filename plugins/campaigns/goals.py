"""A campaign's goal and how far it is, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from model.progress import Rollup
from model.words import Words

if TYPE_CHECKING:  # a build without such a campaign need not load it
    from model.kinds.campaigns import Goal


def goal_words(goal: Goal | None, words: Words) -> str:
    """Return “50% người dùng”, “1.000 lượt cài”; "" without a goal."""
    return words.amount(goal.target, goal.unit) if goal else ""


def reached_words(goal: Goal | None, found: Rollup | None, words: Words) -> str:
    """Return the province's own figure with the goal's unit; "" where it has none."""
    value = found.whole.value if found and found.whole else None
    return words.amount(value, goal.unit) if goal and value is not None else ""
