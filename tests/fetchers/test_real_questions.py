"""Real questions and answers through the whole pipeline, compared with the files themselves."""

import csv
import gzip
import io
import json
import re
from pathlib import Path
from typing import Any

import pytest

from model.content import Loaded
from model.kinds.questions import Question
from model.personal_data import find

pytestmark = pytest.mark.real
MOBILE = re.compile(r"(?<!\d)(?:\+84|0)[35789]\d(?:[ .]?\d){7}(?!\d)")


def raw(path: Path) -> bytes:
    data = path.read_bytes()
    return gzip.decompress(data) if path.suffix == ".gz" else data


def table(data: bytes, delimiter: str = ",") -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(data.decode("utf-8-sig")), delimiter=delimiter))


def run(desk: Any, data: bytes, shape: str, **block: Any) -> tuple[Any, list[Loaded]]:
    block = {"kind": "questions", "limits": {"items": 5000}, "publisher": "Bộ Y tế", **block}
    source = desk.source("hoi-dap", format=shape, **block)
    desk.web.put(source.url, data)
    [outcome] = desk.run()
    assert outcome.result == "done", outcome
    return outcome, list(desk.documents().values())


def answered(rows: list[dict[str, str]], question: str, answer: str) -> int:
    return sum(bool(row[question].strip()) and bool(row[answer].strip()) for row in rows)


def test_vietnamese_medical_answers(desk: Any, real_data: Path) -> None:
    data = raw(real_data / "qa" / "UIT-ViCoV19QA_4ans_val.csv.gz")
    outcome, found = run(desk, data, "csv")
    rows = table(data, "|")
    assert len(found) == answered(rows, "Question", "Answer_1") == 500
    assert {loaded.document.status for loaded in found} == {"draft"}
    [note] = [line for line in outcome.notes if line.startswith("đã ẩn dữ liệu cá nhân")]
    assert sum(map(int, re.findall(r"\d+", note))) > 0
    for loaded in found:
        document = loaded.document
        assert isinstance(document, Question)
        assert not find(document.asked, "citizen")
        assert not find(document.title, "citizen")
        assert not MOBILE.search(loaded.body)
    wanted = next(r for r in rows if r["id"] == "4115")
    ours = next(d for d in found if wanted["Question"][:60] in d.document.title)
    assert wanted["Answer_1"].strip()[:60] in ours.body.replace("\\", "")


@pytest.mark.torture
def test_three_and_a_half_thousand_answers(desk: Any, real_data: Path) -> None:
    data = raw(real_data / "qa" / "UIT-ViCoV19QA_1ans_train.csv.gz")
    _, found = run(desk, data, "csv")
    assert len(found) == answered(table(data, "|"), "Question", "Answer_1") == 3499
    assert not [loaded for loaded in found if find(loaded.document.title, "citizen")]


@pytest.mark.parametrize(
    ("name", "delimiter", "question", "answer"),
    [
        ("covidqa_faq_covidbert.csv.gz", ",", "question", "answer"),
        ("covidqa_faq_200322_16.tsv.gz", "\t", "question", "answer"),
        ("covid-q_CDC_Dataset.csv", ",", "Question", "Answer"),
        ("covid-q_FDA_Dataset.csv", ",", "Question", "Answer"),
    ],
)
def test_agencies_own_lists(
    desk: Any, real_data: Path, name: str, delimiter: str, question: str, answer: str
) -> None:
    data = raw(real_data / "qa" / name)
    outcome, found = run(desk, data, "csv")
    rows = table(data, delimiter)
    repeated = outcome.counts.get("repeated", 0)
    assert len(found) + repeated == answered(rows, question, answer)
    assert repeated <= len(rows) - len({(r[question], r[answer]) for r in rows})
    assert all(loaded.document.answered_by for loaded in found)


def test_the_agency_that_answered_is_named_with_its_page(desk: Any, real_data: Path) -> None:
    data = raw(real_data / "qa" / "covidqa_faq_covidbert.csv.gz")
    _, found = run(desk, data, "csv")
    novel = next(d for d in found if d.document.title == "What is a novel coronavirus?")
    document = novel.document
    assert isinstance(document, Question)
    assert document.answered_by is not None
    assert document.answered_by.name == "Center for Disease Control and Prevention (CDC)"
    assert str(document.link) == "https://www.cdc.gov/coronavirus/2019-ncov/faq.html"
    assert f"{document.answered_on:%Y-%m-%d}" == "2020-03-17"
    assert "<" not in novel.body


def test_only_answered_reports_become_questions(desk: Any, real_data: Path) -> None:
    data = raw(real_data / "qa" / "open311_bloomington_requests.json")
    told = json.loads(data)
    assert sum(row["status"] == "closed" for row in told) == 3
    assert not any(row.get("status_notes") for row in told)
    outcome, found = run(desk, data, "open311", expect=[0, 100])
    assert found == []
    assert any(f"{len(told)} phản ánh" in note for note in outcome.notes)


def test_an_answered_report_keeps_no_place(desk: Any, real_data: Path) -> None:
    told = json.loads(raw(real_data / "qa" / "open311_bloomington_requests.json"))
    done = [{**row, "status": "closed", "status_notes": "Fixed on site."} for row in told]
    outcome, found = run(desk, json.dumps(done).encode(), "open311")
    assert len(found) == sum(bool(row["description"]) for row in done) == outcome.counts["new"]
    text = "\n".join(data.decode() for data in desk.snapshot().values())
    places = [row["address"] for row in done if row["address"]]
    assert len(places) > 5
    assert not [place for place in places if place in text]
    assert all(loaded.document.sources for loaded in found)


@pytest.mark.parametrize("name", ["service_requests", "get_service_request"])
def test_san_franciscos_xml(desk: Any, real_data: Path, name: str) -> None:
    data = raw(real_data / "qa" / f"open311_sf2010_{name}.xml")
    outcome, found = run(desk, data, "open311", expect=[0, 100])
    assert found == [], "closed, but nobody wrote what was asked"
    filled = data.replace(
        b"<description></description>", b"<description>Sidewalk broken</description>"
    )
    desk.sources.clear()
    outcome, found = run(desk, filled, "open311", expect=[0, 100])
    assert [d.document.title for d in found] == ["Sidewalk broken"]
    assert found[0].body == "Duplicate request."
    assert outcome.counts["new"] == data.count(b"<status>closed</status>")


def test_an_empty_list_is_proof_and_errors_are_not(desk: Any, real_data: Path) -> None:
    folder = real_data / "qa"
    run(desk, raw(folder / "open311_sf2010_service_requests_empty.xml"), "open311", expect=[0, 9])
    for name in ("403", "get_service_request_not_found", "service_definition", "services"):
        desk.web.put(desk.sources["hoi-dap"].url, raw(folder / f"open311_sf2010_{name}.xml"))
        [outcome] = desk.run()
        assert outcome.failed, name
        assert "\n" not in outcome.reason
    desk.web.put(desk.sources["hoi-dap"].url, raw(folder / "open311_bloomington_services.json"))
    [outcome] = desk.run()
    assert outcome.failed


@pytest.mark.parametrize("name", ["hoi-ap", "danh-ba", "duong-day-nong"])
def test_a_page_that_exists_and_says_nothing_is_no_source(
    desk: Any, real_data: Path, name: str
) -> None:
    data = raw(real_data / "pages" / f"sotttt.hanoi_2022-08-27_{name}.html.gz")
    shape = "faq" if name == "hoi-ap" else "html-table"
    kind = "questions" if name == "hoi-ap" else "contacts"
    desk.source("so", format=shape, kind=kind)
    desk.web.put(desk.sources["so"].url, data)
    [outcome] = desk.run()
    assert outcome.failed
    assert desk.documents() == {}
