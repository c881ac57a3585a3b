"""The table of administrative units: complete, unambiguous, found by name as people write it."""

import csv
import gzip
import json
from datetime import date
from pathlib import Path

import pytest

from model.places import TABLE, communes, find, find_old, has_communes, unit, unit_name, units

SHIPPED = {"80": 96, "46": 40, "86": 124}


def test_the_table_is_whole() -> None:
    rows = list(csv.reader(TABLE.open(encoding="utf-8", newline="")))[1:]
    codes = [row[0] for row in rows]
    assert len(set(codes)) == len(codes)
    provinces = [item for item in units().values() if not item.province]
    assert len(provinces) == 34
    assert sum(item.name.startswith("Thành phố ") for item in provinces) == 6
    assert {code: len(communes(code)) for code in SHIPPED} == SHIPPED
    assert not has_communes("01")
    for item in units().values():
        assert len(item.code) == (5 if item.province else 2)
        assert item.is_valid(date(2025, 7, 1))
        assert not item.is_valid(date(2025, 6, 30))
        assert item.name == " ".join(item.name.split())


@pytest.mark.parametrize(
    ("name", "province", "codes"),
    [
        ("Ninh Thạnh", "80", ["25567"]),
        ("phường ninh thạnh", "80", ["25567"]),
        ("PHUONG NINH THANH", "80", ["25567"]),
        ("Xã Hòa Hội", "80", ["25606"]),
        ("xã Hoà Hội", "80", ["25606"]),
        ("Chân Mây - Lăng Cô", "46", ["20152"]),
        ("Chân Mây – Lăng Cô", "46", ["20152"]),
        ("Trà Vinh", "86", ["29242"]),
        ("Tây Ninh", "", ["80"]),
        ("tỉnh tây ninh", "", ["80"]),
        ("Huế", "", ["46"]),
        ("Huyện Tân Châu", "80", []),
        ("Tân Thạch", "80", []),
    ],
)
def test_a_name_finds_its_unit(name: str, province: str, codes: list[str]) -> None:
    assert [item.code for item in find(name, province)] == codes


def test_marks_tell_apart_and_a_name_without_marks_finds_both() -> None:
    marked = [item.name for item in find("Tân Thành", "80")]
    assert marked == ["Xã Tân Thành"]
    assert [item.name for item in find("Tân Thạnh", "80")] == ["Xã Tân Thạnh"]
    assert {item.name for item in find("tan thanh", "80")} == {"Xã Tân Thành", "Xã Tân Thạnh"}


def test_former_provinces_are_found_as_recorded_and_communes_never_guessed() -> None:
    assert [item.code for item in find_old("Long An")] == ["80"]
    assert [item.code for item in find_old("tỉnh Trà Vinh")] == ["86"]
    assert [item.code for item in find_old("Thừa Thiên Huế")] == ["46"]
    assert not find_old("Tân Châu")


def test_an_unknown_code_is_named_by_its_code() -> None:
    assert unit("99999") is None
    assert unit_name("99999") == "Địa bàn mã 99999"
    assert unit_name("") == ""


@pytest.mark.real
def test_codes_and_names_are_those_of_the_captured_list(real_data: Path) -> None:
    path = real_data / "contacts/admin-units/vietnam_provinces-2025.10.1_nested-divisions.json.gz"
    provinces = json.loads(gzip.decompress(path.read_bytes()))
    listed = {
        f"{ward['code']:05d}": " ".join(ward["name"].split())
        for province in provinces
        for ward in province["wards"]
        if f"{province['code']:02d}" in SHIPPED
    }
    assert len(listed) == sum(SHIPPED.values())
    assert listed == {code: item.name for code, item in units().items() if item.province}
