"""A site's folder and the Markdown files in it. Imports nothing heavy: a build looks here first."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

CONTENT = "content"
_BY_NUMBER = os.scandir in os.supports_fd
"""Whether a folder can be opened once: the system then looks up names, not whole paths."""


def site_folder() -> Path:
    """Return the folder of the site that SITE names; the working directory without it."""
    return Path(os.environ.get("SITE") or ".").resolve()


def content_files(site: Path) -> Iterator[tuple[str, os.stat_result]]:
    """Yield (path relative to the site's folder with “/”, stat) of each Markdown file, unsorted."""
    stack = [CONTENT]
    while stack:
        folder = stack.pop()
        path = os.path.join(site, folder)  # noqa: PTH118 - 50,000 files: no Path for each
        try:
            opened = os.open(path, os.O_RDONLY) if _BY_NUMBER else -1
            entries = os.scandir(opened if _BY_NUMBER else path)
        except FileNotFoundError:
            continue
        try:
            for entry in entries:
                name = entry.name
                if name.startswith("."):
                    continue
                if name.endswith(".md") and entry.is_file():
                    yield f"{folder}/{name}", entry.stat()
                elif entry.is_dir(follow_symlinks=False):
                    stack.append(f"{folder}/{name}")
        finally:
            entries.close()
            if opened >= 0:
                os.close(opened)
