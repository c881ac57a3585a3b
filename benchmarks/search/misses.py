"""What the tuning sets miss, without building a site: `python -m benchmarks.search.misses [SET …]`.

Ranks in memory as the browser does, in a tenth of the time; prints each set's recall, and each miss
with what came instead. The judging sets are not at hand here: they are for
`python -m benchmarks.search`.
"""

from __future__ import annotations

import argparse
import hashlib
import tempfile
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path

from benchmarks.search import corpus, queries
from benchmarks.search.__main__ import NOW as BUILT_AT
from model.content import content_files, load
from model.markup import Converter, markdown_settings
from model.output import EVERY_DOCUMENT, Row
from model.site import load_site
from plugins.search.analysis import Aliases
from plugins.search.entry import day_at, day_of, enabled
from plugins.search.layout import Dated, age_limits, freshness, numbers, parts, slots, spot
from plugins.search.packing import Posting, strongest, worth_keeping
from plugins.search.plan import Entry
from plugins.search.priors import prior_of
from plugins.search.ranking import search
from plugins.search.shards import levels
from plugins.search.streams import Token, is_word, stream
from plugins.search.synonyms import load_aliases
from plugins.search.texts import texts_of

NOW = datetime.fromtimestamp(int(BUILT_AT), UTC)
LOOKED_AT = ("citizens", "citizens-tune")
Postings = dict[tuple[int, ...], list[Posting]]


class Memory:
    """Postings in memory, cut as the shards are; `rows` from the oldest, with their streams."""

    def __init__(self, rows: Sequence[tuple[Row, Sequence[Token]]], today: int) -> None:
        self.count = len(rows)
        cuts = parts((Dated(row.id, day_of(row), row.kind == "alerts") for row, _ in rows), today)
        spots = [spot(identity) for identity in cuts.base]
        self.base = slots(spots)
        places = numbers(spots, self.base)
        places |= {one: at for at, one in enumerate([*cuts.fresh, *cuts.live], self.base)}
        self.rows = {places[row.id]: row for row, _ in rows}
        self._days = {number: day_of(row) for number, row in self.rows.items()}
        days = [day for number, day in self._days.items() if number < self.base]
        self._levels = levels(age_limits(days), days)
        self._postings: dict[str, Postings] = defaultdict(lambda: defaultdict(list))
        old, new = Counter[str](), Counter[str]()
        for row, tokens in rows:
            number = places[row.id]
            for token in tokens:
                self._postings[token.key][token.codes].append((number, token.impact))
            words = {token.key for token in tokens if is_word(token.key)}
            (old if number < self.base else new).update(words)
        self._words = {w: max(old[w].bit_length(), new[w].bit_length()) for w in old | new}

    def prior(self, document: int) -> int:
        """Return the document's prior."""
        return prior_of(self.rows[document].kind, self.rows[document].lang)

    def freshness(self, document: int) -> int:
        """Return how new a document is, 0..63."""
        new = document >= self.base
        return 63 if new else freshness(self._levels[self._days[document]], self.count)

    def words(self) -> Mapping[str, int]:
        """Return every word with the bit length of its documents' number."""
        return self._words

    def lookup(self, keys: Iterable[str]) -> Mapping[str, Entry]:
        """Return the entries of those keys that stand anywhere."""
        found = ((key, self._entry(key)) for key in keys if key in self._postings)
        return {key: entry for key, entry in found if entry.documents}

    def _entry(self, key: str) -> Entry:
        old: Postings = defaultdict(list)
        new: Postings = defaultdict(list)
        for codes, some in self._postings[key].items():
            for posting in some:
                (old if posting[0] < self.base else new)[codes].append(posting)
        old = {codes: sorted(some) for codes, some in old.items()}
        stands, kept = strongest(old, self._days, " " in key)
        if " " in key and not worth_keeping(kept):
            stands, kept = 0, {}
        variants = {codes: list(some) for codes, some in kept.items()}
        for codes, some in new.items():
            variants.setdefault(codes, []).extend(some)
        fresh = {document for some in new.values() for document, _ in some}
        return Entry(stands + len(fresh), variants)


def read(folder: Path, aliases: Aliases) -> Iterator[tuple[Row, list[Token]]]:
    """Yield the current documents of a site with their streams, from the oldest."""
    site = load_site(folder)
    converter = Converter(markdown_settings(site.base))
    rows = []
    for file in content_files(folder):
        data = (folder / file).read_bytes()
        found = load(file, data)
        digest = hashlib.sha256(data).hexdigest()
        state = found.document.state(NOW)
        rows.append((Row(found.identity, file, digest, state, found.document), found.body))
    for row, body in sorted(rows, key=lambda pair: pair[0].place(EVERY_DOCUMENT)):
        if enabled(row, site):
            texts = texts_of(row.document, converter.html(body), aliases.said)
            yield row, stream(texts, aliases)


def asked(made: corpus.Corpus) -> dict[str, list[tuple[str, set[str]]]]:
    """Return the tuning sets: what is typed, the ids of the documents that answer."""
    found = {
        name: [(query, {f"news/{answer.lower()}"}) for query, answer in some]
        for name, some in queries.sets(made, judge=False, count=100).items()
    }
    for name in LOOKED_AT:
        found[name] = [(query, set(ids.split())) for query, ids in queries.citizens(name)]
    return found


def tell(name: str, pairs: Sequence[tuple[str, set[str]]], source: Memory, aliases: Aliases) -> str:
    """Return a set's recall and a line for each answer that did not come first."""
    lines, first, five = [], 0, 0
    for query, answers in pairs:
        ids = [source.rows[hit.document].id for hit in search(query, source, aliases)[1][:10]]
        place = next((at for at, one in enumerate(ids, 1) if one in answers), 0)
        first += place == 1
        five += 0 < place <= 5
        if place != 1:
            lines.append(
                f"  {place or '-':>2} {query} | {sorted(answers)[0]} | {' '.join(ids[:3])}"
            )
    return "\n".join([f"{name}: {first / len(pairs):.3f} / {five / len(pairs):.3f}", *lines])


def main(arguments: Sequence[str] | None = None) -> None:
    """Print the recall and the misses of the sets."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.search.misses", description=__doc__)
    parser.add_argument("sets", nargs="*", help=f"all unless named; {', '.join(LOOKED_AT)}, …")
    parser.add_argument("--size", type=int, default=1000)
    options = parser.parse_args(arguments)
    made = corpus.load(options.size)
    with tempfile.TemporaryDirectory() as folder:
        corpus.write_site(Path(folder), made)
        aliases, _ = load_aliases(Path(folder))
        source = Memory(list(read(Path(folder), aliases)), day_at(NOW))
    for name, pairs in asked(made).items():
        if name in options.sets or not options.sets:
            print(tell(name, pairs, source, aliases))


if __name__ == "__main__":
    main()
