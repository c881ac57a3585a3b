"""What a commit touches: the changed files, and the documents that link to what changed.

Git finds both, so that a hook on 50,000 documents reads a handful of files.
"""

from __future__ import annotations

import subprocess
from collections.abc import Iterable, Sequence
from pathlib import Path, PurePosixPath

from model.content import identity_of
from model.output import public_path
from model.problem import Problem, Problems


def affected(folder: Path, base: str) -> list[str]:
    """Return the files to check, as absolute paths; `base` "": the index against HEAD.

    With `base` (a branch or commit), what differs between the two since they parted.
    """
    top = Path(_git(folder, "rev-parse", "--show-toplevel").strip())
    which = [f"{base}...HEAD"] if base else ["--cached"]
    names = _git(top, "diff", "--name-only", "--no-renames", "-z", *which).split("\0")
    changed = [name for name in names if name and _is_content(name)]
    found = {name for name in changed if (top / name).exists()}
    found.update(_referring(top, changed))
    return [str(top / name) for name in sorted(found)]


def _is_content(name: str) -> bool:
    parts = PurePosixPath(name).parts
    whole = name.endswith(("site.yaml", "sources.yaml"))
    return whole or bool({"content", "images"} & set(parts[:-1]))


def _referring(top: Path, changed: Iterable[str]) -> list[str]:
    """Return the documents whose text holds the file name or the address of a changed one."""
    words: set[str] = set()
    for name in changed:
        if name.endswith(".md"):
            words.add(PurePosixPath(name).name)
            words.update(_address(name))
    if not words:
        return []
    command = ["grep", "-l", "-z", "-F", "-f", "-", "--", "*.md"]
    found = _git(top, *command, give="\n".join(sorted(words)) + "\n", fine=(0, 1))
    return [name for name in found.split("\0") if name and _is_content(name)]


def _address(name: str) -> list[str]:
    parts = PurePosixPath(name).parts
    below = "/".join(parts[parts.index("content") :]) if "content" in parts else name
    try:
        return [public_path(identity_of(below))]
    except Problems:
        return []


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
