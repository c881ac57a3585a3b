"""A site's documents on the disk: which files there are, their ids, and what one holds."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from pydantic import ValidationError

from model.document import Parts, decode, path_lines, split
from model.folder import CONTENT
from model.folder import content_files as content_files
from model.kinds import KINDS, kind_class
from model.kinds.base import Document
from model.problem import Problem, Problems, from_validation
from model.text import slug

LANGUAGES = ("vi", "en", "km")
_NAME = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*(?:\.(?:en|km))?")


class Loaded(NamedTuple):
    """A document read and converted, its body still Markdown."""

    identity: str
    document: Document
    body: str
    lines: dict[str, int]
    file: str = ""
    body_line: int = 1


def identity_of(file: str) -> str:
    """Return the id of the document in `file` ("content/news/2021/x.en.md" -> "news/x.en").

    Raises Problems when the folder is no kind or the name cannot be a public address.
    """
    if _said(file) != file:
        raise Problems(
            [
                Problem(
                    _said(file),
                    message="tên thư mục hay tên tệp không phải là chữ (UTF-8)",
                    cure="đổi tên, chỉ dùng chữ thường không dấu, chữ số và gạch ngang",
                )
            ]
        )
    parts = file.split("/")
    if len(parts) < 3 or parts[0] != CONTENT or parts[1] not in KINDS:
        raise Problems(
            [
                Problem(
                    file,
                    message="nằm sai thư mục",
                    cure=f"chuyển vào content/<loại>/, loại là một trong: {', '.join(KINDS)}",
                )
            ]
        )
    name = parts[-1].removesuffix(".md")
    if not is_document_name(parts[-1]):
        stem = slug(name.rsplit(".", 1)[0] if name.endswith((".en", ".km")) else name) or "ten-bai"
        raise Problems(
            [
                Problem(
                    file,
                    message="tên tệp phải là chữ thường không dấu, nối bằng gạch ngang",
                    cure=f"đổi tên thành {stem}.md (bản dịch: {stem}.en.md)",
                )
            ]
        )
    return f"{parts[1]}/{name}"


def _said(file: str) -> str:
    """Return a path as it can be printed, with bytes that are no letters as escapes."""
    return file.encode("utf-8", "backslashreplace").decode()


def is_document_name(name: str) -> bool:
    """Return whether a file's name can be a public address: "x.md", "x.en.md"."""
    return _NAME.fullmatch(name.removesuffix(".md")) is not None


def linked_document(href: str, folder: str) -> str:
    """Return the id of the document whose file `href` names from a file in `folder`; "" if none.

    "../guides/x.md#a" from "content/pages" is "guides/x".
    """
    path = href.partition("#")[0]
    if not path.endswith(".md") or ":" in path or path.startswith("/"):
        return ""
    try:
        return identity_of(posixpath.normpath(posixpath.join(folder, path)))
    except Problems:
        return ""


def load(file: str, data: bytes) -> Loaded:
    """Return the document that `file` (a path below the site's folder) holds.

    Raises Problems with every problem of the file at once.
    """
    found: list[Problem] = []
    identity = ""
    try:
        identity = identity_of(file)
    except Problems as error:
        found += error.problems
    try:
        text = decode(data)
        parts: Parts = split(text)
    except Problems as error:
        found += [problem.at(file) for problem in error.problems]
        raise Problems(found) from None
    kind = file.split("/")[1] if file.count("/") > 1 else ""
    if kind not in KINDS:
        raise Problems(found)
    try:
        document = kind_class(kind).model_validate(parts.values)
    except ValidationError as error:
        lines = path_lines(text)
        raise Problems(found + from_validation(error, file, lines, kind_class(kind))) from None
    if found:
        raise Problems(found)
    return Loaded(identity, document, parts.body, parts.lines, file, parts.body_line)


def identities(files: Iterable[str]) -> Iterator[str]:
    """Yield the ids of the files that can be documents."""
    for file in files:
        try:
            yield identity_of(file)
        except Problems:
            continue


def duplicates(files: Mapping[str, Sequence[str]]) -> list[Problem]:
    """Return a Problem for each id that several files claim; `files` maps id -> files."""
    return [
        Problem(
            file,
            message=f"trùng địa chỉ với {others[0]}",
            cure="đổi tên một trong hai tệp (địa chỉ đã công bố thì giữ nguyên)",
        )
        for names in files.values()
        if len(names) > 1
        for file, *others in [sorted(names, reverse=True)]
    ]
