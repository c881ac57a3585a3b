"""The pictures of the site's `images/` folder, at `/images/<file>`: what bodies show.

`python -m model check` refuses pictures without a description, too heavy, or with a position.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import ClassVar

from model.output import Family, Key, Store, registry
from model.site import Site, site_folder

FOLDER = "images"


class Images(Family):
    """`images/<file>`. Key: (file below the picture folder,)."""

    name: ClassVar[str] = "images"

    def __init__(self, folder: Path) -> None:
        self.folder = folder / FOLDER

    def site_keys(self, site: Site) -> Iterable[Key]:
        """Return a key per picture that stands in the folder now."""
        return [
            (path.relative_to(self.folder).as_posix(),)
            for path in sorted(self.folder.rglob("*"))
            if path.is_file() and not path.name.startswith(".")
        ]

    def path(self, key: Key) -> str:
        """Return the picture's public path."""
        return f"{FOLDER}/{key[0]}"

    def render(self, key: Key, store: Store) -> bytes | None:
        """Return the picture, or None when it is gone."""
        return store.file(f"{FOLDER}/{key[0]}")


def register() -> None:
    """Register the family for the site that SITE names."""
    registry.replace(Images(site_folder()))
