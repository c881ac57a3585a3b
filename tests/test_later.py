"""Modules that are loaded when something in them is used."""

import os
import subprocess
import sys
from pathlib import Path

from tests.test_quick import NEWS, ROOT, SITE

USED = """
import sys
from plugins.incremental.later import later
later("importlib.metadata", "entry_points")
import importlib.metadata as metadata
from importlib.metadata import entry_points
stand_in = metadata
assert "email" not in sys.modules
assert entry_points(group="nobody's")  == ()
assert "email" in sys.modules
assert stand_in.version("pydantic")[0].isdigit()
from importlib.metadata import version
import importlib
assert sys.modules["importlib.metadata"] is importlib.metadata is not stand_in
assert stand_in.version is importlib.metadata.version is version
later("importlib.metadata")  # it is there: nothing takes its place
assert sys.modules["importlib.metadata"] is importlib.metadata
try:
    stand_in.nothing_of_the_kind
except AttributeError as error:
    print(error)
"""


def test_a_module_is_loaded_when_something_in_it_is_used() -> None:
    done = subprocess.run(
        [sys.executable, "-c", USED], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert done.stdout == "module 'importlib.metadata' has no attribute 'nothing_of_the_kind'\n"


def test_an_edit_does_not_load_what_pydantic_never_uses(tmp_path: Path) -> None:
    news = tmp_path / "content" / "news" / "mua-lon.md"
    news.parent.mkdir(parents=True)
    news.write_text(NEWS, encoding="utf-8")
    (tmp_path / "site.yaml").write_text(SITE, encoding="utf-8")
    (tmp_path / "sources.yaml").write_text("[]\n", encoding="utf-8")
    build = [sys.executable, "-X", "importtime", "-m", "plugins.incremental", "build"]
    environment = {**os.environ, "SITE": str(tmp_path), "LOA_WORKERS": "1"}

    def loaded() -> str:
        done = subprocess.run(
            build, cwd=ROOT, env=environment, capture_output=True, text=True, check=True
        )
        return done.stderr

    loaded()
    news.write_text(f"{NEWS}\nVà thuốc men.\n", encoding="utf-8")
    modules = {line.rpartition("|")[2].strip() for line in loaded().splitlines()}
    assert {"pydantic.plugin._loader", "jinja2.environment"} <= modules
    assert not {"importlib.metadata", "email.message", "socket"} & modules
    assert "Và thuốc men" in (tmp_path / "output/tin-tuc/mua-lon/index.html").read_text("utf-8")
