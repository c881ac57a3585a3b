"""Which documents are not translated yet, and which translations are older than their original."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from model.content import Loaded, content_files, load
from model.problem import Problem, Problems
from model.site import Site

LEFT_OUT = ("news",)
"""Kinds that nobody translates: the press speaks its own language."""


def wanting(folder: Path, site: Site) -> Iterator[Problem]:
    """Yield a warning per document without a current translation; what is unreadable is skipped."""
    found = {loaded.identity: (file, loaded) for file, loaded in _documents(folder)}
    for identity, (file, loaded) in sorted(found.items()):
        kind, name = identity.split("/", 1)
        if "." in name or kind in LEFT_OUT or loaded.document.status != "published":
            continue
        for lang in site.languages[1:]:
            twin = found.get(f"{identity}.{lang}")
            if twin is None:
                cure = f"viết {name}.{lang}.md trong cùng thư mục"
                yield Problem(file, 0, "", f"chưa có bản {lang}", cure, warning=True)
            elif _changed(loaded) > _changed(twin[1]):
                cure = f"sửa theo {file} rồi ghi updated"
                yield Problem(twin[0], 0, "", "cũ hơn bản tiếng Việt", cure, warning=True)


def _documents(folder: Path) -> Iterator[tuple[str, Loaded]]:
    for file in content_files(folder):
        try:
            yield file, load(file, (folder / file).read_bytes())
        except (Problems, OSError):
            continue


def _changed(loaded: Loaded) -> float:
    moment: datetime | None = loaded.document.updated or loaded.document.date
    return moment.timestamp() if moment else 0.0
