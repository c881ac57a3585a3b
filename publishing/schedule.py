"""One scheduled run: fetch, check, commit, build, publish; never two at once, always a report.

Every step is the command that a person would type. A failed fetch stops nothing (the report says
which source); bad content stops before the commit; a shut gate leaves the public site as it was.
"""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from datetime import datetime
from pathlib import Path

from model.lock import Busy, locked
from model.problem import Problem, Problems

ENGINE = Path(__file__).resolve().parents[1]
REPORT = "report.json"
OURS = ("content", "data")
"""What fetchers write and a run commits, below the site's folder."""
SAID = 40
"""Lines of a step's output that the report keeps."""


@dataclass
class Step:
    """What one command did."""

    name: str
    ok: bool
    seconds: float
    said: list[str]


@dataclass
class Run:
    """A whole run, as `.state/report.json` keeps it."""

    started: str
    ok: bool = True
    steps: list[Step] = field(default_factory=list)


class Schedule:
    """Runs the steps for the site in `folder`; `environment` reaches every command."""

    def __init__(self, folder: Path, environment: Mapping[str, str]) -> None:
        self.folder = folder
        self.environment = {**environment, "SITE": str(folder), "PYTHONPATH": str(ENGINE)}
        self.run = Run("")

    def once(self, now: datetime, push: bool, allowed: Sequence[str]) -> Run:
        """Run all steps; raise Problems if a run is on already."""
        with self._locked():
            self.run = Run(now.isoformat(timespec="seconds"))
            try:
                self.run.ok = self._steps(push, allowed)
            finally:
                self._report()
            return self.run

    def _steps(self, push: bool, allowed: Sequence[str]) -> bool:
        if push:
            self._git("lấy bài mới của biên tập viên", "pull", "--rebase", "--autostash")
        self._python("lấy tin", "-m", "fetchers", "run")
        if not self._python("kiểm tra", "-m", "model", "check"):
            return False
        if self._is_git() and not self._commit(push):
            return False
        pelican = ("-m", "pelican", "-s", str(ENGINE / "pelicanconf.py"), "--fatal", "warnings")
        if not self._python("dựng trang", *pelican):
            return False
        names = [f"--allow={name}" for name in allowed]
        return self._python("xuất bản", "-m", "publishing", "publish", *names)

    def _is_git(self) -> bool:
        return self._quiet("rev-parse", "--is-inside-work-tree") == 0

    def _commit(self, push: bool) -> bool:
        """Commit what fetchers wrote; nothing new makes no commit."""
        there = [name for name in OURS if (self.folder / name).exists()]
        if not there or not self._git("xếp tin mới vào git", "add", "--", *there):
            return not there
        if self._quiet("diff", "--cached", "--quiet", "--", *there) == 0:
            return True
        if not self._git("commit", "commit", "-q", "-m", "Tin mới từ các nguồn", "--", *there):
            return False
        return not push or self._push()

    def _push(self) -> bool:
        """Push; if editors were faster, put our commit after theirs and push once more."""
        if self._git("đẩy lên kho chung", "push", "-q"):
            return True
        again = self._git("đặt sau bài của biên tập viên", "pull", "--rebase", "-q")
        return again and self._git("đẩy lên kho chung", "push", "-q")

    def _quiet(self, *arguments: str) -> int:
        command = ["git", "-C", str(self.folder), *arguments]
        return subprocess.run(command, capture_output=True, check=False).returncode

    def _git(self, name: str, *arguments: str) -> bool:
        return self._step(name, ["git", *arguments], self.folder)

    def _python(self, name: str, *arguments: str) -> bool:
        return self._step(name, [sys.executable, *arguments], ENGINE)

    def _step(self, name: str, command: list[str], folder: Path) -> bool:
        begun = time.monotonic()
        done = subprocess.run(
            command,
            cwd=folder,
            env=self.environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
            check=False,
        )
        seconds = round(time.monotonic() - begun, 2)
        said = [line for line in done.stdout.splitlines() if line.strip()][-SAID:]
        self.run.steps.append(Step(name, done.returncode == 0, seconds, said))
        return done.returncode == 0

    @contextmanager
    def _locked(self) -> Iterator[None]:
        try:
            with locked(self.folder / ".state" / "run.lock", wait=False):
                yield
        except Busy:
            busy, cure = "đang có một lần chạy khác", "không cần làm gì, lần sau sẽ chạy"
            raise Problems([Problem(str(self.folder), message=busy, cure=cure)]) from None

    def _report(self) -> None:
        path = self.folder / ".state" / REPORT
        temporary = path.with_suffix(".new")
        text = json.dumps(asdict(self.run), ensure_ascii=False, indent=1)
        temporary.write_text(text + "\n", encoding="utf-8")
        temporary.replace(path)


def words(run: Run) -> str:
    """Return a run for people: a line a step, the output of those that failed."""
    lines = []
    for step in run.steps:
        lines.append(f"{'✓' if step.ok else '✗'} {step.name} ({step.seconds:.1f} giây)")
        lines += [f"    {line}" for line in (step.said[-3:] if step.ok else step.said)]
    lines.append("Xong." if run.ok else "Chưa xuất bản: xem bước có dấu ✗.")
    return "\n".join(lines)
