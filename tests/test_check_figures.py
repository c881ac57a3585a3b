"""`model check` reads the files that documents are made from."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from model.check.site import check_site

NOW = datetime(2021, 9, 1, tzinfo=UTC)
SERIES = """---
title: Số ca
region: "80"
topic: covid-19
series: data/series/a.csv
as_of: 2021-08-28
columns:
  - name: cases
    label: Số ca
    cumulative: true
source:
  name: Sở Y tế
---
"""


@pytest.fixture
def site(tmp_path: Path) -> Path:
    text = "name: Trang\nurl: https://a.example.vn\nagency: {name: Sở}\n"
    (tmp_path / "site.yaml").write_text(text, encoding="utf-8")
    (tmp_path / "sources.yaml").write_text("{}\n", encoding="utf-8")
    for folder in ("content/statistics", "content/documents", "data/series"):
        (tmp_path / folder).mkdir(parents=True)
    (tmp_path / "content/statistics/a.md").write_text(SERIES, encoding="utf-8")
    return tmp_path


def found(site: Path, data: str | None) -> list[str]:
    if data is not None:
        (site / "data/series/a.csv").write_text(data, encoding="utf-8")
    return [str(problem) for problem in check_site(site, NOW)]


def test_a_sound_series_has_no_problem(site: Path) -> None:
    assert found(site, "date,cases\n2021-08-27,1\n2021-08-28,2\n") == []


def test_a_missing_file_is_said_once(site: Path) -> None:
    (said,) = found(site, None)
    assert "content/statistics/a.md:5: [series] không có tệp data/series/a.csv" in said


@pytest.mark.parametrize(
    ("data", "part"),
    [
        (
            'date,cases\n2021-08-28,"1.000,5"\n',
            "data/series/a.csv:2 [cases] “1.000,5” không phải số",
        ),
        ("date,cases\n2031-08-28,1\n", "có số liệu của ngày 2031-08-28, chưa tới"),
        ("date,cases\n2021-08-30,1\n", "ghi số liệu đến 28/08/2021 nhưng tệp có đến 30/08/2021"),
        ("date,cases\n2021-08-27,5\n2021-08-28,4\n", "số cộng dồn giảm vào 2021-08-28 (5 xuống 4)"),
    ],
)
def test_each_fault_names_the_cell(site: Path, data: str, part: str) -> None:
    assert [line for line in found(site, data) if part in line], found(site, data)


def test_many_faults_are_counted(site: Path) -> None:
    data = "date,cases\n" + "".join(f"2021-08-{day:02d},x\n" for day in range(1, 29))
    said = found(site, data)
    assert len(said) == 21
    assert [line for line in said if "còn 8 lỗi nữa" in line]


def test_a_missing_attachment_is_said(site: Path) -> None:
    (site / "content/documents/b.md").write_text(
        "---\ntitle: B\nissued_on: 2020-03-19\nissuer: {name: Sở}\n"
        "attachments:\n  - {label: PDF, file: files/b.pdf}\n---\n",
        encoding="utf-8",
    )
    assert [line for line in found(site, "date,cases\n") if "không có tệp files/b.pdf" in line]
