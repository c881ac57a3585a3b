"""Builds of tiny sites within a test, without Pelican's command line."""

import shutil
import tempfile
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from model.output import Registry, registry
from model.site import load_site
from plugins.incremental.build import Recipe, Report, run_build
from plugins.incremental.driver import house_settings
from plugins.incremental.state import State
from plugins.incremental.tree import TOKEN

ENGINE = Path(__file__).resolve().parents[1]
COMPILED = tempfile.TemporaryDirectory()
"""Compiled templates, shared by all builds of a test run."""
NOW = datetime(2021, 9, 1, tzinfo=UTC)
SITE_YAML = """\
name: Trang thử
url: https://thu.example.vn
agency:
  name: Cơ quan thử
hotlines:
  - number: "115"
    label: Cấp cứu
"""
STORM = """---
title: Bão vào bờ
identifier: vn-80-bao-20251029-1
date: 2025-10-29 21:00
expires: 2025-10-29 23:00
event: Bão
category: Met
area: Ven biển
sources: [{name: Đài}]
---
"""
"""An alert of the sample site's evening, which is over an hour after the sample's time."""


def plugin_names() -> list[str]:
    """Return the plugins that pelicanconf.py composes."""
    import runpy

    settings = runpy.run_path(str(ENGINE / "pelicanconf.py"))
    names: list[str] = settings["PLUGINS"]
    return names


def register_plugins(names: Iterable[str]) -> None:
    """Register the families of these plugins."""
    from importlib import import_module

    for name in names:
        import_module(name).register()


def new_site(folder: Path) -> Path:
    """Make an empty site."""
    (folder / "content").mkdir(parents=True)
    (folder / "site.yaml").write_text(SITE_YAML, encoding="utf-8")
    (folder / "sources.yaml").write_text("{}\n", encoding="utf-8")
    return folder


def settings_of(folder: Path, theme: Path | None = None) -> dict[str, Any]:
    """Return the settings that Pelican would hand to the build."""
    site = load_site(folder)
    return {
        "THEME": str(theme or ENGINE / "theme"),
        "JINJA_FILTERS": {},
        "JINJA_GLOBALS": {},
        "JINJA_TESTS": {},
        **house_settings(folder, site),
        "LOA_TEMPLATE_CACHE": COMPILED.name,
    }


def build(
    folder: Path,
    now: datetime = NOW,
    *,
    output: Path | None = None,
    state: Path | None = None,
    theme: Path | None = None,
    workers: int = 1,
    engine: str = "engine",
    families: Registry = registry,
    made: Callable[[], None] = lambda: None,
) -> Report:
    """Build a site once; raises Problems like the command would."""
    opened = State(state or folder / ".state" / "build.db")
    try:
        recipe = Recipe(
            folder=folder,
            site=load_site(folder),
            settings=settings_of(folder, theme),
            registry=families,
            engine=engine,
            markup="markup",
            now=now,
            output=output or folder / "output",
            workers=workers,
            made=made,
        )
        return run_build(recipe, opened)
    finally:
        opened.close()


def clean_tree(folder: Path, now: datetime, theme: Path | None = None) -> dict[str, bytes]:
    """Return what a build from nothing writes, leaving no trace."""
    scratch = folder.with_name(folder.name + "-clean")
    try:
        build(folder, now, output=scratch / "output", state=scratch / "s" / "build.db", theme=theme)
        return tree(scratch / "output")
    finally:
        shutil.rmtree(scratch, ignore_errors=True)


def tree(output: Path) -> dict[str, bytes]:
    """Return path -> bytes of every file below `output` but the build's token."""
    return {
        str(path.relative_to(output)): path.read_bytes()
        for path in sorted(output.rglob("*"))
        if path.is_file() and path.name != TOKEN
    }


def differences(left: dict[str, bytes], right: dict[str, bytes]) -> list[str]:
    """Return a line per file that is not the same in both trees, with the place."""
    found = [f"only left: {path}" for path in sorted(left.keys() - right.keys())]
    found += [f"only right: {path}" for path in sorted(right.keys() - left.keys())]
    for path in sorted(left.keys() & right.keys()):
        if left[path] != right[path]:
            at = next(
                (
                    n
                    for n, pair in enumerate(zip(left[path], right[path], strict=False))
                    if len(set(pair)) > 1
                ),
                min(len(left[path]), len(right[path])),
            )
            texts = [
                tree[path][max(0, at - 40) : at + 80].decode(errors="replace")
                for tree in (left, right)
            ]
            found.append(f"{path} at byte {at}: {texts[0]!r} != {texts[1]!r}")
    return found
