"""Is the output folder what the build's memory says? Finds files changed behind its back."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from pathlib import Path

from plugins.incremental.state import State
from plugins.incremental.tree import TOKEN, Tree


@dataclass
class Verdict:
    """What differs; all empty when the tree is right. Paths are below the output folder."""

    foreign: bool = False
    """Whether the folder was not made by the build that the state remembers."""
    changed: list[str] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)
    strange: list[str] = field(default_factory=list)
    """Files that no build made."""

    @property
    def good(self) -> bool:
        """Whether nothing differs."""
        return not (self.foreign or self.changed or self.missing or self.strange)

    def lines(self) -> list[str]:
        """Return a Vietnamese line per difference."""
        found = ["thư mục output không phải do lần dựng gần nhất tạo ra"] if self.foreign else []
        found += [f"bị sửa: {path}" for path in self.changed]
        found += [f"bị mất: {path}" for path in self.missing]
        found += [f"tệp lạ: {path}" for path in self.strange]
        return found


def verify(state: State, output: Path) -> Verdict:
    """Compare every file of the output folder with the state; reads all of them."""
    token = state.meta("token")
    verdict = Verdict(foreign=not token or Tree(output, output).token() != token)
    known = dict(state.db.execute("SELECT path, digest FROM output ORDER BY path"))
    standing = {
        path.relative_to(output).as_posix()
        for path in output.rglob("*")
        if path.is_file() and path.name != TOKEN
    }
    verdict.strange = sorted(standing - known.keys())
    verdict.missing = sorted(known.keys() - standing)
    verdict.changed = [
        path
        for path, digest in known.items()
        if path in standing and _digest(output / path) != digest
    ]
    return verdict


def _digest(path: Path) -> bytes:
    return hashlib.blake2b(path.read_bytes(), digest_size=16).digest()


def distrust(state: State) -> None:
    """Make the next build write the whole output folder anew."""
    state.remember("token", "")
