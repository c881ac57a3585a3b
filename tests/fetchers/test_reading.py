"""Numbers, days, telephone cells, encodings and tables: what is read, what is refused."""

import csv
import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fetchers.cleaning.phones import OLD_AREAS, phones_in
from fetchers.formats import Unreadable
from fetchers.formats.csv import read_csv, sniff
from fetchers.formats.decoding import decode_text, is_garbled, mend
from fetchers.formats.figures import Days, number_in, style_of
from fetchers.formats.json_text import parse_json
from fetchers.formats.table import records
from fetchers.normalise.questions import titled, unwrapped
from fetchers.normalise.standing import hours_of
from model.phone import parse_phone
from model.source import Dates


@pytest.mark.parametrize(
    ("cell", "style", "value"),
    [
        ("1.234,5", "vi", "1234.5"),
        ("1.234.567", "vi", "1234567"),
        ("12,50", "vi", "12.5"),
        ("1,234.5", "en", "1234.5"),
        ("007", "en", "7"),
        ("+3", "en", "3"),
        ("-4", "vi", "-4"),
        ("0,0", "vi", "0"),
        ("12,5%", "vi", "12.5"),
        ("1 234 567", "vi", "1234567"),
        ("1.5E+3", "en", "1500"),
        ("", "vi", ""),
        ("-", "vi", ""),
        ("NA", "en", ""),
        ("NaN", "en", ""),
        ("1.23", "vi", None),
        ("12,34,5", "en", None),
        ("khoảng 5", "vi", None),
        ("∞", "vi", None),
        ("inf", "en", None),
    ],
)
def test_numbers(cell: str, style: str, value: str | None) -> None:
    assert number_in(cell, style) == value


@pytest.mark.parametrize(
    ("cells", "style"),
    [
        (["1", "22", ""], "en"),
        (["1.234", "5,5"], "vi"),
        (["1.234", "1.234.567"], "vi"),
        (["1,234", "5.5"], "en"),
        (["1.5", "2"], "en"),
    ],
)
def test_a_table_tells_its_style(cells: list[str], style: str) -> None:
    assert style_of(cells, "auto") == style


@pytest.mark.parametrize("cells", [["1.234"], ["1,234", "7"], ["5,5", "5.5"]])
def test_an_ambiguous_table_is_asked(cells: list[str]) -> None:
    with pytest.raises(Unreadable):
        style_of(cells, "auto")
    assert style_of(["1.234"], "vi") == "vi"


@given(st.integers(-(10**12), 10**12), st.integers(0, 999))
@settings(deadline=None, max_examples=150)
def test_numbers_come_back_from_both_styles(whole: int, part: int) -> None:
    english = f"{whole:,}.{part:03}"
    vietnamese = english.translate(str.maketrans(",.", ".,"))
    read = number_in(english, "en")
    assert read == number_in(vietnamese, "vi")
    assert read is not None
    assert float(read) == float(english.replace(",", ""))


@pytest.mark.parametrize(
    ("texts", "days"),
    [
        (["01/02/2021", "15/02/2021"], ["2021-02-01", "2021-02-15"]),
        (["2/1/2021", "2/15/2021"], ["2021-02-01", "2021-02-15"]),
        (["1/22/20", "2/1/20"], ["2020-01-22", "2020-02-01"]),
        (["2021-02-01T00:00:00Z"], ["2021-02-01"]),
        (["44409"], ["2021-08-01"]),
        (["2020/03/17"], ["2020-03-17"]),
        (["1 tháng 2", "31/02/2021"], ["None", "None"]),
    ],
)
def test_days(texts: list[str], days: list[str]) -> None:
    reader = Days(texts, Dates())
    assert [str(reader.read(text)) for text in texts] == days


@pytest.mark.parametrize(
    ("cell", "numbers"),
    [
        ("0969.851.616", ["0969851616"]),
        ("0276 3822 115 / 0276 3822 116", ["02763822115", "02763822116"]),
        ("0276.3822115, 0276.3822116 hoặc 1022", ["02763822115", "02763822116", "1022"]),
        ("+84 243 855 2501", ["02438552501"]),
        ("+84 1900 1984", ["19001984"]),
        ("(0296) 3892 113", ["02963892113"]),
        ("066 3822115", ["02763822115"]),
        ("+84 4 3687 3058", ["02436873058"]),
        ("024 3974 8307 (máy lẻ 123)", ["02439748307"]),
        ("Trực 24/24: 02763822115", ["02763822115"]),
        ("7h30-17h: 02763822115", ["02763822115"]),
        ("0276.3822115/3822116", ["02763822115"]),
        ("08 38554269", []),
        ("(037) 3855 123", []),
        ("039680336", []),
        ("đang cập nhật", []),
        ("gặp anh Mẫu 0912345678", []),
    ],
)
def test_cells_of_numbers(cell: str, numbers: list[str]) -> None:
    assert [number.phone.tel for number in phones_in(cell).numbers] == numbers


def test_every_old_area_code_leads_to_a_number_that_can_be_dialled() -> None:
    assert len(OLD_AREAS) == 59
    assert len(set(OLD_AREAS.values())) == 59
    for new in OLD_AREAS.values():
        rest = "38221150" if new in ("24", "28") else "3822115"
        assert parse_phone(f"0{new}{rest}").tel


@given(st.text(alphabet="0123456789+()./,;- ABđt\n", max_size=80))
@settings(deadline=None, max_examples=200)
def test_any_cell_gives_numbers_that_can_be_dialled(cell: str) -> None:
    for number in phones_in(cell).numbers:
        assert parse_phone(number.phone.text).tel == number.phone.tel


@given(st.text(alphabet="aăâđêôơưảãạấầẩẫậbchềểễệghọỏõốồổỗộụủũựửữứỳỷỹỵ ĐẢ", min_size=1, max_size=40))
@settings(deadline=None, max_examples=150)
def test_mojibake_is_undone_exactly_or_not_at_all(text: str) -> None:
    assert not is_garbled(text)
    broken = "".join(
        bytes([byte]).decode("cp1252", "replace").replace("\ufffd", chr(byte))
        for byte in text.encode()
    )
    if is_garbled(broken):
        assert mend(broken) == text


def test_encodings() -> None:
    assert decode_text("Tên\r\nA".encode("utf-16")) == "Tên\nA"
    assert decode_text("Tên".encode("utf-8-sig")) == "Tên"
    assert decode_text("Ten cũ".encode("cp1258", "replace"), "windows-1258").startswith("Ten c")
    with pytest.raises(Unreadable, match="dòng 2"):
        decode_text(b"a\n\xff\xfe\xfa")
    with pytest.raises(Unreadable, match="không có bảng mã"):
        decode_text(b"a", "utf-99")


CELL = st.text(alphabet="abcé0123 ,;|\t\"'\n", max_size=12)


@given(st.integers(2, 5), st.data(), st.sampled_from(",;\t|"))
@settings(deadline=None, max_examples=100)
def test_a_written_table_is_read_back(width: int, data: st.DataObject, mark: str) -> None:
    header = [f"cot{index}" for index in range(width)]
    rows = data.draw(
        st.lists(st.lists(CELL, min_size=width, max_size=width), min_size=1, max_size=8)
    )
    stream = io.StringIO()
    writer = csv.writer(stream, delimiter=mark, quoting=csv.QUOTE_ALL)
    writer.writerows([header, *rows])
    table = read_csv(stream.getvalue().encode(), {}, mark)
    assert table.header == header
    items = records(table, {}).items
    wanted = [
        {name: text for name, cell in zip(header, row, strict=True) if (text := cell.strip())}
        for row in rows
    ]
    same = [w for w in wanted if w and not (len(w) > 2 and len(set(w.values())) == 1)]
    assert [{k: v for k, v in item.items() if k != "row"} for item in items] == same


@pytest.mark.parametrize("mark", [",", ";", "\t", "|"])
def test_the_delimiter_is_seen(mark: str) -> None:
    lines = [["Tên", "Địa chỉ", "Số"], ["A", "1, đường B; phường C", "1"], ["D", "2", "3"]]
    stream = io.StringIO()
    csv.writer(stream, delimiter=mark).writerows(lines)
    assert sniff(stream.getvalue()) == mark


@given(st.recursive(st.none() | st.booleans() | st.integers() | st.text(), st.lists, max_leaves=20))
@settings(deadline=None, max_examples=80)
def test_json_comes_back(value: object) -> None:
    import json

    assert parse_json(json.dumps(value).encode()) == value


@pytest.mark.parametrize(
    ("text", "spoken"),
    [
        ("24/7", "24/24, tất cả các ngày"),
        ("Mo-Fr 07:30-17:00", "Thứ hai–thứ sáu 07:30–17:00"),
        ("Mo-Fr 08:00-12:00, 13:30-17:00; Sa 08:00-12:00",
         "Thứ hai–thứ sáu 08:00–12:00, 13:30–17:00; thứ bảy 08:00–12:00"),
        ("sáng thứ hai", "sáng thứ hai"),
        ("sunrise-sunset; PH off", "sunrise-sunset; PH off"),
    ],
)  # fmt: skip
def test_opening_hours(text: str, spoken: str) -> None:
    assert hours_of(text) == spoken


def test_lines_that_a_pdf_broke_are_joined() -> None:
    text = "Người dân cần\nđeo khẩu trang\nkhi ra đường.\nRửa tay:\n- trước khi ăn\n- sau khi ho"
    assert unwrapped(text) == (
        "Người dân cần đeo khẩu trang khi ra đường.\nRửa tay:\n- trước khi ăn\n- sau khi ho"
    )


def test_a_long_question_is_headed_by_what_it_asks() -> None:
    long = "Nhà tôi có ba người. " * 12 + "Vậy chúng tôi tiêm ở đâu? Xin cảm ơn."
    assert titled(long) == "Vậy chúng tôi tiêm ở đâu?"
    assert titled("Tiêm ở đâu?") == "Tiêm ở đâu?"
