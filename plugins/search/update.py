"""An index taken from one set of documents to another, at a cost that follows what changed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from model.ledger import Book
from model.output import Key
from plugins.search.analysis import Aliases
from plugins.search.base import lay_anew
from plugins.search.entry import Entry, Stream, day_at, enabled, entry_of, place_of, text_of
from plugins.search.layout import (
    BUCKET,
    GROUP,
    LIVE,
    TAIL,
    Dated,
    cards,
    first_number,
    fresh,
    leaf_of,
    leaves,
    numbers,
    spot,
    steps,
)
from plugins.search.leaf import Ground, Leaf, Op
from plugins.search.moves import Move, Standing
from plugins.search.tables import (
    BASE,
    FRESH,
    LIVING,
    NEW,
    ground_of,
    mark,
    members,
    meta,
    number_of,
    put,
    remember_ground,
    remember_number,
    stands,
)

Touched = set[tuple[str, Key]]


class Update:
    """One change of the tables."""

    def __init__(self, book: Book, aliases: Aliases) -> None:
        self.book, self.aliases, self.tables = book, aliases, book.tables
        self.slots = number_of(self.tables, "slots")
        self.today = day_at(book.now)
        self.old: dict[str, Standing | None] = {}
        self.entries: dict[str, Entry] = {}
        self.moves: dict[str, Move] = {}
        self.touched: Touched = set()

    def run(self, changed: Iterable[str]) -> Touched:
        """Take in the documents; return what is touched."""
        before = {part: members(self.tables, part) for part in (FRESH, LIVING)}
        for identity in changed:
            self._note(identity)
        if not self.old and self.today == number_of(self.tables, "today"):
            return set()
        self._letters()
        self._part({identity for some in before.values() for identity, _ in some})
        if not self._number():
            self.touched |= lay_anew(self.book, self.entries, self._packed)
        elif self.moves:
            self._change_base()
        self._texts(before)
        remember_number(self.tables, "today", self.today)
        if self.touched:
            self.touched.add(("search-now", ("now",)))
        return self.touched

    def _standing(self, identity: str) -> Standing | None:
        columns = ", ".join(Standing._fields)
        sql = f"SELECT {columns} FROM search_doc WHERE id = ?"  # noqa: S608 - named in moves.py
        for row in self.tables.execute(sql, (identity,)):
            return Standing(*row)
        return None

    def _note(self, identity: str) -> None:
        """Note a document as it is now, in the part in which it was."""
        row, was = self.book.row(identity), self._standing(identity)
        if row is None or not enabled(row, self.book.site):
            if was:
                self.old[identity] = was
                self.tables.execute("DELETE FROM search_doc WHERE id = ?", (identity,))
            return
        if was and (was.digest, was.place) == (row.digest, place_of(row)):
            return
        entry = entry_of(row, self.book.body(identity), self.book.site, self.aliases)
        self.old[identity], self.entries[identity] = was, entry
        part, number = (was.part, was.number) if was else (NEW, None)
        put(self.tables, row, entry, part, number, "")

    def _letters(self) -> None:
        for identity, was in self.old.items():
            sides = [side.listing for side in (was, self._standing(identity)) if side]
            if len(sides) == 1 or sides[0] != sides[1]:
                letters = {letter for letter, _ in sides if letter}
                self.touched |= {("search-letters", (letter,)) for letter in letters}

    def _part(self, near: set[str]) -> None:
        """Put the documents into their parts; `near`: those that were fresh or live."""
        live = self._ids("WHERE alert ORDER BY place DESC LIMIT ?", LIVE)
        was = self._ids("WHERE part = ?", LIVING)
        self._set_part(NEW, set(was) - set(live))
        self._set_part(LIVING, live)
        tail = self._newest()
        new = fresh(tail, self.today)
        candidates = near | {one.id for one in tail} | set(self.old)
        self._set_part(BASE, candidates - set(new) - set(live))
        self._set_part(FRESH, new)
        self.candidates = candidates | set(live)

    def _ids(self, where: str, value: int) -> list[str]:
        found = self.tables.execute(f"SELECT id FROM search_doc {where}", (value,))  # noqa: S608
        return [identity for (identity,) in found]

    def _newest(self) -> list[Dated]:
        sql = "SELECT id, day, alert FROM search_doc WHERE part != ? ORDER BY place DESC LIMIT ?"
        found = self.tables.execute(sql, (LIVING, TAIL))
        return [Dated(*row) for row in found][::-1]

    def _set_part(self, part: int, identities: Iterable[str]) -> None:
        self.tables.executemany(
            "UPDATE search_doc SET part = ? WHERE id = ? AND part != ?",
            [(part, identity, part) for identity in identities],
        )

    def _number(self) -> bool:
        """Find the moves; return whether the table of slots is still of the right size."""
        base = stands(self.tables, f"WHERE part = {BASE}")
        if (steps(base) if base else 0) != self.slots:
            return False
        come, gone = set(), set()
        for identity in sorted(self.candidates):
            now, was = self._standing(identity), self.old.get(identity)
            number = was.number if was else now.number if now else None
            if now is None or now.part != BASE:
                gone |= {identity} if number is not None else set()
            elif number is None:
                come.add(identity)
            elif identity in self.entries:
                self._move(identity, number, number)
        every = {spot(identity).bucket(self.slots) for identity in come | gone}
        return all(self._bucket(bucket, come, gone) for bucket in sorted(every))

    def _bucket(self, bucket: int, come: set[str], gone: set[str]) -> bool:
        first = bucket * BUCKET
        sql = "SELECT id, number FROM search_doc WHERE number >= ? AND number < ?"
        before = dict(self.tables.execute(sql, (first, first + BUCKET)))
        for identity in gone:
            was = self.old.get(identity)
            if was and was.number is not None and was.number // BUCKET == bucket:
                before[identity] = was.number
        here = {identity for identity in come if spot(identity).bucket(self.slots) == bucket}
        stay = here | before.keys() - gone
        if len(stay) > BUCKET:
            return False
        after = numbers(map(spot, stay), self.slots)
        for identity in sorted(stay | before.keys()):
            if before.get(identity) != after.get(identity):
                self._move(identity, before.get(identity), after.get(identity))
        return True

    def _move(self, identity: str, before: int | None, after: int | None) -> None:
        old = self._stream(identity) if before is not None else Stream(b"")
        new = Stream(b"") if after is None else self._entry(identity, old).stream
        was, now = self.old.get(identity), self._standing(identity)
        dated = bool(was and now and (was.day, was.sort) != (now.day, now.sort))
        self.moves[identity] = Move(before, after, old, new, dated)

    def _stream(self, identity: str) -> Stream:
        sql = "SELECT data FROM search_stream WHERE id = ?"
        for (data,) in self.tables.execute(sql, (identity,)):
            return Stream(data)
        return Stream(b"")

    def _entry(self, identity: str, old: Stream) -> Entry:
        if identity in self.entries:
            return self.entries[identity]
        if old.data:
            return Entry(old, "", 0, "")
        row = self.book.row(identity)
        if row is None:
            raise KeyError(identity)
        return entry_of(row, self.book.body(identity), self.book.site, self.aliases)

    def _packed(self, identity: str) -> bytes:
        return self._entry(identity, Stream(b"")).stream.data

    def _change_base(self) -> None:
        ground = self._slots()
        self._streams()
        self._leaves(ground)
        self._words()
        self.touched |= {("search-base", ("base",)), ("search-page", ("vi",))}
        for move in self.moves.values():
            for number in (move.before, move.after):
                if number is not None:
                    self.touched.add(("search-cards", (str(number // cards(self.slots)),)))

    def _slots(self) -> Ground:
        """Write the moved documents' numbers; return the base's ground as it is now."""
        ground, sorts = ground_of(self.tables), bytearray(meta(self.tables, "sorts"))
        days = list(ground.days)
        for number in (move.before for move in self.moves.values() if move.before is not None):
            days[number] = sorts[number] = 0
        sql = "UPDATE search_doc SET number = ? WHERE id = ?"
        self.tables.executemany(sql, [(None, identity) for identity in self.moves])
        placed = [(move.after, identity) for identity, move in self.moves.items()]
        self.tables.executemany(sql, [item for item in placed if item[0] is not None])
        total = number_of(self.tables, "sum")
        for identity, move in self.moves.items():
            now, was = self._standing(identity), self.old.get(identity)
            if move.before is not None:
                total -= mark(identity, was.digest if was else now.digest if now else "")
            if move.after is not None and now:
                total += mark(identity, now.digest)
                days[move.after], sorts[move.after] = now.day, 1 + now.sort
        remember_number(self.tables, "sum", total)
        if any(move.before != move.after or move.dated for move in self.moves.values()):
            self.touched.add(("search-table", ("table",)))
            remember_ground(self.tables, ground := Ground(self.slots, days), bytes(sorts))
        return ground

    def _streams(self) -> None:
        away = [(identity,) for identity, move in self.moves.items() if move.after is None]
        self.tables.executemany("DELETE FROM search_stream WHERE id = ?", away)
        self.tables.executemany(
            "INSERT OR REPLACE INTO search_stream VALUES (?, ?)",
            [
                (identity, move.new.data)
                for identity, move in self.moves.items()
                if move.after is not None and move.new.data != move.old.data
            ],
        )

    def _leaves(self, ground: Ground) -> None:
        ops: dict[int, list[Op]] = {}
        doubles: dict[int, Counter[int]] = {}
        count = leaves(self.slots)
        for move in self.moves.values():
            gone, come = move.items()
            for items, number, comes in ((gone, move.before, False), (come, move.after, True)):
                if number is not None:
                    for item in items:
                        ops.setdefault(leaf_of(item >> 28, count), []).append((item, number, comes))
            for key, more in move.doubles().items():
                doubles.setdefault(leaf_of(key, count), Counter())[key] += more
        for leaf, some in ops.items():
            found = self.tables.execute("SELECT data FROM search_leaf WHERE leaf = ?", (leaf,))
            one = Leaf.load(next(found)[0], first_number(leaf, count))
            one.apply(some, doubles.get(leaf, {}), ground)
            sql = "UPDATE search_leaf SET data = ? WHERE leaf = ?"
            self.tables.execute(sql, (one.dump(), leaf))
            self.touched.add(("search-leaves", (str(leaf),)))

    def _words(self) -> None:
        change: Counter[str] = Counter()
        for move in self.moves.values():
            change.update(move.new.parts[1])
            change.subtract(move.old.parts[1])
        for word, more in change.items():
            if more:
                found = self.tables.execute("SELECT count FROM search_word WHERE word = ?", (word,))
                before = next(found, (0,))[0]
                sql = "INSERT OR REPLACE INTO search_word VALUES (?, ?)"
                if before + more:
                    self.tables.execute(sql, (word, before + more))
                else:
                    self.tables.execute("DELETE FROM search_word WHERE word = ?", (word,))
                if before.bit_length() != (before + more).bit_length():
                    self.touched.add(("search-words", ("words",)))

    def _texts(self, before: Mapping[int, Sequence[tuple[str, str]]]) -> None:
        """Write the texts of the fresh and live documents; note the files that look different."""
        for part in (FRESH, LIVING):
            now = members(self.tables, part)
            sql = "SELECT id FROM search_doc WHERE part = ? AND text = ''"
            for (identity,) in list(self.tables.execute(sql, (part,))):
                row = self.book.row(identity)
                text = text_of(row, self.book.body(identity), self.aliases) if row else ""
                sql_ = "UPDATE search_doc SET text = ? WHERE id = ?"
                self.tables.execute(sql_, (text, identity))
            for k in range(-(-max(len(now), len(before[part])) // GROUP)):
                group = slice(k * GROUP, (k + 1) * GROUP)
                if now[group] != before[part][group]:
                    self.touched.add(("search-fresh", (str(k),)) if k else ("search-now", ("now",)))
        self.tables.executemany(
            "UPDATE search_doc SET text = '' WHERE id = ? AND part = ?",
            [(identity, BASE) for identity in self.candidates],
        )
