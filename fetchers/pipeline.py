"""fetch -> parse -> normalise -> write for one source, and all sources side by side.

Hosts run in parallel, the sources of one host one after the other; documents are written by one
source at a time. An expected failure is an Outcome; a fault of this program is an Outcome too, with
its traceback, so that no source can stop another, and the run ends with an error.
"""

from __future__ import annotations

import tempfile
import threading
import time
import traceback
from collections import defaultdict
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path

from fetchers import child
from fetchers.exchange import FetchError
from fetchers.expect import Stopped
from fetchers.fetch import Fetcher
from fetchers.journey import Journey
from fetchers.outcome import Outcome
from fetchers.state import Memory, earlier, reader_of, recall, remember
from model.source import Source

MOST_HOSTS = 48
"""Hosts asked at the same time."""

Tell = Callable[[Outcome], None]


@dataclass(frozen=True)
class Settings:
    """How a run goes.

    `stateless`: a replay, which neither reads nor keeps what `.state/` holds; `asked`: a person
    named the sources, so the interval does not count; `accept`: a person vouches for a source that
    was stopped because it changed too much.
    """

    folder: Path
    now: datetime
    stateless: bool = False
    asked: bool = False
    accept: bool = False


class Pipeline:
    """Takes sources through their journeys."""

    def __init__(self, fetcher: Fetcher, settings: Settings, others: Iterable[str]) -> None:
        """`others`: the ids of all sources of the site, running or not."""
        self._fetcher, self._settings = fetcher, settings
        self._others = frozenset(others)
        self._writing = threading.Lock()

    def run(self, sources: Iterable[Source], tell: Tell | None = None) -> list[Outcome]:
        """Run these sources; `tell` hears of each as it ends. Returns outcomes in their order."""
        hosts: defaultdict[str, list[Source]] = defaultdict(list)
        order = list(sources)
        for source in order:
            hosts[source.host].append(source)
        done: dict[str, Outcome] = {}
        if hosts:
            with (
                tempfile.TemporaryDirectory(prefix="loa-") as folder,
                ThreadPoolExecutor(min(MOST_HOSTS, len(hosts))) as pool,
            ):
                waits = [pool.submit(self._host, group, folder, tell) for group in hosts.values()]
                try:
                    for wait in as_completed(waits):
                        done.update((outcome.source, outcome) for outcome in wait.result())
                except BaseException:  # a person's Ctrl-C: hosts not begun are left
                    pool.shutdown(wait=False, cancel_futures=True)
                    raise
        return [done[source.id] for source in order]

    def _host(self, sources: list[Source], folder: str, tell: Tell | None) -> list[Outcome]:
        outcomes = []
        for source in sources:
            outcome = self._source(source, Path(folder))
            outcomes.append(outcome)
            if tell is not None:
                with self._writing:
                    tell(outcome)
        return outcomes

    def _source(self, source: Source, temporary: Path) -> Outcome:
        started = time.monotonic()
        now = self._settings.now
        memory = Memory() if self._settings.stateless else recall(self._settings.folder, source.id)
        if reason := self._must_wait(source, memory):
            return Outcome(source.id, source.name, "waiting", reason=reason)
        work = temporary / source.id
        work.mkdir()
        try:
            journey = Journey(
                source, self._fetcher, self._settings.folder, work, now, self._writing, self._others
            )
            outcome, learnt = journey.go(memory, accept=self._settings.accept)
        except (FetchError, child.Refused, child.ChildDied, Stopped) as error:
            outcome = Outcome(source.id, source.name, "failed", reason=str(error))
            learnt = _after_failure(memory, outcome.reason, now, getattr(error, "wait", 0.0))
        except Exception as error:  # noqa: BLE001 - told with its traceback; the run ends with 1
            crash = str(error) if isinstance(error, child.ChildCrashed) else traceback.format_exc()
            reason = f"lỗi của chương trình ({type(error).__name__})"
            outcome = Outcome(source.id, source.name, "failed", reason=reason, crash=crash)
            learnt = _after_failure(memory, reason, now, 0.0)
        if not self._settings.stateless:
            remember(self._settings.folder, source.id, learnt)
        return replace(outcome, seconds=time.monotonic() - started)

    def _must_wait(self, source: Source, memory: Memory) -> str:
        if self._settings.stateless:
            return ""
        now = self._settings.now
        if memory.not_before and earlier(memory.not_before, now) < 0:
            until = datetime.fromisoformat(memory.not_before)
            return f"nguồn xin đừng tải trước {until:%H:%M %d/%m}"
        since = earlier(memory.succeeded, now)
        if self._settings.asked or memory.reader != reader_of(source):
            return ""
        if 0 <= since < source.interval * 60:
            return f"mới tải {since / 60:.0f} phút trước (mỗi {source.interval} phút một lần)"
        return ""


def _after_failure(memory: Memory, reason: str, now: datetime, wait: float) -> Memory:
    until = (now + timedelta(seconds=wait)).isoformat() if wait else ""
    return replace(
        memory,
        tried=now.isoformat(),
        failures=memory.failures + 1,
        reason=reason,
        not_before=until,
    )
