"""data/review/: changes of sources that wait for a person; list, difference, accept, refuse.

A change waits when an editor had edited the document, or when its kind wants every such change to
be seen (a hotline's number, a jump in figures). The waiting file is the whole document as the
source would have it, the reason a comment in its front matter; a series that goes with it waits
beside it.
"""

from __future__ import annotations

import difflib
import re
from dataclasses import dataclass, replace
from pathlib import Path

from fetchers.files import fingerprint, put, read
from fetchers.seen import FOLDER as SEEN
from fetchers.seen import Seen
from fetchers.waiting import REVIEW
from model.content import Loaded, content_files, load
from model.problem import Problem, Problems

_REASON = re.compile(r"^# Chờ duyệt: (.*)\n", re.MULTILINE)


@dataclass(frozen=True)
class Waiting:
    """A change that waits; `name` is "<kind>/<name>", `target` the document's file ("" if gone)."""

    name: str
    title: str
    reason: str
    review: str
    target: str


def waiting(folder: Path) -> list[Waiting]:
    """Return the changes that wait, by name."""
    targets = {_name(file): file for file, _ in content_files(folder)}
    found = []
    for path in sorted((folder / REVIEW).glob("*/*.md")):
        name = f"{path.parent.name}/{path.stem}"
        text = path.read_text("utf-8")
        reason = match[1] if (match := _REASON.search(text)) else ""
        title = re.search(r"^title: *(.*)$", text, re.MULTILINE)
        found.append(
            Waiting(
                name,
                title[1].strip("'\"") if title else name,
                reason,
                path.relative_to(folder).as_posix(),
                targets.get(name, ""),
            )
        )
    return found


def _name(file: str) -> str:
    parts = file.split("/")
    return f"{parts[1]}/{parts[-1].removesuffix('.md')}"


def named(folder: Path, name: str) -> Waiting:
    """Return the change of that name; raise Problems if none waits."""
    for item in waiting(folder):
        if name in (item.name, item.review, item.target):
            return item
    cure = "xem danh sách: python -m fetchers review"
    raise Problems([Problem(name, 0, "", "không có thay đổi nào chờ duyệt ở đây", cure)])


def difference(folder: Path, item: Waiting) -> str:
    """Return what the source would change, as a unified diff."""
    lines: list[str] = []
    for old, new in _texts(folder, item):
        before = _lines(read(folder / old) if old else None)
        name = old or "(tệp đã bị xóa)"
        lines += difflib.unified_diff(before, _lines(new), name, "nguồn mới gửi", n=2)
    return "".join(lines)


def _lines(data: bytes | None) -> list[str]:
    return (data or b"").decode("utf-8", "replace").splitlines(keepends=True)


def _texts(folder: Path, item: Waiting) -> list[tuple[str, bytes]]:
    """Return (file in the site, its waiting text) of a change: the document, then its series."""
    data = _document(folder, item)
    texts = [(item.target, data)]
    loaded = _loaded(item, data)
    for file in loaded.document.files() if loaded else ():
        beside = read((folder / item.review).with_name(Path(file).name))
        if beside is not None:
            texts.append((file, beside))
    return texts


def _document(folder: Path, item: Waiting) -> bytes:
    text = (folder / item.review).read_text("utf-8")
    return _REASON.sub("", text, count=1).encode()


def _loaded(item: Waiting, data: bytes) -> Loaded | None:
    try:
        return load(item.target or f"content/{item.name}.md", data)
    except Problems:
        return None


def accept(folder: Path, item: Waiting) -> list[str]:
    """Let the source's text stand; return the files written. Raises Problems if it is not valid."""
    data = _document(folder, item)
    file = item.target or _former(folder, item.name)
    load(file, data)
    texts = [(name or file, text) for name, text in _texts(folder, replace(item, target=file))]
    for name, text in texts:
        put(folder / name, text)
    _ours(folder, file, texts)
    refuse(folder, item)
    return [name for name, _ in texts]


def refuse(folder: Path, item: Waiting) -> None:
    """Leave the document as it is; the source's text is forgotten until it changes again."""
    for file, _ in _texts(folder, item)[1:]:
        (folder / item.review).with_name(Path(file).name).unlink(missing_ok=True)
    (folder / item.review).unlink()


def _former(folder: Path, name: str) -> str:
    for seen in _all_seen(folder):
        for known in seen:
            if _name(known.file) == name:
                return known.file
    kind, stem = name.split("/", 1)
    return f"content/{kind}/{stem}.md"


def _all_seen(folder: Path) -> list[Seen]:
    return [Seen(folder, path.stem) for path in sorted((folder / SEEN).glob("*.tsv"))]


def _ours(folder: Path, file: str, texts: list[tuple[str, bytes]]) -> None:
    """Remember that what stands there now is the source's text: the next change may update it."""
    marks = tuple(f"c{fingerprint(text)}" for _, text in texts[1:])
    for seen in _all_seen(folder):
        for known in seen:
            if known.file == file:
                keys = tuple(key for key in known.keys if key[0] != "c" or not marks) + marks
                seen.put(replace(known, written=fingerprint(texts[0][1]), keys=keys))
        if seen.changed:
            put(seen.path, seen.text().encode())
