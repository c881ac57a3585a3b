"""The two-person rule: what the public sees of some kinds has been approved by someone else."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from pathlib import Path

from model.content import content_files, identity_of, load
from model.kinds.base import Document
from model.output import public_path
from model.problem import Problem, Problems
from model.site import Site


def unapproved(folder: Path, site: Site, paths: Collection[str]) -> Iterator[Problem]:
    """Yield the documents of `site.two_person` kinds at these public paths that lack approval."""
    if not site.two_person:
        return
    for file in content_files(folder):
        if file.split("/")[1] not in site.two_person:
            continue
        try:
            if public_path(identity_of(file)) not in paths:
                continue
            document = load(file, (folder / file).read_bytes()).document
        except Problems as error:
            yield from error.problems
            continue
        if problem := _missing(file, document):
            yield problem


def _missing(file: str, document: Document) -> Problem | None:
    cure = "nhờ người thứ hai đọc và ghi tên mình vào approved_by"
    if not document.author:
        return Problem(file, 0, "author", "chưa ghi người soạn", "ghi tên người soạn vào author")
    if not document.approved_by:
        return Problem(file, 0, "approved_by", "chưa có người duyệt", cure)
    if document.approved_by.casefold() == document.author.casefold():
        return Problem(file, 0, "approved_by", "người duyệt trùng người soạn", cure)
    return None
