"""A campaign's goal in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from model.words import Words

if TYPE_CHECKING:  # a build without such a campaign need not load it
    from model.kinds.campaigns import Goal


def goal_words(goal: Goal, words: Words) -> str:
    """Return “50% người dùng”, “1.000 lượt cài”: a sign stands close, a word apart."""
    space = "" if goal.unit.startswith("%") else " "
    return f"{words.number(goal.target)}{space}{goal.unit}"
