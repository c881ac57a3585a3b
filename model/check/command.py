"""`python -m model check`: which sites and files, and how to say what was found."""

from __future__ import annotations

import gc
import os
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from model.check.report import REPORTS
from model.check.site import check_site
from model.problem import Problem
from model.site import site_folder


def sites(chosen: Path | None) -> list[Path]:
    """Return the sites to check: the one chosen or named by SITE, else this one and `sites/*`."""
    if chosen is not None or os.environ.get("SITE"):
        return [(chosen or site_folder()).resolve()]
    here = site_folder()
    return [here, *sorted(path.parent for path in here.glob("sites/*/site.yaml"))]


def site_of(file: Path) -> Path | None:
    """Return the folder of the site that `file` lies in, or None."""
    return next((folder for folder in file.parents if (folder / "site.yaml").is_file()), None)


def check_files(files: Sequence[str], now: datetime) -> list[Problem]:
    """Return the problems of these files, wherever their sites are."""
    groups: dict[Path, list[str]] = {}
    found: list[Problem] = []
    for name in files:
        path = Path(name).absolute()
        folder = site_of(path)
        if folder is None:
            cure = "đặt tệp vào content/<loại>/ của một trang (thư mục có site.yaml)"
            found.append(Problem(name, message="không nằm trong trang nào", cure=cure))
        else:
            groups.setdefault(folder, []).append(path.relative_to(folder).as_posix())
    for folder, names in groups.items():
        found += placed(check_site(folder, now, names), folder)
    return found


def placed(problems: Sequence[Problem], folder: Path) -> list[Problem]:
    """Return the problems with paths as one would type them here."""
    return [problem._replace(file=_shown(folder / problem.file)) for problem in problems]


def _shown(path: Path) -> str:
    here = Path.cwd()
    return path.relative_to(here).as_posix() if path.is_relative_to(here) else str(path)


def run(
    files: Sequence[str], site: Path | None, form: str, now: datetime, since: str | None = None
) -> int:
    """Check, print, and return 1 if anything must be mended; `since`: what git says changed."""
    gc.enable()  # what was imported is left alone, what is read from here on is not
    gc.freeze()
    if since is not None:
        from model.check.changed import affected

        found = check_files(affected(Path.cwd(), since), now)
    elif files:
        found = check_files(files, now)
    else:
        found = [item for folder in sites(site) for item in placed(check_site(folder, now), folder)]
    if said := REPORTS[form](found):
        print(said)
    return int(any(not problem.warning for problem in found))
