"""Every page of the sites that ship: light, valid, accessible, within its policy."""

import gzip
import json
import re
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from model.site import load_site
from plugins.patterns.screenshots import answer, key_pages
from tests.theme.conftest import ROOT, build
from tests.theme.links import dead
from tests.theme.test_browser import AXE, STANDARDS, VIOLATIONS

SITES = (".", "sites/tay-ninh", "sites/hue", "sites/tra-vinh")
PARTS = ("content", "data", "files", "locale", "images", "site.yaml", "sources.yaml")


@pytest.fixture(scope="session")
def shipped(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Path]:
    """Return what builds a copy of a shipped site, once, and gives its output."""
    made: dict[str, Path] = {}

    def output(name: str) -> Path:
        if name not in made:
            folder = tmp_path_factory.mktemp("shipped")
            for part in PARTS:
                source = ROOT / name / part
                if source.is_dir():
                    shutil.copytree(source, folder / part)
                elif source.is_file():
                    shutil.copyfile(source, folder / part)
            made[name] = build(folder)
        return made[name]

    return output


def pages(output: Path) -> list[Path]:
    """Return the pages that stand on the frame; at least as many as any shipped site has."""
    framed = output / "embed"  # held to promises of their own: tests/test_widgets.py
    every = (path for path in sorted(output.rglob("*.html")) if framed not in path.parents)
    found = [path for path in every if b"<main" in path.read_bytes()]
    assert len(found) > 40
    return found


@pytest.mark.parametrize("name", SITES)
def test_every_page_is_light_and_calls_the_hotlines_first(
    shipped: Callable[[str], Path], name: str
) -> None:
    output = shipped(name)
    site = load_site(ROOT / name)
    first = f'href="{site.hotlines[0].phone.href}"'
    css = (output / "theme/site.css").read_bytes()
    for path in pages(output):
        html = path.read_bytes()
        assert len(gzip.compress(html)) + len(gzip.compress(css)) <= 20_000, path
        assert html.decode().index(first) < html.index(b"<main"), path
    home = (output / "index.html").read_bytes()
    assert len(home) + len(css) <= 50_000
    assert len(gzip.compress(home)) + len(gzip.compress(css)) <= 14_000


@pytest.mark.parametrize("name", SITES)
def test_links_lead_somewhere(shipped: Callable[[str], Path], name: str) -> None:
    output = shipped(name)
    followed, wrong = dead(output, load_site(ROOT / name).url, pages(output))
    assert followed > 2000
    assert wrong == []


@pytest.mark.parametrize("name", SITES)
def test_the_offline_pack_is_whole(shipped: Callable[[str], Path], name: str) -> None:
    output = shipped(name)
    line = (output / "sw.js").read_text("utf-8").split("\n", 1)[0]
    found = json.loads(line.removeprefix("var SETTINGS = ").removesuffix(";"))
    assert len(found["pack"]) >= 12
    for address in found["pack"]:
        path = output / re.sub(r"\?.*", "", address).lstrip("/")
        assert (path / "index.html" if path.is_dir() else path).is_file(), address


@pytest.mark.parametrize("name", SITES)
def test_one_page_of_each_template_is_valid_html(
    shipped: Callable[[str], Path], html_validate: Path, name: str
) -> None:
    output = shipped(name)
    key = [output / page.lstrip("/") / "index.html" for page in key_pages(output)]
    assert len(key) > 10
    assert not judged(html_validate, key)


@pytest.mark.browser
@pytest.mark.parametrize("name", SITES)
def test_home_and_lists_work_without_scripts_and_say_nothing(
    shipped: Callable[[str], Path], browser: Any, name: str
) -> None:
    output, site = shipped(name), load_site(ROOT / name)
    said: list[str] = []
    lists = [page for page in key_pages(output) if page.count("/") <= 2]
    assert len(lists) > 5
    for scripts in (False, True):
        context = browser.new_context(
            viewport={"width": 320, "height": 640},
            java_script_enabled=scripts,
            service_workers="block",
        )
        context.route("**/*", answer(output, site.base))
        page = context.new_page()
        page.on("console", lambda message: said.append(message.text))
        page.on("pageerror", lambda error: said.append(str(error)))
        for address in lists if scripts else lists[:2]:
            page.goto(site.absolute(address))
            assert page.locator("a[href^='tel:']").first.is_visible(), address
            assert page.locator("form[role=search] input").is_visible(), address
        if not scripts:
            page.get_by_text("Danh mục", exact=True).click()
            page.locator("details nav a").nth(1).click()
            assert page.locator("h1").is_visible()
        context.close()
    assert [line for line in said if "blocked by Playwright" not in line] == []


def judged(html_validate: Path, files: list[Path]) -> list[Any]:
    """Return what html-validate finds wrong with these files."""
    config = str(Path(__file__).with_name(".htmlvalidate.json"))
    command = [str(html_validate), "-c", config, "-f", "json", *map(str, files)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    found: list[Any] = json.loads(done.stdout)
    return found


@pytest.mark.torture
@pytest.mark.parametrize("name", SITES)
def test_every_page_is_valid_html(
    shipped: Callable[[str], Path], html_validate: Path, name: str
) -> None:
    assert not judged(html_validate, pages(shipped(name)))


@pytest.mark.torture
@pytest.mark.browser
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("name", SITES)
def test_every_page_is_accessible_and_within_its_policy(
    shipped: Callable[[str], Path], browser: Any, axe: str, name: str, scheme: str
) -> None:
    output, site = shipped(name), load_site(ROOT / name)
    context = browser.new_context(
        viewport={"width": 320, "height": 800}, color_scheme=scheme, service_workers="block"
    )
    context.route("**/*", answer(output, site.base))
    page = context.new_page()
    said: list[str] = []
    page.add_init_script(VIOLATIONS)
    page.on("console", lambda message: said.append(f"{page.url}: {message.text}"))
    page.on("pageerror", lambda error: said.append(f"{page.url}: {error}"))
    for path in pages(output):
        address = "/" + path.relative_to(output).as_posix().removesuffix("index.html")
        page.goto(site.absolute(address))
        page.evaluate(axe)
        assert page.evaluate(AXE, STANDARDS) == [], address
        assert page.evaluate("document.documentElement.scrollWidth") <= 320, address
    context.close()
    assert [line for line in said if "blocked by Playwright" not in line] == []
