"""Alerts: one small file, gravest first; what replaced or cancelled one is said on its page."""

import json
from pathlib import Path

from bs4 import BeautifulSoup


def read(path: Path) -> BeautifulSoup:
    return BeautifulSoup(path.read_bytes(), "lxml")


def test_the_file_has_the_alerts_in_force_gravest_first(sample: Path) -> None:
    found = json.loads((sample / "canh-bao/hien-tai.json").read_text("utf-8"))["alerts"]
    assert [alert["id"] for alert in found] == [
        "vn-80-lu-song-mau-20251029-2",
        "vn-80-dien-tap-20251029-1",
    ]
    assert found[0]["until"] == "2025-10-30T20:00:00+07:00"
    assert found[0]["severity_words"] == "Nghiêm trọng"
    assert found[0]["url"] == "https://mau.example.vn/canh-bao/lu-song-mau/"
    assert len(found[0]["instruction"]) == 3
    assert found[1]["exercise"] is True
    assert (sample / "canh-bao/hien-tai.json").stat().st_size < 2000


def test_other_languages_fall_back_on_vietnamese(sample: Path) -> None:
    found = json.loads((sample / "en/canh-bao/hien-tai.json").read_text("utf-8"))["alerts"]
    assert len(found) == 2
    assert {alert["lang"] for alert in found} == {"vi"}


def test_home_shows_them_without_a_script(sample: Path) -> None:
    shown = read(sample / "index.html").select("#canh-bao .alert")
    assert [tag["data-until"] for tag in shown] == [
        "2025-10-30T20:00:00+07:00",
        "2025-10-31T08:00:00+07:00",
    ]
    assert "Diễn tập" in shown[1].get_text()
    fragment = read(sample / "canh-bao/hien-tai.html").select(".alert")
    assert [str(tag) for tag in fragment] == [str(tag) for tag in shown]


def test_every_page_loads_the_file_and_links_to_the_alerts(sample: Path) -> None:
    pages = [path for path in sample.rglob("index.html") if not {"theme", "embed"} & {*path.parts}]
    assert len(pages) > 60
    for path in pages:
        page = read(path)
        slot = page.select_one("#canh-bao")
        assert slot is not None, path
        assert (sample / str(slot["data-alerts"]).lstrip("/")).is_file(), path
        assert page.select("nav a[href$='/canh-bao/']"), path


def test_a_replaced_alert_says_so_and_an_old_one_says_it_is_over(sample: Path) -> None:
    replaced = read(sample / "canh-bao/lu-song-mau-som/index.html").select_one(".n-stop")
    assert replaced is not None
    assert "đã được thay bằng bản mới hơn" in replaced.get_text()
    assert replaced.select("a[href='/canh-bao/lu-song-mau/']")
    over = read(sample / "canh-bao/da-qua/index.html").select_one(".n-old")
    assert over is not None
    assert "đã hết hiệu lực" in over.get_text()
    assert not over.has_attr("hidden")
