"""What fetchers brought that waits for a person: changes in data/review/, and drafts.

A change waits when an editor had edited the document, or when its kind wants every such change to
be seen (a hotline's number, a jump in figures). The waiting file is the whole document as the
source would have it, the reason a comment in its front matter; a series that goes with it waits
beside it. A draft waits where it stands. `fetchers.decide` accepts and refuses.
"""

from __future__ import annotations

import difflib
import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from fetchers.files import read
from fetchers.seen import FOLDER as SEEN
from fetchers.seen import Seen
from fetchers.waiting import REVIEW
from model.content import LANGUAGES, Loaded, content_files, load
from model.document import Parts, decode, dump_yaml, split
from model.kinds import kind_class
from model.problem import Problem, Problems
from model.source import REVIEWED

_REASON = re.compile(r"^# Chờ duyệt: (.*)\n", re.MULTILINE)
_DRAFT = re.compile(rb"^status: ['\"]?draft", re.MULTILINE)
_MACHINE = {"fetched_hash", "first_seen", "archived"}


@dataclass(frozen=True)
class Waiting:
    """What waits; `name` is "<kind>/<name>", `target` the document's file ("" if gone).

    `review` is the file with the source's text: one below data/review/, or the draft itself.
    """

    name: str
    title: str
    reason: str
    review: str
    target: str
    sort: Literal["change", "draft"] = "change"
    link: str = ""

    @property
    def kind(self) -> str:
        """The document's kind."""
        return self.name.split("/", 1)[0]


def waiting(folder: Path) -> list[Waiting]:
    """Return the changes that wait, by name, then the drafts of sources, by name."""
    found = list(_changes(folder))
    changed = {item.target for item in found}
    return [*found, *(item for item in _drafts(folder) if item.target not in changed)]


def _changes(folder: Path) -> Iterator[Waiting]:
    paths = sorted((folder / REVIEW).glob("*/*.md"))
    targets = {name_of(file): file for file in content_files(folder)} if paths else {}
    for path in paths:
        name = f"{path.parent.name}/{path.stem}"
        text = path.read_text("utf-8")
        reason = match[1] if (match := _REASON.search(text)) else ""
        values = parts_of(text.encode()).values
        yield Waiting(
            name,
            str(values.get("title") or name),
            reason,
            path.relative_to(folder).as_posix(),
            targets.get(name, ""),
            link=_address(values),
        )


def _drafts(folder: Path) -> Iterator[Waiting]:
    files = {
        known.file
        for seen in all_seen(folder)
        for known in seen
        if {*known.file.split("/")[1:2]} & {*REVIEWED}
    }
    for file in sorted(files, key=name_of):
        data = read(folder / file)
        if data is None or not _DRAFT.search(data):
            continue
        values = parts_of(data).values
        if values.get("status") == "draft":
            reader = values.get("author")
            second = f"bản nháp từ nguồn; {reader} đã đọc, chờ người thứ hai"
            reason = second if reader else "bản nháp từ nguồn, chưa ai duyệt"
            title, name = str(values.get("title") or file), name_of(file)
            yield Waiting(name, title, reason, file, file, "draft", _address(values))


def _address(values: dict[str, Any]) -> str:
    """Return where the source says it: the document's own link, or its first review or source."""
    places = [values.get("link")]
    for group in ("sources", "evidence"):
        rows = values.get(group)
        places += [row.get("url") for row in rows or () if isinstance(row, dict)]
    return next((str(place) for place in places if place), "")


def parts_of(data: bytes) -> Parts:
    """Return a document's front matter and body; empty ones where it cannot be read."""
    try:
        return split(decode(data))
    except Problems:
        return Parts({}, {}, "")


def name_of(file: str) -> str:
    """Return "<kind>/<name>" of a document's file."""
    parts = file.split("/")
    return f"{parts[1]}/{parts[-1].removesuffix('.md')}"


def named(folder: Path, name: str) -> Waiting:
    """Return what waits by that name; raise Problems if nothing does."""
    for item in waiting(folder):
        if name in (item.name, item.review, item.target):
            return item
    cure = "xem danh sách: python -m fetchers review"
    raise Problems([Problem(name, 0, "", "không có thay đổi nào chờ duyệt ở đây", cure)])


def mark_of(folder: Path, item: Waiting) -> str:
    """Return a hash of all that a person sees of it, so that nobody accepts what he did not see."""
    seen = hashlib.sha256()
    for file, text in texts(folder, item):
        seen.update(text + b"\0" + (read(folder / file) or b"" if file else b"") + b"\0")
    return seen.hexdigest()[:16]


def difference(folder: Path, item: Waiting) -> str:
    """Return what the source would change, as a unified diff; of a draft, all of it."""
    lines: list[str] = []
    for old, new in texts(folder, item):
        stands = read(folder / old) if old and item.sort == "change" else None
        name = "(chưa đăng)" if item.sort == "draft" else old or "(tệp đã bị xóa)"
        lines += difflib.unified_diff(_lines(stands), _lines(new), name, "nguồn mới gửi", n=2)
    return "".join(lines)


def compared(folder: Path, item: Waiting) -> list[tuple[str, str, str]]:
    """Return (the field as editors know it, what stands, what the source says) where they differ.

    Of a draft nothing stands yet.
    """
    stands = read(folder / item.target) if item.target and item.sort == "change" else None
    before, after = parts_of(stands or b""), parts_of(document(folder, item))
    fields = kind_class(item.kind).model_fields
    rows = []
    for name in dict.fromkeys([*after.values, *before.values]):
        old, new = (_shown(values.values.get(name)) for values in (before, after))
        if old != new and name not in _MACHINE:
            known = fields.get(name)
            rows.append(((known.description if known else "") or name, old, new))
    if before.body != after.body:
        rows.append(("Nội dung", before.body, after.body))
    return rows


def _shown(value: Any) -> str:
    if isinstance(value, (dict, list)):
        return dump_yaml({"": value}).removeprefix("'':").strip("\n")
    return str(value or "")


def translations(folder: Path, item: Waiting) -> list[str]:
    """Return the files of the same document in the other languages."""
    if not item.target:
        return []
    path = folder / item.target
    stem = path.stem.rsplit(".", 1)[0] if path.stem.endswith((".en", ".km")) else path.stem
    names = [f"{stem}{'' if tongue == 'vi' else f'.{tongue}'}.md" for tongue in LANGUAGES]
    places = [path.with_name(name) for name in names if name != path.name]
    return [place.relative_to(folder).as_posix() for place in places if place.is_file()]


def _lines(data: bytes | None) -> list[str]:
    return (data or b"").decode("utf-8", "replace").splitlines(keepends=True)


def texts(folder: Path, item: Waiting) -> list[tuple[str, bytes]]:
    """Return (file in the site, its waiting text): the document, then its series."""
    data = document(folder, item)
    found = [(item.target, data)]
    loaded = _loaded(item, data) if item.sort == "change" else None
    for file in loaded.document.files() if loaded else ():
        beside = read((folder / item.review).with_name(Path(file).name))
        if beside is not None:
            found.append((file, beside))
    return found


def document(folder: Path, item: Waiting) -> bytes:
    """Return the waiting document's text, without the reason on top."""
    data = read(folder / item.review) or b""
    if item.sort == "draft":
        return data
    return _REASON.sub("", data.decode("utf-8", "replace"), count=1).encode()


def _loaded(item: Waiting, data: bytes) -> Loaded | None:
    try:
        return load(item.target or f"content/{item.name}.md", data)
    except Problems:
        return None


def all_seen(folder: Path) -> list[Seen]:
    """Return what is known of every scope."""
    return [Seen(folder, path.stem) for path in sorted((folder / SEEN).glob("*.tsv"))]
