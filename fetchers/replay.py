"""A recording taken through the whole pipeline into an empty site: what must come out of it."""

from __future__ import annotations

import tempfile
from datetime import UTC, datetime
from pathlib import Path

from fetchers.fetch import Fetcher
from fetchers.outcome import Outcome
from fetchers.pipeline import Pipeline, Settings
from fetchers.recording import Replay
from model.source import Source

EXPECTED = "expected.txt"
"""Beside `index.tsv`: the outcome's notes, then every file that the source makes, whole."""
_NO_CLOCK = datetime(2026, 1, 1, tzinfo=UTC)


def replayed(source: Source, recording: Path) -> tuple[Outcome, str]:
    """Return the outcome of a recording and the text of everything that it wrote."""
    replay = Replay(recording)
    with tempfile.TemporaryDirectory(prefix="loa-") as scratch:
        folder = Path(scratch)
        settings = Settings(folder, replay.clock() or _NO_CLOCK, stateless=True)
        fetcher = Fetcher(replay, "replay", sleep=lambda _: None)
        outcome = Pipeline(fetcher, settings, [source.id]).run([source])[0]
        return outcome, written(folder, outcome)


def written(folder: Path, outcome: Outcome) -> str:
    """Return the notes of an outcome and all files below `folder`, but for `data/seen/`."""
    parts = [f"# {note}\n" for note in outcome.notes]
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if path.is_file() and not name.startswith(("data/seen/", ".state/")):
            parts.append(f"=== {name}\n{path.read_text('utf-8')}")
    return "".join(parts)
