"""The theme's static files without comments and indents; style sheets get the agency's colours."""

from __future__ import annotations

import hashlib
import posixpath
import re
from collections.abc import Iterable
from pathlib import Path
from typing import ClassVar

from model.output import Family, Key, Store
from model.scripts import renamed
from model.site import Site
from plugins.documents.colour import style

STATIC = Path(__file__).resolve().parents[2] / "theme" / "static"
MINIFIED = "minified"
"""Folder of the theme with short copies of scripts (`plugins.documents.minify`)."""
BUNDLED = {"search/core.js": ("search/start.js",), "search/page.js": ("search/core.js",)}
"""Scripts whose short copies hold others that they import. The search page loads `start.js` before
all others, then the copy of `page.js` with the core in it; other pages load the copy of `core.js`.
"""
EMBED = "embed"
"""Folder of the files that other sites load: published by `plugins.widgets` below /embed/."""
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_IDLE = re.compile(r"^[ \t]*(?://.*)?(?:\n|\Z)|^[ \t]+", re.MULTILINE)
"""A script's lines that only comment, empty lines, indents. Our scripts have no text over lines."""
_SPACE = re.compile(r"\s*\n\s*")


class StaticFiles(Family):
    """`theme/<file>`; templates name them through `site.asset`, whose addresses carry a hash."""

    name: ClassVar[str] = "static"

    def site_keys(self, site: Site) -> Iterable[Key]:
        """Return a key per file."""
        return [
            (str(path.relative_to(STATIC)).replace("\\", "/"),)
            for path in STATIC.rglob("*")
            if path.is_file() and not path.name.startswith(".") and path.parent.name != EMBED
        ]

    def path(self, key: Key) -> str:
        """Return the file's public path."""
        return f"theme/{key[0]}"

    def render(self, key: Key, store: Store) -> bytes | None:
        """Return the file's bytes, or None if it is gone."""
        store.asset(key[0])
        path = STATIC / key[0]
        if not path.is_file():
            return None
        data = path.read_bytes()
        if path.suffix == ".js":
            return script(key[0], data, store).encode()
        return sheet(data.decode(), store.site.colours.primary) if path.suffix == ".css" else data


def mark_of(name: str, source: bytes) -> str:
    """Return the first line of a short copy of a script: it tells of which sources it was made."""
    parts = [source, *((STATIC / other).read_bytes() for other in BUNDLED.get(name, ()))]
    return f"// {hashlib.blake2b(b'//'.join(parts), digest_size=16).hexdigest()}"


def script(name: str, source: bytes, store: Store) -> str:
    """Return the script's short copy, if it was made of this source; else it without comments.

    What it imports is named as pages name it: a browser would load another address once more.
    """
    try:
        mark, _, copy = store.theme_text(f"{MINIFIED}/{name}").partition("\n")
    except FileNotFoundError:
        mark = copy = ""
    text = copy if mark == mark_of(name, source) else _IDLE.sub("", source.decode())
    folder = name.rpartition("/")[0]

    def named(other: str) -> str:
        address = store.asset(posixpath.join(folder, other))
        return f"{other}?{address.partition('?')[2]}"

    return renamed(text, named)


def sheet(text: str, primary: str) -> bytes:
    """Return a style sheet without comments and indents, the agency's colours at its head."""
    return (style(primary) + _SPACE.sub("\n", _COMMENT.sub("", text))).encode()
