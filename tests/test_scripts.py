"""What scripts of the theme load besides themselves, and the hashes in their addresses."""

from pathlib import Path
from typing import Any, cast

from model.scripts import imported, renamed
from plugins.incremental.store import Inputs

SCRIPT = """import { one } from './one.js';
import{two}from"./two-more.js";
const late = () => import('./late.js');
const text = "from ./nothing.js";
import far from "https://example.org/far.js";
"""


def test_a_script_names_those_of_its_folder_that_it_loads() -> None:
    assert imported(SCRIPT) == ["one.js", "two-more.js", "late.js"]
    longer = renamed(SCRIPT, lambda name: f"{name}?v=1")
    assert "'./one.js?v=1'" in longer
    assert '"./two-more.js?v=1"' in longer
    assert "import('./late.js?v=1')" in longer
    assert longer.replace("?v=1", "") == SCRIPT


def digests(folder: Path) -> dict[str, str]:
    """Return the hash of every script in a folder of static files, as a new build finds it."""
    inputs = Inputs(folder, cast("Any", None), cast("Any", None), folder)
    files = [str(path.relative_to(folder)) for path in folder.rglob("*.js")]
    return {name: inputs.asset_digest(name) for name in (*files, "none.js")}


def test_a_scripts_hash_follows_all_that_it_loads(tmp_path: Path) -> None:
    (tmp_path / "part").mkdir()
    scripts = {
        "alone.js": "1",
        "top.js": 'import "./x"; import a from "./alone.js"; import b from "./missing.js";',
        "part/a.js": 'import b from "./b.js";',
        "part/b.js": 'import a from "./a.js"; import c from "./c.js";',
        "part/c.js": "3",
    }
    for name, source in scripts.items():
        (tmp_path / name).write_text(source, encoding="utf-8")
    first = digests(tmp_path)
    assert first["none.js"] == ""
    assert all(first[name] for name in scripts)
    (tmp_path / "part/c.js").write_text("4", encoding="utf-8")
    second = digests(tmp_path)
    changed = {name for name in scripts if first[name] != second[name]}
    assert changed == {"part/a.js", "part/b.js", "part/c.js"}
    (tmp_path / "alone.js").write_text("2", encoding="utf-8")
    third = digests(tmp_path)
    assert {name for name in scripts if second[name] != third[name]} == {"alone.js", "top.js"}
