"""Builds of tiny sites within a test, without Pelican's command line."""

import shutil
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from model.output import registry
from model.site import load_site
from plugins.incremental.build import Build, Recipe, Report
from plugins.incremental.driver import house_settings
from plugins.incremental.state import State
from plugins.incremental.tree import TOKEN

ENGINE = Path(__file__).resolve().parents[1]
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
        "LOA_TEMPLATE_CACHE": None,
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
) -> Report:
    """Build a site once; raises Problems like the command would."""
    opened = State(state or folder / ".state" / "build.db")
    try:
        recipe = Recipe(
            folder=folder,
            site=load_site(folder),
            settings=settings_of(folder, theme),
            registry=registry,
            engine=engine,
            markup="markup",
            now=now,
            output=output or folder / "output",
            workers=workers,
        )
        return Build(recipe, opened).run()
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
