"""The preview's build, in a process that stays warm: a line in asks, a line of JSON answers.

Where search, drawings or recordings take long after a save, a line with `"ok": null` comes first:
the pages are there to be looked at.
"""

from __future__ import annotations

import io
import json
import sys
import time
from collections.abc import Callable
from contextlib import redirect_stdout
from pathlib import Path
from threading import Timer
from typing import Any

PATIENCE = 0.4
"""Seconds that finished pages wait for what is slow: a reader is better told once."""
EARLY = {"ok": None, "said": "Trang đã hiện; đang làm nốt chỉ mục tìm kiếm, ảnh, bản in."}
ENGINE = Path(__file__).resolve().parents[2]


def build(tell_early: Callable[[], None] = lambda: None) -> dict[str, Any]:
    """Build the preview once; return {"ok", "said", "seconds"}."""
    from pelican.settings import read_settings

    timer = Timer(PATIENCE, tell_early)
    begun = time.monotonic()
    said = io.StringIO()
    ok = True
    with redirect_stdout(said):
        try:
            settings = read_settings(str(ENGINE / "pelicanconf.py"))
            folder: Path = settings["LOA_FOLDER"]
            output = folder / ".state" / "preview" / "output"
            settings.update(LOA_PREVIEW=True, OUTPUT_PATH=str(output), LOA_MADE=timer.start)
            settings["PELICAN_CLASS"](settings).run()
        except SystemExit as error:
            ok = not error.code
            said.write(f"{error.code}\n" if error.code else "")
        finally:
            timer.cancel()
            if timer.ident:
                timer.join()
    seconds = round(time.monotonic() - begun, 3)
    return {"ok": ok, "said": said.getvalue().strip(), "seconds": seconds}


def main() -> None:
    """Answer until the input ends."""
    answers = sys.stdout

    def answer(words: dict[str, Any]) -> None:
        answers.write(json.dumps(words, ensure_ascii=False) + "\n")
        answers.flush()

    for _ in sys.stdin:
        answer(build(lambda: answer(EARLY)))


if __name__ == "__main__":
    main()
