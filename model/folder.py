"""A site's folder and the Markdown files in it. Imports nothing heavy: a build looks here first."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

CONTENT = "content"
_BY_NUMBER = os.scandir in os.supports_fd
"""Whether a folder can be opened once: the system then looks up names, not whole paths."""


def site_folder() -> Path:
    """Return the folder of the site that SITE names; the working directory without it."""
    return Path(os.environ.get("SITE") or ".").resolve()


def folders_below(site: Path, top: str = CONTENT) -> Iterator[tuple[str, frozenset[str]]]:
    """Yield (path below the site's folder, names in it) of `top` and the folders in it.

    Hidden folders are left out, and nothing is asked about single Markdown files: this is how to
    find one name among 50,000.
    """
    stack = [top]
    while stack:
        folder = stack.pop()
        try:
            names = os.listdir(site / folder)  # noqa: PTH208 - 50,000 names: no Path for each
        except (FileNotFoundError, NotADirectoryError):
            continue
        yield folder, frozenset(names)
        others = [name for name in names if not name.endswith(".md") and name[0] != "."]
        stack += [f"{folder}/{name}" for name in others if (site / folder / name).is_dir()]


class Listing(NamedTuple):
    """The Markdown files that lie in a folder itself, in the order in which the system names them.

    `folder` is relative to the site's folder, with “/”; `stats[i]` belongs to `names[i]`.
    """

    folder: str
    names: list[str]
    stats: list[os.stat_result]


def content_folders(site: Path) -> Iterator[Listing]:
    """Yield what lies in each folder of the content folder, unsorted."""
    stack = [CONTENT]
    while stack:
        folder = stack.pop()
        path = os.path.join(site, folder)  # noqa: PTH118 - no Path for each
        try:
            opened = os.open(path, os.O_RDONLY) if _BY_NUMBER else -1
            entries = os.scandir(opened if _BY_NUMBER else path)
        except FileNotFoundError:
            continue
        try:
            found = [entry for entry in entries if entry.name[0] != "."]
            files = [entry for entry in found if entry.name[-3:] == ".md" and entry.is_file()]
            if len(files) < len(found):
                folders = (entry for entry in found if entry.is_dir(follow_symlinks=False))
                stack += [f"{folder}/{entry.name}" for entry in folders]
            yield Listing(
                folder, [entry.name for entry in files], [entry.stat() for entry in files]
            )
        finally:
            entries.close()
            if opened >= 0:
                os.close(opened)


def content_files(site: Path) -> Iterator[tuple[str, os.stat_result]]:
    """Yield (path relative to the site's folder with “/”, stat) of each Markdown file, unsorted."""
    for folder, names, stats in content_folders(site):
        for name, stat in zip(names, stats, strict=True):
            yield f"{folder}/{name}", stat
