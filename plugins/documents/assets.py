"""The theme's static files, as they are."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import ClassVar

from model.output import Family, Key, Store
from model.site import Site

STATIC = Path(__file__).resolve().parents[2] / "theme" / "static"


class StaticFiles(Family):
    """`theme/<file>`; templates name them through `page`-less `asset` addresses with a hash."""

    name: ClassVar[str] = "static"

    def site_keys(self, site: Site) -> Iterable[Key]:
        """Return a key per file."""
        return [
            (str(path.relative_to(STATIC)).replace("\\", "/"),)
            for path in STATIC.rglob("*")
            if path.is_file() and not path.name.startswith(".")
        ]

    def path(self, key: Key) -> str:
        """Return the file's public path."""
        return f"theme/{key[0]}"

    def render(self, key: Key, store: Store) -> bytes | None:
        """Return the file's bytes, or None if it is gone."""
        store.asset(key[0])
        path = STATIC / key[0]
        return path.read_bytes() if path.is_file() else None
