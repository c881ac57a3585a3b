"""`python -m model due`: what editors have to look at, in the order of need."""

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from model.__main__ import main
from model.due import as_json, as_text, due

NOW = datetime(2021, 9, 1, tzinfo=UTC)
DOCUMENTS = {
    "overdue": "review_by: 2021-08-30",
    "review": "review_by: 2021-09-10",
    "ending": "expires: 2021-09-05",
    "ended": "expires: 2021-08-25",
    "coming": "publish_at: 2021-09-02 07:00",
    "draft": "status: draft",
}


@pytest.fixture
def site(tmp_path: Path) -> Path:
    folder = tmp_path / "content" / "guides"
    folder.mkdir(parents=True)
    for name, line in DOCUMENTS.items():
        (folder / f"{name}.md").write_text(f"---\ntitle: {name}\n{line}\n---\n", encoding="utf-8")
    (folder / "far.md").write_text("---\ntitle: far\nreview_by: 2022-01-01\n---\n", "utf-8")
    (folder / "old.md").write_text("---\ntitle: old\nexpires: 2020-01-01\n---\n", "utf-8")
    (folder / "broken.md").write_text("không có phần đầu", "utf-8")
    return tmp_path


def test_each_reason_once_in_the_order_of_need(site: Path) -> None:
    found = due(site, NOW, 14)
    assert [item.reason for item in found] == list(DOCUMENTS)
    assert [item.title for item in found] == list(DOCUMENTS)


def test_figures_whose_source_is_silent_are_due(site: Path) -> None:
    head = "---\ntitle: so-lieu\nregion: '80'\ntopic: cum\nseries: data/series/a.csv\n"
    head += "columns: [{name: a, label: A}]\nsource: {name: S}\nfresh_days: 3\n"
    folder = site / "content/statistics"
    folder.mkdir()
    for name, more in (
        ("cu", "as_of: 2021-08-27"),
        ("moi", "as_of: 2021-08-29"),
        ("ngung", "as_of: 2021-08-01\nended: 2021-08-02"),
    ):
        (folder / f"{name}.md").write_text(f"{head}{more}\n---\n", "utf-8")
    found = [item for item in due(site, NOW, 14) if item.reason == "stale"]
    assert [item.file for item in found] == ["content/statistics/cu.md"]
    assert "Nguồn lâu không có gì mới:\n  27/08/2021" in as_text(found)


def test_the_list_reads_well_and_parses(site: Path) -> None:
    found = due(site, NOW, 14)
    text = as_text(found)
    assert "Quá hạn xem lại:\n  30/08/2021" in text
    assert "content/guides/draft.md (draft)" in text
    rows = json.loads(as_json(found))
    assert rows[0] == {
        "reason": "overdue",
        "at": "2021-08-30T00:00:00+07:00",
        "file": "content/guides/overdue.md",
        "title": "overdue",
    }
    assert as_text([]) == "Không có tài liệu nào phải xem lại."


def test_the_verb_prints_it(
    site: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("SITE", str(site))
    assert main(["due"]) == 0
    assert "overdue.md" in capsys.readouterr().out
