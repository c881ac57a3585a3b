"""Drafts -> files, by the three-way rule; nothing of an editor's is ever lost.

| what is there | what the source says | what happens |
|---|---|---|
| nothing known | | a new file |
| our file, untouched | the same | nothing |
| our file, untouched | something new | the file is updated, at the same address |
| a file that a person changed | the same | nothing |
| a file that a person changed | something new | the file stays, the new text waits in review |
| nothing: a person removed the file | | nothing; it does not come back |
| a file that we do not know of at the new file's place | | it counts as a person's |

A change that the kind wants a person to see (`hold`) waits in data/review/ too.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from fetchers.files import fingerprint, put, read, sync
from fetchers.identity import STRONG, digest, part, without_ambiguous
from fetchers.normalise import Draft, Holder, Settled, Settler
from fetchers.seen import Known, Seen
from fetchers.upstream import upstream_hash
from fetchers.waiting import review_path, with_reason
from model.content import load
from model.document import decode, join, split
from model.fields import VIETNAM
from model.kinds import kind_class
from model.problem import Problems
from model.text import slug

SLUG_LENGTH = 60
NONE = "-"


@dataclass
class Written:
    """What became of a batch of drafts; `problems`: why documents were refused, with counts."""

    counts: Counter[str] = field(default_factory=Counter)
    problems: Counter[str] = field(default_factory=Counter)
    files: list[str] = field(default_factory=list)


class Writer:
    """Writes the drafts of one source into a site's folder at a time."""

    def __init__(
        self,
        folder: Path,
        source: str,
        now: datetime,
        hold: Holder | None = None,
        others: Collection[str] = (),
        settle: Settler | None = None,
    ) -> None:
        """`others`: ids of the site's other sources, whose documents are theirs to change."""
        self._folder, self._source, self._now, self._hold = folder, source, now, hold
        self._settle = settle
        self._others = set(others) - {source}
        self._scopes: dict[str, Seen] = {}
        self.written = Written()
        self.archived = ""
        """Id of the web archive's record that the drafts were made from."""

    def seen(self, scope: str) -> Seen:
        """Return what is known of a scope."""
        if scope not in self._scopes:
            self._scopes[scope] = Seen(self._folder, scope)
        return self._scopes[scope]

    def identified(self, drafts: list[Draft]) -> list[tuple[Draft, Known | None]]:
        """Return each draft once with the document that it is, None for a new one.

        The drafts come back with the keys that identify them within this batch.
        """
        keys = without_ambiguous([draft.keys for draft in drafts])
        result: list[tuple[Draft, Known | None]] = []
        taken: set[str] = set()
        batch: dict[str, set[str]] = {}
        for draft, own in zip(drafts, keys, strict=True):
            strong = {key for key in own if key[0] in STRONG}
            known = self.seen(draft.scope).find(own)
            place = known.file if known else ""
            mine = batch.setdefault(draft.scope, set())
            if place in taken or (not known and strong & mine):
                self.written.counts["repeated"] += 1
                continue
            if place:
                taken.add(place)
            mine |= strong
            result.append((replace(draft, keys=own), known))
        return result

    def write(self, identified: Iterable[tuple[Draft, Known | None]]) -> Written:
        """Write what `identified` gave; returns what became of it. Call `save` afterwards."""
        for draft, known in identified:
            if known is not None and draft.same:
                self._remember(draft, known)
                self.written.counts["unchanged"] += 1
            else:
                self._one(draft, known)
        return self.written

    def save(self) -> None:
        """Put what was learnt into data/seen/, if anything was."""
        sync(self._folder / file for file in self.written.files)
        for seen in self._scopes.values():
            if seen.changed:
                put(seen.path, seen.text().encode())
                seen.changed = False

    def _one(self, draft: Draft, known: Known | None) -> None:
        said = upstream_hash(draft)
        if known is None:
            self._new(draft, said)
        elif known.source in self._others:
            self._foreign(draft, known, said)
        elif known.upstream == said:
            self._remember(draft, known)
            self.written.counts["unchanged"] += 1
        else:
            self._changed(draft, known, said)

    def _remember(self, draft: Draft, known: Known) -> None:
        seen = self.seen(draft.scope)
        seen.put(seen.meet(known, draft.keys))

    def _new(self, draft: Draft, said: str) -> None:
        file = self._place(draft)
        draft = self._settled(draft, {}, own=True).draft
        data = self._text(draft, said, {})
        if not self._valid(file, data):
            return
        there = read(self._folder / file) or None  # empty: a run that a power cut ended
        if there is None:
            put(self._folder / file, data, sync=False)
            self._put_beside(draft)
            self.written.files.append(file)
            self.written.counts["new"] += 1
        else:
            self.written.counts["unchanged"] += 1
        written = fingerprint(data) if there in (None, data) else NONE
        self._put(draft, Known(file, self._source, said, written, tuple(draft.keys)))

    def _changed(self, draft: Draft, known: Known, said: str) -> None:
        there = read(self._folder / known.file)
        seen = self.seen(draft.scope)
        met = replace(seen.meet(known, draft.keys), upstream=said, source=self._source)
        if there is None:
            self.written.counts["removed"] += 1
            self._put(draft, met)
            return
        before = _machine_values(there)
        settled = self._settled(draft, before, own=True)
        self._replace(settled, known, met, there, self._text(settled.draft, said, before))

    def _foreign(self, draft: Draft, known: Known, said: str) -> None:
        """Hear a second source of a document: it may add to it, by the kind's own rule."""
        mine = f"h{digest(self._source, 4)}"
        heard = f"{mine}{digest(said, 8)}"
        there = read(self._folder / known.file)
        if self._settle is None or heard in known.keys or there is None:
            self._remember(draft, known)
            self.written.counts["unchanged"] += 1
            return
        before = _machine_values(there)
        settled = self._settled(draft, before, own=False)
        met = self.seen(draft.scope).meet(known, draft.keys)
        kept = [key for key in met.keys if not key.startswith(mine)]
        met = replace(met, keys=(*kept, heard))
        whole = replace(settled.draft, body=_body(there))
        data = self._text(whole, known.upstream, before)
        self._replace(replace(settled, draft=whole), known, met, there, data)

    def _settled(self, draft: Draft, before: dict[str, Any], *, own: bool) -> Settled:
        if self._settle is None:
            return Settled(draft)
        texts = {file: read(self._folder / file) or b"" for file in draft.files}
        files = {file: text.decode("utf-8", "replace") for file, text in texts.items()}
        return self._settle(draft, before, files, self._now, own)

    def _replace(
        self, settled: Settled, known: Known, met: Known, there: bytes, data: bytes
    ) -> None:
        """Put a document's new text in its place, or in data/review/ where a person must look."""
        draft = settled.draft
        if not self._valid(known.file, data):
            return
        same = data == there and all(
            read(self._folder / file) == text.encode() for file, text in draft.files.items()
        )
        reason = self._edited(draft, known, there) or settled.reason
        reason = reason or self._reason(known.file, there, data)
        if same:
            self.written.counts["unchanged"] += 1
            self._put(draft, met)
        elif reason:
            put(self._folder / review_path(known.file), with_reason(data, reason))
            for file, text in draft.files.items():
                put(self._folder / review_path(f"content/{draft.kind}/{file}"), text.encode())
            self.written.counts["review"] += 1
            self._put(draft, met)
        else:
            put(self._folder / known.file, data)
            self._put_beside(draft)
            self.written.files.append(known.file)
            self.written.counts["updated"] += 1
            self._put(draft, replace(met, written=fingerprint(data)))

    def _edited(self, draft: Draft, known: Known, there: bytes) -> str:
        if fingerprint(there) != known.written:
            return "người biên tập đã sửa bài"
        marks = part(known.keys, "c")
        for file in draft.files:
            text = read(self._folder / file)
            if text is not None and marks and f"c{fingerprint(text)}" not in marks:
                return f"người biên tập đã sửa {file}"
        return ""

    def _put_beside(self, draft: Draft) -> None:
        for file, text in draft.files.items():
            if read(self._folder / file) != text.encode():
                put(self._folder / file, text.encode())
                self.written.files.append(file)

    def _put(self, draft: Draft, known: Known) -> None:
        if draft.files:
            texts = [read(self._folder / file) or b"" for file in draft.files]
            keys = [key for key in known.keys if key[0] != "c"]
            known = replace(known, keys=(*keys, *(f"c{fingerprint(text)}" for text in texts)))
        self.seen(draft.scope).put(known)

    def _reason(self, file: str, before: bytes, after: bytes) -> str:
        if self._hold is None:
            return ""
        try:
            return self._hold(load(file, before).document, load(file, after).document)
        except Problems:
            return ""

    def _valid(self, file: str, data: bytes) -> bool:
        try:
            load(file, data)
        except Problems as error:
            first = error.problems[0]
            self.written.problems[
                f"{first.field}: {first.message}" if first.field else first.message
            ] += 1
            return False
        return True

    def _place(self, draft: Draft) -> str:
        strong = next((key for key in draft.keys if key[0] in STRONG), draft.keys[0])
        stem = slug(draft.title, SLUG_LENGTH)
        name = "-".join(filter(None, [stem, digest(f"{draft.scope} {strong}", 8)]))
        year = draft.folder or str(self._now.astimezone(VIETNAM).year)
        suffix = "" if draft.language == "vi" else f".{draft.language}"
        return f"content/{draft.kind}/{year}/{name}{suffix}.md"

    def _text(self, draft: Draft, said: str, kept: dict[str, Any]) -> bytes:
        first = kept.get("first_seen") or self._now.astimezone(VIETNAM).isoformat(
            timespec="seconds"
        )
        machine = {"first_seen": first, "fetched_hash": said, "archived": self.archived}
        fields = kind_class(draft.kind).model_fields
        values = draft.values | {
            name: text for name, text in machine.items() if text and name in fields
        }
        return join(values, draft.body).encode()


def _body(data: bytes) -> str:
    try:
        return split(decode(data)).body
    except Problems:
        return ""


def _machine_values(data: bytes) -> dict[str, Any]:
    """Return the front matter of a file that may be broken by now."""
    try:
        return split(decode(data)).values
    except Problems:
        return {}
