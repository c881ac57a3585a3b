"""The working copy as a library: every current document with its stream, and Whoosh over them."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from model.content import content_files, load
from model.markup import Converter, markdown_settings
from model.output import EVERY_DOCUMENT, Row
from model.problem import Problems
from model.site import Site
from plugins.search.claims import KINDS as CLAIMED
from plugins.search.claims import Claim, claim_of
from plugins.search.engine import Engine, Member
from plugins.search.entry import day_at, day_of, enabled
from plugins.search.plan import PAIR, Feature, Plan, Source, likeness
from plugins.search.priors import prior_of
from plugins.search.ranking import Hit, rarity, related, score, search
from plugins.search.streams import FORMAT, Token, stream
from plugins.search.synonyms import load_aliases
from plugins.search.texts import texts_of

PLACE = ".state/whoosh"
ASKED = 24
"""Tokens of a document that its relatives are found by."""
DOUBLE = 60
"""Shared pairs, in percent, from which two texts are nearly the same."""


class Result(NamedTuple):
    """A document found, with its score."""

    row: Row
    score: int


class Related(NamedTuple):
    """A document like another; `double`: nearly the same text."""

    row: Row
    score: int
    double: bool


def alike(pairs: set[str], stream: Sequence[Token]) -> int:
    """Return how much of both texts' pairs of neighbours is shared, in percent."""
    other = {token.key for token in stream if " " in token.key}
    return 100 * len(pairs & other) // max(1, len(pairs | other))


def whole_likeness(own: Sequence[Token], source: Source) -> Plan:
    """Return a plan that asks for the tokens that tell a document from others."""
    entries = source.lookup([token.key for token in own])
    worth = sorted(
        (-rarity(entries[token.key].documents, source.count) * (1 + token.impact), token.key, token)
        for token in own
        if token.key in entries and 1 < entries[token.key].documents <= max(2, source.count // 4)
    )
    features = [
        Feature(token.key, token.codes, f"m{place}", 0, 0, PAIR)
        for place, (_, _, token) in enumerate(worth[:ASKED])
    ]
    return Plan([], [], features, dict(entries))


class Library:
    """A site's documents and their index; opening it brings the index up to date."""

    def __init__(self, folder: Path, site: Site, now: datetime) -> None:
        self.aliases, table = load_aliases(folder)
        self.bodies: dict[str, str] = {}
        self.rows = self._read(folder, site, now)
        salt = hashlib.sha256(f"{FORMAT}{table}".encode()).hexdigest()
        self.members = [
            Member(
                row.id,
                hashlib.sha256(f"{salt}{row.digest}".encode()).hexdigest(),
                prior_of(row.kind, row.lang),
                day_of(row),
            )
            for row in self.rows
        ]
        self._converter = Converter(markdown_settings(site.base))
        self.engine = Engine(folder / PLACE)
        self._bring_up_to_date()
        self.source = self.engine.source(self.members, day_at(now))
        by_id = {row.id: row for row in self.rows}
        self.by_number = {place: by_id[name] for name, place in self.source.places.items()}

    def _read(self, folder: Path, site: Site, now: datetime) -> list[Row]:
        rows = []
        for file in content_files(folder):
            data = (folder / file).read_bytes()
            try:
                found = load(file, data)
            except Problems:  # `model check` tells of it; what cannot be read cannot be found
                continue
            digest = hashlib.sha256(data).hexdigest()
            document = found.document
            rows.append(Row(found.identity, file, digest, document.state(now), document))
            self.bodies[found.identity] = found.body
        return sorted(
            (row for row in rows if enabled(row, site)),
            key=lambda row: row.place(EVERY_DOCUMENT),
        )

    def stream(self, row: Row) -> list[Token]:
        """Return a document's token stream."""
        html = self._converter.html(self.bodies[row.id])
        return stream(texts_of(row.document, html, self.aliases.said), self.aliases)

    def _bring_up_to_date(self) -> None:
        known = self.engine.known()
        now = {member.id for member in self.members}
        gone = sorted(set(known) - now)
        stale = [
            (member, row)
            for member, row in zip(self.members, self.rows, strict=True)
            if known.get(member.id) != member.digest
        ]
        if gone or stale:
            self.engine.update(gone, ((member, self.stream(row)) for member, row in stale))

    def search(self, query: str) -> tuple[Plan, Sequence[Result]]:
        """Return how a query was read and the documents found, the best first."""
        plan, hits = search(query, self.source, self.aliases)
        return plan, self.results(hits)

    def claims(self) -> list[Claim]:
        """Return the known claims of the working copy."""
        return [claim_of(row, self.aliases) for row in self.rows if row.kind in CLAIMED]

    def related(self, row: Row, most: int = 10) -> list[Related]:
        """Return documents like this one, the most alike first, with near-duplicates marked."""
        own = self.stream(row)
        hits = score(whole_likeness(own, self.source), self.source)
        others = [hit for hit in hits if self.by_number[hit.document].id != row.id][:most]
        pairs = {token.key for token in own if " " in token.key}
        return [
            Related(other, hit.score, alike(pairs, self.stream(other)) >= DOUBLE)
            for hit in others
            for other in [self.by_number[hit.document]]
        ]

    def beside(self, row: Row, most: int = 5) -> list[Result]:
        """Return what the document's page shows readers under “Liên quan”."""
        document = row.document
        made = likeness(document.title, document.tags, document.summary, self.aliases)
        return self.results(related(made, self.source.places[row.id], self.source)[:most])

    def results(self, hits: Sequence[Hit]) -> list[Result]:
        """Return the documents of hits."""
        return [Result(self.by_number[hit.document], hit.score) for hit in hits]
