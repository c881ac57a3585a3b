"""`python -m plugins.documents.minify`: short copies of the search scripts, after one was changed.

Terser (npm, run by npx; a developer's tool, no part of a build) shortens their names. A copy says
of which source it was made; the build takes it only for that very source (`assets.script`), so a
script that was changed is served whole until this has run again.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

from plugins.documents.assets import MINIFIED, STATIC, mark_of

TERSER = "terser@5.51.2"
FOLDER = "search"


def minified(path: Path) -> str:
    """Return a script's short copy, its mark in the first line."""
    command = [shutil.which("npx") or "npx", "--yes", TERSER, str(path), "--module"]
    options = ["--ecma", "2020", "--compress", "passes=3", "--mangle"]
    done = subprocess.run([*command, *options], capture_output=True, text=True, check=False)
    if done.returncode:
        sys.exit(f"{path.name}: {done.stderr.strip()}")
    return f"{mark_of(path.read_bytes())}\n{done.stdout.strip()}\n"


def main() -> None:
    """Make every copy anew."""
    for path in sorted((STATIC / FOLDER).glob("*.js")):
        copy = STATIC.parent / MINIFIED / FOLDER / path.name
        copy.parent.mkdir(parents=True, exist_ok=True)
        copy.write_text(minified(path), encoding="utf-8")
        print(f"{path.name}: {path.stat().st_size} -> {copy.stat().st_size}")


if __name__ == "__main__":
    main()
