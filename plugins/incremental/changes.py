"""From changed files to changed rows and lists, noted in the state.

A few changes are applied one by one, each list's change measured by ranks; many at once rewrite
the lists and count every list as changed throughout.
"""

from __future__ import annotations

import json
import posixpath
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from json.encoder import encode_basestring
from typing import NamedTuple

from model.kinds import kind_class
from model.kinds.base import Document
from model.kinds.base import State as DocumentState
from model.output import ListChange, Row
from plugins.incremental.documents import MemoryDocuments, load_row
from plugins.incremental.reading import Parsed
from plugins.incremental.state import DamagedError, State, seal, unseal


class Change(NamedTuple):
    """A document before and after; either may be absent."""

    before: Row | None
    after: Row | None


class Place(NamedTuple):
    """Where a row stands: list and place within it."""

    list: str
    place: str


def state_of(document: Document, now: datetime, preview: bool) -> DocumentState:
    """Return what a document is to its readers; in a preview drafts stand among the others."""
    state = document.state(now)
    return "current" if preview and state in ("draft", "scheduled") else state


def row_of(parsed: Parsed, now: datetime, preview: bool = False) -> Row:
    """Return the row that a parsed file gives at `now`."""
    document = kind_class(parsed.identity.split("/", 1)[0]).model_validate_json(parsed.json)
    return Row(
        parsed.identity, parsed.file, parsed.digest, state_of(document, now, preview), document
    )


def stored_row(state: State, identity: str) -> tuple[Row | None, str]:
    """Return a document of the state and its body's key."""
    found = state.db.execute(
        "SELECT id, file, digest, state, json, body FROM document WHERE id = ?", (identity,)
    ).fetchone()
    return (load_row(*found[:5]), str(found[5])) if found else (None, "")


def due_rows(state: State, last: int, now: datetime, preview: bool = False) -> list[Change]:
    """Return the documents whose state turned between the last build's time and `now`."""
    low, high = sorted((last, int(now.timestamp())))
    found = state.db.execute("SELECT DISTINCT id FROM due WHERE at > ? AND at <= ?", (low, high))
    changes = []
    for (identity,) in found.fetchall():
        before, _ = stored_row(state, identity)
        if before:
            after = replace(before, state=state_of(before.document, now, preview))
            changes.append(Change(before, after))
    return changes


def put_bodies(state: State, parsed: Sequence[Parsed]) -> None:
    """Note bodies that are not at hand yet, by their keys."""
    made = [(item.body, seal(item.html)) for item in parsed if item.html is not None]
    state.db.executemany("INSERT OR IGNORE INTO body VALUES (?, ?)", made)


def put_documents(state: State, parsed: Sequence[Parsed], rows: dict[str, Row]) -> None:
    """Note documents that the state does not hold, their due times, attachments and bodies."""
    put_bodies(state, parsed)
    db = state.db
    db.executemany(
        "INSERT INTO document VALUES (?, ?, ?, ?, ?, ?)",
        (
            (i.identity, i.file, i.digest, i.body, rows[i.identity].state, seal(i.json))
            for i in sorted(parsed, key=lambda i: i.identity)  # as they lie in the table
        ),
    )
    db.executemany(
        "INSERT OR REPLACE INTO stamp VALUES (?, ?, ?, ?, ?)",
        ((*posixpath.split(item.file), *item.stamp) for item in parsed),
    )
    db.executemany(
        "INSERT OR IGNORE INTO due VALUES (?, ?)",
        (
            (int(time.timestamp()), item.identity)
            for item in parsed
            for time in rows[item.identity].document.turns()
        ),
    )
    db.executemany(
        "INSERT INTO attachment VALUES (?, ?, ?, ?, ?)",
        ((name, item.identity, *stamp) for item in parsed for name, stamp in item.attachments),
    )


def drop_document(state: State, identity: str) -> None:
    """Forget a document, but not its list memberships."""
    sql = "SELECT file, json FROM document WHERE id = ?"
    found = state.db.execute(sql, (identity,)).fetchone()
    if found:
        file, json_ = found
        state.db.execute("DELETE FROM document WHERE id = ?", (identity,))
        state.db.execute("DELETE FROM stamp WHERE folder = ? AND name = ?", posixpath.split(file))
        turns = kind_class(identity.split("/", 1)[0]).model_validate_json(unseal(json_)).turns()
        state.db.executemany(
            "DELETE FROM due WHERE at = ? AND id = ?",
            [(int(time.timestamp()), identity) for time in turns],
        )
        state.db.execute("DELETE FROM attachment WHERE id = ?", (identity,))


def set_state(state: State, row: Row) -> None:
    """Note that a document's state turned."""
    state.db.execute("UPDATE document SET state = ? WHERE id = ?", (row.state, row.id))


def rewrite_lists(state: State, documents: MemoryDocuments) -> None:
    """Write all memberships anew, in the order in which they lie in the table."""
    state.db.execute("DELETE FROM member")
    state.db.execute("DELETE FROM list")
    rows = documents.rows
    members = (
        (name, rows[identity].place(name), identity)
        for name, identities in documents.members.items()
        for identity in identities
    )
    state.db.executemany("INSERT INTO member VALUES (?, ?, ?)", members)
    state.db.execute("INSERT INTO list SELECT list, count(*) FROM member GROUP BY list")


def _places(row: Row | None) -> set[Place]:
    return {Place(name, row.place(name)) for name in row.lists} if row else set()


def change_lists(state: State, changes: Sequence[Change]) -> list[ListChange]:
    """Apply changes to the lists one by one; return how each touched list changed."""
    moved_out: dict[str, list[str]] = {}
    moved_in: dict[str, list[tuple[str, str]]] = {}
    edited: dict[str, list[str]] = {}
    for before, after in changes:
        old, new = _places(before), _places(after)
        for place in old - new:
            moved_out.setdefault(place.list, []).append(place.place)
        for place in new - old:
            moved_in.setdefault(place.list, []).append((place.place, after.id if after else ""))
        for place in old & new:
            edited.setdefault(place.list, []).append(place.place)
    names = sorted({*moved_out, *moved_in, *edited})
    return [
        _change_list(
            state, name, moved_out.get(name, []), moved_in.get(name, []), edited.get(name, [])
        )
        for name in names
    ]


def _change_list(
    state: State, name: str, out: list[str], into: list[tuple[str, str]], edited: list[str]
) -> ListChange:
    db = state.db
    found = db.execute("SELECT count FROM list WHERE name = ?", (name,)).fetchone()
    before = int(found[0]) if found else 0
    newer = [_newer(state, name, place) for place in out]
    shifts = [before - 1 - count for count in newer]
    db.executemany(
        "DELETE FROM member WHERE list = ? AND place = ?", [(name, place) for place in out]
    )
    db.executemany("INSERT INTO member VALUES (?, ?, ?)", [(name, *item) for item in into])
    after = before - len(out) + len(into)
    arrived = [_newer(state, name, place) for place, _ in into]
    shifts += [after - 1 - count for count in arrived]
    looks = [_newer(state, name, place) for place in edited]
    if after:
        db.execute("INSERT OR REPLACE INTO list VALUES (?, ?)", (name, after))
    else:
        db.execute("DELETE FROM list WHERE name = ?", (name,))
    ranks = frozenset(after - 1 - count for count in looks)
    nearest = min([*newer, *arrived, *looks], default=after)
    return ListChange(name, before, after, min(shifts, default=None), ranks, nearest)


def _newer(state: State, name: str, place: str) -> int:
    found = state.db.execute(
        "SELECT count(*) FROM member WHERE list = ? AND place > ?", (name, place)
    ).fetchone()
    return int(found[0])


def readers(state: State, changes: Sequence[Change], lists: Sequence[ListChange]) -> set[str]:
    """Return the paths of outputs that read, unforeseen by their family, what changed."""
    paths: set[str] = set()

    def collect(name: str, depth: int = -1) -> None:
        found = state.db.execute(
            "SELECT path FROM reading WHERE name = ? AND depth > ?", (name, depth)
        )
        paths.update(path for (path,) in found)

    for before, after in changes:
        for row in (before, after):
            if row:
                collect(f"doc:{row.id}")
    for change in lists:
        collect(f"list:{change.name}")
        collect(f"newest:{change.name}", change.newest)
        if change.before != change.after:
            collect(f"count:{change.name}")
        if (change.before == 0) != (change.after == 0):
            for end in range(len(change.name) + 1):
                collect(f"lists:{change.name[:end]}")
    return paths


def key_text(key: tuple[str, ...]) -> str:
    """Return a key as the state keeps it."""
    return f"[{', '.join(map(encode_basestring, key))}]"


def text_key(text: str) -> tuple[str, ...]:
    """Return the key that `key_text` wrote."""
    try:
        return tuple(json.loads(text))
    except ValueError:
        raise DamagedError("a key of the build's memory is damaged") from None
