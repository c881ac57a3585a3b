"""What a worried person must see first, on made-up documents of every kind."""

import shutil
from collections.abc import Iterable, Mapping
from datetime import datetime
from pathlib import Path

import pytest

from benchmarks.search import queries
from benchmarks.search.misses import Memory
from model.fields import VIETNAM
from model.kinds.guides import Guide
from model.kinds.news import News
from model.site import load_site
from plugins.search.analysis import Aliases, Sayings
from plugins.search.entry import day_at
from plugins.search.library import Library
from plugins.search.plan import Entry, plan
from plugins.search.ranking import Habit, leaning, score, search, spelling
from plugins.search.streams import stream
from plugins.search.synonyms import load_aliases
from plugins.search.texts import Texts, texts_of
from tests.search_site import ROOT, write_site

NOW = datetime(2025, 11, 22, 3, 0, tzinfo=VIETNAM)


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Library:
    folder = write_site(tmp_path_factory.mktemp("ranking"), 60)
    shutil.copytree(ROOT / "benchmarks/search/pages", folder / "content", dirs_exist_ok=True)
    return Library(folder, load_site(folder), NOW)


def first(library: Library, query: str) -> str:
    return library.search(query)[1][0].row.id


@pytest.mark.parametrize(
    ("query", "wanted"),
    [
        ("đường dây nóng", "contacts/duong-day-nong-tinh-mau"),
        ("duong day nong", "contacts/duong-day-nong-tinh-mau"),
        ("bến cầu hotline", "contacts/duong-day-nong-ben-cau"),
        ("hotline tan chau", "contacts/duong-day-nong-tan-chau"),
        ("trạm y tế tân biên", "contacts/tram-y-te-tan-bien"),
        ("sdt benh vien mau", "contacts/benh-vien-mau"),
        ("bão", "alerts/bao-mau-so-12"),
        ("xả lũ", "alerts/xa-lu-ho-mau"),
        ("vỡ đập", "misinformation/vo-dap-ho-mau"),
        ("truc thang phun thuoc khu khuan", "misinformation/phun-thuoc-truc-thang"),
        ("uống nước chanh chữa covid", "misinformation/nuoc-chanh-chua-covid"),
        ("phong tỏa toàn tỉnh", "misinformation/phong-toa-toan-tinh"),
        ("bao sap vao", "alerts/bao-mau-so-12"),
        ("trạm y tế tân châu gọi số nào", "contacts/tram-y-te-tan-chau"),
    ],
)
def test_what_a_worried_person_needs_comes_first(library: Library, query: str, wanted: str) -> None:
    assert first(library, query) == wanted


def test_a_document_is_in_the_place_where_it_stands(library: Library) -> None:
    found = [result.row.id for result in library.search("tan bien")[1]]
    assert found[0] == "contacts/tram-y-te-tan-bien"


def test_an_alert_that_is_over_is_gone(tmp_path: Path) -> None:
    folder = write_site(tmp_path, 2)
    shutil.copytree(ROOT / "benchmarks/search/pages/alerts", folder / "content/alerts")
    later = Library(folder, load_site(folder), datetime(2026, 11, 25, tzinfo=VIETNAM))
    assert not [row for row, _ in later.search("bão số 12")[1] if row.kind == "alerts"]


def test_the_title_says_what_a_document_is_about() -> None:
    texts = Texts("Sạt lở đất", "", "", "sơ tán " * 40)
    impact = {token.key: token.impact for token in stream(texts, Aliases())}
    assert impact["sat lo"] > impact["so tan"]


def test_a_synonym_counts_once() -> None:
    aliases, _ = load_aliases()
    made = plan("đăng ký tiêm vắc xin", aliases)
    slots = [f.slot for f in made.features if f.key[0] == "=" or f.key == "vac xin"]
    assert len(slots) == 3
    assert len(set(slots)) == 1


def test_words_of_a_synonym_that_nobody_wrote_are_found() -> None:
    aliases, _ = load_aliases()
    assert "cap cuu" in {feature.key for feature in plan("xe cấp cứu", aliases).features}


def test_what_people_say_is_of_documents_that_tell_what_to_do() -> None:
    said = Sayings([(["bão"], ["gió giật mái tôn"])])
    for document, found in (
        (Guide(title="Khi bão vào", date="2025-01-01"), True),
        (Guide(title="Khi báo động", date="2025-01-01"), False),
        (Guide(title="Khi gió to", date="2025-01-01", tags=["bão"]), True),
        (News(title="Khi bão vào", date="2025-01-01"), False),
    ):
        assert ("gió giật" in texts_of(document, "", said).head) is found


def test_the_ranking_in_memory_by_which_misses_are_studied_is_the_same(library: Library) -> None:
    source = Memory([(row, library.stream(row)) for row in library.rows], day_at(NOW))
    for query in (
        "đường dây nóng",
        "vo dap",
        "tieem vac xin",
        "hotline tan chau",
        "bão số 12",
        "x",
    ):
        _, hits = search(query, library.source, library.aliases)
        assert search(query, source, library.aliases)[1] == hits


class Given:
    """A source that knows no more than it is given."""

    count = 1000

    def lookup(self, keys: Iterable[str]) -> Mapping[str, Entry]:
        return {}

    def words(self) -> Mapping[str, int]:
        return {}

    def prior(self, document: int) -> int:
        return 16

    def freshness(self, document: int) -> int:
        return 0


def worth_beside(documents: int) -> int:
    """Return the score of “hội an” (3 documents) beside a pair of so many."""
    made = plan("xã hội an", Aliases())
    made.entries = {
        "xa hoi": Entry(documents, {(0, 0): [(1, 9)]}),
        "hoi an": Entry(3, {(0, 0): [(2, 9)]}),
    }
    return {hit.document: hit.score for hit in score(made, Given())}[2]


def test_a_pair_much_rarer_than_its_neighbour_counts_less() -> None:
    assert worth_beside(6) * 3 // 4 == pytest.approx(worth_beside(7), abs=2)
    assert worth_beside(6) == worth_beside(1)


def test_what_a_document_is_counts_less_the_more_is_asked() -> None:
    assert [leaning(36, units) for units in (1, 2, 4, 8, 31)] == [36, 36, 26, 21, 17]
    assert leaning(10, 31) == 10


@pytest.mark.parametrize(
    ("typed", "stands", "habit", "share"),
    [
        (0, 8, Habit(False, False), 16),  # ban, among words without marks: any of bán, bàn, bạn
        (0, 8, Habit(True, True), 8),  # the same among words with marks
        (6, 8, Habit(False, True), 6),  # marks without tones
        (6, 8, Habit(True, True), 3),  # the same by somebody who types tones
        (2, 8, Habit(True, False), 6),
        (9, 8, Habit(True, True), 2),
        (8, 8, Habit(True, True), 16),
    ],
)
def test_marks_left_out_are_forgiven_to_whoever_leaves_them_out(
    typed: int, stands: int, habit: Habit, share: int
) -> None:
    assert spelling([typed], [stands], habit) == share


def test_a_page_that_says_a_phrase_in_the_table_of_sayings_answers_it() -> None:
    """The benchmark chooses words by what readers see and takes sayings as right, marks and all."""
    chosen = [("đổ bộ", ["a"]), ("hải quan", ["a", "b"])]
    found = queries.also_in(chosen, {"b": "Bão đổ bộ đêm nay", "c": "do bo, hai quan, hai. Quan"})
    assert found == [("đổ bộ", ["a", "b"]), ("hải quan", ["a", "b"])]
