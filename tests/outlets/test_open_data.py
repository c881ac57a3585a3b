"""Open data: records that follow their schema, tables that open rightly, nothing private."""

import csv
import io
import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from model.kinds import KINDS
from plugins.open_data.columns import COLUMNS
from plugins.open_data.records import BORROWED, PRIVATE
from plugins.open_data.tables import write_csv
from tests.building import ENGINE, build
from tests.outlets.conftest import NOW, URL, page_path


def records(outlets: dict[str, bytes]) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Yield path, kind and record of every JSON of the open data."""
    for path, data in outlets.items():
        kind = path.split("/")[1].split(".")[0] if path.startswith("du-lieu/") else ""
        if kind in KINDS and path.rsplit("/", 1)[1].removesuffix(".json").isdigit():
            yield from ((path, kind, item) for item in json.loads(data)["items"])
        elif path.endswith("/du-lieu.json") and not path.startswith("embed/"):  # widgets' own
            item = json.loads(data)["item"]
            yield path, item["kind"], item


def kinds_checked(outlets: dict[str, bytes]) -> set[str]:
    """Assert that every record follows its kind's published schema; return the kinds seen."""
    checkers = {}
    for kind in KINDS:
        if f"du-lieu/{kind}/schema.json" not in outlets:
            continue
        schema = json.loads(outlets[f"du-lieu/{kind}/schema.json"])
        jsonschema.Draft202012Validator.check_schema(schema)
        checkers[kind] = jsonschema.Draft202012Validator(schema)
    seen = set()
    for path, kind, item in records(outlets):
        checkers[kind].validate(item)
        assert not PRIVATE & item.keys(), path
        seen.add(kind)
    return seen


def test_every_record_follows_the_published_schema(outlets: dict[str, bytes]) -> None:
    assert kinds_checked(outlets) == set(KINDS)
    for path, _, item in records(outlets):
        assert page_path(item["page"]) in outlets, path


def test_the_schema_refuses_what_is_no_record(outlets: dict[str, bytes]) -> None:
    checker = jsonschema.Draft202012Validator(json.loads(outlets["du-lieu/contacts/schema.json"]))
    good = next(item for _, kind, item in records(outlets) if kind == "contacts")
    assert checker.is_valid(good)
    assert not checker.is_valid({**good, "author": "x"})
    assert not checker.is_valid({**good, "type": "benh-vien"})
    assert not checker.is_valid({key: value for key, value in good.items() if key != "page"})


def test_every_current_document_is_in_a_shard_and_the_index_knows_every_shard(
    outlets: dict[str, bytes],
) -> None:
    listed = {
        page_path(address)
        for path, data in outlets.items()
        if path.startswith("du-lieu/") and path.count("/") == 2 and path.endswith("index.json")
        for ending in ("json", "csv")
        for address in json.loads(data).get(ending, [])
    }
    shards = {
        path
        for path in outlets
        if path.startswith("du-lieu/") and path.rsplit("/", 1)[1].split(".")[0].isdigit()
    }
    assert len(shards) > 15
    assert shards == listed - {"canh-bao/hien-tai.json"}
    pages = {item["page"] for path, _, item in records(outlets) if path in shards}
    feed = json.loads(outlets["tin-tuc/feed.json"])
    assert {item["url"] for item in feed["items"]} <= pages
    assert f"{URL}/canh-bao/da-qua/" not in pages


def test_what_is_over_says_so(outlets: dict[str, bytes]) -> None:
    item = json.loads(outlets["canh-bao/da-qua/du-lieu.json"])["item"]
    assert item["state"] == "expired"
    assert json.loads(outlets["canh-bao/lu-song-mau/du-lieu.json"])["item"]["state"] == "current"


def test_licence_stands_on_our_own_words_only(outlets: dict[str, bytes]) -> None:
    catalogue = json.loads(outlets["du-lieu/index.json"])
    for entry in catalogue["datasets"]:
        head = json.loads(outlets[page_path(entry["index"])])
        assert head["author"] == "Sở Khoa học và Công nghệ tỉnh Mẫu"
        for data in (entry, head):
            assert ("license" in data) == (entry["kind"] not in BORROWED)
        for name in ("schema", "csv", "geojson"):
            assert name not in entry or page_path(entry[name]) in outlets


def tables(outlets: dict[str, bytes]) -> list[tuple[str, list[list[str]]]]:
    found = []
    for path, data in outlets.items():
        if path.endswith(".csv"):
            assert data.startswith(b"\xef\xbb\xbf"), path
            text = data.decode("utf-8-sig")
            assert "\n" not in text.replace("\r\n", "")
            found.append((path, list(csv.reader(io.StringIO(text, newline="")))))
    assert len(found) > 3
    return found


def test_tables_are_whole_and_no_cell_starts_a_formula(outlets: dict[str, bytes]) -> None:
    for path, rows in tables(outlets):
        assert rows, path
        assert {len(row) for row in rows} == {len(rows[0])}, path
        kind = path.split("/")[-1].split(".")[0] if path.count("/") == 1 else path.split("/")[1]
        if kind in COLUMNS:
            assert rows[0] == list(COLUMNS[kind])
        for row in rows[1:]:
            for cell in row:
                assert not cell.startswith(("=", "+", "@", "-", "\t", "\r")), (path, cell)


def test_a_row_says_what_the_record_says(outlets: dict[str, bytes]) -> None:
    (header, *rows) = dict(tables(outlets))["du-lieu/contacts.csv"]
    row = next(dict(zip(header, row, strict=True)) for row in rows if "benh-vien-mau" in row[0])
    assert row["phones"] == "0276 3822 115 (Cấp cứu); 0276 3822 116 (Tổng đài)"
    assert (row["latitude"], row["longitude"]) == ("11.3101", "106.0983")
    assert row["commune"] == "25567"
    assert row["old_district"] == "thành phố Tây Ninh"
    assert row["sources"] == "Trang của bệnh viện (https://bv.mau.example.vn)"
    hostile = next(row for row in rows if "cong-thuc" in row[0])
    assert "'=HYPERLINK(1) & <b>Tổ</b> trực; phường, xã" in hostile


def test_numbers_stay_numbers_and_words_cannot_run() -> None:
    data = write_csv(["a", "b"], [{"a": -5, "b": "-5"}, {"a": None, "b": "\tx"}, {"b": "+84"}])
    assert data.decode("utf-8-sig") == "a,b\r\n-5,'-5\r\n,x\r\n,'+84\r\n"


@pytest.mark.parametrize("kind", ["contacts", "places"])
def test_maps_are_geojson_of_viet_nam(outlets: dict[str, bytes], kind: str) -> None:
    data = json.loads(outlets[f"du-lieu/{kind}.geojson"])
    assert data["type"] == "FeatureCollection"
    for feature in data["features"]:
        assert feature["type"] == "Feature"
        assert feature["properties"]["kind"] == kind
        if feature["geometry"]["type"] == "Point":
            longitude, latitude = feature["geometry"]["coordinates"]
            assert 102 < longitude < 118
            assert 6 < latitude < 24


def test_the_hospital_is_on_the_map(outlets: dict[str, bytes]) -> None:
    features = json.loads(outlets["du-lieu/contacts.geojson"])["features"]
    assert [f["geometry"]["coordinates"] for f in features] == [[106.0983, 11.3101]]


def test_figures_are_those_of_the_series(outlets: dict[str, bytes], folder: Path) -> None:
    text = (folder / "data/series/benh-cum.csv").read_text(encoding="utf-8")
    source = list(csv.DictReader(io.StringIO(text)))
    found = dict(tables(outlets))["so-lieu/benh-cum/so-lieu.csv"]
    header, rows = found[0], found[1:]
    assert len(rows) == len(source) > 50
    by_date = {row["date"]: row for row in source}
    for row in rows:
        cells = dict(zip(header, row, strict=True))
        original = by_date[cells["date"]]
        for name in header[1:]:
            assert (cells[name] == "") == (original[name] == "")
            assert not cells[name] or float(cells[name]) == float(original[name])
    item = json.loads(outlets["so-lieu/benh-cum/du-lieu.json"])["item"]
    assert len(item["rows"]) == len(source)


def test_a_series_whose_file_is_gone_is_an_empty_table(outlets: dict[str, bytes]) -> None:
    assert outlets["so-lieu/mat-tep/so-lieu.csv"].decode("utf-8-sig") == "date\r\n"
    assert json.loads(outlets["so-lieu/mat-tep/du-lieu.json"])["item"]["rows"] == []


def unfolded(data: bytes) -> list[str]:
    text = data.decode()
    assert text.endswith("\r\n")
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))
    return text.replace("\r\n ", "").strip().split("\r\n")


def test_cards_are_vcards(outlets: dict[str, bytes]) -> None:
    cards = {path: unfolded(data) for path, data in outlets.items() if path.endswith(".vcf")}
    assert len(cards) == 4
    for lines in cards.values():
        assert lines[:2] == ["BEGIN:VCARD", "VERSION:3.0"]
        assert lines[-1] == "END:VCARD"
        assert sum(line.startswith(("N:", "FN:", "UID:")) for line in lines) == 3
    hospital = cards["danh-ba/benh-vien-mau/lien-he.vcf"]
    assert "TEL;TYPE=WORK,VOICE:02763822115" in hospital
    assert "FN:Bệnh viện Đa khoa tỉnh Mẫu" in hospital
    assert "GEO:11.310100;106.098300" in hospital
    hostile = cards["danh-ba/cong-thuc/lien-he.vcf"]
    assert "FN:=HYPERLINK(1) & <b>Tổ</b> trực\\; phường\\, xã" in hostile
    assert "TEL;TYPE=WORK,VOICE:02763822118" in hostile


def test_the_essentials_are_plain_text(outlets: dict[str, bytes]) -> None:
    text = outlets["llms.txt"].decode()
    assert text.startswith("# Cổng thông tin khẩn cấp tỉnh Mẫu\n")
    assert "- 0276.1022: Tổng đài của tỉnh; Hỏi đáp" in text
    assert "không phải trang chính thức" in text
    for address in (line.split("](")[1].rstrip(")") for line in text.splitlines() if "](" in line):
        assert page_path(address) in outlets, address


def test_every_address_of_the_book_is_there(outlets: dict[str, bytes]) -> None:
    book = (ENGINE / "docs/du-lieu-mo.md").read_text(encoding="utf-8")
    sample = {
        "TRANGso-lieu.csv": "/so-lieu/benh-cum/so-lieu.csv",
        "TRANG": "/danh-ba/benh-vien-mau/",
        "LOẠI": "contacts",
        "MỤC": "tin-tuc",
    }
    addresses = re.findall(r"`((?:/|TRANG)[^` ]+)`", book)
    assert len(addresses) > 18
    for address in addresses:
        path = address
        for name, value in sample.items():
            path = path.replace(name, value)
        assert page_path(URL + path) in outlets, address
    assert not [kind for kind in KINDS if f"`{kind}`" not in book]


def test_a_new_alert_touches_few_shared_files(make: Callable[..., Path]) -> None:
    folder = make()
    touched = [shared_files(folder, number) for number in (1, 2)]
    for shared in touched:
        other = ("en/", "km/", "embed/en/", "embed/km/", "tim-kiem/")
        own = [path for path in shared if not path.startswith(other)]
        assert {"canh-bao/hien-tai.json", "embed/canh-bao/du-lieu.json"} <= set(own)
        assert len(own) <= 14, own
        assert len(shared) <= 30, shared


def shared_files(folder: Path, number: int) -> list[str]:
    """Add an alert, build, and return the changed files that are not its own."""
    (folder / f"content/alerts/bao-moi-{number}.md").write_text(
        f"---\ntitle: Bão vào bờ\nidentifier: vn-80-bao-20251029-{number}\n"
        f"date: 2025-10-29 21:5{number}\nexpires: 2025-10-31\nevent: Bão\ncategory: Met\n"
        "area: Ven biển\ntags: [a, b, c]\nsources: [{name: Đài}]\n---\n",
        encoding="utf-8",
    )
    report = build(folder, NOW)
    return [path for path in report.changed if "bao-moi" not in path]
