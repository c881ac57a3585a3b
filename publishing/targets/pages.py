"""GitHub or GitLab Pages: the release as a plain folder that their job uploads.

These hosts set no headers of ours: pages keep the policy in their meta tag, but nothing there can
forbid framing or demand https (`frame-ancestors`, HSTS). Old addresses become small pages.
"""

from __future__ import annotations

import shutil
from pathlib import Path

from publishing.headers import table
from publishing.manifest import NAME
from publishing.pages import file_of, moved_page
from publishing.portable import underscore_headers, underscore_redirects
from publishing.release import Publisher
from publishing.trees import Tree


def deliver(publisher: Publisher, tree: Tree) -> str:
    """Write the release's files into the folder for Pages, replacing what was there."""
    folder = publisher.folder / publisher.settings.pages
    fresh = folder.with_name(f".{folder.name}.new")
    shutil.rmtree(fresh, ignore_errors=True)
    files = tree.manifest.files if tree.manifest else {}
    for path in files:
        target = fresh / path
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(tree.public / path, target)
    shutil.copyfile(tree.folder / NAME, fresh / NAME)
    (fresh / ".nojekyll").touch()
    _side_files(publisher, fresh)
    _swap(fresh, folder)
    return str(folder)


def _side_files(publisher: Publisher, fresh: Path) -> None:
    settings, base = publisher.settings, publisher.site.base
    (fresh / "_headers").write_text(
        underscore_headers(table(settings.frame_hosts)), encoding="utf-8"
    )
    (fresh / "_redirects").write_text(underscore_redirects(settings.redirects), encoding="utf-8")
    for old, new in settings.redirects.items():
        path = fresh / file_of(old if "." in old.rsplit("/", 1)[-1] else old.rstrip("/") + "/")
        if not path.exists():
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(moved_page(base + new), encoding="utf-8")


def _swap(fresh: Path, folder: Path) -> None:
    old = folder.with_name(f".{folder.name}.old")
    shutil.rmtree(old, ignore_errors=True)
    if folder.exists():
        folder.replace(old)
    fresh.replace(folder)
    shutil.rmtree(old, ignore_errors=True)
