"""Verbs: `build [-s FILE]`, `verify [--repair]`, `fleet SITE… [--workers N] [--scheduler HOST]`."""

from __future__ import annotations

import gc
import os
import sys
from contextlib import suppress
from io import TextIOWrapper

from model.folder import site_folder, site_path
from plugins.incremental.later import later
from plugins.incremental.scout import Scout

TYPE_CHECKING = False
if TYPE_CHECKING:
    import argparse
    from collections.abc import Sequence


def main(arguments: Sequence[str]) -> int:
    """Run a verb; return the exit code: 0 done, 1 something is wrong."""
    match arguments:
        case ["build"]:  # reading the options of all verbs costs more than rendering a page
            return _build()
        case ["build", "-s", settings]:
            return _build(settings)
    options = _options(arguments)
    if options.verb == "build":
        return _build(options.settings)
    return _verify(options.repair) if options.verb == "verify" else _fleet(options)


def _options(arguments: Sequence[str]) -> argparse.Namespace:
    import argparse
    from pathlib import Path

    parser = argparse.ArgumentParser(prog="python -m plugins.incremental", description=__doc__)
    verbs = parser.add_subparsers(dest="verb", required=True)
    build = verbs.add_parser("build", help="build the site that SITE names")
    build.add_argument("-s", "--settings", default="")
    check = verbs.add_parser("verify", help="compare the output folder with the build's memory")
    check.add_argument("--repair", action="store_true", help="let the next build write it anew")
    many = verbs.add_parser("fleet", help="build many sites, unchanged ones skipped")
    many.add_argument("sites", nargs="+", type=Path, metavar="SITE")
    many.add_argument("--workers", type=int, default=0, help="processes (default: cores)")
    many.add_argument("--scheduler", default="", help="address of a Dask scheduler")
    many.add_argument("--force", action="store_true", help="build unchanged sites too")
    return parser.parse_args(arguments)


def _build(settings: str = "") -> int:
    gc.disable()  # what is imported stays: looking through it for garbage is a tenth of the start
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")  # else it reads all installed
    later("importlib.metadata", "entry_points")  # it loads that even so, with the mail library
    if isinstance(sys.stdout, TextIOWrapper):  # a terminal without our letters gets "?"
        sys.stdout.reconfigure(errors="replace")
    scout = _scout()
    from plugins.incremental.compiled import kept_compilations, kept_file

    with kept_compilations(kept_file()) as kept:
        from pathlib import Path

        from plugins.incremental.quick import SETTINGS, prepared

        build = prepared(Path(settings or SETTINGS).resolve(), scout)
        kept.loaded()
        build()
    for stream in filter(None, (sys.stdout, sys.stderr)):  # a full disk: the site is written
        with suppress(OSError):
            stream.flush()
    os._exit(0)  # all is on the disk: taking the programme apart is a tenth of a publish


def _scout() -> Scout | None:
    """Send a scout; None where there is no site, which the settings then say."""
    site = site_path()
    if not os.path.isdir(site):
        return None
    try:
        return Scout(site)
    except OSError as error:
        sys.exit(f"Không ghi được trang ({error}); sửa xong thì chạy lại make build.")


def _verify(repair: bool) -> int:
    from plugins.incremental.state import State
    from plugins.incremental.verify import distrust, verify

    folder = site_folder()
    state = State(folder / ".state" / "build.db")
    try:
        verdict = verify(state, folder / "output")
        if repair and not verdict.good:
            distrust(state)
    finally:
        state.close()
    print("\n".join(verdict.lines()) or "Thư mục output đúng như lần dựng gần nhất.")
    if repair and not verdict.good:
        print("Lần dựng tới sẽ ghi lại toàn bộ: make build")
    return 0 if verdict.good else 1


def _fleet(options: argparse.Namespace) -> int:
    from plugins.incremental.fleet import build_fleet, executor, report_lines

    with executor(options.workers, options.scheduler) as run:
        results = build_fleet(options.sites, run, force=options.force)
    print("\n".join(report_lines(results)))
    return 0 if all(result.good for result in results) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
