"""Claim matching: which known rumour or question is in a message that somebody received.

`matches` is for chatbots and editors; the page `tim-kiem/doi-chieu/` does the same in the browser
with `claims.json` and the files it names. A claim is kept as its normalised shingles: folded pairs
of neighbours, words that say something, synonyms. Nothing of a message leaves the device.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import ClassVar, NamedTuple

from model.output import Family, Key, ListChange, Row, Store
from model.site import Site
from plugins.search.analysis import Aliases, pairs, tokens
from plugins.search.layout import FOLDER
from plugins.search.plan import FUNCTION_WORDS
from plugins.search.ranking import rarity

KINDS = ("misinformation", "questions")
GROUP = 16
"""Claims in one file, counted from the oldest: a new debunk touches one of them."""
LIKELY, POSSIBLE = 55, 30
"""Share of a claim, in percent, that makes a message the same claim, or perhaps the same."""
LONGEST = 5000
"""Characters of a message that are read."""


class Claim(NamedTuple):
    """A known rumour or question: where its answer stands and its shingles, sorted."""

    path: str
    title: str
    verdict: str
    """The verdict in words; "" for a question."""
    claim: str
    fact: str
    shingles: tuple[str, ...]


class Match(NamedTuple):
    """A claim found in a message, and how much of it, in percent."""

    claim: Claim
    share: int


def shingles(text: str, aliases: Aliases) -> set[str]:
    """Return the normalised shingles of a text."""
    found, extras = tokens(text[:LONGEST], aliases)
    words = {unit.text for unit in found} - FUNCTION_WORDS
    return words | {key for key, _ in pairs(found)} | {extra.key for extra in extras}


def claim_of(row: Row, aliases: Aliases) -> Claim:
    """Return the claim of a debunk, or the question of an answer."""
    document = row.document
    said = getattr(document, "claim", "") or getattr(document, "question", "") or document.title
    return Claim(
        path=row.path,
        title=document.title,
        verdict=getattr(document, "verdict_words", ""),
        claim=said,
        fact=getattr(document, "fact", "") or document.summary,
        shingles=tuple(sorted(shingles(said, aliases))),
    )


def matches(message: str, claims: Sequence[Claim], aliases: Aliases) -> list[Match]:
    """Return the claims of which a message says at least POSSIBLE percent, the fullest first."""
    stands = Counter(key for claim in claims for key in claim.shingles)
    weight = {key: rarity(count, len(claims)) for key, count in stands.items()}
    said = shingles(message, aliases)
    found = []
    for claim in claims:
        whole = sum(weight[key] for key in claim.shingles)
        share = 100 * sum(weight[key] for key in claim.shingles if key in said) // max(1, whole)
        if share >= POSSIBLE:
            found.append(Match(claim, share))
    return sorted(found, key=lambda match: (-match.share, match.claim.path))


class Claims(Family):
    """`tim-kiem/claims/<kind>-<n>.json`: sixteen claims with their shingles."""

    name: ClassVar[str] = "search-claims"

    def __init__(self, aliases: Aliases) -> None:
        self.aliases = aliases

    def list_keys(self, change: ListChange) -> Iterable[Key]:
        """Return the files on which the change shows."""
        if change.name not in KINDS:
            return
        ranks = set(change.edited)
        if change.shifted_from is not None:
            ranks |= set(range(change.shifted_from, max(change.before, change.after)))
        yield from ((change.name, str(number)) for number in sorted({r // GROUP for r in ranks}))

    def foreseen(self, key: Key) -> Iterable[str]:
        """Return the kind's list."""
        return [f"list:{key[0]}"]

    def path(self, key: Key) -> str:
        """Return the file's path."""
        return f"{FOLDER}/claims/{key[0]}-{key[1]}.json"

    def render(self, key: Key, store: Store) -> bytes | None:
        """Return the claims as JSON rows, or None if there are none."""
        start = int(key[1]) * GROUP
        rows = store.slice(key[0], start, start + GROUP) if key[0] in store.site.kinds else ()
        if not rows:
            return None
        found = [claim_of(row, self.aliases) for row in rows]
        return _json([[*claim[:-1], list(claim.shingles)] for claim in found])


class ClaimsIndex(Family):
    """`tim-kiem/claims.json`: which files hold the claims, and the synonyms to read them with."""

    name: ClassVar[str] = "search-claims-index"

    def site_keys(self, site: Site) -> Iterable[Key]:
        """Return the one file."""
        return [("json",)]

    def path(self, key: Key) -> str:
        """Return the file's path."""
        return f"{FOLDER}/claims.json"

    def render(self, key: Key, store: Store) -> bytes | None:
        """Return the names of the files and the thresholds."""
        kinds = [kind for kind in KINDS if kind in store.site.kinds]
        files = [
            f"claims/{kind}-{number}.json"
            for kind in kinds
            for number in range(-(-store.count(kind) // GROUP))
        ]
        columns = list(Claim._fields)
        return _json({"columns": columns, "files": files, "likely": LIKELY, "possible": POSSIBLE})


def _json(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()


@dataclass(frozen=True)
class ClaimsView:
    """What `search_claims.html` gets as `page`."""

    lang: str
    path: str
    title: str
    description: str
    debunks: str
    """Address of the list of debunks."""


class ClaimsPage(Family):
    """`tim-kiem/doi-chieu/index.html`, where a message is pasted."""

    name: ClassVar[str] = "search-claims-page"

    def site_keys(self, site: Site) -> Iterable[Key]:
        """Return the one page, if the site has debunks."""
        return [("vi",)] if "misinformation" in site.kinds else []

    def path(self, key: Key) -> str:
        """Return the page's path."""
        return f"{FOLDER}/doi-chieu/index.html"

    def render(self, key: Key, store: Store) -> bytes | None:
        """Return the page."""
        menu = {item.kind: item.path for item in store.site.menu("vi")}
        if "misinformation" not in menu:
            return None
        page = ClaimsView(
            lang="vi",
            path=f"/{FOLDER}/doi-chieu/",
            title="Đối chiếu tin nhắn với tin đồn đã kiểm chứng",
            description="Dán tin nhắn bạn nhận được để xem cơ quan chức năng đã nói gì.",
            debunks=menu["misinformation"],
        )
        return store.template("search_claims.html", page)
