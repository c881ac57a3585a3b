"""The preview's build, in a process that stays warm: a line in asks, a line of JSON answers."""

from __future__ import annotations

import io
import json
import sys
import time
from contextlib import redirect_stdout
from pathlib import Path
from typing import Any

ENGINE = Path(__file__).resolve().parents[2]


def build() -> dict[str, Any]:
    """Build the preview once; return {"ok", "said", "seconds"}."""
    from pelican.settings import read_settings

    begun = time.monotonic()
    said = io.StringIO()
    ok = True
    with redirect_stdout(said):
        try:
            settings = read_settings(str(ENGINE / "pelicanconf.py"))
            folder: Path = settings["LOA_FOLDER"]
            output = folder / ".state" / "preview" / "output"
            settings.update(LOA_PREVIEW=True, OUTPUT_PATH=str(output))
            settings["PELICAN_CLASS"](settings).run()
        except SystemExit as error:
            ok = not error.code
            said.write(f"{error.code}\n" if error.code else "")
    seconds = round(time.monotonic() - begun, 3)
    return {"ok": ok, "said": said.getvalue().strip(), "seconds": seconds}


def main() -> None:
    """Answer until the input ends."""
    answers = sys.stdout
    for _ in sys.stdin:
        json.dump(build(), answers, ensure_ascii=False)
        answers.write("\n")
        answers.flush()


if __name__ == "__main__":
    main()
