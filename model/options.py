"""What `options:` of a source may hold, by format: a group of typed fields a format.

A format that needs settings (a CSV's column map, CSS selectors, a table of verdicts) declares a
Group here; an unknown key in sources.yaml is then a problem like everywhere else. The names are
those of `fetchers.formats.FORMATS` (a test holds them equal).
"""

from __future__ import annotations

from model.fields import Group


class NoOptions(Group):
    """A format that has nothing to set."""


OPTIONS: dict[str, type[Group]] = {
    "rss": NoOptions,
}
"""Format -> the class of its options."""
