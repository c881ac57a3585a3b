"""Series: what a CSV says, what it leaves out, and what is wrong with it."""

from datetime import date

import pytest

from model.series import Series, read_series

FILE = "data/series/x.csv"


def read(text: str, *columns: str, cumulative: tuple[str, ...] = ()) -> Series:
    return read_series(text.encode(), FILE, columns or ("cases",), cumulative)


def test_an_empty_cell_is_absent_and_never_zero() -> None:
    series = read("date,cases,deaths\n2021-08-29,,0\n2021-08-28,12.5,\n", "cases", "deaths")
    assert series.line("cases") == [(date(2021, 8, 28), 12.5)]
    assert series.line("deaths") == [(date(2021, 8, 29), 0)]
    assert series.latest("cases") == (date(2021, 8, 28), 12.5)
    assert series.last_day == date(2021, 8, 29)
    assert not series.problems


def test_places_have_each_their_newest_figure() -> None:
    text = "date,place,value\n2020-08-27,25567,3\n2020-08-28,25567,5\n2020-08-27,25516,4\n"
    series = read(text, "value")
    assert series.by_place("value") == {
        "25516": (date(2020, 8, 27), 4),
        "25567": (date(2020, 8, 28), 5),
    }
    assert series.line("value", "25567") == [(date(2020, 8, 27), 3), (date(2020, 8, 28), 5)]


def test_no_point_or_one_is_no_error() -> None:
    assert read("date,cases\n").latest("cases") is None
    assert read("date,cases\n2021-08-28,1\n").line("cases") == [(date(2021, 8, 28), 1)]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "thiếu cột date hoặc place"),
        ("day,cases\n", "thiếu cột date hoặc place"),
        ("date,deaths\n2021-08-28,1\n", "không có cột “cases”"),
        ("date,cases,cases\n", "hai cột cùng tên “cases”"),
        ("date,cases\n28/8/2021,1\n", "“28/8/2021” không phải ngày"),
        ("date,cases\n2021-02-30,1\n", "“2021-02-30” không phải ngày"),
        ('date,cases\n2021-08-28,"1.234,5"\n', "“1.234,5” không phải số"),
        ("date,cases\n2021-08-28,1.234.567\n", "“1.234.567” không phải số"),
        ("date,cases\n2021-08-28,NaN\n", "“NaN” không phải số"),
        ("date,cases\n2021-08-28,=1+1\n", "“=1+1” không phải số"),
        ("date,cases\n2021-08-28,1,2\n", "có 3 ô, dòng đầu có 2 ô"),
        ("date,cases\n2021-08-28,1\n2021-08-28,2\n", "có hai dòng số liệu"),
        ("place,cases\nTây Ninh,1\n", "“Tây Ninh” không phải mã địa bàn"),
        ('date,cases\n"2021-08-28,1\n', "tệp CSV viết sai"),
    ],
)
def test_what_is_wrong_is_said_and_not_shown(text: str, said: str) -> None:
    series = read(text)
    assert [problem for problem in series.problems if said in problem.message], series.problems
    assert all(problem.file == FILE and problem.cure for problem in series.problems)
    assert series.latest("cases") is None


def test_a_total_that_falls_is_shown_and_warned_of() -> None:
    text = "date,cases\n2021-08-28,10\n2021-08-29,\n2021-08-30,9\n"
    series = read(text, cumulative=("cases",))
    assert [problem.warning for problem in series.problems] == [True]
    assert len(series.line("cases")) == 2


def test_a_number_that_may_mean_thousands_is_warned_of() -> None:
    series = read("date,cases\n2021-08-28,3.550\n2021-08-29,0.123\n")
    assert [(problem.line, problem.warning) for problem in series.problems] == [(2, True)]


def test_a_missing_or_foreign_file_is_one_problem() -> None:
    assert len(read_series(None, FILE, ["cases"]).problems) == 1
    assert len(read_series("ngày".encode("utf-16"), FILE, ["cases"]).problems) >= 1
