"""Every page of the sites that ship: light, valid, its links alive; a browser looks at one of each
sort here, at every one in `pytest -m torture` and in `python -m benchmarks.quality`."""

import json
import re
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from benchmarks.quality.sites import PARTS, Built, served
from benchmarks.quality.sweep import Sweep, sweep
from benchmarks.quality.weights import over, weighed
from model.site import load_site
from plugins.patterns.screenshots import key_pages
from tests.theme.conftest import ROOT, build
from tests.theme.links import dead

SITES = (".", "sites/tay-ninh", "sites/hue", "sites/tra-vinh")
SORTS = (
    *("/", "/404.html", "/goi-khan-cap/", "/huong-dan/", "/kenh-chinh-thuc/", "/tim-kiem/"),
    *("/embed/404.html", "/embed/so-can-goi/", "/nhung/"),
)
"""Pages that every site has, besides its documents."""
WHOLE = """new Promise(done => { var tries = 50; (function look() {
  var kept = caches.open("loa-index").then(cache => cache.match("/tim-kiem/base.json"));
  kept.then(found => found || !tries-- ? done(!!found) : setTimeout(look, 100)); })(); })"""
"""The manifests of the index are kept last, once all its files are there; waits five seconds."""


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
    """Return every page, framed ones too; at least as many as any shipped site has."""
    every = sorted(output.rglob("*.html"))
    found = [path for path in every if b"<main" in path.read_bytes()]
    assert len(found) > 90
    assert len(every) - len(found) <= len(list(output.rglob("hien-tai.html")))
    return found


@pytest.mark.parametrize("name", SITES)
def test_every_page_is_light_and_calls_the_hotlines_first(
    shipped: Callable[[str], Path], name: str
) -> None:
    built = Built(name, shipped(name).parent)
    first = f'href="{load_site(ROOT / name).hotlines[0].phone.href}"'
    looked = weighed(built)
    assert len(looked) > 60
    assert over(looked) == []
    for page in looked:
        html = (built.output / page.page.lstrip("/") / "index.html").read_text("utf-8")
        assert html.index(first) < html.index("<main"), page.page


@pytest.mark.parametrize("name", SITES)
def test_links_lead_somewhere(shipped: Callable[[str], Path], name: str) -> None:
    output = shipped(name)
    followed, wrong = dead(output, load_site(ROOT / name).url, pages(output))
    assert followed > 2000
    assert wrong == []


def pack(output: Path) -> list[str]:
    """Return the addresses that the worker keeps."""
    line = (output / "sw.js").read_text("utf-8").split("\n", 1)[0]
    found = json.loads(line.removeprefix("var SETTINGS = ").removesuffix(";"))
    return [str(address) for address in found["pack"]]


@pytest.mark.parametrize("name", SITES)
def test_the_offline_pack_is_whole(shipped: Callable[[str], Path], name: str) -> None:
    output = shipped(name)
    kept = pack(output)
    assert len(kept) >= 12
    for address in kept:
        path = output / re.sub(r"\?.*", "", address).lstrip("/")
        assert (path / "index.html" if path.is_dir() else path).is_file(), address


@pytest.mark.parametrize("name", SITES)
def test_every_page_is_valid_html(
    shipped: Callable[[str], Path], html_validate: Path, name: str
) -> None:
    assert not judged(html_validate, pages(shipped(name)))


def judged(html_validate: Path, files: list[Path]) -> list[Any]:
    """Return what html-validate finds wrong with these files."""
    config = str(Path(__file__).with_name(".htmlvalidate.json"))
    command = [str(html_validate), "-c", config, "-f", "json", *map(str, files)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    found: list[Any] = json.loads(done.stdout)
    return found


def looked_at(browser: Any, built: Built, axe: str, every: list[str]) -> Sweep:
    """Return what a browser finds on pages by day, by night and without scripts."""
    with served(built) as address:
        return sweep(browser, built, address, every, axe)


@pytest.mark.browser
@pytest.mark.parametrize("name", SITES)
def test_a_page_of_each_sort_in_a_browser(
    shipped: Callable[[str], Path], browser: Any, axe: str, name: str
) -> None:
    built = Built(name, shipped(name).parent)
    some = [*SORTS, *(page for page in key_pages(built.output) if page.count("/") == 3)]
    done = looked_at(browser, built, axe, some)
    assert (done.pages, done.plain) == (2 * len(some), len(some))
    assert len(some) > len(SORTS) + 2
    assert done.faults == []


@pytest.mark.torture
@pytest.mark.browser
@pytest.mark.parametrize("name", SITES)
def test_every_page_in_a_browser(
    shipped: Callable[[str], Path], browser: Any, axe: str, name: str
) -> None:
    built = Built(name, shipped(name).parent)
    every = built.every()
    assert len(every) > 90
    done = looked_at(browser, built, axe, every)
    assert (done.pages, done.plain) == (2 * len(every), len(every))
    assert done.faults == []


@pytest.mark.browser
@pytest.mark.parametrize("name", SITES)
def test_the_pack_opens_with_the_server_stopped(
    shipped: Callable[[str], Path], browser: Any, name: str
) -> None:
    output = shipped(name)
    last = key_pages(output)[-1]
    context = browser.new_context(viewport={"width": 360, "height": 640})
    page = context.new_page()
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    with served(Built(name, output.parent)) as address:
        page.goto(address + "/")
        page.evaluate("navigator.serviceWorker.ready.then(found => found.active.state)")
        page.goto(address + last)
        tries = (page.evaluate(WHOLE) or page.reload() for _ in range(12))
        assert any(kept is True for kept in tries)
        page.goto(address + "/goi-khan-cap/")
        page.locator("[data-stored]").wait_for()
    assert said == []
    kept = [path for path in pack(output) if path.endswith("/") and path != "/tim-kiem/"]
    assert len(kept) > 5
    for path in kept:
        page.goto(address + path)
        assert page.locator("h1").count() == 1, path
        assert page.locator("a[href='tel:115']").count(), path
        page.locator("#ban-luu").wait_for()
    page.goto(address + last)
    page.locator("#ban-luu").wait_for()
    page.goto(address + "/tim-kiem/?q=115")
    page.locator("#ket-qua a").first.wait_for()
    page.goto(address + "/khong-co-trang-nay/")
    assert "Gói khẩn cấp" in page.inner_text("h1"), "a page never seen becomes the pack"
    context.close()
