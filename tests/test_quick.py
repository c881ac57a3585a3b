"""`python -m plugins.incremental build`: the bytes and the memory of Pelican's way, without it."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
HEAVY = {"pelican", "docutils", "rich", "pygments", "lxml", "bs4", "feedparser", "requests"}
PELICAN = ("-m", "pelican", "-s", str(ROOT / "pelicanconf.py"), "--fatal", "warnings")
QUICK = ("-m", "plugins.incremental", "build")
SITE = "name: Trang thử\nurl: https://thu.example.vn\nagency:\n  name: Ban biên tập\n"
NEWS = "---\ntitle: Mưa lớn\ndate: 2021-08-28\ntags: [bão]\n---\n\nKê cao đồ đạc.\n"


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """Return a small site's folder."""
    folder = tmp_path / "trang thử"
    (folder / "content" / "news").mkdir(parents=True)
    (folder / "site.yaml").write_text(SITE, encoding="utf-8")
    (folder / "sources.yaml").write_text("[]\n", encoding="utf-8")
    (folder / "content" / "news" / "mua-lon.md").write_text(NEWS, encoding="utf-8")
    return folder


def run(site: Path, *arguments: str) -> str:
    """Run the environment's Python for a site; return what it printed."""
    environment = {
        **os.environ,
        "SITE": str(site),
        "PYTHONPATH": str(ROOT),
        "SOURCE_DATE_EPOCH": "1790000000",
        "LOA_WORKERS": "1",
    }
    done = subprocess.run(
        [sys.executable, *arguments],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def tree(folder: Path) -> dict[str, bytes]:
    """Return path -> bytes of an output folder, but for the build's token."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and path.name != ".loa-build"
    }


def test_both_ways_give_the_same_bytes_and_share_one_memory(site: Path) -> None:
    run(site, *PELICAN)
    by_pelican = tree(site / "output")
    assert "tin-tuc/mua-lon/index.html" in by_pelican
    assert "làm lại 0 tệp" in run(site, *QUICK)
    for name in ("output", ".state"):
        shutil.rmtree(site / name)
    run(site, *QUICK)
    assert tree(site / "output") == by_pelican
    assert "làm lại 0 tệp" in run(site, *PELICAN)


def test_an_edit_imports_nothing_heavy(site: Path) -> None:
    run(site, *QUICK)
    (site / "content" / "news" / "mua-lon.md").write_text(
        NEWS + "\nVà thuốc men.\n", encoding="utf-8"
    )
    code = (
        "import json, sys\n"
        "from pathlib import Path\n"
        "from plugins.incremental.quick import build_quickly\n"
        f"build_quickly(Path({str(ROOT / 'pelicanconf.py')!r}))\n"
        "print(json.dumps(sorted(sys.modules)))\n"
    )
    said, modules = run(site, "-c", code).strip().rsplit("\n", 1)
    assert "đọc 1" in said
    assert not HEAVY & set(json.loads(modules))


def test_a_foreign_plugin_takes_pelicans_way(site: Path, tmp_path: Path) -> None:
    (tmp_path / "foreign_mark.py").write_text("def register():\n    pass\n")
    conf = tmp_path / "foreign_conf.py"
    conf.write_text(
        f"import sys\nsys.path[:0] = [{str(ROOT)!r}, {str(tmp_path)!r}]\n"
        "from pelicanconf import *\nPLUGINS = [*PLUGINS, 'foreign_mark']\n"
    )
    run(site, *QUICK, "-s", str(conf))
    assert (site / "output" / "tin-tuc" / "mua-lon" / "index.html").is_file()
