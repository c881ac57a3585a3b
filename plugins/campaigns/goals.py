"""A campaign's goal in words."""

from __future__ import annotations

from model.kinds.campaigns import Goal
from model.words import Words


def goal_words(goal: Goal, words: Words) -> str:
    """Return “50% người dùng”, “1.000 lượt cài”: a sign stands close, a word apart."""
    space = "" if goal.unit.startswith("%") else " "
    return f"{words.number(goal.target)}{space}{goal.unit}"
