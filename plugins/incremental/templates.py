"""Pelican's Jinja environment as the site's templates use it: `site`, `page`, `t`, nothing else.

Autoescape is on, an undefined name is an error, and every template's text, with those that it
extends, includes or imports by literal names, gives a digest for the build's memory.
"""

from __future__ import annotations

import re
from functools import cached_property
from pathlib import Path
from typing import Any

from plugins.incremental.digest import digest

_REFERENCE = re.compile(r"{%-?\s*(?:extends|include|import|from)\s+(\S+)")
_LITERAL = re.compile(r"""(['"])([^'"]+)\1$""")


class Templates:
    """The theme: environment, texts and digests. Folders are searched in order."""

    def __init__(self, settings: dict[str, Any]) -> None:
        self._settings = settings
        self.folders = [
            *map(Path, settings["THEME_TEMPLATES_OVERRIDES"]),
            Path(settings["THEME"]) / "templates",
        ]
        self._digests: dict[str, str] = {}

    @cached_property
    def environment(self) -> Any:
        """The Jinja environment that Pelican's settings describe."""
        from jinja2 import BytecodeCache, FileSystemLoader

        from plugins.incremental.jinja import QuickEnvironment

        cache: BytecodeCache | None = None
        if folder := self._settings.get("LOA_TEMPLATE_CACHE"):
            from jinja2 import FileSystemBytecodeCache

            Path(folder).mkdir(parents=True, exist_ok=True)
            cache = FileSystemBytecodeCache(str(folder))
        environment = QuickEnvironment(
            loader=FileSystemLoader([str(folder) for folder in self.folders]),
            bytecode_cache=cache,
            auto_reload=False,
            **self._settings["JINJA_ENVIRONMENT"],
        )
        environment.filters.update(self._settings["JINJA_FILTERS"])
        environment.globals.update(self._settings["JINJA_GLOBALS"])
        environment.tests.update(self._settings["JINJA_TESTS"])
        return environment

    def text(self, name: str) -> str:
        """Return a template's source; FileNotFoundError if no folder has it."""
        for folder in self.folders:
            path = folder / name
            if path.is_file():
                return path.read_text(encoding="utf-8")
        raise FileNotFoundError(f"the theme has no template {name!r}")

    def digest(self, name: str) -> str:
        """Return a hash of the template and of all that it refers to; "" if it is missing."""
        if name not in self._digests:
            self._digests[name] = self._digest_of(name)
        return self._digests[name]

    def _digest_of(self, name: str) -> str:
        seen: dict[str, str] = {}
        waiting = [name]
        while waiting:
            current = waiting.pop()
            if current in seen:
                continue
            try:
                seen[current] = self.text(current)
            except FileNotFoundError:
                seen[current] = ""
                continue
            waiting += _references(current, seen[current])
        return digest(f"{key}\0{text}" for key, text in sorted(seen.items()))


def _references(name: str, text: str) -> list[str]:
    found = []
    for reference in _REFERENCE.findall(text):
        literal = _LITERAL.match(reference)
        if literal is None:
            raise ValueError(f"template {name} refers to {reference}: write its name as a literal")
        found.append(literal[2])
    return found
