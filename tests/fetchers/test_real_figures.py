"""Real figures through the whole pipeline, compared with an independent reading of the files."""

import csv
import gzip
import io
import json
from collections import defaultdict
from datetime import UTC, date, datetime
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from model.kinds.statistics import Statistics
from model.series import Series, read_series

pytestmark = pytest.mark.real
WHO = {
    "date": "Date_reported",
    "region": "Country",
    "columns": {
        "ca_moi": "New_cases",
        "tong_ca": "Cumulative_cases",
        "tu_vong_moi": "New_deaths",
        "tong_tu_vong": "Cumulative_deaths",
    },
    "cumulative": ["tong_ca", "tong_tu_vong"],
    "regions": {"Viet Nam": "VN"},
}
OWID = {
    "date": "date",
    "region": "location",
    "columns": {"ca_moi": "new_cases", "tong_ca": "total_cases"},
    "cumulative": ["tong_ca"],
    "regions": {"Vietnam": "VN", "World": "WORLD"},
}


def raw(path: Path) -> bytes:
    data = path.read_bytes()
    return gzip.decompress(data) if path.suffix == ".gz" else data


def rows_of(data: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"))))


class Run:
    """A source of figures run once: its outcome, documents by region and their series."""

    def __init__(self, desk: Any, data: bytes, shape: str, options: dict[str, Any]) -> None:
        options = {"topic": "covid-19", "topic_name": "COVID-19", **options}
        source = desk.source(
            "so-lieu", format=shape, kind="statistics", options=options, publisher="Nguồn"
        )
        desk.web.put(source.url, data)
        [self.outcome] = desk.run()
        assert self.outcome.result == "done", self.outcome
        self.documents: dict[str, Statistics] = {}
        self.series: dict[str, Series] = {}
        for loaded in desk.documents().values():
            document = loaded.document
            assert isinstance(document, Statistics)
            columns = [column.name for column in document.columns]
            text = (desk.folder / document.series).read_bytes()
            found = read_series(text, document.series, columns)
            assert not found.problems, found.problems
            self.documents[document.region] = document
            self.series[document.region] = found


def test_who_weekly_to_2025_with_blanks(desk: Any, real_data: Path) -> None:
    data = raw(real_data / "stats" / "WHO-COVID-19-global-data_2025-06.csv.gz")
    run = Run(desk, data, "series", WHO)
    told = [row for row in rows_of(data) if row["Country"] == "Viet Nam"]
    document, series = run.documents["VN"], run.series["VN"]
    assert len(series.rows) == len(told) == 283
    assert dict(series.line("ca_moi")) == {
        date.fromisoformat(r["Date_reported"]): int(r["New_cases"]) for r in told if r["New_cases"]
    }
    assert series.latest("tong_ca") == (date(2025, 6, 1), 11624000)
    assert series.latest("ca_moi") == (date(2023, 12, 3), 0)
    assert document.as_of is not None
    assert document.ended is not None
    assert f"{document.as_of:%Y-%m-%d}" == "2023-12-03", "blank is not zero"
    assert f"{document.ended:%Y-%m-%d}" == "2023-12-10", "the source stopped, and that is said"
    assert document.scope == "national"


def test_who_daily_of_2020_with_times_and_a_bom(desk: Any, real_data: Path) -> None:
    data = raw(real_data / "stats" / "WHO-COVID-19-global-data_to-2020-06-25.csv.gz")
    run = Run(desk, data, "series", WHO)
    told = [row for row in rows_of(data) if row["Country"] == "Viet Nam"]
    series = run.series["VN"]
    assert len(series.rows) == len(told)
    assert series.latest("tong_ca") == (date(2020, 6, 25), 352)
    assert sum(value for _, value in series.line("ca_moi")) == sum(
        int(r["New_cases"]) for r in told
    )
    assert run.documents["VN"].ended is None


@pytest.mark.parametrize(
    ("name", "style"),
    [
        ("owid-covid-data_to-2020-05-24.csv.gz", "%Y-%m-%d"),
        ("owid-covid-data_to-2021-02-17_excel-dates.csv.gz", "%m/%d/%Y"),
    ],
)
def test_owid_with_dates_of_two_styles(desk: Any, real_data: Path, name: str, style: str) -> None:
    data = raw(real_data / "stats" / name)
    run = Run(desk, data, "series", OWID)
    for region, place in (("VN", "Vietnam"), ("WORLD", "World")):
        told = {
            datetime.strptime(row["date"], style).replace(tzinfo=UTC).date(): row
            for row in rows_of(data)
            if row["location"] == place
        }
        series = run.series[region]
        assert {row.day for row in series.rows} == set(told)
        for column, printed in OWID["columns"].items():  # type: ignore[attr-defined]
            wanted = {
                day: float(row[printed])
                for day, row in told.items()
                if row[printed] and float(row[printed]) >= 0
            }
            assert dict(series.line(column)) == wanted
    assert any("kiểu Excel" in note for note in run.outcome.notes) == ("excel" in name)
    assert {d.scope for d in run.documents.values()} == {"national", "world"}


def test_jhu_a_column_per_day(desk: Any, real_data: Path) -> None:
    data = raw(real_data / "stats" / "jhu_time_series_covid19_confirmed_global_2020-03-28.csv.gz")
    options = {
        "layout": "wide",
        "region": ["Country", "Province"],
        "measure": "tong_ca",
        "cumulative": ["tong_ca"],
        "regions": {"Vietnam": "VN", "China/Hubei": "", "Burma": "MM"},
    }
    options["regions"] = {"Vietnam": "VN", "Burma": "MM"}
    run = Run(desk, data, "series", options)
    [told] = [row for row in rows_of(data) if row["Country"] == "Vietnam"]
    days = [name for name in told if name[:1].isdigit()]
    series = run.series["VN"]
    assert len(series.rows) == len(days) == 66
    assert [value for _, value in series.line("tong_ca")] == [int(told[day]) for day in days]
    assert series.latest("tong_ca") == (date(2020, 3, 27), 163)
    assert run.series["MM"].latest("tong_ca") == (date(2020, 3, 27), 8)


def test_viet_nam_day_by_day(desk: Any, real_data: Path) -> None:
    data = raw(real_data / "stats" / "vietnam_daily_2020-01-22_2022-04-16.csv")
    options = {
        "date": "Date",
        "region": "Country",
        "columns": {"ca_moi": "Confirmed_daily", "tong_ca": "Confirmed", "tong_tu_vong": "Deaths"},
        "cumulative": ["tong_ca", "tong_tu_vong"],
        "regions": {"Vietnam": "VN"},
    }
    run = Run(desk, data, "series", options)
    told = rows_of(data)
    series = run.series["VN"]
    assert len(series.rows) == len(told) == 816
    assert series.latest("tong_ca") == (date(2022, 4, 16), 10417887)
    negative = sum(int(row["Confirmed_daily"]) < 0 for row in told)
    assert len(series.line("ca_moi")) == len(told) - negative
    assert any("số âm" in note for note in run.outcome.notes) == bool(negative)
    totals = [int(row["Confirmed"]) for row in told]
    falls = sum(b < a for a, b in pairwise(totals))
    assert any("tong_ca giảm" in note for note in run.outcome.notes) == bool(falls)


@pytest.mark.parametrize(
    ("name", "region", "total"),
    [
        ("vietnam_provinces_2021-04-27_2021-07_tinh.json.gz", ["tinhCongBo"], 57),
        ("vietnam_districts_2021-04-27_2021-07_huyen.json.gz", ["tinhCongBo", "huyenCongBo"], 581),
    ],
)
def test_provinces_and_districts_as_parallel_lists(
    desk: Any, real_data: Path, name: str, region: list[str], total: int
) -> None:
    data = raw(real_data / "stats" / name)
    options = {
        "items": "data", "date": "dates", "region": region, "columns": {"ca_moi": "datas"},
        "regions": {"*": ""},
    }  # fmt: skip
    run = Run(desk, data, "series-json", options)
    told: dict[str, int] = defaultdict(int)
    for entry in json.loads(data)["data"]:
        told[", ".join(reversed([entry[part] for part in region]))] += sum(map(int, entry["datas"]))
    ours = {
        document.region_name: sum(int(value) for _, value in run.series[code].line("ca_moi"))
        for code, document in run.documents.items()
    }
    assert len(told) == total
    assert ours == dict(told)
    if total == 57:
        assert sum(ours.values()) == 27035
    else:
        assert len([name for name in ours if name.endswith(", Tây Ninh")]) == 9
    assert {document.scope for document in run.documents.values()} == {"local"}
    assert not any(document.region.isdigit() for document in run.documents.values()), "no new codes"


def test_a_snapshot_by_province(desk: Any, real_data: Path) -> None:
    data = raw(real_data / "stats" / "vietnam_provinces_2021-05-17_covid19_province.csv")
    options = {
        "layout": "places",
        "region": "Province",
        "as_of": "2021-05-17",
        "columns": {"ca": "Confirm", "tu_vong": "Death"},
        "regions": {"*": ""},
    }
    run = Run(desk, data, "series", options)
    told = {row["Province"]: row for row in rows_of(data)}
    assert len(run.documents) == len(told) == 50
    for region, document in run.documents.items():
        row = told[document.region_name]
        values = run.series[region].rows[0].values
        assert values["ca"] == int(row["Confirm"])
        assert ("tu_vong" in values) == bool(row["Death"]), "blank is absent"
    assert "Kiêng Giang" in {document.region_name for document in run.documents.values()}
