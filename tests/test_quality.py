"""What measures the pages: it counts what is there, and says what is too heavy."""

import gzip
import urllib.error
import urllib.request
from pathlib import Path
from typing import Any

import pytest

from benchmarks.quality.browser import Look
from benchmarks.quality.lighthouse import Score
from benchmarks.quality.report import Found, write
from benchmarks.quality.sites import Built, served
from benchmarks.quality.sweep import Sweep, sweep
from benchmarks.quality.weights import FamilyWeight, over, template_of, weighed

PAGE = '<link rel="stylesheet" href="/theme/site.css?v=1"><main>{}</main>'


@pytest.fixture
def site(tmp_path: Path) -> Built:
    built = Built("thu", tmp_path)
    for name, text in (("", "Nhẹ"), ("tin-tuc/a/", "Nặng" * 20_000), ("tin-tuc/", "Danh sách")):
        path = built.output / name / "index.html"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(PAGE.format(text), encoding="utf-8")
    (built.output / "theme").mkdir()
    (built.output / "theme/site.css").write_text("a{}", encoding="utf-8")
    (built.output / "404.html").write_text("<main>Không có</main>", encoding="utf-8")
    return built


@pytest.mark.parametrize(
    ("page", "template"),
    [
        ("/", "home"),
        ("/km/", "home"),
        ("/tin-tuc/", "news list"),
        ("/tin-tuc/trang/1/", "news list"),
        ("/en/huong-dan/bao/", "guides"),
        ("/danh-ba/bang-in/", "contacts list"),
        ("/tim-kiem/a-z/a/", "other"),
    ],
)
def test_a_pages_address_tells_its_template(page: str, template: str) -> None:
    assert template_of(page) == template


def test_what_is_too_heavy_is_named(site: Built) -> None:
    pages = weighed(site)
    assert {page.page: page.template for page in pages} == {
        "/": "home",
        "/tin-tuc/": "news list",
        "/tin-tuc/a/": "news",
    }
    light = next(page for page in pages if page.page == "/")
    html = (site.output / "index.html").read_bytes()
    assert light.raw == len(html) + 3
    assert light.wire == len(gzip.compress(html, mtime=0)) + len(gzip.compress(b"a{}", mtime=0))
    assert [line.split(": ")[1] for line in over(pages)] == ["/tin-tuc/a/"]


def test_pages_are_served_compressed_and_missing_ones_as_such(site: Built) -> None:
    with served(site) as address, urllib.request.urlopen(address + "/tin-tuc/") as answer:
        assert answer.headers["Content-Encoding"] == "gzip"
        assert "Danh sách" in gzip.decompress(answer.read()).decode()
        with pytest.raises(urllib.error.HTTPError, match="404"):
            urllib.request.urlopen(address + "/khong-co/")


def test_the_report_says_what_holds_and_what_does_not(site: Built) -> None:
    found = Found("Chromium 1", weighed(site), [FamilyWeight("page", 3, 10, 20)])
    found.looks = [("thu", Look("/", 3, 900, "h1"))]
    found.sweeps = {"thu": Sweep(2, 1, ["/ (light): x"])}
    found.scores = [Score("thu", "/", {"accessibility": 100, "best-practices": 99, "seo": 100}, ())]
    text = write(found, over(found.pages))
    assert "| faults found in a browser on any page | 0 | 1 | **missed** |" in text
    assert "| Lighthouse, worst score of any page | 100 | 99 | **missed** |" in text
    assert "over its budget: thu: /tin-tuc/a/" in text
    assert "| page | 3 | 10 | 20 |" in text
    assert len(found.wrong()) == 2


@pytest.mark.browser
def test_a_sweep_finds_what_is_wrong_with_a_page(browser: Any, axe: str, tmp_path: Path) -> None:
    built = Built("thu", tmp_path)
    built.output.mkdir()
    (built.output / "index.html").write_text(
        '<!doctype html><html lang="vi"><title>Thử</title><main><h1>Thử</h1>'
        '<img src="https://la.example.org/a.png"><p style="color:red">Màu</p>'
        '<button>Bấm</button><div class="w">dài</div>'
        f"<pre>{'rộng' * 50}</pre></main>",
        encoding="utf-8",
    )
    with served(built) as address:
        done = sweep(browser, built, address, built.every(), axe)
    assert (done.pages, done.plain) == (2, 1)
    said = "\n".join(done.faults)
    for words in (
        *("/ (light): image-alt", "/ (dark): image-alt", "px wide on 320 px"),
        *("policy: style-src-attr", "la.example.org", "no number to call", "no search"),
        "1 buttons that do nothing",
    ):
        assert words in said, said
