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


CAMPAIGN = """---
title: Cài ứng dụng
summary: Mỗi nhà một ứng dụng.
date: 2021-08-01
goal: {{target: {target}, unit: "%"}}
app: {app}
progress: data/series/a.csv
reporters: ["{reporter}"]
---
"""
GUIDE = "---\ntitle: Cài đặt\ndate: 2021-08-01\n{app}---\n\n1. Tải về.\n"
APP = "app: {name: Mẫu Smart, publisher: Sở}\n"


def campaign(
    site: Path,
    *,
    target: str = "50",
    app: str = "cai-dat",
    reporter: str = "25567",
    row: str = "25516",
) -> list[str]:
    place = (site / "site.yaml").read_text(encoding="utf-8") + 'place: "80"\n'
    (site / "site.yaml").write_text(place, encoding="utf-8")
    (site / "content/statistics/a.md").unlink()
    for name, text in (
        ("guides/cai-dat", GUIDE.format(app=APP)),
        ("guides/doc-truoc", GUIDE.format(app="")),
        ("campaigns/a", CAMPAIGN.format(target=target, app=app, reporter=reporter)),
    ):
        (site / f"content/{name}.md").parent.mkdir(exist_ok=True)
        (site / f"content/{name}.md").write_text(text, encoding="utf-8")
    return found(site, f"date,place,value\n2021-08-28,{row},38.5\n")


def test_a_sound_campaign_has_no_problem(site: Path) -> None:
    assert campaign(site) == []


@pytest.mark.parametrize(
    ("wrong", "part"),
    [
        ({"row": "99999"}, "a.md:7: [progress] data/series/a.csv không có địa bàn mã “99999”"),
        ({"reporter": "99999"}, "a.md:8: [reporters] không có địa bàn mã “99999”"),
        ({"app": "cai-dta"}, "[app] không có hướng dẫn cài đặt “cai-dta”"),
        ({"app": "cai-dta"}, "có phải ý bạn là “cai-dat”?"),
        ({"app": "doc-truoc"}, "[app] không có hướng dẫn cài đặt “doc-truoc”"),
        ({"app": "../../x"}, "[app] không có hướng dẫn cài đặt “../../x”"),
        ({"target": "-5"}, "[goal.target] phải lớn hơn 0. Cách sửa: sửa lại con số"),
    ],
)
def test_each_fault_of_a_campaign_is_one_line(site: Path, wrong: dict[str, str], part: str) -> None:
    (said,) = campaign(site, **wrong)
    assert part in said
    assert "should" not in said


PROGRESS = """---
title: Cài ứng dụng
goal: {target: 50, unit: "%"}
progress: data/series/tien-do.csv
letter: {name: Sở}
---
"""


def test_progress_below_nothing_is_refused(site: Path) -> None:
    (site / "content/campaigns").mkdir()
    (site / "content/campaigns/c.md").write_text(PROGRESS, encoding="utf-8")
    file = site / "data/series/tien-do.csv"
    file.write_text("date,place,value\n2021-08-28,80,-5\n", encoding="utf-8")
    said = found(site, "date,cases\n2021-08-28,1\n")
    assert [line for line in said if "tiến độ của 2021-08-28 80 là số âm (-5)" in line], said
    file.write_text("date,place,value\n2021-08-28,80,162\n", encoding="utf-8")
    said = found(site, "date,cases\n2021-08-28,1\n")
    assert [line for line in said if "tiến độ của 2021-08-28 80 là 162%, quá 100%" in line], said
    file.write_text("date,place,value\n2021-08-28,80,0\n", encoding="utf-8")
    assert found(site, None) == []


@pytest.mark.parametrize(("place", "good"), [("80", True), ("VN", True), ("99", False)])
def test_codes_of_places_in_a_table_exist(site: Path, place: str, good: bool) -> None:
    said = found(site, f"date,place,cases\n2021-08-28,{place},1\n")
    assert [line for line in said if f"không có địa bàn mã “{place}”" in line] == (
        [] if good else said
    )
    assert bool(said) is not good
