"""Bad bytes in every format: one clear line, and nothing lost that was there before."""

import contextlib
import io
import json
import zipfile
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook
from openpyxl.styles import Font

from fetchers.formats import FORMATS, Unreadable
from fetchers.formats.xlsx import read_xlsx

GOOD_TABLE = "Tên,Điện thoại\nBệnh viện A,0276 3822 115\nTrạm y tế B,0276 3822 116\n".encode()
PAIRS = [("Tên", "Điện thoại"), ("Bệnh viện A", "0276 3822 115"), ("Trạm y tế B", "0276 3822 116")]
FIGURES = {
    "topic": "mua-lu", "topic_name": "Mưa lũ", "date": "Ngày", "columns": {"ca": "Số ca"},
    "region": "Nơi", "regions": {"*": ""},
}  # fmt: skip
SERIES = "Ngày,Nơi,Số ca\n01/08/2021,Tây Ninh,5\n02/08/2021,Tây Ninh,7\n".encode()


def book(rows: list[tuple[Any, ...]]) -> bytes:
    made = Workbook()
    for row in rows:
        made.active.append(row)
    made.active["A1"].font = Font(bold=True)
    stream = io.BytesIO()
    made.save(stream)
    return stream.getvalue()


def page(body: str) -> bytes:
    return f"<!doctype html><html lang=vi><body>{body}</body></html>".encode()


HTML_TABLE = page("<table>" + "".join(f"<tr><td>{a}<td>{b}</tr>" for a, b in PAIRS) + "</table>")
CLAIM = {
    "@type": "ClaimReview", "claimReviewed": "Uống rượu diệt virus", "datePublished": "2021-08-01",
    "url": "https://kiem.example.vn/ruou", "reviewRating": {"alternateName": "Sai"},
}  # fmt: skip
GEO = {
    "type": "FeatureCollection",
    "features": [
        {
            "type": "Feature",
            "properties": {"name": "Trạm y tế B", "phone": "0276 3822 116"},
            "geometry": {"type": "Point", "coordinates": [106.1, 11.3]},
        }
    ],
}
REPORT = {
    "service_request_id": "1", "status": "closed", "description": "Đèn đường hỏng ở cổng chợ",
    "status_notes": "Đã thay bóng.", "requested_datetime": "2021-08-01T08:00:00+07:00",
}  # fmt: skip
STORY = "https://nguon.example.vn/mua-lon-dem-nay-123456.html"
ITEM = f"<item><title>Mưa lớn đêm nay</title><link>{STORY}</link></item>"
GOOD: dict[str, tuple[str, dict[str, Any], bytes]] = {
    "rss": ("news", {}, f"<rss version='2.0'><channel>{ITEM}</channel></rss>".encode()),
    "html-news": ("news", {"links": "h2 a"}, page(f"<h2><a href='{STORY}'>Mưa lớn</a></h2>")),
    "sitemap": (
        "news",
        {},
        f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"><url><loc>{STORY}</loc></url>'
        "</urlset>".encode(),
    ),
    "csv": ("contacts", {}, GOOD_TABLE),
    "xlsx": ("contacts", {}, book(PAIRS)),
    "html-table": ("contacts", {}, HTML_TABLE),
    "json": (
        "contacts",
        {"columns": {"title": "name", "phones": "phone"}},
        json.dumps([{"name": a, "phone": b} for a, b in PAIRS[1:]]).encode(),
    ),
    "geojson": (
        "places",
        {"columns": {"title": "name", "phones": "phone"}},
        json.dumps(GEO).encode(),
    ),
    "claimreview": (
        "misinformation",
        {"verdicts": {"Sai": "false"}},
        page(f'<script type="application/ld+json">{json.dumps(CLAIM)}</script>'),
    ),
    "factcheck-api": (
        "misinformation",
        {},
        json.dumps(
            {"claims": [{"text": "A", "claimReview": [{"url": "https://x.vn/1", "title": "B"}]}]}
        ).encode(),
    ),
    "css": (
        "misinformation",
        {"item": "li", "fields": {"headline": "a", "link": "a"}},
        page('<ul><li><a href="/1">Tin phong toả là sai sự thật</a></ul>'),
    ),
    "open311": ("questions", {}, json.dumps([REPORT]).encode()),
    "faq": ("questions", {}, page("<dl><dt>Tiêm ở đâu?<dd>Ở trạm y tế xã.</dl>")),
    "series": ("statistics", FIGURES, SERIES),
    "series-json": (
        "statistics",
        {**FIGURES, "date": "d", "region": "n", "columns": {"ca": "c"}},
        json.dumps([{"d": "2021-08-01", "n": "Tây Ninh", "c": 5}]).encode(),
    ),
}
"""Format -> kind, options and a small sound answer."""

DEEP = 100_000
BAD = {
    "empty": b"",
    "blank": b" \n\n ",
    "cut off JSON": b'[{"name": "B\xe1\xbb\x87nh vi',
    "deep JSON": b"[" * DEEP + b"]" * DEEP,
    "NaN": b'[{"name": NaN}]',
    "Infinity": b'{"claims": Infinity, "elements": -Infinity}',
    "a long number": b"[" + b"9" * 5000 + b"]",
    "an error page": b"<html><body><h1>403 Forbidden</h1></body></html>",
    "a block page": b"<html><head><script src=/_Incapsula_Resource></script></head></html>",
    "an error as JSON": b'{"error": {"code": 500, "message": "backend"}}',
    "deep HTML": b"<div>" * DEEP,
    "too many tags": b"<b>" * 250_000,
    "not UTF-8": "Tên,Điện thoại\nBệnh viện,115\n".encode("utf-16-be")[3:] + b"\xff\xfe\x81",
    "binary": bytes(range(256)) * 40,
    "no archive": b"PK\x03\x04" + b"\0" * 200,
    "entities": b'<?xml version="1.0"?><!DOCTYPE r [<!ENTITY a "aaaa">]><service_requests>&a;'
    b"</service_requests>",
    "cut off XML": b"<service_requests><request><service_request_id>1</service_request_id>",
}


def start(desk: Any, shape: str) -> Any:
    kind, options, good = GOOD[shape]
    source = desk.source("nguon", format=shape, kind=kind, options=options)
    desk.web.put(source.url, good)
    desk.web.put(STORY, page("<h1>Mưa lớn đêm nay</h1><article><p>Trời mưa to.</p></article>"))
    [outcome] = desk.run()
    assert outcome.result == "done", outcome
    assert outcome.counts["new"] >= 1
    return source


def test_every_format_has_a_sound_answer_here() -> None:
    assert set(GOOD) == set(FORMATS)


@pytest.mark.parametrize("shape", GOOD)
def test_bad_bytes_are_one_line_and_lose_nothing(desk: Any, shape: str) -> None:
    source = start(desk, shape)
    before = desk.snapshot()
    for name, data in BAD.items():
        desk.web.put(source.url, data)
        [outcome] = desk.run()
        assert not outcome.crash, (name, outcome.crash)
        assert outcome.failed, name
        assert outcome.reason, name
        assert "\n" not in outcome.reason, name
        assert len(outcome.reason) < 600, name
        assert desk.snapshot() == before, name


def told(desk: Any, shape: str, data: bytes, **options: Any) -> tuple[Any, dict[str, Any]]:
    kind, usual, _ = GOOD[shape]
    source = desk.source("nguon", format=shape, kind=kind, options={**usual, **options})
    desk.web.put(source.url, data)
    [outcome] = desk.run()
    assert not outcome.crash, outcome.crash
    return outcome, {d.document.title: d.document for d in desk.documents().values()}


def test_a_shifted_row_is_left_out_and_said(desk: Any) -> None:
    data = "Tên,Địa chỉ,Điện thoại\nA,1 Lê Lợi, phường 1,0276 3822 115\nB,2 Lê Lợi,0276 3822 116\n"
    outcome, found = told(desk, "csv", data.encode())
    assert set(found) == {"B"}
    assert any("dòng 2" in note and "lệch cột" in note for note in outcome.notes)


def test_a_wrong_delimiter_is_named(desk: Any) -> None:
    outcome, found = told(desk, "csv", b"T\xc3\xaan;Phone\nA;115\n", delimiter=",")
    assert outcome.failed
    assert "“;”" in outcome.reason
    assert found == {}


def test_a_renamed_column_stops_the_source(desk: Any) -> None:
    columns = {"title": "Tên", "phones": "Điện thoại"}
    told(desk, "csv", GOOD_TABLE, columns=columns)
    before = desk.snapshot()
    outcome, _ = told(
        desk, "csv", GOOD_TABLE.replace("Điện thoại".encode(), b"Fax"), columns=columns
    )
    assert outcome.failed
    assert "Điện thoại" in outcome.reason
    assert "Fax" in outcome.reason
    assert desk.snapshot() == before


def test_formulas_are_not_values(desk: Any) -> None:
    data = 'Tên,Điện thoại,Địa chỉ\nA,"=HYPERLINK(""http://x"")",1 Lê Lợi\nB,"=""02763822116""",\n'
    outcome, found = told(desk, "csv", data.encode())
    assert found["A"].phones == ()
    assert found["B"].phones[0].number == "02763822116"
    assert any("công thức" in note for note in outcome.notes)
    outcome, found = told(
        desk, "xlsx", book([("Tên", "Điện thoại", "Địa chỉ"), ("C", "=A1&B1", "2 Lê Lợi")])
    )
    assert found["C"].phones == ()
    assert any("công thức" in note for note in outcome.notes)


def test_merged_cells_count_in_each_place_they_cover(desk: Any) -> None:
    made = Workbook()
    sheet = made.active
    for row in [("DANH SÁCH TRẠM Y TẾ", None, None), ("Huyện", "Tên", "Điện thoại"),
                ("Tân Châu", "A", "0276 3822 115"), (None, "B", 2763822116)]:  # fmt: skip
        sheet.append(row)
    sheet.merge_cells("A1:C1")
    sheet.merge_cells("A3:A4")
    sheet["C4"] = "0276 3822 116"
    stream = io.BytesIO()
    made.save(stream)
    _, found = told(desk, "xlsx", stream.getvalue())
    assert {d.old_district for d in found.values()} == {"Tân Châu"}
    html = page(
        "<table><tr><th>Huyện<th>Tên<th>Điện thoại<tr><td rowspan=2>Tân Biên<td>C<td>0276 3822 117"
        "<tr><td>D<td>0276 3822 118</table>"
    )
    _, found = told(desk, "html-table", html)
    assert found["D"].old_district == found["C"].old_district == "Tân Biên"


def test_a_cell_of_ten_megabytes(desk: Any) -> None:
    source = start(desk, "csv")
    before = desk.snapshot()
    desk.web.put(source.url, GOOD_TABLE + b'C,"' + b"x" * 7_500_000 + b'"\n')
    [outcome] = desk.run()
    assert outcome.failed
    assert "quá dài" in outcome.reason
    assert desk.snapshot() == before


def test_a_zip_bomb_is_refused_unpacked(desk: Any) -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("xl/worksheets/sheet1.xml", b"\0" * (200 << 20))
    source = start(desk, "xlsx")
    before = desk.snapshot()
    desk.web.put(source.url, stream.getvalue())
    [outcome] = desk.run()
    assert outcome.failed
    assert "giải nén" in outcome.reason
    assert desk.snapshot() == before


def test_an_archive_that_lies_about_its_size(desk: Any) -> None:
    data = bytearray(GOOD["xlsx"][2])
    start(desk, "xlsx")
    for place in range(0, len(data), 97):
        broken = bytes(data[:place]) + bytes([data[place] ^ 0xFF]) + bytes(data[place + 1 :])
        desk.web.put(desk.sources["nguon"].url, broken)
        if place % (97 * 12) == 0:
            [outcome] = desk.run()
            assert not outcome.crash, outcome.crash


def test_prose_in_a_phone_cell(desk: Any) -> None:
    data = (
        'Tên,Địa chỉ,Điện thoại\nA,1 Lê Lợi,"Cấp cứu 24/24: 0276 3822 115, gặp bà Hoa 0912345678"\n'
        "B,2 Lê Lợi,đang cập nhật\n"
    )
    outcome, found = told(desk, "csv", data.encode())
    [phone] = found["A"].phones
    assert (phone.number, phone.label) == ("0276 3822 115", "Cấp cứu")
    assert found["B"].phones == ()
    assert any("di động ghi kèm tên người" in note for note in outcome.notes)
    assert "0912345678" not in "".join(d.decode() for d in desk.snapshot().values())


def test_a_polygon_keeps_its_shape_and_gets_no_middle(desk: Any) -> None:
    ring = [[106.0, 11.0], [106.1, 11.0], [106.1, 11.1], [106.0, 11.0]]
    feature = {
        "type": "Feature",
        "properties": {"name": "Vùng phong toả"},
        "geometry": {"type": "Polygon", "coordinates": [ring]},
    }
    crooked = {**feature, "properties": {"name": "Vùng hỏng"},
               "geometry": {"type": "Polygon", "coordinates": [ring[:2]]}}  # fmt: skip
    value = {"type": "FeatureCollection", "features": [feature, crooked]}
    outcome, found = told(desk, "geojson", json.dumps(value).encode())
    zone = found["Vùng phong toả"]
    assert zone.coordinates is None
    assert zone.geometry.type == "Polygon"
    assert zone.type == "lockdown"
    assert "Vùng hỏng" not in found
    assert any("Vùng hỏng: bỏ hình vẽ" in note for note in outcome.notes)


def test_a_point_outside_the_country_is_left_out(desk: Any) -> None:
    rows = ["A,1 Lê Lợi,106.1,11.3", "B,2 Lê Lợi,48.8,2.3", "C,3 Lê Lợi,11.3,106.1"]
    data = "\n".join(["Tên,Địa chỉ,Vĩ độ,Kinh độ", *rows])
    outcome, found = told(desk, "csv", data.encode())
    assert [found[name].coordinates for name in "ABC"] == [None, None, (11.3, 106.1)]
    assert len([note for note in outcome.notes if "bỏ tọa độ" in note]) == 2


def test_ambiguous_thousands_are_asked_and_not_guessed(desk: Any) -> None:
    outcome, _ = told(desk, "series", SERIES.replace(b",7", b",1.234"))
    assert outcome.failed
    assert "numbers: vi" in outcome.reason
    data = SERIES.replace(b",5\n", b',"1.234,5"\n').replace(b",7", b",1.234")
    _, _ = told(desk, "series", data)
    [series] = [t for n, t in desk.snapshot().items() if n.startswith("data/series/")]
    assert series.decode() == "date,ca\n2021-08-01,1234.5\n2021-08-02,1234\n"


def test_odd_days_and_figures_are_said(desk: Any) -> None:
    days = [f"{day:02}/08/2021,Tây Ninh,{10 + day}" for day in range(1, 12) if day != 5]
    odd = ["31/02/2021,Tây Ninh,3", "12/08/2031,Tây Ninh,9", "12/08/2021,Tây Ninh,-4",
           "13/08/2021,Tây Ninh,nhiều", "14/08/2021,Tây Ninh,", "15/08/2021,Tây Ninh,1",
           "15/08/2021,Tây Ninh,2"]  # fmt: skip
    data = "\n".join(["Ngày,Nơi,Số ca", *days, *odd]).encode()
    outcome, _ = told(desk, "series", data, cumulative=["ca"])
    text = " | ".join(outcome.notes)
    for word in (
        "tương lai",
        "số âm",
        "không phải số",
        "hai số khác nhau",
        "thiếu 1 ngày",
        "không đọc được ngày",
    ):
        assert word in text, word
    [series] = [t.decode() for n, t in desk.snapshot().items() if n.startswith("data/series/")]
    assert "2021-08-14,\n" in series
    assert "2021-08-05" not in series
    assert "2021-08-15" not in series
    assert "2031" not in series


def test_days_as_excel_numbers(desk: Any) -> None:
    outcome, _ = told(
        desk, "series", "Ngày,Nơi,Số ca\n44409,Tây Ninh,5\n44410,Tây Ninh,6\n".encode()
    )
    [series] = [t.decode() for n, t in desk.snapshot().items() if n.startswith("data/series/")]
    assert series == "date,ca\n2021-08-01,5\n2021-08-02,6\n"
    assert any("Excel" in note for note in outcome.notes)


OLD_EXCEL = Path(__file__).parents[1] / "sources/formats/benh-vien-xls/danh-ba.xls"


def test_an_old_spreadsheet_cut_anywhere_is_read_or_refused_in_one_line() -> None:
    good = OLD_EXCEL.read_bytes()
    assert len(read_xlsx(good, {}, "Bệnh viện").rows) == 4
    said: set[str] = set()
    for length in range(8, len(good), 40):
        with contextlib.suppress(Unreadable):
            said.add(str(len(read_xlsx(good[:length], {}).header)))
            continue
        said.add("refused")
    assert "refused" in said


def test_an_old_spreadsheet_that_never_ends_is_stopped(desk) -> None:
    start(desk, "xlsx")
    before = desk.snapshot()
    chain = bytearray(OLD_EXCEL.read_bytes())
    chain[512:1024] = bytes(512)  # every sector of the table of sectors points at the first
    desk.web.put(desk.sources["nguon"].url, bytes(chain))
    [outcome] = desk.run()
    assert outcome.failed
    assert not outcome.crash
    assert "\n" not in outcome.reason
    assert desk.snapshot() == before


def test_a_spreadsheet_under_a_password_is_named_so(desk) -> None:
    start(desk, "xlsx")
    before = desk.snapshot()
    locked = OLD_EXCEL.read_bytes()[:512] + "EncryptedPackage".encode("utf-16-le") * 40
    desk.web.put(desk.sources["nguon"].url, locked)
    [outcome] = desk.run()
    assert "có mật khẩu" in outcome.reason
    assert desk.snapshot() == before
