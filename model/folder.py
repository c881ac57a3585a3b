"""A site's folder and the Markdown files in it.

A build looks here before anything else is loaded: only what Python's own start has loaded anyway is
imported (`pathlib` and `typing` alone cost as much as looking at 2,000 files).
"""

from __future__ import annotations

import os
from operator import attrgetter

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

CONTENT = "content"
_BY_NUMBER = os.scandir in os.supports_fd
"""Whether a folder can be opened once: the system then looks up names, not whole paths."""


def site_path() -> str:
    """Return the path of the site that SITE names; of the working directory without it."""
    return os.path.realpath(os.environ.get("SITE") or ".")


def site_folder() -> Path:
    """Return `site_path()` as a Path."""
    from pathlib import Path

    return Path(site_path())


def folders_below(site: Path, top: str = CONTENT) -> Iterator[tuple[str, frozenset[str]]]:
    """Yield (path below the site's folder, names in it) of `top` and the folders in it.

    Hidden folders are left out, and nothing is asked about single Markdown files: this is how to
    find one name among 50,000.
    """
    stack = [top]
    while stack:
        folder = stack.pop()
        try:
            names = os.listdir(site / folder)
        except (FileNotFoundError, NotADirectoryError):
            continue
        yield folder, frozenset(names)
        others = [name for name in names if not name.endswith(".md") and name[0] != "."]
        stack += [f"{folder}/{name}" for name in others if (site / folder / name).is_dir()]


Stamp = tuple[int, int, int]
"""Size in bytes, modification and change time in nanoseconds."""
stamp_of_stat = attrgetter("st_size", "st_mtime_ns", "st_ctime_ns")


Listing = tuple[str, list[str], list[Stamp]]
"""A folder, relative to the site's with “/”, and names and stamps of the Markdown files that lie in
it itself, in the order in which the system names them."""


class Todo:
    """Folders that are still to be looked at: those below `top`, as they are found."""

    def __init__(self, *top: str) -> None:
        self._folders = list(top)

    def take(self) -> str | None:
        """Return a folder that nobody has taken; None when there is none left."""
        return self._folders.pop() if self._folders else None

    def add(self, folder: str) -> None:
        """Add a folder that was found."""
        self._folders.append(folder)


def content_folders(site: str | Path, todo: Todo | None = None) -> Iterator[Listing]:
    """Yield what lies in each folder of the content folder, or of `todo`, unsorted."""
    todo = todo or Todo(CONTENT)
    while (folder := todo.take()) is not None:
        path = os.path.join(site, folder)
        try:
            opened = os.open(path, os.O_RDONLY) if _BY_NUMBER else -1
            entries = os.scandir(opened if _BY_NUMBER else path)
        except FileNotFoundError:
            continue
        try:
            yield _listing(folder, entries, todo)
        finally:
            entries.close()
            if opened >= 0:
                os.close(opened)


def _listing(folder: str, entries: Iterable[os.DirEntry[str]], todo: Todo) -> Listing:
    """Return the Markdown files among the entries of a folder; the folders among them are to do.

    Of each entry only name and stamp are kept: 50,000 whole answers of the system would cost half
    as much again as asking for them.
    """
    names: list[str] = []
    stamps: list[Stamp] = []
    for entry in entries:
        name = entry.name
        if name[0] == ".":
            continue
        if name[-3:] == ".md" and entry.is_file():
            names.append(name)
            stamps.append(stamp_of_stat(entry.stat()))
        elif entry.is_dir(follow_symlinks=False):
            todo.add(f"{folder}/{name}")
    return folder, names, stamps


def content_files(site: str | Path) -> Iterator[str]:
    """Yield each Markdown file's path relative to the site's folder, with “/”, unsorted."""
    for folder, names, _ in content_folders(site):
        for name in names:
            yield f"{folder}/{name}"
