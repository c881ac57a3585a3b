"""What a person sees while sources are fetched: a line that moves, then a line a source."""

from __future__ import annotations

from typing import TextIO

from fetchers.outcome import Outcome
from model.text import shorten


class Progress:
    """Counts sources as they end; the moving line is shown on a terminal only."""

    def __init__(self, total: int, out: TextIO) -> None:
        self._total, self._out, self._done = total, out, 0
        self._moving = out.isatty()
        self._show("")

    def __call__(self, outcome: Outcome) -> None:
        """Print a source's line and move on."""
        self._done += 1
        print(f"{self._wipe()}{outcome}", file=self._out, flush=True)
        self._show(outcome.name)

    def _wipe(self) -> str:
        return "\r\x1b[K" if self._moving else ""

    def _show(self, name: str) -> None:
        if self._moving and self._done < self._total:
            width = 24
            bar = "█" * (width * self._done // max(self._total, 1))
            text = f"{self._wipe()}{bar:░<{width}} {self._done}/{self._total} {shorten(name, 40)}"
            print(text, end="", file=self._out, flush=True)
