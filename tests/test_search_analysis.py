"""The analyzer: every way in which Vietnamese is typed."""

import unicodedata
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from model.problem import Problems
from plugins.search.analysis import Aliases, Sayings, analyse, is_syllable, pairs, tokens, units
from plugins.search.repair import readings, telex, without_vni
from plugins.search.streams import KEY_BITS, key_number, pack, stream, unpack, weigh
from plugins.search.synonyms import OWN, OWN_SAID, load_aliases, read_groups, read_said
from plugins.search.texts import Texts, plain

ALIASES, _ = load_aliases()
WORDS = dict.fromkeys(
    [
        "khai",
        "bao",
        "y",
        "te",
        "benh",
        "vien",
        "tay",
        "ninh",
        "giay",
        "di",
        "duong",
        "tin",
        "gia",
        "bluezone",
    ],
    4,
)


def keys(text: str, query: bool = False) -> set[str]:
    found, extras = tokens(text, ALIASES, query)
    return {unit.text for unit in found} | {extra.key for extra in extras}


@pytest.mark.parametrize(
    ("one", "other"),
    [("hoà", "hòa"), ("thuỷ", "thủy"), ("hoả", "hỏa"), ("kỹ", "kĩ"), ("sỹ", "sĩ"), ("quý", "quí")],
)
def test_spellings_that_mean_the_same_are_one(one: str, other: str) -> None:
    assert analyse(one) == analyse(other)
    assert analyse(unicodedata.normalize("NFD", one)) == analyse(other)


@pytest.mark.parametrize("word", ["bệnh", "đường", "giặt", "nghiêng", "uỷ", "ĐỔI"])
def test_folding_takes_every_mark_and_keeps_which_it_was(word: str) -> None:
    folded, code = analyse(word)
    assert folded.isascii()
    assert folded == folded.lower()
    assert code
    assert analyse(folded) == (folded, 0)


def test_spellings_of_one_folded_syllable_have_different_codes() -> None:
    spelled = [
        "ma",
        "má",
        "mà",
        "mả",
        "mã",
        "mạ",
        "mă",
        "mắ",
        "mằ",
        "mẳ",
        "mẵ",
        "mặ",
        "mâ",
        "mấ",
        "mầ",
        "mẩ",
        "mẫ",
        "mậ",
    ]
    assert len({analyse(word) for word in spelled}) == len(spelled)
    assert {analyse(word)[0] for word in spelled} == {"ma"}


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("0276.1022", "02761022"),
        ("0276 3822 115", "02763822115"),
        ("0276 3822 115", "3822115"),
        ("+84 276 3822115", "02763822115"),
        ("1,5 triệu đồng", "1500000"),
        ("1.500.000 đồng", "1500000"),
        ("462/STTTT-TTBCXB", "462sttttttbcxb"),
        ("462/STTTT-TTBCXB", "462"),
        ("TP.HCM", "tphcm"),
        ("covid-19", "covid19"),
        ("72h", "72"),
        ("công văn số 462", "van 462"),
        ("bão số 9", "bao 9"),
        ("UBND tỉnh", "=ubnd"),
        ("Ủy ban nhân dân tỉnh", "=ubnd"),
        ("BV đa khoa", "=bv"),
        ("bệnh viện", "=bv"),
        ("văcxin", "=vaccine"),
        ("vắc-xin", "=vaccine"),
        ("Thành phố Hồ Chí Minh", "=tphcm"),
    ],
)
def test_numbers_codes_and_abbreviations_are_found_in_every_form(text: str, key: str) -> None:
    assert key in keys(text)


@pytest.mark.parametrize(
    ("query", "text"),
    [
        ("02763822115", "Gọi 0276 3822 115"),
        ("0276 3822 115", "Gọi 0276.3822.115"),
        ("3822115", "ĐT: 0276 3822115"),
        ("1.500.000", "hỗ trợ 1,5 triệu đồng"),
        ("tphcm", "ở TP.HCM"),
    ],
)
def test_a_number_typed_one_way_meets_the_other(query: str, text: str) -> None:
    assert keys(query, query=True) & keys(text)


def test_no_pair_spans_a_sentence() -> None:
    found = dict(pairs(units("Hết điện. Nước sạch")))
    assert set(found) == {"het dien", "nuoc sach"}


def test_khmer_and_chinese_are_cut_into_pieces_with_pairs() -> None:
    khmer = units("ភាសាខ្មែរ")
    assert len(khmer) == 4
    assert len(dict(pairs(khmer))) == 3
    assert [unit.text for unit in units("中文信息")] == list("中文信息")


@pytest.mark.parametrize(
    "word",
    ["nghieng", "giuong", "khuya", "quoc", "gi", "quay", "uyen", "benh", "xoong", "thuo", "yeu"],
)
def test_syllables_are_known_by_shape(word: str) -> None:
    assert is_syllable(word)


@pytest.mark.parametrize("word", ["beenhj", "covid", "bluezone", "baso", "ubnd", "xyz", "115"])
def test_what_is_no_syllable_is_known_too(word: str) -> None:
    assert not is_syllable(word)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("beenhj", "benh"),
        ("vieenj", "vien"),
        ("baso", "bao"),
        ("dduwowngf", "duong"),
        ("tes", "te"),
    ],
)
def test_telex_keys_left_in_are_taken_out(typed: str, meant: str) -> None:
    assert meant in telex(typed)


def test_vni_digits_are_taken_out_but_numbers_stay() -> None:
    assert without_vni("be65nh vie65n") == "benh vien"
    assert without_vni("benh65 vien65") == "benh vien"
    assert without_vni("covid19 f0 quan 7 115") == "covid19 f0 quan 7 115"


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("baso", ("bao",)),
        ("bnenh", ("benh",)),
        ("vein", ("vien",)),
        ("duongg", ("duong",)),
        ("benhvien", ("benh", "vien")),
        ("bluezne", ("bluezone",)),
    ],
)
def test_a_mistyped_word_is_read_as_meant(typed: str, meant: tuple[str, ...]) -> None:
    assert meant in [reading.words for reading in readings(typed, WORDS)]


def test_long_words_and_numbers_are_not_guessed_at() -> None:
    assert readings("a" * 10_000, WORDS) == []
    assert readings("1022", WORDS) == []


def test_a_stream_survives_packing() -> None:
    texts = Texts("Bệnh viện", "", "gọi 1022", "Bệnh viện đa khoa. " * 30)
    found = stream(texts, ALIASES)
    numbers, words = unpack(pack(weigh(texts, ALIASES)))
    assert len(numbers) == len(found)
    assert list(numbers) == sorted(numbers)
    assert {"benh", "vien", "goi"} <= set(words)
    assert "1022" not in words
    assert {number >> 28 for number in numbers} == {key_number(token.key) for token in found}
    assert all(0 <= token.impact <= 15 for token in found)


def test_the_title_weighs_more_than_the_body() -> None:
    found = stream(Texts("Khẩu trang", "", "", "Rửa tay thường xuyên. " * 40), ALIASES)
    weight = {token.key: token.impact for token in found}
    assert weight["khau trang"] >= weight["rua tay"] - 2
    assert weight["khau trang"] > 8


@given(st.text(max_size=200))
@settings(deadline=None, max_examples=60)
def test_any_text_is_analysed_and_numbered(text: str) -> None:
    found, extras = tokens(text, ALIASES)
    for unit in found:
        assert 0 <= unit.code <= 4095
        assert 0 <= key_number(unit.text) < 1 << KEY_BITS
    for extra in extras:
        assert 0 <= extra.first <= extra.last < len(found)


def test_plain_text_of_a_body_has_a_line_a_block() -> None:
    assert plain("<p>Một <b>hai</b></p><ul><li>ba &amp; bốn</li></ul>") == "Một hai\nba & bốn"


def test_a_site_extends_the_synonyms(tmp_path: Path) -> None:
    own = tmp_path / OWN
    own.parent.mkdir(parents=True)
    own.write_text("groups:\n  - [KCNC, khu công nghệ cao]\n", encoding="utf-8")
    aliases, table = load_aliases(tmp_path)
    assert aliases.forms["khu", "cong", "nghe", "cao"] == aliases.forms[("kcnc",)]
    assert "KCNC" in table
    assert aliases.forms[("ubnd",)]


@pytest.mark.parametrize(
    "text", ["groups:\n  - một từ\n", "groups: x\n", "nhom: []\n", "groups:\n  - [a]\n"]
)
def test_a_wrong_table_is_a_problem_that_names_the_file(text: str) -> None:
    with pytest.raises(Problems, match=OWN):
        read_groups(text.encode(), OWN)


def test_a_site_says_what_its_people_say(tmp_path: Path) -> None:
    own = tmp_path / OWN_SAID
    own.parent.mkdir(parents=True)
    own.write_text("groups:\n  - of: [xâm nhập mặn]\n    said: [nước mặn]\n", encoding="utf-8")
    aliases, table = load_aliases(tmp_path)
    assert aliases.said.of("Xâm nhập mặn: trữ nước ngọt") == ["nước mặn"]
    assert "nước mặn" in table
    assert "bão sắp vào" in aliases.said.of("Khi bão số 9 tới")


def test_what_people_say_is_of_words_as_they_are_spelled() -> None:
    said = Sayings([(["bão", "áp thấp"], ["gió to", "mưa to"]), (["bão"], ["mưa to"])])
    assert said.of("BÃO, áp thấp") == ["gió to", "mưa to"]
    assert said.of("Thông báo bảo vệ; áp lực thấp") == []
    assert said.of("") == []


@pytest.mark.parametrize(
    "text",
    [
        "groups:\n  - [bão, gió]\n",
        "groups:\n  - of: [bão]\n",
        "groups:\n  - of: bão\n    said: [gió to]\n",
        "groups:\n  - of: []\n    said: [gió to]\n",
        "groups:\n  - of: [bão]\n    said: [gió to]\n    them: [x]\n",
        "groups:\n  - of: ['!']\n    said: [gió to]\n",
    ],
)
def test_a_wrong_table_of_sayings_is_a_problem(text: str) -> None:
    with pytest.raises(Problems, match=OWN_SAID):
        read_said(text.encode(), OWN_SAID)


def test_short_aliases_do_not_swallow_syllables() -> None:
    single = {form[0] for form in ALIASES.forms if len(form) == 1}
    assert {word for word in single if is_syllable(word)} <= {"tyt", "byt", "syt"}
    assert Aliases([]).forms == {}
