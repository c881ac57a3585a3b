"""The sites that ship: all sourced, nobody's private data, no dead link, one way of writing."""

import re
import shutil
import unicodedata
from datetime import datetime
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from bs4 import BeautifulSoup

from model.check.site import check_site
from model.content import Loaded, content_files, load
from model.fields import VIETNAM
from model.personal_data import find
from model.site import load_site
from tests.building import build, plugin_names, register_plugins

ROOT = Path(__file__).resolve().parents[1]
SITES = [ROOT, *sorted(path for path in (ROOT / "sites").iterdir() if path.is_dir())]
NOW = datetime(2026, 11, 22, tzinfo=VIETNAM)
TEXT = {".md", ".yaml", ".html", ".py", ".po"}
WRITTEN_BY_PEOPLE = (
    "model",
    "plugins",
    "fetchers",
    "publishing",
    "theme",
    "content",
    "sites",
    "docs",
)
QUOTES_BOTH_WAYS = {"docs/van-phong.md", "model/places.py"}
NEW_STYLE = re.compile(r"\b(?:[^\W\d_]{0,3}(?:o[áàảãạéèẻẽẹ]|(?<!q)u[ýỳỷỹỵ]))\b", re.IGNORECASE)
"""A syllable that ends in oa, oe or uy with the mark on its last letter: hoá, khoẻ, uỷ."""


def named(site: Path) -> str:
    return "root" if site == ROOT else site.name


def documents(site: Path) -> dict[str, Loaded]:
    return {file: load(file, (site / file).read_bytes()) for file in content_files(site)}


each_site = pytest.mark.parametrize("site", SITES, ids=named)
each_demonstration = pytest.mark.parametrize("site", SITES[1:], ids=named)


def test_the_sites_are_there() -> None:
    assert {"root", "tay-ninh", "hue", "tra-vinh"} <= set(map(named, SITES))


@each_site
def test_the_check_finds_nothing_not_even_a_warning(site: Path) -> None:
    assert check_site(site, NOW) == []


def test_the_sample_site_has_nothing_that_must_be_mended() -> None:
    now = datetime(2025, 10, 29, 22, tzinfo=VIETNAM)
    found = check_site(ROOT / "tests/sites/mau", now)
    assert found, "it shows what the check warns of"
    assert [str(problem) for problem in found if not problem.warning] == []


@each_site
def test_every_document_names_its_source_and_a_date(site: Path) -> None:
    found = documents(site)
    assert len(found) > 10
    for file, loaded in found.items():
        document = loaded.document
        assert document.summary, f"{file} has no summary"
        assert document.sources, f"{file} names no source"
        assert document.date or document.sorted_at, f"{file} has no date"


@each_site
def test_every_section_has_a_name(site: Path) -> None:
    sections = {loaded.document.section for loaded in documents(site).values()} - {""}
    assert sections
    assert sections <= set(load_site(site).sections)


@each_site
def test_no_private_person_is_named(site: Path) -> None:
    files = [site / "site.yaml", *(site / file for file in content_files(site))]
    for path in files:
        assert find(path.read_text(encoding="utf-8"), "agency") == [], path


@each_site
def test_mobile_numbers_are_nowhere(site: Path) -> None:
    for file in content_files(site):
        digits = re.sub(r"[ .\-]", "", (site / file).read_text(encoding="utf-8"))
        assert not re.search(r"(?<!\d)0[35789]\d{8}(?!\d)", digits), file


@each_site
def test_the_emergency_numbers_stand_on_every_site(site: Path) -> None:
    numbers = {line.phone.tel for line in load_site(site).hotlines}
    assert {"113", "114", "115"} <= numbers


@each_demonstration
def test_a_demonstration_says_that_it_is_one(site: Path) -> None:
    configuration = load_site(site)
    assert configuration.demo
    about = documents(site)["content/pages/gioi-thieu.md"]
    assert "không phải trang chính thức" in about.body
    assert f"**{configuration.place}**" in about.body, "the province's present code"


@each_demonstration
def test_every_number_of_a_demonstration_has_its_ground(site: Path) -> None:
    """Numbers to call, numbers and days of letters stand in the table that a reviewer checks."""
    table = (ROOT / "docs/can-cu-trang-mau.md").read_text(encoding="utf-8")
    configuration = load_site(site)
    wanted = {line.number for line in configuration.hotlines}
    for loaded in documents(site).values():
        wanted |= {phone.number for phone in getattr(loaded.document, "phones", ())}
        wanted.add(getattr(loaded.document, "number", ""))
        if issued := getattr(loaded.document, "issued_on", None):
            wanted.add(f"{issued.day}/{issued.month}/{issued.year}")
    assert len(wanted) > 5
    assert sorted(fact for fact in wanted if fact not in table) == []
    assert configuration.demo_note


@pytest.fixture(scope="module", params=SITES, ids=named)
def built(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the output of a site that ships."""
    folder = tmp_path_factory.mktemp("shipped") / named(request.param)
    folder.mkdir()
    for name in ("site.yaml", "sources.yaml", "content", "data", "files", "theme"):
        if request.param == ROOT and name in ("theme",):
            continue
        path = request.param / name
        if path.is_dir():
            shutil.copytree(path, folder / name)
        elif path.is_file():
            shutil.copy(path, folder / name)
    register_plugins(plugin_names())
    build(folder, NOW)
    return folder / "output"


def test_every_link_within_a_site_leads_to_a_page(built: Path) -> None:
    pages = sorted(built.rglob("*.html"))
    assert len(pages) > 20
    dead: dict[str, str] = {}
    for page in pages:
        soup = BeautifulSoup(page.read_bytes(), "lxml")
        for tag in soup.select("a[href], link[href], script[src], img[src], iframe[src]"):
            target = str(tag.get("href") or tag.get("src"))
            path = unquote(urlsplit(target).path)
            if target.startswith("/") and not target.startswith("//"):
                file = built / path.lstrip("/")
                if not (file.is_file() or (file / "index.html").is_file()):
                    dead.setdefault(path, page.relative_to(built).as_posix())
    assert dead == {}


def test_the_words_that_people_read_place_tone_marks_one_way() -> None:
    paths = [
        path
        for room in WRITTEN_BY_PEOPLE
        for path in (ROOT / room).rglob("*")
        if path.suffix in TEXT and "decisions" not in path.parts and "output" not in path.parts
    ]
    assert len(paths) > 150
    for path in [*paths, ROOT / "site.yaml"]:
        text = path.read_text(encoding="utf-8")
        assert text == unicodedata.normalize("NFC", text) or path.suffix == ".py", path
        if path.relative_to(ROOT).as_posix() not in QUOTES_BOTH_WAYS:
            assert NEW_STYLE.findall(text) == [], f"{path}: xem docs/van-phong.md"
