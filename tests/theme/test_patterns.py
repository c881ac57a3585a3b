"""The pattern page and the pictures: every component is there, and one command shows the pages."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from bs4 import BeautifulSoup

from plugins.patterns.page import PARTS, pattern_page
from plugins.patterns.screenshots import key_pages
from tests.theme.conftest import ROOT


def patterns(sample: Path, *arguments: str) -> str:
    """Run the command on the built sample; return what it says."""
    command = [sys.executable, "-m", "plugins.patterns", *arguments]
    environment = {**os.environ, "SITE": str(sample.parent), "PYTHONUTF8": "1"}
    done = subprocess.run(
        command, cwd=ROOT, env=environment, check=True, capture_output=True, text=True
    )
    return done.stdout


def test_every_component_stands_on_the_pattern_page(sample: Path) -> None:
    page = BeautifulSoup(pattern_page(sample), "lxml")
    assert [tag.get_text() for tag in page.select("main > h2") if tag.get_text() in PARTS] == [
        *PARTS
    ]
    for name, selector in PARTS.items():
        assert page.select(selector), name
    for verdict in ("false", "misleading", "true", "checking", "unproven"):
        assert page.select(f".v-{verdict}"), verdict
    for state in (".grave", ".drill", ".b-fact", ".b-wait", ".b-claim", ".n-old", ".n-stop"):
        assert page.select(state), state
    assert not page.select("[hidden]")


def test_the_pattern_page_is_no_page_of_the_site(sample: Path) -> None:
    assert not list(sample.rglob("mau.html"))


def test_the_command_writes_the_page_of_a_built_site(sample: Path, tmp_path: Path) -> None:
    patterns(sample, "--page", "--to", str(tmp_path))
    assert (tmp_path / "mau.html").is_file()
    assert (tmp_path / "theme" / "site.css").is_file()


def test_key_pages_are_one_of_each_kind(sample: Path) -> None:
    pages = key_pages(sample)
    assert pages[0] == "/"
    assert {"/kiem-chung/", "/danh-ba/", "/so-lieu/", "/canh-bao/"} <= set(pages)


@pytest.mark.browser
@pytest.mark.usefixtures("browser")
def test_pictures_are_made_without_a_server(sample: Path, tmp_path: Path) -> None:
    wanted = ["/", "/kiem-chung/dap-khong-vo/", "--widths", "360", "--screen"]
    said = patterns(sample, *wanted, "--to", str(tmp_path))
    assert said.startswith("4 ảnh trong")
    for name in ("home-360-light.png", "kiem-chung_dap-khong-vo-360-dark.png"):
        assert (tmp_path / name).read_bytes()[:8] == b"\x89PNG\r\n\x1a\n"
