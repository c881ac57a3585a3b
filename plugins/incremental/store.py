"""The Store that families query: in memory for many outputs, in SQLite for a few.

Every answer is recorded in a Reading, so that the build knows what each output was made from.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import Any, Protocol, cast

from model.kinds import kind_class
from model.output import Page, Row
from model.site import Site
from model.words import Words
from plugins.incremental.state import State
from plugins.incremental.templates import Templates, digest

SITE_FIELDS = {
    "section_name": ("sections",),
    "base": ("url",),
    "link": ("url",),
    "absolute": ("url",),
}
"""What a derived attribute of Site is made from; others read the whole configuration."""


class Documents(Protocol):
    """Where a Store's answers come from."""

    def row(self, identity: str) -> Row | None: ...
    def body(self, identity: str) -> str: ...
    def count(self, name: str) -> int: ...
    def slice(self, name: str, start: int, stop: int) -> list[Row]: ...
    def newest(self, name: str, count: int) -> list[Row]: ...
    def lists(self, prefix: str) -> list[str]: ...


def load_row(identity: str, file: str, digest_: str, state: Any, text: str) -> Row:
    """Return the row that the state's columns describe."""
    kind = kind_class(identity.split("/", 1)[0])
    return Row(identity, file, digest_, state, kind.model_validate_json(text))


class StateDocuments:
    """Answers from the state file, a query each: for the few outputs of an incremental build."""

    def __init__(self, state: State) -> None:
        self.db = state.db
        self.row = lru_cache(maxsize=1024)(self._row)

    def _row(self, identity: str) -> Row | None:
        found = self.db.execute(
            "SELECT id, file, digest, state, json FROM document WHERE id = ?", (identity,)
        ).fetchone()
        return load_row(*found) if found else None

    def body(self, identity: str) -> str:
        found = self.db.execute(
            "SELECT html FROM body WHERE key = (SELECT body FROM document WHERE id = ?)", (identity,)
        ).fetchone()
        return str(found[0]) if found else ""

    def count(self, name: str) -> int:
        found = self.db.execute("SELECT count FROM list WHERE name = ?", (name,)).fetchone()
        return int(found[0]) if found else 0

    def slice(self, name: str, start: int, stop: int) -> list[Row]:
        count = self.count(name)
        if count - start < start:  # nearer to the newest end: count from there
            wanted = self._ids(name, "DESC", stop - start, count - stop if stop < count else 0)
            wanted = wanted[: max(0, min(stop, count) - start)][::-1]
        else:
            wanted = self._ids(name, "ASC", stop - start, start)
        return self._rows(wanted)

    def newest(self, name: str, count: int) -> list[Row]:
        return self._rows(self._ids(name, "DESC", count, 0))

    def lists(self, prefix: str) -> list[str]:
        found = self.db.execute(
            "SELECT name FROM list WHERE count > 0 AND name >= ? AND name < ? ORDER BY name",
            (prefix, prefix + "\U0010ffff"),
        )
        return [name for (name,) in found]

    def _ids(self, name: str, direction: str, limit: int, offset: int) -> list[str]:
        found = self.db.execute(
            f"SELECT id FROM member WHERE list = ? ORDER BY place {direction} LIMIT ? OFFSET ?",  # noqa: S608
            (name, limit, offset),
        )
        return [identity for (identity,) in found]

    def _rows(self, identities: Iterable[str]) -> list[Row]:
        return [row for row in map(self.row, identities) if row]


class MemoryDocuments:
    """Answers from memory, bodies from the state file: for a full build, shared by its workers."""

    def __init__(self, state: State, rows: Mapping[str, Row]) -> None:
        self.path = state.path
        self.rows = rows
        places: dict[str, list[tuple[str, str]]] = {}
        for row in rows.values():
            for name in row.lists:
                places.setdefault(name, []).append((row.order, row.id))
        self.members = {name: [id_ for _, id_ in sorted(places[name])] for name in sorted(places)}
        self._body: Callable[[str], str] | None = None

    @classmethod
    def of_state(cls, state: State) -> MemoryDocuments:
        """Load every document of the state file."""
        found = state.db.execute("SELECT id, file, digest, state, json FROM document ORDER BY id")
        return cls(state, {row[0]: load_row(*row) for row in found})

    def row(self, identity: str) -> Row | None:
        return self.rows.get(identity)

    def body(self, identity: str) -> str:
        if self._body is None:  # after a fork each worker opens the file itself
            self._body = StateDocuments(State(self.path)).body
        return self._body(identity)

    def count(self, name: str) -> int:
        return len(self.members.get(name, ()))

    def slice(self, name: str, start: int, stop: int) -> list[Row]:
        return [self.rows[id_] for id_ in self.members.get(name, [])[max(start, 0) : stop]]

    def newest(self, name: str, count: int) -> list[Row]:
        return [self.rows[id_] for id_ in self.members.get(name, [])[: -count - 1 : -1]]

    def lists(self, prefix: str) -> list[str]:
        return [name for name in self.members if name.startswith(prefix)]


class Reading:
    """What one output's render read beyond what its family foresees: name -> depth."""

    def __init__(self, foreseen: Iterable[str] = ()) -> None:
        self.foreseen = set(foreseen)
        self.names: dict[str, int] = {}

    def note(self, name: str, depth: int = 0) -> None:
        self.names[name] = max(depth, self.names.get(name, 0))


class _SiteView:
    """The site's configuration, noting each field that is read, and `asset` for templates."""

    def __init__(self, site: Site, note: Callable[[str], None], asset: Callable[[str], str]) -> None:
        self._site, self._note, self.asset = site, note, asset

    def __getattr__(self, name: str) -> Any:
        fields = (name,) if name in Site.model_fields else SITE_FIELDS.get(name, ("*",))
        for field in fields:
            self._note(f"site:{field}")
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
        raise KeyError(name)

    def file(self, name: str) -> bytes | None:
        """Return the bytes of a file inside the site's folder, or None."""
        path = (self.folder / name).resolve()
        if not path.is_relative_to(self.folder) or not path.is_file():
            return None
        return path.read_bytes()

    def asset_digest(self, name: str) -> str:
        """Return the hash of a static file's bytes; "" if there is no such file."""
        if name not in self._assets:
            path = self.static / name
            self._assets[name] = digest([path.read_bytes()]) if path.is_file() else ""
        return self._assets[name]


class RecordingStore:
    """One build's Store; `begin` starts the record of the next output."""

    def __init__(self, documents: Documents, inputs: Inputs, now: datetime) -> None:
        self._documents, self._inputs, self.now = documents, inputs, now
        self._reading = Reading()
        self._granted: set[str] = set()
        self.shared: set[str] = set()
        self.site = cast(Site, _SiteView(inputs.site, self._share, self.asset))
        self._words: dict[str, Words] = {}

    def begin(self, foreseen: Iterable[str]) -> Reading:
        """Start recording for an output whose family foresees these names."""
        self._reading = Reading(foreseen)
        self._granted = set(self._reading.foreseen)
        return self._reading

    def _share(self, name: str) -> None:
        self.shared.add(name)

    def document(self, identity: str) -> Row | None:
        if identity not in self._granted:
            self._reading.note(f"doc:{identity}")
        row = self._documents.row(identity)
        return row if row and row.has_page else None

    def body(self, identity: str) -> str:
        if identity not in self._granted:
            self._reading.note(f"doc:{identity}")
        return self._documents.body(identity)

    def count(self, name: str) -> int:
        self._note_list(f"count:{name}", name)
        return self._documents.count(name)

    def slice(self, name: str, start: int, stop: int) -> Sequence[Row]:
        self._note_list(f"list:{name}", name)
        return self._grant(self._documents.slice(name, start, stop))

    def newest(self, name: str, count: int) -> Sequence[Row]:
        self._note_list(f"newest:{name}", name, count)
        return self._grant(self._documents.newest(name, count))

    def lists(self, prefix: str) -> Sequence[str]:
        self._reading.note(f"lists:{prefix}")
        return self._documents.lists(prefix)

    def file(self, name: str) -> bytes | None:
        rows = (self._documents.row(identity) for identity in self._reading.foreseen)
        if not any(row and name in row.document.files() for row in rows):
            self._share(f"file:{name}")
        return self._inputs.file(name)

    def asset(self, name: str) -> str:
        self._share(f"asset:{name}")
        version = self._inputs.asset_digest(name)[:10]
        return f"{self._inputs.site.base}/theme/{name}?v={version}"

    def template(self, name: str, page: Page) -> bytes:
        self._share(f"template:{name}")
        words = self._words.setdefault(page.lang, Words(page.lang))
        template = self._inputs.templates.environment.get_template(name)
        text: str = template.render(site=self.site, page=page, t=words)
        return text.encode()

    def _note_list(self, record: str, name: str, depth: int = 0) -> None:
        if f"list:{name}" not in self._reading.foreseen:
            self._reading.note(record, depth)

    def _grant(self, rows: list[Row]) -> list[Row]:
        self._granted.update(row.id for row in rows)
        return rows
