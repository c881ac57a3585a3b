"""Open311 GeoReport v2 `requests.json` and `requests.xml`: public reports and what came of them.

The standard has no field for an answer: agencies write it in `status_notes`. Place, address and
photograph of a report are left out, because they point to whoever sent it. An answer that is a list
without entries proves that there is nothing; an error document is unreadable, never empty. A query
answers for 90 days and 1,000 reports at most, so `windows` asks for earlier stretches.
"""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from lxml import etree

from fetchers.cleaning.dates import read_date
from fetchers.formats import Item, Page, Parsed, Unreadable
from fetchers.formats.json_text import parse_json, text_of
from fetchers.formats.settings import settings
from model.option_groups import Open311Options

WINDOW = timedelta(days=90)
MOST = 1_000
FIELDS = {
    "id": "service_request_id",
    "question": "description",
    "answer": "status_notes",
    "asked_on": "requested_datetime",
    "answered_on": "updated_datetime",
    "answered_by": "agency_responsible",
    "category": "service_name",
}
Row = dict[str, str]


def parse(page: Page) -> Parsed:
    """Return an item per report that was answered."""
    options = settings(page, Open311Options)
    rows = _rows(page.data)
    done = [row for row in rows if options.only == "all" or row.get("status") == "closed"]
    answered = [row for row in done if row.get("description") and row.get("status_notes")]
    notes = []
    if len(rows) > len(answered):
        notes.append(f"{len(rows) - len(answered)} phản ánh chưa xử lý xong hoặc chưa có trả lời")
    if len(rows) >= MOST and "page=" not in page.url:
        notes.append(f"đủ {MOST} mục: có thể còn nữa, hãy lọc theo service_code hoặc tăng windows")
    items: list[Item] = [
        {
            "origin": "portal",
            **{ours: row[theirs] for ours, theirs in FIELDS.items() if row.get(theirs)},
        }
        for row in answered
    ]
    return Parsed(items, notes, empty=not items, more=_more(page, rows, options))


def _rows(data: bytes) -> list[Row]:
    start = data.find(b"<") if data[:5] == b"HTTP/" else 0
    body = data[max(start, 0) :].lstrip(b"\xef\xbb\xbf \t\r\n")
    rows = _xml_rows(body) if body[:1] == b"<" else _json_rows(body)
    return [
        {name: re.sub(r"\r\n?", "\n", text).strip() for name, text in row.items()} for row in rows
    ]


def _json_rows(data: bytes) -> list[Row]:
    value = parse_json(data)
    if isinstance(value, dict):
        value = value.get("service_requests", value.get("requests", value.get("errors", [value])))
    if not isinstance(value, list) or not all(isinstance(row, dict) for row in value):
        raise Unreadable("không phải danh sách phản ánh Open311")
    for row in value:
        if "service_request_id" not in row:
            raise Unreadable(_refusal(text_of(row.get("code")), text_of(row.get("description"))))
    return [{name: text_of(text) for name, text in row.items()} for row in value]


def _xml_rows(data: bytes) -> list[Row]:
    if b"<!DOCTYPE" in data[:2000] or b"<!ENTITY" in data:
        raise Unreadable("XML có khai báo thực thể (không an toàn)")
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
    try:
        root: Any = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError):
        raise Unreadable("XML bị cắt cụt hoặc viết sai; bản cũ vẫn được giữ nguyên") from None
    name = etree.QName(root).localname
    if name in ("errors", "error"):
        error = root.find("error") if name == "errors" else root
        found = {child.tag: child.text or "" for child in error} if error is not None else {}
        raise Unreadable(_refusal(found.get("code", ""), found.get("description", root.text or "")))
    if name != "service_requests":
        raise Unreadable("không phải danh sách phản ánh Open311")
    return [
        {etree.QName(field).localname: field.text or "" for field in request}
        for request in root
        if isinstance(request.tag, str)
    ]


def _refusal(code: str, description: str) -> str:
    words = " ".join(f"{code} {description}".split())[:160]
    return f"máy chủ Open311 từ chối: {words or 'không nói lý do'}"


def _more(page: Page, rows: list[Row], options: Open311Options) -> list[str]:
    parts = urlsplit(page.url)
    query = dict(parse_qsl(parts.query, keep_blank_values=True))
    if rows and query.get("page", "").isdigit():
        return [_with(page.url, {"page": str(int(query["page"]) + 1)})]
    if options.windows == 1 or page.url != page.source.url:
        return []
    times = [
        found.time for row in rows if (found := _time(row.get("requested_datetime", ""), page))
    ]
    if not times:
        return []
    newest = max(times)
    return [
        _with(
            page.url,
            {"start_date": _w3c(newest - WINDOW * (n + 1)), "end_date": _w3c(newest - WINDOW * n)},
        )
        for n in range(1, options.windows)
    ]


def _time(text: str, page: Page) -> Any:
    return read_date(text, page.source.dates)


def _w3c(time: datetime) -> str:
    return time.isoformat(timespec="seconds")


def _with(url: str, values: dict[str, str]) -> str:
    parts = urlsplit(url)
    query = [pair for pair in parse_qsl(parts.query) if pair[0] not in values]
    return urlunsplit(parts._replace(query=urlencode([*query, *values.items()])))
