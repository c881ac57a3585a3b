"""What every way into a build shares: settings, digests of programmes, the lock, the report."""

from __future__ import annotations

import json
import os
import sqlite3
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, nullcontext, suppress
from datetime import UTC, datetime
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Any

from jinja2 import TemplateError

from model.lock import locked
from model.markup import markdown_settings
from model.output import registry
from model.problem import Problems
from model.site import Site
from model.typesetting import TypesettingError
from plugins.incremental.build import Recipe, Report, run_build
from plugins.incremental.digest import digest
from plugins.incremental.discover import Look, programme
from plugins.incremental.scout import DATABASE, LOCK, STATE, Scout
from plugins.incremental.state import DamagedError, State


def house_settings(folder: Path, site: Site) -> dict[str, Any]:
    """Return the settings that no site changes: Pelican's own pages, feeds and readers are off."""
    overrides = folder / "theme" / "templates"
    return {
        "READERS": {"rst": None, "html": None},
        "MARKDOWN": markdown_settings(site.base),
        "THEME_TEMPLATES_OVERRIDES": [str(overrides)] if overrides.is_dir() else [],
        "JINJA_ENVIRONMENT": {
            "autoescape": True,
            "undefined": _strict_undefined(),
            "trim_blocks": True,
            "lstrip_blocks": True,
            "extensions": [],
        },
        "LOA_TEMPLATE_CACHE": str(folder / STATE / "templates"),
        "LOA_WORKERS": int(os.environ.get("LOA_WORKERS") or os.cpu_count() or 1),
        "DIRECT_TEMPLATES": [],
        "FEED_ALL_ATOM": None,
        "CATEGORY_FEED_ATOM": None,
        "TRANSLATION_FEED_ATOM": None,
        "AUTHOR_FEED_ATOM": None,
        "AUTHOR_FEED_RSS": None,
    }


def _strict_undefined() -> Any:
    from jinja2 import StrictUndefined

    return StrictUndefined


def build_time() -> datetime:
    """Return the time that counts as now: SOURCE_DATE_EPOCH (Unix seconds) or the clock."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    try:
        return datetime.fromtimestamp(int(epoch), UTC) if epoch else datetime.now(UTC)
    except (ValueError, OverflowError, OSError):
        sys.exit(f"SOURCE_DATE_EPOCH={epoch} không phải là số giây từ năm 1970; bỏ biến đó đi.")


def recipe_of(settings: dict[str, Any], scout: Scout | None = None) -> Recipe:
    """Return what the build is made with, from Pelican's settings."""
    folder: Path = settings["LOA_FOLDER"]
    site: Site = settings["LOA_SITE"]
    preview = bool(settings.get("LOA_PREVIEW"))
    told = scout.look() if scout and scout.holds(folder / STATE) and not preview else None
    look = Look.of(told) if told else None
    code = look.programme if look else programme()
    markdown = repr(sorted(settings["MARKDOWN"]["extension_configs"].items()))
    return Recipe(
        folder=folder,
        site=site,
        settings=settings,
        registry=registry,
        engine=code.engine,
        markup=digest([code.markup, markdown, site.base]),
        now=build_time(),
        output=Path(settings["OUTPUT_PATH"]),
        workers=settings["LOA_WORKERS"],
        preview=preview,
        look=look,
        made=settings.get("LOA_MADE") or (lambda: None),
    )


@contextmanager
def only_one(folder: Path) -> Iterator[None]:
    """Hold the site's build lock; a second build waits its turn. The kernel frees it on any end."""
    with locked(folder / LOCK):
        yield


def build_site(recipe: Recipe, scout: Scout | None = None) -> Report:
    """Build once under the lock; raise Problems, with the output untouched, on bad content."""
    folder = recipe.state
    with nullcontext() if scout and scout.holds(folder) else only_one(folder):
        state = State(folder / DATABASE)
        try:
            report = _run_logged(recipe, state, folder / "changes.jsonl")
        finally:
            state.close()
    return report


def _run_logged(recipe: Recipe, state: State, log: Path) -> Report:
    """Build and log; a build killed on the way makes the next line say that there is a gap."""
    try:
        logged = state.meta("logged")
    except DamagedError:
        logged = ""
    state.remember("logged", "")
    try:
        report = run_build(recipe, state)
    except Problems:
        state.remember("logged", logged)
        raise
    log_build(log, report, gap=not logged)
    state.remember("logged", "yes")
    return report


def log_build(path: Path, report: Report, gap: bool) -> None:
    """Append what a build changed to the log that publishing replays; `gap`: a line may miss."""
    if not (report.changed or report.removed or gap):
        return
    entry = {
        **({"gap": True} if gap else {}),
        "build": report.build,
        "fresh": report.fresh,
        "changed": report.changed,
        "removed": report.removed,
    }
    with path.open("w" if report.fresh else "a", encoding="utf-8") as log:
        log.write(json.dumps(entry, ensure_ascii=False) + "\n")


def run_site(build: Callable[[], Report]) -> None:
    """Build and print what was done; on problems print a line each and end with 1."""
    try:
        report = build()
    except Problems as error:
        sys.exit(f"{error}\nKhông dựng trang: còn {len(error.problems)} lỗi; bản cũ giữ nguyên.")
    except TypesettingError as error:
        sys.exit(f"Mẫu in (theme/print) có lỗi, bản cũ giữ nguyên: {error}")
    except TemplateError as error:
        sys.exit(f"Giao diện có lỗi, bản cũ giữ nguyên: {_template_place(error)}")
    except (OSError, sqlite3.Error) as error:
        sys.exit(f"Không ghi được trang ({error}); sửa xong thì chạy lại make build.")
    with suppress(OSError):  # nobody can be told, but the site is written
        print(
            f"{report.documents} tài liệu (đọc {report.read}), làm lại {report.rendered} tệp: "
            f"{len(report.changed)} đổi, {len(report.removed)} bỏ, {report.seconds:.2f} giây."
        )


def are_ours(plugins: Iterable[object]) -> bool:
    """Say whether all plugins are the house's own; a foreign one needs Pelican's objects."""
    return all(isinstance(name, str) and name.startswith("plugins.") for name in plugins)


def register_plugins(names: Iterable[str]) -> list[ModuleType]:
    """Import the house's plugins and let each register its families."""
    plugins = [import_module(name) for name in names]
    for plugin in plugins:
        plugin.register()
    return plugins


def _template_place(error: TemplateError) -> str:
    name = getattr(error, "name", None) or getattr(error, "filename", None)
    notes = "; ".join(getattr(error, "__notes__", []))
    line = getattr(error, "lineno", None)
    where = f"{name}:{line}: " if name and line else ""
    return f"{where}{error.message or type(error).__name__}" + (f" ({notes})" if notes else "")
