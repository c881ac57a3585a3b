"""The short way into a build: the same settings file, but Pelican itself is not imported.

Importing Pelican (docutils, pygments, rich ...) costs more than publishing an edit. When all
plugins are the house's own, nothing of it is needed; else Pelican runs as usual. Both ways share
one memory, so they may take turns.
"""

from __future__ import annotations

import gc
import sys
from collections.abc import Callable
from functools import partial
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from typing import Any, NoReturn

from plugins.incremental.driver import (
    are_ours,
    build_site,
    recipe_of,
    register_plugins,
    run_site,
)
from plugins.incremental.scout import Scout

SETTINGS = Path(__file__).resolve().parents[2] / "pelicanconf.py"
DEFAULTS: dict[str, Any] = {"JINJA_FILTERS": {}, "JINJA_GLOBALS": {}, "JINJA_TESTS": {}}
"""Pelican's defaults of the settings that a build reads and the house does not set."""


def settings_of(path: Path) -> dict[str, Any]:
    """Return the settings that a Python file sets (its upper-case names), over the defaults."""
    spec = spec_from_file_location(path.stem, path)
    if spec is None or spec.loader is None:
        raise ImportError(f"{path} is not a Python file")
    module = module_from_spec(spec)
    sys.modules[path.stem] = module
    spec.loader.exec_module(module)
    return DEFAULTS | {name: value for name, value in vars(module).items() if name.isupper()}


def build_quickly(path: Path) -> None:
    """Build the site of a settings file; through Pelican if the file asks for more than ours."""
    prepared(path)()


def prepared(path: Path, scout: Scout | None = None) -> Callable[[], None]:
    """Load all that the build of a settings file needs; return what then builds."""
    settings = settings_of(path)
    if "PELICAN_CLASS" in settings or not are_ours(settings["PLUGINS"]):
        return partial(_build_by_pelican, path, scout)
    register_plugins(settings["PLUGINS"])
    return partial(_build, settings, scout)


def _build(settings: dict[str, Any], scout: Scout | None) -> None:
    gc.freeze()
    gc.enable()
    run_site(lambda: build_site(recipe_of(settings, scout), scout))


def _build_by_pelican(path: Path, scout: Scout | None) -> NoReturn:
    if scout:
        scout.dismiss()
    import subprocess

    command = [sys.executable, "-m", "pelican", "-s", str(path), "--fatal", "warnings"]
    sys.exit(subprocess.run(command, check=False).returncode)
