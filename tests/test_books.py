"""The books are held true: generated pages, make verbs, links, a new province step by step."""

import os
import re
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote

import pytest

import bootstrap
from model.kinds import KINDS, kind_class
from model.manual import PAGES
from model.site import Site, load_site
from tests.test_shipped_sites import documents

ROOT = Path(__file__).resolve().parents[1]
BOOKS = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").rglob("*.md"))]
BLOCK = re.compile(r"^```(\w+)\n(.*?)^```", re.MULTILINE | re.DOTALL)
LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")


def read(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


@pytest.mark.parametrize("name", PAGES)
def test_generated_pages_are_current(name: str) -> None:
    assert read(name) == PAGES[name](), "run: python -m model manual"


def rows(page: str) -> Iterator[list[str]]:
    for line in page.splitlines():
        if line.startswith("| `"):
            yield [cell.strip() for cell in line.strip("|").split(" | ")]


@pytest.mark.parametrize("name", PAGES)
def test_every_field_is_explained(name: str) -> None:
    found = list(rows(PAGES[name]()))
    assert len(found) > 30
    for path, kind, meaning in found:
        assert kind, path
        assert meaning.strip(" |"), f"{path} has no description"


def test_every_kind_and_setting_has_its_place() -> None:
    kinds, settings = read("docs/loai-tai-lieu.md"), read("docs/cau-hinh.md")
    for kind in KINDS:
        assert f"`content/{kind}/`" in kinds
        for field in kind_class(kind).model_fields:
            assert f"| `{field}`" in kinds, f"{kind}.{field}"
    for setting in Site.model_fields:
        assert f"| `{setting}`" in settings


def test_the_verbs_of_readme_makefile_and_bootstrap_are_one() -> None:
    told = dict(re.findall(r"^\| `make (\w+)` \| (.+) \|$", read("README.md"), re.MULTILINE))
    assert told == {name: verb.__doc__ for name, verb in bootstrap.VERBS.items()}
    lines = set(re.findall(r"^(\w+): ; @\$\(PYTHON\) -m bootstrap \1$", read("Makefile"), re.M))
    assert lines == {*bootstrap.VERBS, "setup"}


@pytest.mark.parametrize("book", BOOKS, ids=lambda book: book.relative_to(ROOT).as_posix())
def test_links_between_books_lead_somewhere(book: Path) -> None:
    for target in LINK.findall(book.read_text(encoding="utf-8")):
        if not target.startswith(("http:", "https:", "#", "mailto:")):
            path = book.parent / unquote(target.split("#")[0])
            assert path.exists(), f"{book.name}: {target}"


DECISIONS = sorted((ROOT / "docs" / "decisions").glob("0*.md"))


def test_every_decision_has_a_number_of_its_own_and_half_a_page() -> None:
    numbers = [path.name[:4] for path in DECISIONS]
    assert len(numbers) > 15
    assert sorted(set(numbers)) == numbers
    for path in DECISIONS:
        text = path.read_text(encoding="utf-8")
        assert text.startswith("# "), path
        assert 10 < text.count("\n") < 80, path


def test_every_library_that_people_install_is_a_decision() -> None:
    project = tomllib.loads(read("pyproject.toml"))["project"]
    extras = project["optional-dependencies"]
    wanted = [
        *project["dependencies"],
        *(x for name in extras if name != "dev" for x in extras[name]),
    ]
    said = "".join(path.read_text(encoding="utf-8").lower() for path in DECISIONS)
    names = {re.split(r"[<>=\[; ]", item)[0].lower() for item in wanted}
    assert len(names) > 12
    assert {name for name in names if name not in said} == set()


def workbench(folder: Path) -> Path:
    """Copy the project's own files, as a stranger's clone has them, with this environment."""
    for name in ("bootstrap.py", "pelicanconf.py", "Makefile", "requirements.lock", "site.yaml"):
        shutil.copy(ROOT / name, folder / name)
    leave = shutil.ignore_patterns("__pycache__", "node_modules")
    for name in ("model", "plugins", "theme", "content"):
        shutil.copytree(ROOT / name, folder / name, ignore=leave)
    (folder / "sites").mkdir()
    (folder / ".venv").symlink_to(sys.prefix)
    return folder


def run(folder: Path, script: str) -> str:
    """Run a block of commands as its reader would; fail with what it said."""
    environment = {name: value for name, value in os.environ.items() if name != "SITE"}
    environment["PYTHON"] = sys.executable
    done = subprocess.run(
        ["bash", "-euc", script],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, script + done.stdout + done.stderr
    return done.stdout


def test_a_new_province_by_the_book(tmp_path: Path) -> None:
    folder = workbench(tmp_path)
    blocks = BLOCK.findall(read("docs/tinh-moi.md"))
    assert [language for language, _ in blocks] == ["sh", "yaml", "sh", "sh", "markdown", "sh"]
    site = folder / "sites" / "tinh-cua-toi"
    contact = site / "content" / "contacts" / "tong-dai-cua-tinh-toi.md"
    written = {"yaml": site / "site.yaml", "markdown": contact}
    said = ""
    for language, text in blocks:
        if language in written:
            written[language].write_text(text, encoding="utf-8")
        else:
            said += run(folder, text)
    assert "Không có lỗi." in said
    assert contact.is_file()
    used = {loaded.document.section for loaded in documents(site).values()} - {""}
    assert used <= set(load_site(site).sections), "the sections of the book's example"
    home = (site / "output" / "index.html").read_text(encoding="utf-8")
    assert "Thông tin khẩn cấp – Tỉnh của tôi" in home
    assert 'href="tel:115"' in home
    assert (site / "output" / "gioi-thieu" / "index.html").is_file()
    assert not (site / "output" / "danh-ba" / "tong-dai-cua-tinh-toi").exists(), "a draft is public"
