"""Typesetting: a Typst template and plain data become a PDF or a picture, the same bytes each time.

Typst (the extra `print`) runs in a helper process of each process that draws: its threads would not
survive the forks by which a build uses all cores. Fonts are the packaged ones, nothing else; no
date is written. Without Typst there is nothing to print: ask `can_typeset` first.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Mapping
from contextlib import suppress
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from threading import Lock
from typing import IO, TYPE_CHECKING, Any, Literal, NamedTuple

if TYPE_CHECKING:  # who only asks whether something can be printed need not load it
    import subprocess

Form = Literal["pdf", "png"]
FONTS = ("Be Vietnam Pro", "Noto Sans Khmer")
"""What every text is set in: the first that has the letter."""
_WORKER = Path(__file__).with_name("typesetter.py")


class TypesettingError(ValueError):
    """A template that Typst refuses; says the line and the reason."""


@cache
def can_typeset() -> bool:
    """Return whether Typst is installed."""
    return find_spec("typst") is not None


@cache
def typesetter_version() -> str:
    """Return Typst's version, which is part of every recipe: another one may draw otherwise."""
    spec = find_spec("typst")
    beside = Path(spec.origin).parents[1] if spec and spec.origin else Path()
    named = [path.stem.partition("-")[2] for path in beside.glob("typst-*.dist-info")]
    if len(named) == 1:
        return named[0]
    from importlib.metadata import version  # loads the mail library, a twentieth of a publish

    return version("typst")


def get_ready() -> None:
    """Start the process that typesets, so that it is there when something is to be printed."""
    _helper(os.getpid())


def typeset(source: str, data: Mapping[str, Any], form: Form = "pdf", colours: int = 0) -> bytes:
    """Return the PDF/UA-1 (or the PNG, a pixel a point) that the Typst text `source` makes of data.

    A PNG of so many `colours` has a palette; 0 is full colour. The template finds `data` as
    `json(bytes(sys.inputs.data))`. Raises TypesettingError.
    """
    if "@preview/" in source:
        raise TypesettingError("a print template may not fetch packages (@preview)")
    request = {
        "source": source,
        "data": json.dumps(data, ensure_ascii=False),
        "form": form,
        "colours": colours,
    }
    try:
        return _helper(os.getpid()).ask(request)
    except (EOFError, OSError):  # somebody ended the helper: another one, once
        _helper.cache_clear()
        return _helper(os.getpid()).ask(request)


class _Helper(NamedTuple):
    """The process that runs Typst, the pipes to it, and whose turn it is."""

    process: subprocess.Popen[bytes]
    there: IO[bytes]
    back: IO[bytes]
    turn: Lock

    def ask(self, request: Mapping[str, Any]) -> bytes:
        """Send one request and wait for its answer: a line of JSON, then the bytes."""
        with self.turn:
            self.there.write(json.dumps(request).encode() + b"\n")
            self.there.flush()
            line = self.back.readline()
            if not line:
                raise EOFError(f"the typesetter ended with {self.process.wait()}")
            answer = json.loads(line)
            if "error" in answer:
                raise TypesettingError(answer["error"])
            data = self.back.read(answer["size"])
        if len(data) != answer["size"]:
            raise EOFError("the typesetter ended in the middle of an answer")
        return data

    def close(self) -> None:
        """End the process: it ends by itself when nobody can ask any more."""
        with suppress(OSError):
            self.there.close()
        self.process.wait()
        self.back.close()


@cache
def _helper(owner: int) -> _Helper:
    """Start the helper of the process `owner`, which is always the one that asks."""
    import atexit
    import subprocess

    process = subprocess.Popen(
        [sys.executable, "-P", str(_WORKER)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env={**os.environ, "RAYON_NUM_THREADS": "1"},
        start_new_session=True,  # an interrupt at the keyboard is for the build to handle
    )
    if process.stdin is None or process.stdout is None:
        raise RuntimeError("the typesetter has no pipes")
    helper = _Helper(process, process.stdin, process.stdout, Lock())
    atexit.register(_close, owner, helper)
    return helper


def _close(owner: int, helper: _Helper) -> None:
    if os.getpid() == owner:
        helper.close()
