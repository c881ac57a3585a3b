"""`python -m plugins.documents.minify`: short copies of the search scripts, after one was changed.

Esbuild puts what a copy holds (`assets.BUNDLED`) into one script, Terser shortens its names (npm,
run by npx; developers' tools, no part of a build). A copy says of which sources it was made; the
build takes it only for those very sources (`assets.script`), so scripts that were changed are
served whole until this has run again.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

from plugins.documents.assets import BUNDLED, MINIFIED, STATIC, mark_of

ESBUILD, TERSER = "esbuild@0.25.0", "terser@5.51.2"
FOLDER = "search"


def run(tool: str, *options: str, given: str) -> str:
    """Return what a tool from npm makes of a script, or end with what it says."""
    command = [shutil.which("npx") or "npx", "--yes", tool, *options]
    done = subprocess.run(command, capture_output=True, text=True, check=False, input=given)
    if done.returncode:
        sys.exit(f"{tool}: {done.stderr.strip()}")
    return done.stdout.strip()


def bundled(path: Path, name: str) -> str:
    """Return a script with those that its copy holds."""
    held = {Path(other).name for other in BUNDLED.get(name, ())}
    others = sorted(other.name for other in path.parent.glob("*.js") if other.name not in held)
    text = path.read_text(encoding="utf-8")
    if not held:
        return text
    outside = [f"--external:./{other}" for other in others]
    kept = ["--format=esm", "--target=es2022", "--charset=utf8"]
    return run(ESBUILD, "--bundle", *kept, *outside, str(path), given="")


def minified(path: Path) -> str:
    """Return a script's short copy, its mark in the first line."""
    name = f"{FOLDER}/{path.name}"
    options = ["--module", "--ecma", "2020", "--compress", "passes=3", "--mangle"]
    short = run(TERSER, *options, given=bundled(path, name))
    return f"{mark_of(name, path.read_bytes())}\n{short}\n"


def main() -> None:
    """Make every copy anew."""
    for path in sorted((STATIC / FOLDER).glob("*.js")):
        copy = STATIC.parent / MINIFIED / FOLDER / path.name
        copy.parent.mkdir(parents=True, exist_ok=True)
        copy.write_text(minified(path), encoding="utf-8")
        print(f"{path.name}: {path.stat().st_size} -> {copy.stat().st_size}")


if __name__ == "__main__":
    main()
