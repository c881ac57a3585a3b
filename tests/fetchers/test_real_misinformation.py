"""Real fact-checks through the whole pipeline, compared with the files themselves."""

import csv
import gzip
import io
import json
import re
from pathlib import Path
from typing import Any

import pytest

from model.debunk import is_bare
from model.kinds.misinformation import Misinformation

pytestmark = pytest.mark.real

VERDICTS = {
    "False": "false",
    "Faux": "false",
    "Misleading": "misleading",
    "錯誤": "false",
    "證據不足": "unproven",
    "Africa Check": {"Incorrect": "false"},
}
PAGES = {
    # file -> (claim begins, verdict, reviewed on, reviewer): read by hand in the page
    "afp_factuel_raw.json.gz": ("Le Mali a rompu", "false", "2022-01-28", "AFP"),
    "afp_india_raw.json.gz": ("Kharkiv fell and Russian flag", "misleading", "2022-03-02", "AFP"),
    "afp_raw.json.gz": ("The US Centers for Disease", "false", "2020-06-24", "AFP Fact Check"),
    "africa_check_raw_old.json.gz": ("As many as “51%", "false", "2020-07-06", "Africa Check"),
    "aos_fatos_raw.json.gz": ("Drauzio Varella incentiva", "checking", "2022-08-11", "Aos Fatos"),
    "boom_live_raw.html.gz": ("In Karnataka, teacher", "false", "2019-04-10", "BOOM"),
    "fact_check_cite_raw.json.gz": (
        "7% don't have T-cells",
        "checking",
        "2021-06-18",
        "FactCheckZW",
    ),
    "tfc_taiwan_missing_page.json.gz": (
        "安倍晉三患的是癌症",
        "unproven",
        "2020-09-30",
        "台灣事實查核中心",
    ),
    "tfc_taiwan_raw.json.gz": ("圖卡：美國要求各國", "false", "2022-04-08", "台灣事實查核中心"),
    "data_commons_raw.json": (
        "Im Netz sorgt ein",
        "checking",
        "2019-09-20",
        "Deutsche Presse-Agentur",
    ),
}


def raw(path: Path) -> bytes:
    data = path.read_bytes()
    return gzip.decompress(data) if path.suffix == ".gz" else data


def run(desk: Any, data: bytes, shape: str, url: str, **block: Any) -> tuple[Any, list[Any]]:
    source = desk.source("kiem-chung", url=url, format=shape, kind="misinformation", **block)
    desk.web.put(source.url, data)
    [outcome] = desk.run()
    assert outcome.result == "done", outcome
    return outcome, [loaded.document for loaded in desk.documents().values()]


@pytest.mark.parametrize("name", PAGES)
def test_a_fact_checkers_page(desk: Any, real_data: Path, name: str) -> None:
    data = raw(real_data / "misinformation" / "claimreview" / name)
    wrapped = json.loads(data) if name.endswith("json.gz") else {}
    page = wrapped["page"].encode() if "page" in wrapped else data
    url = wrapped.get("url") or "https://example.org/fact-check"
    outcome, documents = run(desk, page, "claimreview", url, options={"verdicts": VERDICTS})
    assert len(re.findall(rb'ClaimReview"', page)) == len(documents) == 1
    [document] = documents
    claim, verdict, day, reviewer = PAGES[name]
    assert isinstance(document, Misinformation)
    assert document.claim.startswith(claim)
    assert document.verdict == verdict
    assert document.status == "draft"
    assert f"{document.reviewed_on:%Y-%m-%d}" == day
    assert document.reviewed_by is not None
    assert document.reviewed_by.name == reviewer
    assert not is_bare(document.title, document.claim, document.verdict)
    if verdict == "checking":
        assert any("chưa có trong bảng verdicts" in note for note in outcome.notes)


def test_the_table_of_another_publisher_says_nothing(desk: Any, real_data: Path) -> None:
    page = json.loads(raw(real_data / "misinformation/claimreview/africa_check_raw_old.json.gz"))
    table = {"verdicts": {"AFP": {"Incorrect": "false"}}}
    _, [document] = run(desk, page["page"].encode(), "claimreview", page["url"], options=table)
    assert document.verdict == "checking"
    assert document.title.startswith("Đang xác minh: ")


def test_the_fact_check_tools_api(desk: Any, real_data: Path) -> None:
    data = raw(real_data / "misinformation/claimreview/google_fact_check_raw.json")
    table = {"verdicts": {"vishvasnews.com": {"False": "false"}}}
    _, [document] = run(desk, data, "factcheck-api", "https://example.org/claims", options=table)
    told = json.loads(data)
    assert document.claim == told["text"]
    assert document.verdict == "false"
    assert str(document.reviewed_by.url) == told["claimReview"][0]["url"]
    assert "Harshit" not in desk.snapshot()[next(iter(desk.documents()))].decode()


def test_a_list_of_debunks_as_json(desk: Any, real_data: Path) -> None:
    data = raw(real_data / "misinformation/claimreview/mafindo_raw.json")
    options = {
        "columns": {
            "headline": "title", "claim": "content", "body": "fact", "summary": "conclusion",
            "label": "classification", "evidence": "references", "reviewed_on": "tanggal",
            "id": "id",
        },
        "verdicts": {"False Context": "misleading"},
    }  # fmt: skip
    _, [document] = run(desk, data, "json", "https://example.org/api", options=options)
    assert document.claim == "Kangaroo can’t stop hugging the volunteer who saved her life"
    assert (document.verdict, len(document.evidence)) == ("misleading", 3)


def test_a_knowledge_graphs_answer(desk: Any, real_data: Path) -> None:
    data = raw(real_data / "misinformation/claimreview/gesis_claims_raw.json.gz")
    options = {
        "columns": {
            "claim": "content.text.value", "label": "content.ratingName.value",
            "reviewer": "content.source.value", "reviewed_on": "content.date.value",
            "url": "content.link.value",
        },
        "verdicts": {"OTHER": "unproven"},
    }  # fmt: skip
    _, [document] = run(desk, data, "json", "https://example.org/graph", options=options)
    assert document.claim.startswith("A video captures an Ethiopian Airlines plane")
    assert document.verdict == "unproven"


CENTRE = {
    "items": ["site_from_2023", "site_in_2021"],
    "columns": {
        "headline": ["claim", "Name"], "summary": ["original_text", "Description"],
        "url": ["url", "Source"], "body": ["justification", "Content"],
        "reviewed_on": "publish_date", "label": "label",
    },
}  # fmt: skip


def test_the_national_centres_debunks(desk: Any, real_data: Path) -> None:
    data = raw(real_data / "misinformation" / "tingia_entries_with_urls.json")
    told = json.loads(data)
    entries = [*told["site_from_2023"], *told["site_in_2021"]]
    outcome, documents = run(
        desk, data, "json", "https://tingia.gov.vn/tin-vua-check/", publisher="VAFC", options=CENTRE
    )
    assert len(documents) == len(entries) == 10
    assert {d.verdict for d in documents} == {"checking"}, "the capture has no label"
    assert {d.status for d in documents} == {"draft"}
    by_link = {str(d.sources[0].url): d for d in documents}
    assert set(by_link) == {entry.get("url") or entry["Source"] for entry in entries}
    flight = next(d for link, d in by_link.items() if "/2695/" in link)
    assert flight.title == "Thông tin TP.HCM dùng 5 trực thăng phun khử khuẩn là sai sự thật"
    assert flight.claim == "TP.HCM dùng 5 trực thăng phun khử khuẩn"
    vneid = next(d for link, d in by_link.items() if "vneid" in link)
    assert f"{vneid.reviewed_on:%Y-%m-%d %H:%M %z}" == "2024-07-01 16:51 +0700"
    for document in documents:
        assert not is_bare(document.title, document.claim, document.verdict)
    assert any("không có kết luận" in note for note in outcome.notes)


@pytest.mark.parametrize(
    ("label", "verdict"),
    [("Tin giả", "false"), ("Tin sai sự thật", "misleading"), ("Tin xác thực", "true")],
)
def test_the_centres_three_labels_stay_three(
    desk: Any, real_data: Path, label: str, verdict: str
) -> None:
    told = json.loads(raw(real_data / "misinformation" / "tingia_entries_with_urls.json"))
    entry = {**told["site_from_2023"][1], "label": label}
    table = {"Tin giả": "false", "Tin sai sự thật": "misleading", "Tin xác thực": "true"}
    _, [document] = run(
        desk,
        json.dumps({"site_from_2023": [entry], "site_in_2021": []}).encode(),
        "json",
        "https://tingia.gov.vn/tin-vua-check/",
        options={**CENTRE, "verdicts": table},
    )
    assert document.verdict == verdict


def test_a_labelled_table_without_addresses(desk: Any, real_data: Path) -> None:
    data = raw(real_data / "misinformation" / "tingia_train.csv.gz")
    rows = list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"))))
    _, documents = run(
        desk,
        data,
        "csv",
        "https://example.org/train.csv",
        limits={"items": 1000},
        options={"columns": {"headline": "post_message", "label": "label"}},
    )
    distinct = {row["post_message"] for row in rows}
    assert len(documents) == len(distinct)
    assert {d.verdict for d in documents} == {"checking"}, "1 and 0 are not in any table"


@pytest.mark.parametrize(
    ("file", "label"),
    [
        ("coaid_2020-05-01_ClaimFakeCOVID-19.csv.gz", "Fake"),
        ("coaid_2020-05-01_ClaimRealCOVID-19.csv.gz", "Real"),
    ],
)
def test_a_research_list_of_claims(desk: Any, real_data: Path, file: str, label: str) -> None:
    data = raw(real_data / "misinformation" / file)
    rows = list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"))))
    options = {
        "columns": {"claim": "title", "reviewer": "fact_check_url", "url": "news_url"},
        "values": {"label": label, "reviewed_on": "2020-05-01"},
        "verdicts": {"Fake": "false", "Real": "true"},
    }
    _, documents = run(
        desk, data, "csv", "https://example.org/claims.csv", options=options, limits={"items": 1000}
    )
    claims = {row["title"].strip('"“” ') for row in rows}
    assert len(documents) == len({(row["news_url"], row["title"]) for row in rows})
    assert {document.claim for document in documents} == {
        " ".join(claim.split()) for claim in claims
    }
    assert {document.verdict for document in documents} == {"false" if label == "Fake" else "true"}


def test_a_research_list_of_fake_news(desk: Any, real_data: Path) -> None:
    data = raw(real_data / "misinformation" / "coaid_2020-05-01_NewsFakeCOVID-19.csv.gz")
    rows = list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"))))
    options = {
        "columns": {"claim": "title", "url": "fact_check_url", "appearances": "news_url"},
        "values": {"label": "Fake", "reviewed_on": "2020-05-01"},
        "verdicts": {"Fake": "false"},
    }
    outcome, documents = run(
        desk, data, "csv", "https://example.org/news.csv", options=options, limits={"items": 1000}
    )
    told = {(r["fact_check_url"], r["title"]) for r in rows if r["title"].strip()}
    assert len(documents) <= len(told) <= len(documents) + outcome.counts.get("repeated", 0) + 5
    assert all(d.verdict == "false" for d in documents)
