"""The tables of the index in the build's memory, and the small questions asked of them."""

from __future__ import annotations

import hashlib
from array import array

from model.ledger import Tables
from model.output import Row
from plugins.search.entry import Entry, day_of, place_of
from plugins.search.leaf import Ground

BASE, FRESH, LIVING = range(3)
NEW = -1
"""A document whose part is not known yet."""
SCHEMA = (
    "CREATE TABLE search_doc (id TEXT PRIMARY KEY, place TEXT, alert INTEGER, part INTEGER,"
    " digest TEXT, sort INTEGER, day INTEGER, number INTEGER, letter TEXT, card TEXT, text TEXT)"
    " WITHOUT ROWID",
    "CREATE INDEX search_place ON search_doc (place, part)",
    "CREATE INDEX search_part ON search_doc (part, place)",
    "CREATE INDEX search_alert ON search_doc (place) WHERE alert",
    "CREATE INDEX search_letter ON search_doc (letter) WHERE letter != ''",
    "CREATE UNIQUE INDEX search_number ON search_doc (number) WHERE number IS NOT NULL",
    "CREATE TABLE search_stream (id TEXT PRIMARY KEY, data BLOB) WITHOUT ROWID",
    "CREATE TABLE search_leaf (leaf INTEGER PRIMARY KEY, data BLOB)",
    "CREATE TABLE search_word (word TEXT PRIMARY KEY, count INTEGER) WITHOUT ROWID",
    "CREATE TABLE search_meta (name TEXT PRIMARY KEY, value BLOB) WITHOUT ROWID",
)
"""`part`: BASE, FRESH or LIVING; `number`: a base document's slot; `letter`: its page of the index
by letter, or ""; `text`: of the documents that are not in the base.
"""


def meta(tables: Tables, name: str) -> bytes:
    """Return a remembered value."""
    for (value,) in tables.execute("SELECT value FROM search_meta WHERE name = ?", (name,)):
        return bytes(value)
    return b""


def remember(tables: Tables, name: str, value: bytes) -> None:
    """Remember a value."""
    tables.execute("INSERT OR REPLACE INTO search_meta VALUES (?, ?)", (name, value))


def number_of(tables: Tables, name: str) -> int:
    """Return a remembered number."""
    return int.from_bytes(meta(tables, name), "little")


def remember_number(tables: Tables, name: str, value: int) -> None:
    """Remember a number, modulo 2**64."""
    remember(tables, name, (value & (1 << 64) - 1).to_bytes(8, "little"))


def ground_of(tables: Tables) -> Ground:
    """Return what the leaves have in common."""
    return Ground(number_of(tables, "slots"), array("H", meta(tables, "days")))


def remember_ground(tables: Tables, ground: Ground, sorts: bytes) -> None:
    """Remember the slots, the day of the document in each, and its sort (1 more; 0: empty)."""
    remember_number(tables, "slots", ground.slots)
    remember(tables, "days", array("H", ground.days).tobytes())
    remember(tables, "sorts", sorts)


def members(tables: Tables, part: int) -> list[tuple[str, str]]:
    """Return (id, digest) of the documents of a part, from the oldest."""
    sql = "SELECT id, digest FROM search_doc WHERE part = ? ORDER BY place"
    return [(identity, digest) for identity, digest in tables.execute(sql, (part,))]


def stands(tables: Tables, where: str = "") -> int:
    """Return how many documents there are."""
    return sum(count for (count,) in tables.execute(f"SELECT count(*) FROM search_doc {where}"))  # noqa: S608 - written here


def mark(identity: str, digest: str) -> int:
    """Return a document's share in the version of the base, the sum of all."""
    data = hashlib.blake2b(f"{identity} {digest}".encode(), digest_size=8).digest()
    return int.from_bytes(data, "little")


def put(tables: Tables, row: Row, entry: Entry, part: int, number: int | None, text: str) -> None:
    """Note a document."""
    tables.execute(
        "INSERT OR REPLACE INTO search_doc VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            row.id,
            place_of(row),
            int(row.kind == "alerts"),
            part,
            row.digest,
            entry.sort,
            day_of(row),
            number,
            entry.letter,
            entry.card,
            text,
        ),
    )
