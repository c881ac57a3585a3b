"""A person's word on what waits: accept, refuse; each all or nothing.

| what waits | accepted | refused |
|---|---|---|
| a change | the source's text stands; what was public stays public | what stands stays |
| a draft | it is published, `approved_by` names who accepted | the file goes; it does not return |

Where the site wants two persons (`two_person`), the first who accepts a draft becomes its `author`
and it stays a draft; the second publishes it. What is accepted must pass the check of a commit, or
everything is put back.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from fetchers.files import fingerprint, put, read
from fetchers.review import Waiting, all_seen, document, name_of, parts_of, texts
from model.check.site import check_site
from model.content import load
from model.document import decode, dump_yaml
from model.problem import Problem, Problems
from model.site import load_site

_FENCE = re.compile(r"^---[ \t]*$", re.MULTILINE)
Plan = dict[str, bytes | None]
"""File below the site's folder -> its new bytes, None: it goes."""


def accept(folder: Path, item: Waiting, now: datetime, by: str = "") -> list[str]:
    """Let the source's text stand; return the files touched. `by` is who accepts.

    Raises Problems, nothing changed, if the text is not valid or a name is missing.
    """
    two = item.kind in load_site(folder).two_person
    if two and not by:
        cure = "ghi tên người duyệt: --by “Họ và tên”"
        raise Problems([Problem(item.name, 0, "approved_by", "loại bài này cần hai người", cure)])
    plan = _draft(folder, item, by, two=two) if item.sort == "draft" else {}
    plan = plan or _change(folder, item, by, two=two)
    _carry_out(folder, plan, now)
    return list(plan)


def refuse(folder: Path, item: Waiting) -> list[str]:
    """Leave what stands, remove a draft; return the files touched.

    The source's text is forgotten until it changes again.
    """
    beside = [(folder / item.review).with_name(Path(f).name) for f, _ in texts(folder, item)[1:]]
    gone = [path.relative_to(folder).as_posix() for path in beside] + [item.review]
    for file in gone:
        (folder / file).unlink(missing_ok=True)
    return gone


def _draft(folder: Path, item: Waiting, by: str, *, two: bool) -> Plan:
    data = document(folder, item)
    author = str(parts_of(data).values.get("author") or "")
    if two and not author:
        return {item.target: with_fields(data, {"author": by})}
    if two:
        _refuse_one_for_two(item, author, by)
    return {item.target: with_fields(data, {"status": "published", "approved_by": by})}


def _change(folder: Path, item: Waiting, by: str, *, two: bool) -> Plan:
    sent = document(folder, item)
    file = item.target or _former(folder, item.name)
    stands = read(folder / file)
    data = _still_public(item, sent, stands, by, two=two) if stands is not None else sent
    load(file, data)
    new = [(file, data), *texts(folder, replace(item, target=file))[1:]]
    plan: Plan = dict(new)
    if data == sent:
        plan |= _ours(folder, file, new)
    waits = [item.review, *(f"{item.review.rsplit('/', 1)[0]}/{Path(f).name}" for f, _ in new[1:])]
    return {**plan, **dict.fromkeys(waits)}


def _still_public(item: Waiting, sent: bytes, stands: bytes, by: str, *, two: bool) -> bytes:
    """Return the source's text with what persons had said of the public one: state and names."""
    before, after = parts_of(stands).values, parts_of(sent).values
    if before.get("status") == "withdrawn":
        return with_fields(sent, {"status": "withdrawn"})
    if before.get("status", "published") != "published":
        return sent
    author = str(before.get("author") or "")
    if two:
        _refuse_one_for_two(item, author, by)
    fields = {
        "author": author,
        "approved_by": by or str(before.get("approved_by") or ""),
        "status": "" if after.get("status") == "draft" else None,
    }
    return with_fields(sent, {name: text for name, text in fields.items() if text is not None})


def _refuse_one_for_two(item: Waiting, author: str, by: str) -> None:
    if not author:
        cure = "ghi tên người soạn vào author của bài đang đăng rồi duyệt lại"
        raise Problems([Problem(item.target, 0, "author", "chưa ghi người soạn", cure)])
    if author.casefold() == by.casefold():
        cure = "nhờ người thứ hai đọc và duyệt"
        raise Problems(
            [Problem(item.target, 0, "approved_by", "người duyệt trùng người soạn", cure)]
        )


def with_fields(data: bytes, fields: Mapping[str, str]) -> bytes:
    """Return a document with these one-line fields set ("": taken out), all else untouched."""
    text = decode(data)
    fences = list(_FENCE.finditer(text))[:2]
    if len(fences) < 2:
        return data
    head, rest = text[: fences[1].start()], text[fences[1].start() :]
    for name, value in fields.items():
        line = dump_yaml({name: value}) if value else ""
        old = re.search(rf"^{name}:.*\n(?:[ \t]+.*\n)*", head, re.MULTILINE)
        start, end = old.span() if old else (len(head), len(head))
        head = head[:start] + line + head[end:]
    return (head + rest).encode()


def _former(folder: Path, name: str) -> str:
    for seen in all_seen(folder):
        for known in seen:
            if name_of(known.file) == name:
                return known.file
    kind, stem = name.split("/", 1)
    return f"content/{kind}/{stem}.md"


def _ours(folder: Path, file: str, new: list[tuple[str, bytes]]) -> Plan:
    """Remember that what stands there now is the source's text: the next change may update it."""
    marks = tuple(f"c{fingerprint(text)}" for _, text in new[1:])
    plan: Plan = {}
    for seen in all_seen(folder):
        for known in seen:
            if known.file == file:
                keys = tuple(key for key in known.keys if key[0] != "c" or not marks) + marks
                seen.put(replace(known, written=fingerprint(new[0][1]), keys=keys))
        if seen.changed:
            plan[seen.path.relative_to(folder).as_posix()] = seen.text().encode()
    return plan


def _carry_out(folder: Path, plan: Plan, now: datetime) -> None:
    """Write a plan and check it; put everything back if it has a problem."""
    before = {file: read(folder / file) for file in plan}
    documents = [file for file, data in plan.items() if data and file.startswith("content/")]
    try:
        _write(folder, plan)
        found = check_site(folder, now, documents)
        if wrong := [p for p in found if not p.warning and p.file in documents]:
            raise Problems(wrong)
    except BaseException:
        _write(folder, before)
        raise


def _write(folder: Path, plan: Plan) -> None:
    for file, data in plan.items():
        if data is None:
            (folder / file).unlink(missing_ok=True)
        elif read(folder / file) != data:
            put(folder / file, data)
