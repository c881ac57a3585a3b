"""One source's journey, from its address to files; what it raises is the caller's to tell."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from threading import Lock
from typing import Any

from fetchers import child, extract
from fetchers.exchange import Answer, FetchError
from fetchers.expect import Stopped, check_count, check_novelty
from fetchers.fetch import Fetcher
from fetchers.formats import Item, Parsed, cut_note
from fetchers.normalise import Draft, Made, holder_of, settler_of
from fetchers.outcome import Outcome
from fetchers.state import Memory, reader_of
from fetchers.upstream import entry_mark
from fetchers.warc import RECORD
from fetchers.write import Writer, Written
from model.source import Source

MOST_PROBLEMS = 3
KEPT_COUNTS = 10


@dataclass(frozen=True)
class Journey:
    """What a source's journey needs; `work` is a folder of its own for what was sent."""

    source: Source
    fetcher: Fetcher
    folder: Path
    work: Path
    now: datetime
    writing: Lock
    others: Collection[str]

    def go(self, memory: Memory, *, accept: bool) -> tuple[Outcome, Memory]:
        """Return what became of the source and what to remember."""
        source, reader = self.source, reader_of(self.source)
        answer = self._fetch(source.url, memory.conditions(reader))
        body = _hash(answer)
        if answer.status == 304 or (body == memory.body and reader == memory.reader):
            outcome = Outcome(source.id, source.name, "unmodified", items=memory.items)
            return outcome, replace(memory, **self._success(), not_before="")
        parsed, made = self._read(answer)
        notes = [*parsed.notes]
        before = 0 if accept else memory.items
        notes += check_count(source, len(parsed.items), before, proven=parsed.empty)
        made = made or self._draft(parsed.items)
        if parsed.items and not made.drafts and not (source.include or source.exclude):
            raise Stopped(f"{len(parsed.items)} mục đều trống; nội dung cũ được giữ nguyên")
        pages: Counter[str] = Counter()
        drafts, left, lost = self._complete(made.drafts, parsed.items, pages)
        written = self._write(drafts, answer.header(RECORD), accept=accept)
        notes += [*made.notes, *_pages(pages), *_notes(written, left, lost)]
        outcome = Outcome(
            source.id,
            source.name,
            "done",
            dict(written.counts),
            tuple(notes),
            items=len(parsed.items),
        )
        learnt = Memory(
            etag="" if left or lost else answer.header("etag"),
            modified="" if left or lost else answer.header("last-modified"),
            body="" if left or lost else body,
            reader=reader,
            items=len(parsed.items),
            counts=(*memory.counts, len(parsed.items))[-KEPT_COUNTS:],
            **self._success(),
        )
        return outcome, learnt

    def _success(self) -> dict[str, Any]:
        now = self.now.isoformat()
        return {"tried": now, "succeeded": now, "failures": 0, "reason": ""}

    def _fetch(self, url: str, conditions: dict[str, str] | None = None) -> Answer:
        into = self.work / hashlib.sha256(url.encode()).hexdigest()[:16]
        return self.fetcher.fetch(self.source, url, into, self.folder, conditions)

    def _read(self, answer: Answer) -> tuple[Parsed, Made | None]:
        told = child.run(
            extract.read_and_draft, *_page(answer), self.source, self.now, expected=extract.EXPECTED
        )
        parsed = extract.parsed_from(told["parsed"])
        if told["made"] is not None:
            return parsed, extract.made_from(told["made"])
        return self._further(parsed, answer.url), None

    def _further(self, first: Parsed, start: str) -> Parsed:
        """Fetch the pages that the first one names, and those that they name."""
        items, notes = list(first.items), list(first.notes)
        asked, waiting = {start, self.source.url}, list(first.more)
        while waiting:
            url = waiting.pop(0)
            if url in asked:
                continue
            if len(asked) > self.source.limits.pages:
                notes.append(f"chỉ đọc {self.source.limits.pages} trang (xem limits.pages)")
                break
            asked.add(url)
            answer = self._fetch(url)
            told = child.run(extract.read, *_page(answer), self.source, expected=extract.EXPECTED)
            parsed = extract.parsed_from(told)
            items += parsed.items
            notes += parsed.notes
            waiting += parsed.more
        cap = self.source.limits.items
        if len(items) > cap:
            notes.append(cut_note(len(items) - cap, cap))
        return replace(first, items=items[:cap], notes=notes, more=[])

    def _draft(self, items: list[Item]) -> Made:
        return extract.made_from(child.run(extract.draft, items, self.source, self.now))

    def _complete(
        self, drafts: list[Draft], items: list[Item], notes: Counter[str]
    ) -> tuple[list[Draft], int, int]:
        """Complete drafts from their pages: (drafts, left for the next run, not reached).

        The page of a known document is asked again only if its entry in the list has changed.
        `notes` counts what was said of the pages.
        """
        if not any(draft.detail for draft in drafts):
            return drafts, 0, 0
        with self.writing:
            identified = self._writer().identified(drafts)
        rows = {draft.item: row for draft, row in identified}
        done: list[Draft] = []
        asked = left = lost = 0
        for draft in (draft for draft in drafts if draft.item in rows):
            row, mark = rows[draft.item], entry_mark(draft)
            if not draft.detail or (row is not None and mark in row.keys):
                done.append(replace(draft, same=bool(draft.detail)))
                continue
            late = asked >= self.source.limits.details
            whole = None if late else self._detail(draft, items[draft.item], notes)
            asked, left, lost = asked + (not late), left + late, lost + (not late and whole is None)
            if whole is not None:
                done += [replace(one, keys=[*one.keys, mark], item=draft.item) for one in whole]
            elif row is not None or (not late and "title" in draft.values):
                done.append(replace(draft, same=row is not None))
        return done, left, lost

    def _detail(self, draft: Draft, item: Item, notes: Counter[str]) -> list[Draft] | None:
        try:
            answer = self._fetch(draft.detail)
            told = child.run(
                extract.complete,
                *_page(answer),
                item,
                self.source,
                self.now,
                expected=extract.EXPECTED,
            )
        except (FetchError, child.Refused, child.ChildDied):
            return None
        made = extract.made_from(told)
        notes.update(made.notes)
        return made.drafts

    def _writer(self) -> Writer:
        kind = self.source.kind
        return Writer(
            self.folder, self.source.id, self.now, holder_of(kind), self.others, settler_of(kind)
        )

    def _write(self, drafts: list[Draft], record: str, *, accept: bool) -> Written:
        with self.writing:
            writer = self._writer()
            writer.archived = record
            identified = writer.identified(drafts)
            if not accept:
                scopes = {draft.scope for draft, _ in identified}
                known = [row for scope in scopes for row in writer.seen(scope)]
                check_novelty(self.source, identified, known)
            try:
                return writer.write(identified)
            finally:
                writer.save()


def _page(answer: Answer) -> tuple[str, str, str]:
    return str(answer.file), answer.url, answer.header("content-type")


def _hash(answer: Answer) -> str:
    if answer.file is None:
        return ""
    with answer.file.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()[:32]


def _pages(notes: Counter[str]) -> list[str]:
    """Return what was said of articles' pages, each line once."""
    return [f"{note} (ở {n} trang bài)" if n > 1 else note for note, n in notes.items()]


def _notes(written: Written, left: int, lost: int) -> list[str]:
    notes = [
        f"{count} mục không ghi được ({reason})"
        for reason, count in written.problems.most_common(MOST_PROBLEMS)
    ]
    if left:
        notes.append(f"{left} bài để lần sau (xem limits.details)")
    if lost:
        notes.append(f"{lost} trang bài không tải được")
    return notes
