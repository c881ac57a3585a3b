"""Every file of the real captures is taken through the pipeline by a test, or excused with why."""

from fnmatch import fnmatch
from pathlib import Path

import pytest

pytestmark = pytest.mark.real
HERE = Path(__file__).parent
WHOLE = {
    # pattern -> (the test that walks or builds these names, a word that it must contain)
    "feeds/*": ("test_real_feeds.py", '"feeds"'),
    "qa/open311_sf2010_*": ("test_real_questions.py", "open311_sf2010_"),
    "pages/sotttt.hanoi_2022-08-27_hoi-ap*": ("test_real_questions.py", "hoi-ap"),
    "pages/sotttt.hanoi_2022-08-27_danh-ba*": ("test_real_questions.py", "danh-ba"),
    "pages/sotttt.hanoi_2022-08-27_duong-day-nong*": ("test_real_questions.py", "duong-day-nong"),
    "pages/sotttt.hanoi_2022-08-27_*": ("test_real_pages.py", "sotttt.hanoi_2022-08-27_"),
    "pages/moh_ncov_2021-05-24_*": ("test_real_pages.py", "moh_ncov_2021-05-24_"),
}
EXCUSED = {
    "README.md": "about the captures",
    "MANIFEST.json": "about the captures",
    "contacts/admin-units/*": "lists of units: what model/data/units.csv was checked against",
    "corpus/*": "texts for the search and the benchmarks, no source of the site",
    "queries/*": "questions that measure the search",
    "misinformation/vfnd.zip": "a research set of articles; pieces of it in test_real_pages.py",
    "misinformation/claimreview/desi_facts_index_raw.xml.gz": "a sitemap: no claim in it",
    "misinformation/claimreview/tayo_index_raw.xml.gz": "a sitemap: no claim in it",
    "misinformation/claimreview/piyaoba_index_raw.json.gz": "an index as HTML inside JSON",
    "misinformation/claimreview/viet_fact_check_index_raw.json.gz": "an index as HTML inside JSON",
    "pages/vnexpress_article_2025-10-22.meta.json": "the address of the page beside it",
    "pages/vnexpress_article_2025-10-22.expected.json": "the answer key of the page beside it",
}


def names(folder: Path) -> list[str]:
    found = [path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()]
    return sorted(found)


def test_no_capture_is_forgotten(real_data: Path) -> None:
    tests = {path.name: path.read_text("utf-8") for path in HERE.glob("test_*.py")}
    del tests[Path(__file__).name]
    written = "\n".join(tests.values())
    found = names(real_data)
    assert len(found) > 100
    forgotten = [
        name
        for name in found
        if Path(name).name not in written
        and not any(fnmatch(name, pattern) for pattern in (*WHOLE, *EXCUSED))
    ]
    assert not forgotten


def test_what_is_named_here_exists(real_data: Path) -> None:
    found = names(real_data)
    for pattern in (*WHOLE, *EXCUSED):
        assert any(fnmatch(name, pattern) for name in found), pattern
    for test, word in WHOLE.values():
        assert word in (HERE / test).read_text("utf-8"), test
