"""Real lists of facilities through the whole pipeline, compared with the files themselves."""

import gzip
import io
import json
import re
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook

from fetchers.formats.decoding import is_garbled, mend
from model.kinds.contacts import Contact

pytestmark = pytest.mark.real
OSM = "contacts/overpass_hospitals_hanoi-region_2024-09-27.json.gz"
HANOI = "contacts/hanoi_health-facilities_2019.json.gz"
HOTLINES = "contacts/moh_hospital_hotlines_2020-05-05.sql"


def raw(path: Path) -> bytes:
    data = path.read_bytes()
    return gzip.decompress(data) if path.suffix == ".gz" else data


def run(
    desk: Any, data: bytes, shape: str, name: str = "danh-ba", **block: Any
) -> tuple[Any, list[Contact]]:
    block = {"kind": "contacts", "limits": {"items": 5000}, "publisher": "Nguồn thử", **block}
    source = desk.source(name, format=shape, **block)
    desk.web.put(source.url, data)
    [outcome] = desk.run(name)
    assert outcome.result == "done", outcome
    return outcome, contacts(desk)


def contacts(desk: Any) -> list[Contact]:
    found = [loaded.document for loaded in desk.documents().values()]
    assert all(isinstance(document, Contact) for document in found)
    return found  # type: ignore[return-value]


def hotlines(real_data: Path) -> list[tuple[str, str]]:
    text = (real_data / HOTLINES).read_text("utf-8")
    return re.findall(r"\(\d+, '([^']+)', '([^']+)'\)", text)


def sheet(rows: list[tuple[str, ...]]) -> bytes:
    book = Workbook()
    for row in rows:
        book.active.append(row)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def test_hospitals_from_the_map(desk: Any, real_data: Path) -> None:
    data = raw(real_data / OSM)
    outcome, found = run(desk, data, "geojson", licence="ODbL, © OpenStreetMap contributors")
    elements = json.loads(data)["elements"]
    named = [e for e in elements if e["tags"].get("name") or e["tags"].get("name:vi")]
    assert (len(elements), len(named)) == (252, 242)
    ways = ("phone", "contact:phone", "contact:mobile", "email", "contact:email", "website",
            "contact:website", "addr:street", "addr:housenumber", "addr:subdistrict")  # fmt: skip
    reachable = [e for e in named if any(e["tags"].get(tag) for tag in ways)]
    assert len(found) == len(reachable)
    with_phone = [e for e in named if any(e["tags"].get(tag) for tag in ways[:3])]
    assert len([d for d in found if d.phones]) == len(with_phone) == 22
    by_name = {d.title: d for d in found}
    assert by_name["Trạm xá Đại Kim"].phones[0].phone.tel == "02438552501"
    assert by_name["Trạm xá Đại Kim"].type == "health-station"
    assert by_name["Bệnh viện Quốc tế Dolife"].phones[0].phone.tel == "19001984"
    moved = by_name["Bệnh Viện Đa Khoa Thăng Long"].phones[0]
    assert (moved.number, moved.phone.tel) == ("024 3687 3058", "02436873058")
    assert any("mã vùng cũ 04" in note for note in outcome.notes)
    assert not any(d.commune for d in found), "addresses with a former district tell no commune"


def test_all_facilities_of_a_city(desk: Any, real_data: Path) -> None:
    data = raw(real_data / HANOI)
    told = json.loads(data)
    lists = ["hospitals", "clinics", "medicalCenters", "drugstores"]
    options = {
        "items": lists,
        "columns": {
            "title": "Name",
            "address": "Address",
            "lat": "Lat",
            "lon": "Lng",
            "type": "Category",
        },
        "types": {"1": "hospital", "2": "clinic", "3": "pharmacy", "4": "health-station"},
    }
    outcome, found = run(desk, data, "json", options=options)
    rows = [row for name in lists for row in told[name]]
    assert len(rows) == 1892
    repeated = outcome.counts.get("repeated", 0)
    assert len(found) + repeated == len(rows)
    distinct = {(r["Name"].strip(" -").casefold(), r["Lat"][:7], r["Lng"][:8]) for r in rows}
    assert len(found) >= len(distinct) * 0.99
    pharmacies = [d for d in found if d.type == "pharmacy"]
    shops = {
        (r["Name"].strip(" -").casefold(), r["Lat"][:7], r["Lng"][:8])
        for r in rows
        if r["Category"] == "3"
    }
    assert 0.97 * len(shops) <= len(pharmacies) <= len([r for r in rows if r["Category"] == "3"])
    first = next(d for d in found if d.title == "Nhà Thuốc Tuấn Phương")
    assert first.old_district == "Quận Ba Đình"
    assert first.coordinates == (21.049, 105.8460898)
    assert not any(d.phones for d in found)


@pytest.mark.parametrize("shape", ["csv", "xlsx", "html-table"])
def test_the_ministrys_hotlines_in_three_shapes(desk: Any, real_data: Path, shape: str) -> None:
    rows = hotlines(real_data)
    assert len(rows) == 14
    table = [("Bệnh viện", "Đường dây nóng"), *rows]
    data = {
        "csv": "\n".join(";".join(row) for row in table).encode("utf-8-sig"),
        "xlsx": sheet(table),
        "html-table": (
            "<h1>Danh sách</h1><table>"
            + "".join(f"<tr><td>{a}</td><td>{b}</td></tr>" for a, b in table)
            + "</table>"
        ).encode(),
    }[shape]
    outcome, found = run(desk, data, shape)
    assert outcome.counts["new"] == 14
    assert {d.title: d.phones[0].phone.tel for d in found} == {
        name: re.sub(r"\D", "", number) for name, number in rows
    }
    assert {d.type for d in found} == {"hospital"}
    assert all(d.sources[0].name == "Nguồn thử" for d in found)


def test_a_changed_hotline_waits_for_a_person(desk: Any, real_data: Path) -> None:
    rows = dict(hotlines(real_data))
    run(desk, _csv(rows), "csv")
    before = desk.snapshot()
    rows["Bệnh viện Xanh Pôn Hà Nội"] = "0982414127"
    rows["Bệnh viện Trung ương Huế"] = "0945313999"
    outcome, found = run(desk, _csv(rows), "csv")
    assert outcome.counts["review"] == 2
    after = desk.snapshot()
    assert {n: d for n, d in after.items() if n.startswith("content/")} == {
        n: d for n, d in before.items() if n.startswith("content/")
    }
    waiting = [data.decode() for name, data in after.items() if name.startswith("data/review/")]
    assert len(waiting) == 2
    assert any("bỏ 0904.138.502; thêm 0982414127" in text for text in waiting)
    assert len(found) == 14


def test_a_number_of_nine_digits_is_not_published(desk: Any, real_data: Path) -> None:
    rows = dict(hotlines(real_data)) | {"Bệnh viện Nhi trung ương": "039680336"}
    outcome, found = run(desk, _csv(rows), "csv")
    assert len(found) == 13
    assert any("039680336" in note for note in outcome.notes)


def test_mojibake_is_mended_exactly_or_refused(desk: Any, real_data: Path) -> None:
    told = json.loads(
        (real_data / "contacts" / "mojibake_strings_2020-05-06.json").read_text("utf-8")
    )
    names = told["hospital_hotlines_encoded_twice"]
    right = {name for name, _ in hotlines(real_data)}
    data = _csv({name: f"0276 382 2{number:03}" for number, name in enumerate(names)})
    outcome, found = run(desk, data, "csv")
    titles = {document.title for document in found}
    assert titles <= right, "what is published is spelt as in the sound list"
    assert len(titles) == sum(mend(name) is not None for name in names) >= 7
    assert not any(is_garbled(title) for title in titles)
    refused = [note for note in outcome.notes if "lỗi mã hóa" in note]
    assert len(refused) == len(names) - len(titles)


def test_one_facility_from_two_sources_is_one_document(desk: Any, real_data: Path) -> None:
    run(desk, raw(real_data / OSM), "geojson", "ban-do", publisher="OpenStreetMap")
    before = len(contacts(desk))
    rows = {"Bệnh viện Đại học Y Dược": "024 3553 0621", "Bệnh viện mới": "0276 3822 115"}
    outcome, found = run(desk, _csv(rows), "csv", "bo-y-te", publisher="Bộ Y tế")
    assert len(found) == before + 1
    both = next(d for d in found if d.title == "Bệnh viện Đại học Y Dược")
    assert [ref.name for ref in both.sources] == ["OpenStreetMap", "Bộ Y tế"]
    assert outcome.counts["updated"] == 1
    snapshot = desk.snapshot()
    again, _ = run(desk, _csv(rows) + b"\n", "csv", "bo-y-te", publisher="Bộ Y tế")
    assert set(again.counts) <= {"unchanged"}
    run(desk, raw(real_data / OSM) + b" ", "geojson", "ban-do", publisher="OpenStreetMap")
    assert desk.snapshot() == snapshot


def _csv(rows: dict[str, str]) -> bytes:
    lines = ["Bệnh viện,Đường dây nóng", *(f'"{name}","{number}"' for name, number in rows.items())]
    return "\n".join(lines).encode()
