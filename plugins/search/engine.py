"""The only module that knows Whoosh: token streams in, postings out.

Uses no more of Whoosh than `create_in`, `open_dir`, a FieldType of our own, `update_document` and
`delete_by_term`, `lexicon`, `expand_prefix` and `postings`; no query class, because
`DisjunctionMax` scores wrongly in every fork (docs/decisions/0018). Whoosh-Reloaded fits as well.
"""

from __future__ import annotations

import struct
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from whoosh import fields, formats, index

from plugins.search.layout import Dated, age_limits, freshness, numbers, parts, slots, spot
from plugins.search.packing import Posting, strongest, worth_keeping
from plugins.search.plan import Entry
from plugins.search.shards import levels
from plugins.search.streams import Token, is_word

TOKENS, WORD, ID, DIGEST = "tokens", "word", "id", "digest"


class Member(NamedTuple):
    """A document to be found: id, digest of all that its stream comes from, prior."""

    id: str
    digest: str
    prior: int
    day: int
    """Day of its date since 1970; 0: none."""


class _Weighted(fields.FieldType):  # type: ignore[misc]
    """A field whose value is (term, weight) pairs; Whoosh keeps the weights as they are."""

    def __init__(self) -> None:
        super().__init__(formats.Frequency(), None, scorable=False, stored=False)

    def index(
        self, value: Sequence[tuple[str, int]], **_: Any
    ) -> Iterator[tuple[bytes, int, float, bytes]]:
        """Yield (term, frequency, weight, value) of each pair."""
        for text, weight in value:
            yield text.encode(), 1, float(weight), struct.pack("!I", 1)


def _schema() -> Any:
    return fields.Schema(
        **{TOKENS: _Weighted(), WORD: _Weighted()},
        **{ID: fields.ID(stored=True, unique=True), DIGEST: fields.STORED},
    )


class Engine:
    """A Whoosh index in a folder; `update` brings it to what the site holds now."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        path = str(folder)
        self._index = (
            index.open_dir(path) if index.exists_in(path) else index.create_in(path, _schema())
        )

    def known(self) -> dict[str, str]:
        """Return id -> digest of the documents in the index."""
        with self._index.reader() as reader:
            return {item[ID]: item[DIGEST] for item in reader.all_stored_fields()}

    def update(
        self, gone: Iterable[str], streams: Iterable[tuple[Member, Sequence[Token]]]
    ) -> None:
        """Take documents out and put streams in (a document that is there is replaced)."""
        writer = self._index.writer(limitmb=256)
        for identity in gone:
            writer.delete_by_term(ID, identity)
        for member, stream in streams:
            terms = [(f"{t.key}\t{','.join(map(str, t.codes))}", t.impact + 1) for t in stream]
            words = [(word, 1) for word in sorted({t.key for t in stream if is_word(t.key)})]
            row = {TOKENS: terms, WORD: words, ID: member.id, DIGEST: member.digest}
            writer.update_document(**row)
        writer.commit()

    def source(self, members: Sequence[Member], today: int) -> WhooshSource:
        """Return the index as the ranking's Source; `members` from the oldest."""
        return WhooshSource(self._index.reader(), members, today)

    def close(self) -> None:
        """Close the index."""
        self._index.close()


class WhooshSource:
    """Postings out of Whoosh, cut as the shards are: base and fresh part, KEEP, lone pairs."""

    def __init__(self, reader: Any, members: Sequence[Member], today: int) -> None:
        self.reader = reader
        self.count = len(members)
        dated = (Dated(one.id, one.day, one.id.startswith("alerts/")) for one in members)
        cuts = parts(dated, today)
        spots = [spot(identity) for identity in cuts.base]
        self.base = slots(spots)
        """Numbers from here on are those of fresh and live documents."""
        self.places = numbers(spots, self.base)
        new = enumerate([*cuts.fresh, *cuts.live], self.base)
        self.places |= {identity: number for number, identity in new}
        self.members = {self.places[member.id]: member for member in members}
        self._days = {number: member.day for number, member in self.members.items()}
        base = [day for number, day in self._days.items() if number < self.base]
        self._levels = levels(age_limits(base), base)
        self._place = {
            number: self.places[item[ID]]
            for number, item in reader.iter_docs()
            if item[ID] in self.places
        }
        self._words: dict[str, int] | None = None

    def prior(self, document: int) -> int:
        """Return the document's prior."""
        return self.members[document].prior

    def freshness(self, document: int) -> int:
        """Return how new a document is, 0..63; fresh and live ones are the newest."""
        level = self._levels[self._days[document]] if document < self.base else -1
        return freshness(level, self.count) if level >= 0 else 63

    def lookup(self, keys: Iterable[str]) -> Mapping[str, Entry]:
        """Return the entries of those keys that stand anywhere."""
        found = ((key, self._entry(key)) for key in keys)
        return {key: entry for key, entry in found if entry.documents}

    def _entry(self, key: str) -> Entry:
        old: dict[tuple[int, ...], list[Posting]] = {}
        new: dict[tuple[int, ...], list[Posting]] = {}
        for term in list(self.reader.expand_prefix(TOKENS, f"{key}\t".encode())):
            codes = tuple(map(int, term.decode().split("\t")[1].split(",")))
            pair = codes if len(codes) == 2 else (codes[0], 0)
            for posting in self._postings(TOKENS, term):
                if posting[0] < self.base:
                    old.setdefault(pair, []).append(posting)
                else:
                    new.setdefault(codes, []).append(posting)
        old = {codes: sorted(some) for codes, some in old.items()}
        stands, kept = strongest(old, self._days, " " in key)
        if " " in key and not worth_keeping(kept):
            stands, kept = 0, {}
        fresh = len({document for some in new.values() for document, _ in some})
        variants: dict[tuple[int, ...], list[Posting]] = {
            (codes if " " in key else codes[:1]): list(some) for codes, some in kept.items()
        }
        for codes, some in new.items():
            variants.setdefault(codes, []).extend(sorted(some))
        return Entry(stands + fresh, variants)

    def _postings(self, field: str, term: bytes) -> Iterator[Posting]:
        matcher = self.reader.postings(field, term)
        while matcher.is_active():
            place = self._place.get(matcher.id())
            if place is not None:
                yield place, int(matcher.weight()) - 1
            matcher.next()

    def words(self) -> Mapping[str, int]:
        """Return every word with the bit length of its documents' number, base or fresh."""
        if self._words is None:
            old: Counter[str] = Counter()
            new: Counter[str] = Counter()
            for term in self.reader.lexicon(WORD):
                word = term.decode()
                for place, _ in self._postings(WORD, term):
                    (old if place < self.base else new)[word] += 1
            self._words = {
                word: max(old[word].bit_length(), new[word].bit_length()) for word in old | new
            }
        return self._words
