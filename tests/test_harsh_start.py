"""A build that meets a strange machine: one clear line, or the right site; never a traceback."""

import os
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from tests.test_quick import NEWS, ROOT, SITE, site, tree

__all__ = ["site"]
BUILD = [sys.executable, "-m", "plugins.incremental", "build"]
HARMS = {
    "logged": "UPDATE meta SET value = value || 'x' WHERE name = 'logged'",
    "looked": "UPDATE meta SET value = 'abc' WHERE name = 'looked'",
    "no attachments": "DROP TABLE attachment",
    "no stamps": "DROP TABLE stamp",
    "folder": "UPDATE folder SET newest = 'abc'",
}


def built(site: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """Build a site and return what was said."""
    return subprocess.run(
        BUILD,
        cwd=ROOT,
        env={**os.environ, "SITE": str(site), "LOA_WORKERS": "1", **environment},
        capture_output=True,
        text=True,
        check=False,
    )


def said(done: subprocess.CompletedProcess[str]) -> str:
    """Return the one line of a build that was refused."""
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    return done.stderr.strip()


def test_a_state_that_cannot_be_made_is_said(site: Path) -> None:
    (site / ".state").write_text("a file", encoding="utf-8")
    assert said(built(site)).startswith("Không ghi được trang (")
    (site / ".state").unlink()
    (site / ".state" / "build.lock").mkdir(parents=True)
    assert said(built(site)).startswith("Không ghi được trang (")


def test_a_site_that_is_not_there_is_said_and_not_made(tmp_path: Path) -> None:
    assert "site.yaml" in said(built(tmp_path / "none" / "below"))
    assert list(tmp_path.iterdir()) == []
    (tmp_path / "file").write_text("", encoding="utf-8")
    assert said(built(tmp_path / "file"))


@pytest.mark.parametrize("harm", HARMS)
def test_a_memory_that_was_tampered_with_is_made_anew(site: Path, harm: str) -> None:
    assert built(site).returncode == 0
    db = sqlite3.connect(site / ".state" / "build.db")
    db.execute(HARMS[harm])
    db.commit()
    db.close()
    (site / "content" / "news" / "mua-lon.md").write_text(f"{NEWS}\nMới.\n", encoding="utf-8")
    done = built(site)
    assert done.returncode == 0, done.stderr
    assert "Mới." in (site / "output/tin-tuc/mua-lon/index.html").read_text(encoding="utf-8")
    assert "làm lại 0 tệp" in built(site).stdout


def test_a_clock_that_is_no_number_is_said(site: Path) -> None:
    line = said(built(site, SOURCE_DATE_EPOCH="hôm nay"))
    assert line == "SOURCE_DATE_EPOCH=hôm nay không phải là số giây từ năm 1970; bỏ biến đó đi."


@pytest.mark.skipif(sys.platform == "darwin", reason="file names are Unicode there")
def test_a_folder_whose_name_is_no_text_is_named(site: Path) -> None:
    folder = site / "content" / "news" / "y\udcff"
    folder.mkdir()
    (folder / "tin.md").write_text(NEWS, encoding="utf-8")
    line = said(built(site))
    assert r"content/news/y\udcff/tin.md" in line
    assert "không phải là chữ" in line


def test_nobody_who_listens_is_no_reason_to_fail(site: Path) -> None:
    command = " ".join([*BUILD, "<&-", ">&-", "2>&-"])
    environment = {**os.environ, "SITE": str(site), "LOA_WORKERS": "1"}
    done = subprocess.run(["sh", "-c", command], cwd=ROOT, env=environment, check=False)
    assert done.returncode == 0
    assert (site / "output/tin-tuc/mua-lon/index.html").exists()
    plain = built(site, PYTHONUTF8="0", PYTHONCOERCECLOCALE="0", LC_ALL="C")
    assert plain.returncode == 0
    assert "Traceback" not in plain.stderr


REFUSED = """
import os, sys
def no(*_):
    raise BlockingIOError(11, "no more")
setattr(os, sys.argv.pop(1), no)
from plugins.incremental.__main__ import main
sys.exit(main(["build"]))
"""


@pytest.mark.parametrize("call", ["fork", "pipe"])
def test_without_a_child_the_build_looks_itself(site: Path, call: str) -> None:
    environment = {**os.environ, "SITE": str(site), "LOA_WORKERS": "1", "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-c", REFUSED, call]
    done = subprocess.run(
        command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert (site / "output/tin-tuc/mua-lon/index.html").exists()


def test_many_documents_at_once_give_the_search_page_its_index(tmp_path: Path) -> None:
    folder = tmp_path / "trang"
    news = folder / "content" / "news"
    news.mkdir(parents=True)
    (folder / "site.yaml").write_text(SITE, encoding="utf-8")
    (folder / "sources.yaml").write_text("[]\n", encoding="utf-8")
    for number in range(60):
        text = f"---\ntitle: Bản tin số {number}\ndate: 2021-08-{number % 28 + 1:02}\n---\n\nChữ.\n"
        (news / f"tin-{number}.md").write_text(text, encoding="utf-8")
    at = {"SOURCE_DATE_EPOCH": "1630454400"}
    assert built(folder, **at).returncode == 0
    for gone in (range(9), range(9, 50), range(50, 60)):
        for number in gone:
            (news / f"tin-{number}.md").unlink()
        assert built(folder, **at).returncode == 0
        clean = tmp_path / f"sạch-{gone.stop}"
        clean.mkdir()
        for part in ("content", "site.yaml", "sources.yaml"):
            (clean / part).symlink_to(folder / part)
        assert built(clean, **at).returncode == 0
        assert tree(folder / "output") == tree(clean / "output")
