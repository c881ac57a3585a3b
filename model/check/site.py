"""One site: its two YAML files, its documents, and what only the whole of it shows."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from functools import partial
from pathlib import Path

from model.check.context import Context
from model.check.pictures import FOLDER, check_picture
from model.check.rules import OF_BODIES, RULES
from model.content import Loaded, duplicates, identities, identity_of, load
from model.document import decode, split
from model.kinds import kind_class
from model.problem import Problem, Problems
from model.site import Site, load_site

CHUNK = 256
"""Documents that one worker checks at a time."""
MAX_FILE = 2 * 1024 * 1024
"""Bytes of a Markdown file from which on it is no document that a person wrote."""


def check_site(folder: Path, now: datetime, files: Sequence[str] | None = None) -> list[Problem]:
    """Return every problem of a site, or of `files` of it (paths below its folder), sorted."""
    found: list[Problem] = []
    site: Site | None = None
    try:
        site = load_site(folder)
    except Problems as error:
        found += error.problems
    if files is None or "sources.yaml" in files:
        found += check_sources(folder)
    if site and (files is None or "site.yaml" in files):
        from model.check.languages import check_languages

        found += check_languages(folder, site)
    names = list(every_file(folder)) if files is None else list(files)
    documents = [name for name in names if name.startswith("content/") and name.endswith(".md")]
    context = Context(folder, site, now)
    found += _documents(context, documents)
    found += [problem for name in names for problem in check_other(folder, name)]
    found += _shared(context, None if files is None else documents)
    return sorted(set(found))


def every_file(folder: Path) -> Iterator[str]:
    """Yield every file of `content/` and of the picture folder, but hidden ones."""
    for top in ("content", FOLDER):
        for place, folders, names in os.walk(folder / top):
            folders[:] = sorted(name for name in folders if not name.startswith("."))
            below = Path(place).relative_to(folder).as_posix()
            yield from (f"{below}/{name}" for name in sorted(names) if not name.startswith("."))


def check_other(folder: Path, file: str) -> Iterator[Problem]:
    """Yield what is wrong with a file that is no document: a stranger in `content/`, a picture."""
    if file.startswith(f"{FOLDER}/") and (folder / file).is_file():
        yield from check_picture(folder, file)
    elif file.startswith("content/") and not file.endswith(".md"):
        cure = "lưu lại thành tệp .md (chữ thường); ảnh để trong images/, tệp đính kèm trong files/"
        yield Problem(file, message="tệp này sẽ không được đăng", cure=cure)


def check_sources(folder: Path) -> list[Problem]:
    """Return what is wrong with `sources.yaml`."""
    path = folder / "sources.yaml"
    if not path.is_file():
        cure = "tạo tệp này; chưa có nguồn nào thì chỉ cần ghi {}"
        return [Problem("sources.yaml", message="không có tệp này", cure=cure)]
    from model.source import load_sources

    try:
        load_sources(folder)
    except Problems as error:
        return error.problems
    return []


def _shared(context: Context, only: Sequence[str] | None) -> list[Problem]:
    """Return problems between files (two with one address), or only those of `only`."""
    if only is None:
        return duplicates(context.files)
    return duplicates({identity: context.claimants(identity) for identity in identities(only)})


def _documents(context: Context, files: Sequence[str]) -> list[Problem]:
    workers = os.cpu_count() or 1
    if workers < 2 or len(files) < 2 * CHUNK or not hasattr(os, "fork"):
        return _chunk(context, files)
    from concurrent.futures import ProcessPoolExecutor
    from multiprocessing import get_context

    context.list_all()  # once, before the workers fork
    chunks = [files[start : start + CHUNK] for start in range(0, len(files), CHUNK)]
    with ProcessPoolExecutor(workers, get_context("fork")) as pool:
        return [item for found in pool.map(partial(_chunk, context), chunks) for item in found]


def _chunk(context: Context, files: Iterable[str]) -> list[Problem]:
    return [problem for file in files for problem in check_document(file, context)]


def check_document(file: str, context: Context) -> list[Problem]:
    """Return every problem of one document."""
    path = context.folder / file
    try:
        size = path.stat().st_size
        if size > MAX_FILE:
            return [
                Problem(file, message=f"nặng {size // 1024:,} KB", cure="một tài liệu dưới 2 MB")
            ]
        data = path.read_bytes()
        loaded = load(file, data)
    except OSError as error:
        reason = f"không đọc được ({error.strerror})"
        return [Problem(file, message=reason, cure="kiểm tra tên tệp và quyền đọc")]
    except Problems as error:
        return [*error.problems, *_of_body(file, data, context)]
    return [problem.at(file) for rule in RULES for problem in rule(loaded, context)]


def _of_body(file: str, data: bytes, context: Context) -> list[Problem]:
    """Return what is wrong below front matter that has problems of its own: all is said at once."""
    try:
        identity, parts = identity_of(file), split(decode(data))
    except Problems:
        return []
    bare = kind_class(identity.partition("/")[0]).model_construct(title="")
    loaded = Loaded(identity, bare, parts.body, {}, file, parts.body_line)
    return [problem.at(file) for rule in OF_BODIES for problem in rule(loaded, context)]
