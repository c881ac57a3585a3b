"""What a commit touches: the changed files, and the documents whose verdict may change with them.

Git finds both, so that a hook on 50,000 documents reads a handful of files. Who links to a document
is asked only where that document is gone or may be hidden: no other edit can break a link, and
looking through 50,000 texts is most of what a hook would take.
"""

from __future__ import annotations

import subprocess
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path, PurePosixPath

from model.check.context import HIDDEN
from model.content import identity_of
from model.output import public_path
from model.problem import Problem, Problems

_FOLDERS = {"content", "images", "files", "data"}
_BUILT_ON = ("*content/statistics/*.md", "*content/campaigns/*.md")
"""The documents that are made from tables and guides; they are few."""


def affected(folder: Path, base: str) -> list[str]:
    """Return the files to check, as absolute paths; `base` "": the index against HEAD.

    With `base` (a branch or commit), what differs between the two since they parted.
    """
    top = Path(_git(folder, "rev-parse", "--show-toplevel").strip())
    which = [f"{base}...HEAD"] if base else ["--cached"]
    names = _git(top, "diff", "--name-only", "--no-renames", "-z", *which).split("\0")
    changed = [name for name in names if name and _is_content(name)]
    found = {name for name in changed if (top / name).exists()}
    lost = [name for name in changed if _is_lost(top / name)]
    found.update(_holding(top, [word for name in lost for word in _names(name)], "*.md"))
    found.update(_holding(top, [word for name in changed for word in _parts(name)], *_BUILT_ON))
    return [str(top / name) for name in sorted(found)]


def _is_content(name: str) -> bool:
    parts = PurePosixPath(name).parts
    whole = name.endswith(("site.yaml", "sources.yaml"))
    return whole or bool(_FOLDERS & set(parts[:-1]))


def _is_lost(path: Path) -> bool:
    """Return whether a link to a changed file may lead nowhere now."""
    try:
        if path.suffix != ".md":
            return not path.exists()
        data = path.read_bytes()
    except OSError:
        return True
    return any(word in data for word in HIDDEN)


def _names(name: str) -> Iterator[str]:
    """Yield what the text of a document calls another file: its name, its public address."""
    yield PurePosixPath(name).name
    parts = PurePosixPath(name).parts
    below = "/".join(parts[parts.index("content") :]) if "content" in parts else name
    try:
        yield public_path(identity_of(below))
    except Problems:
        return


def _parts(name: str) -> Iterator[str]:
    """Yield what a document built on a changed file calls it: a table's path, a guide's slug."""
    parts = PurePosixPath(name).parts
    if "data" in parts[:-1]:
        yield "/".join(parts[parts.index("data") :])
    elif "guides" in parts[:-1]:
        yield PurePosixPath(name).stem


def _holding(top: Path, words: Iterable[str], *where: str) -> list[str]:
    """Return the documents at these patterns whose text holds one of the words."""
    wanted = sorted(set(words))
    if not wanted:
        return []
    command = ["grep", "-l", "-z", "-F", "-f", "-", "--", *where]
    found = _git(top, *command, give="\n".join(wanted) + "\n", fine=(0, 1))
    return [name for name in found.split("\0") if name and _is_content(name)]


def _git(folder: Path, *arguments: str, give: str = "", fine: Sequence[int] = (0,)) -> str:
    command = ["git", "-C", str(folder), *arguments]
    try:
        done = subprocess.run(command, input=give.encode(), capture_output=True, check=False)
    except FileNotFoundError:
        raise _unusable("chưa cài git", "cài git, hoặc bỏ --changed") from None
    if done.returncode not in fine:
        said = done.stderr.decode(errors="replace").strip().splitlines()
        raise _unusable(said[0] if said else "git báo lỗi", "kiểm tra tên nhánh, hoặc bỏ --changed")
    return done.stdout.decode(errors="surrogateescape")


def _unusable(message: str, cure: str) -> Problems:
    return Problems([Problem("git", message=message, cure=cure)])
