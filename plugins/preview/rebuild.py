"""Watches the site and the theme, has the preview built anew, and tells the open pages."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from plugins.preview.builder import ENGINE

WATCHED = ("content", "images", "files", "data", "theme")
YAML = {"site.yaml", "sources.yaml"}
CODE = ("model", "plugins")
IDLE = 200
"""Milliseconds after which a watch without changes says that it is on."""


@dataclass
class Status:
    """What the last build said; `number` rises with each build."""

    number: int = 0
    ok: bool = True
    said: str = "Đang dựng lần đầu…"
    seconds: float = 0.0
    changed: list[str] = field(default_factory=list)
    """Files saved before this build, as one types them below the site's folder."""


class _Either:
    """Set when one of two events is: the programme ends, or the folders to watch changed."""

    def __init__(self, *events: threading.Event) -> None:
        self.events = events

    def is_set(self) -> bool:
        return any(event.is_set() for event in self.events)


class Rebuilder:
    """Holds the builder process and the news for open pages."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.status = Status()
        self.news = threading.Condition()
        self._anew = threading.Event()
        self._building = threading.Lock()
        self._process: subprocess.Popen[str] | None = None

    def build(self, changed: Iterable[str] = ()) -> None:
        """Build once and tell who waits."""
        seen = sorted(changed)
        with self._building:
            for answer in self._ask():
                self._tell(answer, seen)

    def _tell(self, answer: dict[str, Any], changed: list[str]) -> None:
        with self.news:
            self.status = Status(
                self.status.number + 1,
                answer["ok"] is not False,
                str(answer["said"]),
                float(answer.get("seconds", 0)),
                changed,
            )
            self.news.notify_all()

    def newer_than(self, number: int, timeout: float) -> Status | None:
        """Wait for a build after build `number`; None if there is none within `timeout` seconds."""
        with self.news:
            fresh = self.news.wait_for(lambda: self.status.number > number, timeout)
            return self.status if fresh else None

    def _ask(self) -> Iterator[dict[str, Any]]:
        """Have the preview built; yield what the builder says, the last answer last."""
        process = self._process
        if process is None or process.poll() is not None:
            process = self._process = self._start()
        if process.stdin is None or process.stdout is None:
            raise RuntimeError("the builder was started with pipes")
        try:
            process.stdin.write("\n")
            process.stdin.flush()
            for line in process.stdout:
                answer: dict[str, Any] = json.loads(line)
                yield answer
                if answer["ok"] is not None:
                    return
        except BrokenPipeError:
            pass
        self._process = None
        yield {"ok": False, "said": "Lần dựng bị ngắt; xem thông báo trong cửa sổ lệnh."}

    def _start(self) -> subprocess.Popen[str]:
        environment = {**os.environ, "SITE": str(self.folder), "PYTHONPATH": str(ENGINE)}
        return subprocess.Popen(
            [sys.executable, "-m", "plugins.preview.builder"],
            cwd=ENGINE,
            env={**environment, "PYTHONUTF8": "1"},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            encoding="utf-8",
        )

    def restart(self) -> None:
        """Forget the builder: the programme itself changed."""
        self.close()
        self._process = None

    def close(self) -> None:
        """End the builder."""
        if self._process:
            self._process.terminate()
            self._process.wait()

    def watch(self, stop: threading.Event) -> None:
        """Build once the watch is on, then after every save, until `stop`."""
        top = threading.Thread(target=self._watch_top, args=(stop,), daemon=True)
        top.start()
        while not stop.is_set():
            self._anew.clear()
            self._watch_folders(_Either(stop, self._anew))

    def _watch_folders(self, stop: _Either) -> None:
        from watchfiles import watch

        folders = [ENGINE / name for name in (*CODE, "theme")]
        folders += [path for name in WATCHED if (path := self.folder / name).is_dir()]
        watching = watch(
            *folders,
            watch_filter=None,
            step=30,
            stop_event=stop,
            yield_on_timeout=True,
            rust_timeout=IDLE,
        )
        for number, changes in enumerate(watching):
            if number == 0:  # from here on no save is missed, so this build sees all before
                self.build()
            elif changes:
                self._saw(Path(path) for _, path in changes)

    def _watch_top(self, stop: threading.Event) -> None:
        """Watch the site's own folder, not what is below: its YAML files, folders that appear."""
        from watchfiles import watch

        for changes in watch(
            self.folder, watch_filter=None, step=30, stop_event=stop, recursive=False
        ):
            paths = [Path(path) for _, path in changes]
            if any(path.name in WATCHED and path.is_dir() for path in paths):
                self._anew.set()
            self._saw(path for path in paths if path.name in (*YAML, *WATCHED))

    def _saw(self, paths: Iterable[Path]) -> None:
        seen = list(paths)
        if any(path.suffix == ".py" for path in seen):
            self.restart()
        if touched := sorted(set(self._relevant(seen))):
            self.build(touched)

    def _relevant(self, paths: Iterable[Path]) -> Iterator[str]:
        """Yield what a build reads of the paths, below the site's folder where it lies there."""
        for path in paths:
            inside = path.is_relative_to(self.folder)
            parts = path.relative_to(self.folder if inside else ENGINE).parts
            own = inside and (parts[0] in WATCHED or (len(parts) == 1 and parts[0] in YAML))
            engine = path.is_relative_to(ENGINE) and path.relative_to(ENGINE).parts[0] in (
                *CODE,
                "theme",
            )
            hidden = any(part.startswith(".") or part == "__pycache__" for part in parts)
            if (own or engine) and not hidden and not path.name.endswith(("~", ".swp", ".tmp")):
                yield "/".join(parts)
