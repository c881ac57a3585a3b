"""Shapes that agencies use: FAQ markup, Open311 pages and windows, spreadsheets of figures."""

import io
import json
from datetime import date
from typing import Any

import pytest
from openpyxl import Workbook

from fetchers.formats import Page, Parsed
from fetchers.formats.faq import parse as parse_faq
from fetchers.formats.open311 import parse as parse_open311
from model.source import read_source

PAIR = ("Tiêm mũi mẫu ở đâu?", "Ở trạm y tế xã.")
ANSWER = {"@type": "Answer", "text": PAIR[1]}
QUESTION = {"@type": "Question", "name": PAIR[0], "acceptedAnswer": ANSWER}


def ld(value: dict[str, Any]) -> str:
    return f"<script type='application/ld+json'>{json.dumps(value)}</script>"


def faq(body: str, **options: str) -> Parsed:
    block = {"name": "A", "url": "https://a.vn/hoi", "format": "faq", "kind": "questions"}
    source = read_source("hoi", {**block, "options": options})
    return parse_faq(Page(source.url, "", f"<html><body>{body}</body></html>".encode(), source))


@pytest.mark.parametrize(
    "body",
    [
        ld({"@type": "FAQPage", "mainEntity": [QUESTION]}),
        ld({"@type": "QAPage", "mainEntity": QUESTION}),
        "<div itemscope itemtype='https://schema.org/Question'>"
        "<h3 itemprop=name>Tiêm mũi mẫu ở đâu?</h3>"
        "<div itemprop=acceptedAnswer itemscope itemtype='https://schema.org/Answer'>"
        "<p itemprop=text>Ở trạm y tế xã.</p></div></div>",
        "<dl><dt>Tiêm mũi mẫu ở đâu?</dt><dd>Ở trạm y tế xã.</dd></dl>",
        "<details><summary>Tiêm mũi mẫu ở đâu?</summary><p>Ở trạm y tế xã.</p></details>",
        "<div class=accordion-item>"
        "<h2 class=accordion-header><button>Tiêm mũi mẫu ở đâu?</button></h2>"
        "<div class=accordion-body>Ở trạm y tế xã.</div></div>",
        "<h3>Câu hỏi 1: Tiêm mũi mẫu ở đâu?</h3><p>Ở trạm y tế xã.</p><h3>Ghi chú</h3><p>Khác.</p>",
    ],
    ids=["FAQPage", "QAPage", "microdata", "dl", "details", "accordion", "headings"],
)  # fmt: skip
def test_every_usual_markup_of_answers(body: str) -> None:
    [item] = faq(body).items
    assert item["question"] == PAIR[0]
    assert "Ở trạm y tế xã." in item["answer_html"]


def test_selectors_of_the_source_win() -> None:
    body = "<div class=q>Hỏi mẫu?</div><div class=a>Đáp mẫu.</div><dl><dt>Khác?<dd>Khác.</dl>"
    [item] = faq(body, question=".q", answer=".a").items
    assert item["question"] == "Hỏi mẫu?"


def report(number: int, **values: Any) -> dict[str, Any]:
    return {
        "service_request_id": str(number),
        "status": "closed",
        "description": f"Việc mẫu số {number}",
        "status_notes": "Đã xong.",
        "requested_datetime": "2021-08-20T08:00:00+07:00",
        **values,
    }


def open311(url: str, rows: list[dict[str, Any]], at: str = "", **options: Any) -> Parsed:
    block = {"name": "A", "url": url, "format": "open311", "kind": "questions"}
    source = read_source("pa", {**block, "options": options})
    return parse_open311(Page(at or url, "", json.dumps(rows).encode(), source))


def test_pages_are_asked_until_one_is_empty() -> None:
    url = "https://a.vn/requests.json?page=3&page_size=2"
    assert open311(url, [report(1)]).more == ["https://a.vn/requests.json?page_size=2&page=4"]
    last = open311(url, [])
    assert (last.more, last.empty) == ([], True)


def test_windows_of_ninety_days_go_back_from_the_newest_report() -> None:
    url = "https://a.vn/requests.json?status=closed"
    parsed = open311(url, [report(1)], windows=3)
    assert len(parsed.more) == 2
    assert "start_date=2021-02-21" in parsed.more[0]
    assert "end_date=2021-05-22" in parsed.more[0]
    assert "end_date=2021-02-21" in parsed.more[1]
    assert open311(url, [report(1)], at=parsed.more[0], windows=3).more == []


def test_a_full_answer_is_said() -> None:
    parsed = open311("https://a.vn/requests.json", [report(n) for n in range(1000)])
    assert any("còn nữa" in note for note in parsed.notes)


FIGURES = {
    "topic": "dich-mau", "topic_name": "Dịch mẫu", "layout": "places", "region": "Tỉnh",
    "columns": {"ca": "Số ca"}, "as_of": "today", "regions": {"Tây Ninh": "80"},
}  # fmt: skip


def figures(desk: Any, data: bytes, shape: str = "series", **options: Any) -> list[str]:
    source = desk.source("so", format=shape, kind="statistics", options={**FIGURES, **options})
    desk.web.put(source.url, data)
    [outcome] = desk.run()
    assert outcome.result == "done", outcome
    return [d.decode() for n, d in desk.snapshot().items() if n.startswith("data/series/")]


def test_a_table_of_today_in_a_page_grows_by_a_line_a_day(desk: Any) -> None:
    html = "<table id=t><tr><th>Tỉnh<th>Số ca<tr><td>Tây Ninh<td>1.234.567<tr><td>Huế<td>2</table>"
    assert figures(desk, html.encode(), table="#t") == ["date,ca\n2026-10-03,1234567\n"]
    desk.now = desk.now.replace(day=5)
    grown = html.replace("1.234.567", "1.234.570")
    assert figures(desk, grown.encode(), table="#t") == [
        "date,ca\n2026-10-03,1234567\n2026-10-05,1234570\n"
    ]


def test_a_spreadsheet_of_figures(desk: Any) -> None:
    book = Workbook()
    rows = [("Ngày", "Tỉnh", "Số ca"), (date(2021, 8, 1), "Tây Ninh", 1200)]
    rows += [(date(2021, 8, 2), "Tây Ninh", None), (date(2021, 8, 3), "Tây Ninh", 7.5)]
    for row in rows:
        book.active.append(row)
    stream = io.BytesIO()
    book.save(stream)
    [text] = figures(desk, stream.getvalue(), layout="long", date="Ngày", as_of="")
    assert text == "date,ca\n2021-08-01,1200\n2021-08-02,\n2021-08-03,7.5\n"


def test_a_snapshot_of_regions_by_key(desk: Any) -> None:
    value = {"total": {"internal": {"cases": 11}, "world": {"cases": 500}}}
    options = {
        "items": "total", "region": "@key", "columns": {"ca": "cases"}, "as_of": "2021-08-01",
        "regions": {"internal": "VN", "world": "WORLD"},
    }  # fmt: skip
    base = {key: FIGURES[key] for key in ("topic", "topic_name")}
    source = desk.source("so", format="series-json", kind="statistics", options={**base, **options})
    desk.web.put(source.url, json.dumps(value).encode())
    [outcome] = desk.run()
    assert outcome.counts == {"new": 2}
    regions = {d.document.region: d.document.scope for d in desk.documents().values()}
    assert regions == {"VN": "national", "WORLD": "world"}
