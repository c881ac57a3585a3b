"""Charts and figures: nothing drawn that was not published, nothing lost that was."""

from datetime import date, timedelta
from pathlib import Path
from xml.etree import ElementTree

import pytest
from bs4 import BeautifulSoup
from hypothesis import given, settings
from hypothesis import strategies as st

from model.words import Words
from plugins.documents.chart import MOST, bar, chart, describe, scale, thin

DAY = date(2021, 8, 1)
WORDS = Words()


def days(*values: float, step: int = 1) -> list[tuple[date, float]]:
    return [(DAY + timedelta(step * index), value) for index, value in enumerate(values)]


def test_no_point_draws_nothing_and_says_nothing() -> None:
    assert chart([], "x", WORDS) == ""
    assert describe([], "ca", WORDS) == ""


def test_one_point_is_a_dot_and_a_sentence() -> None:
    drawn = ElementTree.fromstring(chart(days(12), "Số ca", WORDS))
    assert drawn.attrib["aria-label"] == "Số ca"
    assert [child.attrib["class"] for child in drawn if child.tag == "circle"] == ["dot"]
    assert not [child for child in drawn if child.attrib.get("class") == "line"]
    assert describe(days(12), "ca", WORDS) == "Mới có một số liệu: 12 ca, tính đến 1/8/2021."


def test_missing_days_are_a_gap_not_a_line() -> None:
    points = [*days(5, 6, 7), *[(day + timedelta(30), value) for day, value in days(8, 9)]]
    drawn = ElementTree.fromstring(chart(points, "x", WORDS))
    assert len([child for child in drawn if child.attrib.get("class") == "line"]) == 2


def test_words_say_lowest_highest_and_newest() -> None:
    said = describe(days(5, 1234, 7.5), "%", WORDS)
    assert said == (
        "Từ 1/8/2021 đến 3/8/2021: thấp nhất 5% (1/8/2021), cao nhất 1.234% (2/8/2021), "
        "mới nhất 7,5%."
    )


@settings(deadline=None, max_examples=80)
@given(st.lists(st.integers(-(10**15), 10**15).map(lambda n: n / 1000), min_size=1))
def test_the_scale_holds_every_value_in_few_even_steps(values: list[float]) -> None:
    ticks = scale(values)
    unseen = (max(0, *values) - min(0, *values)) / 1000
    assert ticks[0] <= min(values) + unseen
    assert ticks[-1] >= max(values) - unseen
    assert ticks[0] <= 0 <= ticks[-1]
    assert 3 <= len(ticks) <= 7


def test_thinning_keeps_the_extremes_and_the_ends() -> None:
    points = days(*(index % 97 for index in range(3000)))
    points[1234] = (points[1234][0], 9999)
    kept = thin(points)
    assert len(kept) <= MOST + 3
    assert points[1234] in kept
    assert (kept[0], kept[-1]) == (points[0], points[-1])


def test_labels_cannot_break_out() -> None:
    drawn = chart(days(1, 2), '"><script>alert(1)</script>', WORDS)
    assert "<script" not in drawn
    ElementTree.fromstring(drawn)


@pytest.mark.parametrize(
    ("value", "most", "width"), [(5, 10, "50.0"), (20, 10, "100.0"), (-1, 0, "0.0")]
)
def test_a_bar_stays_in_its_cell(value: float, most: float, width: str) -> None:
    assert f'<rect width="{width}" height="10"/>' in bar(value, most)


def page(sample: Path, name: str) -> BeautifulSoup:
    return BeautifulSoup((sample / name / "index.html").read_bytes(), "lxml")


def test_a_figure_that_was_not_published_is_never_zero(sample: Path) -> None:
    rows = page(sample, "so-lieu/benh-cum").select(".figures tbody tr")
    cells = [row.select("td")[1].get_text() for row in rows]
    assert len(cells) == 14
    assert cells.count("–không công bố") > 5
    assert "0" not in cells


def test_charts_stand_with_figure_date_words_and_source(sample: Path) -> None:
    found = page(sample, "so-lieu/benh-cum")
    figures = found.select("figure")
    assert len(figures) == 2
    for figure in figures:
        assert figure.select("svg[role=img][aria-label]")
        assert "thấp nhất" in figure.select("figcaption")[0].get_text()
    assert "Trung tâm Kiểm soát bệnh tật" in found.select("article .by")[0].get_text()
    assert "28/10/2025" in found.select("article .by")[0].get_text()


def test_no_point_and_one_point_still_make_a_page(sample: Path) -> None:
    assert "Chưa có số liệu nào" in page(sample, "so-lieu/chua-co").get_text()
    assert "Mới có một số liệu: 1.250 nhà" in page(sample, "so-lieu/nha-ngap").get_text()


def test_places_run_from_the_highest(sample: Path) -> None:
    rows = page(sample, "so-lieu/nha-ngap-theo-xa").select(".figures tbody tr")
    assert [row.select("td")[0].get_text() for row in rows] == ["1.200", "320", "45"]
    assert all(row.select("svg.bar[aria-hidden=true]") for row in rows)


def test_the_list_shows_the_newest_figure_of_each_column(sample: Path) -> None:
    found = [" ".join(row.get_text(" ").split()) for row in page(sample, "so-lieu").select(".row")]
    assert "Bệnh cúm ở tỉnh Mẫu 104 ca · Số ca mới trong ngày 28/10/2025" in found[0]
    assert "4 ca · Số ca tử vong 25/10/2025" in found[0]
    assert "Số nhà bị ngập theo xã" in found, "figures of places have no figure of the whole"
    assert "Số liệu chưa có" in found


def test_a_campaign_names_who_has_not_reported(sample: Path) -> None:
    text = " ".join(page(sample, "chien-dich/cai-mau-smart").get_text(" ").split())
    assert "2 trên 3 nơi đã báo cáo đạt mục tiêu." in text
    assert "Chưa báo cáo: Phường Bình Minh." in text
    assert "tính đến 28/10/2025" in text
