"""Many sites from one checkout: each is an independent build, so any executor will do.

`build_fleet` sends one function to a `Run`: processes of this machine, or a Dask cluster that is
there already (extra `fleet`). A site that fails fails alone; a worker that dies has its site built
again elsewhere; a site with the inputs of its last build, and no document due since, is skipped.
"""

from __future__ import annotations

import contextlib
import io
import json
import os
import time
import traceback
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path
from typing import Any, Literal

from model.folder import CONTENT
from plugins.incremental.digest import digest

ENGINE = Path(__file__).resolve().parents[2]
TRIES = 3
"""How often a site is begun before a dying worker is taken for the site's fault."""
Outcome = Literal["built", "unchanged", "failed"]


@dataclass(frozen=True)
class SiteResult:
    """What became of one site; `message` is the build's last line or what went wrong."""

    site: str
    outcome: Outcome
    message: str
    seconds: float

    @property
    def good(self) -> bool:
        """Whether the site stands as its content says."""
        return self.outcome != "failed"


Job = tuple[str, bool]
"""(site folder, build even if unchanged)."""
Run = Callable[[Callable[[Job], SiteResult], Sequence[Job]], Iterator[SiteResult]]
"""Applies the function to every job somewhere; yields results as they come."""


def fingerprint(folder: Path) -> str:
    """Return a hash of names, sizes and times of all that a site and the engine are made of."""
    parts = [_stamp(path) for path in sorted(_inputs(folder))]
    parts += [_stamp(path) for path in sorted(_engine_files())]
    return digest(parts)


def _inputs(folder: Path) -> Iterator[Path]:
    yield from (folder / name for name in ("site.yaml", "sources.yaml"))
    for name in (CONTENT, "data", "theme"):
        yield from (path for path in (folder / name).rglob("*") if path.is_file())


def _engine_files() -> Iterator[Path]:
    yield from (ENGINE / name for name in ("pelicanconf.py", "requirements.lock"))
    for name in ("model", "plugins", "theme"):
        found = (ENGINE / name).rglob("*")
        yield from (path for path in found if path.is_file() and path.suffix != ".pyc")


def _stamp(path: Path) -> str:
    try:
        stat = path.stat()
    except OSError:
        return f"{path}\0none"
    return f"{path}\0{stat.st_size}\0{stat.st_mtime_ns}"


def build_one(job: Job) -> SiteResult:
    """Build one site in this process; never raises for what is wrong with the site."""
    folder, force = Path(job[0]).resolve(), job[1]
    started = time.perf_counter()
    memory = folder / ".state" / "fleet.json"
    now = time.time()
    before = fingerprint(folder)
    if not force and _is_current(memory, before, now):
        return SiteResult(job[0], "unchanged", "không có gì mới", time.perf_counter() - started)
    said = io.StringIO()
    try:
        with contextlib.redirect_stdout(said):
            _build(folder)
    except SystemExit as error:
        return SiteResult(job[0], "failed", str(error), time.perf_counter() - started)
    except Exception as error:  # noqa: BLE001 - reported as this site's failure, exit code 1
        message = "".join(traceback.format_exception_only(error)).strip()
        return SiteResult(job[0], "failed", message, time.perf_counter() - started)
    memory.write_text(json.dumps({"fingerprint": before, "due": _next_turn(folder, now)}))
    lines = said.getvalue().strip().splitlines()
    return SiteResult(job[0], "built", lines[-1] if lines else "", time.perf_counter() - started)


def _build(folder: Path) -> None:
    from pelican.settings import read_settings

    os.environ["SITE"] = str(folder)
    settings = read_settings(str(ENGINE / "pelicanconf.py"))
    settings["PELICAN_CLASS"](settings).run()


def _is_current(memory: Path, fingerprint_: str, now: float) -> bool:
    try:
        known = json.loads(memory.read_text())
        return bool(
            known["fingerprint"] == fingerprint_
            and (memory.parents[1] / "output").is_dir()
            and (known["due"] is None or now < known["due"])
        )
    except (OSError, ValueError, KeyError, TypeError):
        return False


def _next_turn(folder: Path, now: float) -> float | None:
    """Return when the clock alone will next change the site (Unix time), None if never."""
    from plugins.incremental.state import State

    state = State(folder / ".state" / "build.db")
    try:
        found = state.db.execute("SELECT min(at) FROM due WHERE at > ?", (now,)).fetchone()
    finally:
        state.close()
    return float(found[0]) if found and found[0] is not None else None


def build_fleet(sites: Sequence[Path], run: Run, *, force: bool = False) -> list[SiteResult]:
    """Build the sites through `run`; return a result for each, in the order given."""
    jobs: list[Job] = [(str(site), force) for site in dict.fromkeys(sites)]
    found = {result.site: result for result in run(build_one, jobs)}
    return [found[site] for site, _ in jobs]


def report_lines(results: Sequence[SiteResult]) -> list[str]:
    """Return a Vietnamese line per site and one that counts."""
    words = {"built": "đã dựng", "unchanged": "bỏ qua", "failed": "LỖI"}
    lines = [f"{r.site}: {words[r.outcome]} – {r.message} ({r.seconds:.1f} giây)" for r in results]
    counts = [f"{sum(r.outcome == o for r in results)} {words[o].lower()}" for o in words]
    return [*lines, f"{len(results)} trang: {', '.join(counts)}."]


def in_processes(workers: int) -> Run:
    """Return a Run over processes of this machine; it outlives workers that are killed."""

    def run(function: Callable[[Job], SiteResult], jobs: Sequence[Job]) -> Iterator[SiteResult]:
        left = dict.fromkeys(jobs, 0)
        count = workers or os.cpu_count() or 1
        while left:
            alone = max(left.values()) > 0  # after a death one at a time shows whose fault it was
            for result in _one_pool(function, list(left), 1 if alone else count, left):
                yield result
                left = {job: tries for job, tries in left.items() if job[0] != result.site}

    return run


def _one_pool(
    function: Callable[[Job], SiteResult], jobs: list[Job], workers: int, tries: dict[Job, int]
) -> Iterator[SiteResult]:
    with ProcessPoolExecutor(workers, get_context("spawn")) as pool:
        batch = jobs[:1] if workers == 1 and tries[jobs[0]] else jobs
        waiting = {pool.submit(function, job): job for job in batch}
        for future in as_completed(waiting):
            job = waiting[future]
            try:
                yield future.result()
            except BrokenProcessPool:
                tries[job] += 1
                if tries[job] >= TRIES:
                    yield SiteResult(job[0], "failed", "tiến trình bị dừng đột ngột", 0.0)


def on_dask(client: Any) -> Run:
    """Return a Run over a Dask `Client`; it retries where workers die."""

    def run(function: Callable[[Job], SiteResult], jobs: Sequence[Job]) -> Iterator[SiteResult]:
        from distributed import as_completed as finished

        futures = client.map(function, list(jobs), pure=False, retries=TRIES)
        named = dict(zip([future.key for future in futures], jobs, strict=True))
        for future in finished(futures):  # type: ignore[no-untyped-call]
            if future.status == "finished":
                yield future.result()
            else:
                message = f"không chạy được trên cụm máy: {future.exception()}"
                yield SiteResult(named[future.key][0], "failed", message, 0.0)

    return run


@contextmanager
def executor(workers: int, scheduler: str) -> Iterator[Run]:
    """Open the executor that the command line names."""
    if not scheduler:
        yield in_processes(workers)
        return
    from distributed import Client

    with Client(scheduler) as client:  # type: ignore[no-untyped-call]
        yield on_dask(client)
