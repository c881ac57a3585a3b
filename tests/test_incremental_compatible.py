"""Foreign Pelican plugins: real Content objects and signals, tried with three well-known ones."""

import os
import subprocess
import sys
from pathlib import Path

from model.document import join
from tests import building

FOREIGN = [
    "pelican.plugins.sitemap",
    "pelican.plugins.neighbors",
    "pelican.plugins.simple_footnotes",
]


def pelican(site: Path, plugins: list[str] | None = None) -> subprocess.CompletedProcess[str]:
    """Run the command line on a site."""
    override = ["-e", f"PLUGINS={plugins}".replace("'", '"')] if plugins else []
    return subprocess.run(
        [sys.executable, "-m", "pelican", "-s", "pelicanconf.py", "--fatal", "warnings", *override],
        cwd=building.ENGINE,
        env={**os.environ, "SITE": str(site), "SOURCE_DATE_EPOCH": "1630000000"},
        capture_output=True,
        text=True,
        check=False,
    )


def put(site: Path, name: str, body: str, **more: str) -> None:
    """Write a news document."""
    file = site / "content" / "news" / f"{name}.md"
    file.parent.mkdir(parents=True, exist_ok=True)
    values = {"title": f"Tin {name}", "date": "2021-08-01 07:00", **more}
    file.write_text(join(values, body), encoding="utf-8")


def test_foreign_plugins_see_articles_and_change_pages(tmp_path: Path) -> None:
    site = building.new_site(tmp_path / "trang")
    put(site, "mot", "Thân bài [ref]chú thích cuối trang[/ref] hết.", date="2021-08-02")
    put(site, "hai", "Không có gì thêm.")
    plain = pelican(site)
    assert plain.returncode == 0, plain.stdout + plain.stderr
    before = building.tree(site / "output")
    result = pelican(site, [*building.plugin_names(), *FOREIGN])
    assert result.returncode == 0, result.stdout + result.stderr
    after = building.tree(site / "output")
    page = after["tin-tuc/mot/index.html"].decode()
    assert "[ref]" in before["tin-tuc/mot/index.html"].decode()
    assert "[ref]" not in page
    assert 'class="simple-footnotes"' in page
    assert before["tin-tuc/hai/index.html"] == after["tin-tuc/hai/index.html"]
    assert b"https://thu.example.vn/tin-tuc/mot/" in after["sitemap.xml"]
    again = pelican(site)
    assert again.returncode == 0, again.stdout + again.stderr
    assert building.tree(site / "output") == before


def test_problems_are_said_as_ever(tmp_path: Path) -> None:
    site = building.new_site(tmp_path / "trang")
    put(site, "mot", "Thân", verdict="false")
    result = pelican(site, [*building.plugin_names(), *FOREIGN])
    assert result.returncode == 1
    assert "content/news/mot.md:4: [verdict]" in result.stderr
    assert "Traceback" not in result.stderr
