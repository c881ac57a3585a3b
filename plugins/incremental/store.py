"""The Store that families query. Every answer is recorded.

What one output's render read is a Reading; what all outputs of a family share (settings, templates,
static files) are inputs with digests.
"""

from __future__ import annotations

import json
import os
import posixpath
import sqlite3
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any, cast

from model.catalogue import FOLDER, own_catalogue
from model.output import LANGUAGE, Page, Row
from model.scripts import imported
from model.site import Site
from model.words import Words
from plugins.incremental.digest import digest
from plugins.incremental.documents import Documents
from plugins.incremental.state import State
from plugins.incremental.templates import Templates

SITE_FIELDS = {
    "section_name": ("sections", "hazards"),
    "menu": ("kinds", "languages"),
    "start": ("languages",),
    "base": ("url",),
    "link": ("url",),
    "absolute": ("url",),
    "permanent": ("url", "identity"),
}
"""What a derived attribute of Site is made from; others read the whole configuration."""


class Reading:
    """What one output's render read beyond what its family foresees: name -> depth."""

    def __init__(self, foreseen: Iterable[str] = ()) -> None:
        self.foreseen = set(foreseen)
        self.names: dict[str, int] = {}

    def note(self, name: str, depth: int = 0) -> None:
        """Note that the render read `name`, `depth` rows deep."""
        self.names[name] = max(depth, self.names.get(name, 0))


class _SiteView:
    """The site's configuration, noting each field that is read, and `asset` for templates."""

    def __init__(
        self, site: Site, note: Callable[[str], None], asset: Callable[[str], str]
    ) -> None:
        self._site, self._note, self.asset = site, note, asset
        self._inputs: dict[str, tuple[str, ...]] = {}

    def __getattr__(self, name: str) -> Any:
        inputs = self._inputs.get(name)
        if inputs is None:
            fields = (name,) if name in Site.model_fields else SITE_FIELDS.get(name, ("*",))
            inputs = self._inputs[name] = tuple(f"site:{field}" for field in fields)
        for said in inputs:
            self._note(said)
        return getattr(self._site, name)


class Inputs:
    """Digests of what many outputs share: settings, templates, static files, words, programme."""

    def __init__(self, folder: Path, site: Site, templates: Templates, static: Path) -> None:
        self.folder, self.site, self.templates, self.static = folder, site, templates, static
        self._json: dict[str, Any] | None = None
        self._assets: dict[str, str] = {}

    def digest(self, name: str) -> str:
        """Return the present digest of the input `name` ("site:hotlines", "template:base.html")."""
        sort, _, rest = name.partition(":")
        if sort == "site":
            if self._json is None:
                self._json = self.site.model_dump(mode="json")
            value = self._json if rest == "*" else self._json.get(rest)
            return digest([json.dumps(value, sort_keys=True, ensure_ascii=False)])
        if sort == "template":
            return self.templates.digest(rest)
        if sort == "asset":
            return self.asset_digest(rest)
        if sort == "file":
            return digest([self.file(rest) or b""])
        if sort == "theme":
            path = self.theme_path(rest)
            return digest([path.read_bytes()] if path else [])
        raise KeyError(name)

    def file(self, name: str) -> bytes | None:
        """Return the bytes of a file inside the site's folder, or None."""
        path = (self.folder / name).resolve()
        if not path.is_relative_to(self.folder) or not path.is_file():
            return None
        return path.read_bytes()

    def theme_path(self, name: str) -> Path | None:
        """Return where a file of the theme lies: the site's own, else the engine's, or None."""
        for folder in (self.folder / "theme", self.static.parent):
            path = folder / name
            if path.is_file():
                return path
        return None

    def asset_digest(self, name: str) -> str:
        """Return the hash of a static file's bytes, and of the scripts that it loads.

        "" if there is no such file.
        """
        if name not in self._assets:
            files = self._with_imported(name)
            parts = [files[one] for one in sorted(files)]
            if parts and name.endswith(".css"):  # style sheets carry the site's colours
                parts.append(self.digest("site:colours").encode())
            self._assets[name] = digest(parts) if name in files else ""
        return self._assets[name]

    def _with_imported(self, name: str) -> dict[str, bytes]:
        """Return the bytes of a static file, and of every script that it loads, by their names."""
        found: dict[str, bytes] = {}
        todo = [name]
        while todo:
            one = todo.pop()
            path = self.static / one
            if one in found or not path.is_file():
                continue
            found[one] = path.read_bytes()
            if one.endswith(".js"):
                folder = one.rpartition("/")[0]
                todo += [posixpath.join(folder, other) for other in imported(found[one].decode())]
        return found


class RecordingStore:
    """One build's Store; `begin` starts the record of the next output."""

    def __init__(self, documents: Documents, inputs: Inputs, state: State, now: datetime) -> None:
        self._documents, self._inputs, self._state, self.now = documents, inputs, state, now
        self._owner = os.getpid()
        self._reading = Reading()
        self._granted: set[str] = set()
        self.shared: dict[str, str] = {}
        self.drawn: dict[str, bytes | None] = {}
        """Recipes used -> what was made (None: it was at hand)."""
        self.at_hand: dict[str, bytes] = {}
        """Recipe -> what this very build drew a moment ago."""
        self.site = cast("Site", _SiteView(inputs.site, self._share, self.asset))
        self._words: dict[str, Words] = {}

    def begin(self, foreseen: Iterable[str]) -> Reading:
        """Start recording for an output whose family foresees these names."""
        self._reading = Reading(foreseen)
        self._granted = set(self._reading.foreseen)
        return self._reading

    def _share(self, name: str) -> None:
        if name not in self.shared:
            self.shared[name] = self._inputs.digest(name)

    def document(self, identity: str) -> Row | None:
        """Return a document that has a public page, or None."""
        if identity not in self._granted:
            self._reading.note(f"doc:{identity}")
        row = self._documents.row(identity)
        return row if row and row.has_page else None

    def body(self, identity: str) -> str:
        """Return the HTML body of a document."""
        if identity not in self._granted:
            self._reading.note(f"doc:{identity}")
        return self._documents.body(identity)

    def count(self, name: str) -> int:
        """Return how many documents a list has."""
        self._note_list(f"count:{name}", name)
        return self._documents.count(name)

    def slice(self, name: str, start: int, stop: int) -> Sequence[Row]:
        """Return the rows at ranks start..stop-1, oldest first."""
        self._note_list(f"list:{name}", name)
        return self._grant(self._documents.slice(name, start, stop))

    def newest(self, name: str, count: int) -> Sequence[Row]:
        """Return up to `count` rows, newest first."""
        self._note_list(f"newest:{name}", name, count)
        return self._grant(self._documents.newest(name, count))

    def lists(self, prefix: str) -> Sequence[str]:
        """Return the names of lists with this prefix, sorted."""
        self._reading.note(f"lists:{prefix}")
        return self._documents.lists(prefix)

    def ledger(self, name: str) -> sqlite3.Connection:
        """Return a ledger's tables, to be read; a fork opens the file itself."""
        if self._owner != os.getpid():
            self._owner, self._state = os.getpid(), State(self._state.path)
        return self._state.db

    def file(self, name: str) -> bytes | None:
        """Return a file of the site's folder, or None."""
        rows = (self._documents.row(identity) for identity in self._reading.foreseen)
        if not any(row and name in row.document.files() for row in rows):
            self._share(f"file:{name}")
        return self._inputs.file(name)

    def kept(self, recipe: str, make: Callable[[], bytes]) -> bytes:
        """Return what `make` makes, from the build's memory if it is there."""
        data = self.at_hand.get(recipe) or self._documents.kept(recipe)
        self.drawn.setdefault(recipe, None)
        if data is None:
            data = self.drawn[recipe] = self.drawn[recipe] or make()
        return data

    def asset(self, name: str) -> str:
        """Return the public address of a static file, with its hash."""
        self._share(f"asset:{name}")
        version = self._inputs.asset_digest(name)[:10]
        return f"{self._inputs.site.base}/theme/{name}?v={version}"

    def template(self, name: str, page: Page) -> bytes:
        """Return the page that a template makes of `page`."""
        self._share(f"template:{name}")
        template = self._inputs.templates.environment.get_template(name)
        text: str = template.render({"site": self.site, "page": page, "t": self.words(page.lang)})
        return text.encode()

    def theme_text(self, name: str) -> str:
        """Return a text file of the theme; FileNotFoundError if neither theme has it."""
        self._share(f"theme:{name}")
        path = self._inputs.theme_path(name)
        if path is None:
            raise FileNotFoundError(f"the theme has no file {name!r}")
        return path.read_text(encoding="utf-8")

    def words(self, lang: str) -> Words:
        """Return the interface's words in a language, the site's own before the engine's."""
        if lang == LANGUAGE:
            return self._words.setdefault(lang, Words(lang))
        name = f"{FOLDER}/{lang}.po"
        self._share(f"file:{name}")
        if lang not in self._words:
            self._words[lang] = Words(lang, own_catalogue(self._inputs.file(name), lang).words)
        return self._words[lang]

    def _note_list(self, record: str, name: str, depth: int = 0) -> None:
        if f"list:{name}" not in self._reading.foreseen:
            self._reading.note(record, depth)

    def _grant(self, rows: list[Row]) -> list[Row]:
        self._granted.update(row.id for row in rows)
        return rows
