"""Bulletins for the loudspeaker: what is said, in which order, of what, and by which voice."""

import json
import shutil
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import feedparser
import pytest

from model.content import load
from model.document import join
from model.output import Row
from model.site import Site, load_site
from plugins.bulletins import __main__ as voice
from plugins.bulletins.audio import FOLDER, INDEX
from plugins.bulletins.scripts import passages
from tests import building
from tests.test_kinds import LEAST

NOW = datetime(2025, 10, 30, 1, tzinfo=UTC)
MAU = Path(__file__).parent / "sites" / "mau"
FACT, RUMOUR = "Đập vẫn an toàn.", "Đập đã vỡ, chạy ngay!"
SILENCE = """\
import sys, wave
out = wave.open(sys.argv[2], "wb")
out.setnchannels(1); out.setsampwidth(2); out.setframerate(22050)
out.writeframes(bytes(44100 * len(open(sys.argv[1], encoding="utf-8").read().split()) // 10))
"""
"""A voice that says nothing, as long as the text is."""


def row(kind: str, **values: Any) -> Row:
    found = load(f"content/{kind}/x.md", join({**LEAST[kind], **values}, "").encode())
    return Row(found.identity, "", "", found.document.state(NOW), found.document)


@pytest.fixture
def site(tmp_path: Path) -> Site:
    return load_site(building.new_site(tmp_path / "trang"))


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    """A copy of the sample site with the plugins of a build."""
    building.register_plugins(["plugins.documents", "plugins.bulletins"])
    yield Path(shutil.copytree(MAU, tmp_path / "trang mẫu"))
    building.registry.clear()


def built(folder: Path, now: datetime = NOW) -> dict[str, bytes]:
    building.build(folder, now)
    return building.tree(folder / "output")


@pytest.mark.parametrize("verdict", ["false", "mostly-false", "misleading", "unproven"])
def test_a_debunk_says_fact_warning_claim_fact(site: Site, verdict: str) -> None:
    said = passages(
        row(
            "misinformation", claim=RUMOUR, fact=FACT, verdict=verdict, date="2021-08-28",
            reviewed_by={"name": "Sở"}, evidence=[{"name": "Thông báo"}],
        ),
        site,
    )  # fmt: skip
    claim = next(number for number, text in enumerate(said) if "chạy ngay" in text)
    assert said[1] == FACT
    assert "đừng chia sẻ" in said[claim - 1]
    assert said[-2].endswith(FACT)
    assert sum("chạy ngay" in text for text in said) == 1


def test_a_title_that_quotes_the_rumour_is_no_fact(site: Site) -> None:
    said = passages(
        row(
            "misinformation", title=f"Sai sự thật: “{RUMOUR}”", claim=RUMOUR, verdict="false",
            reviewed_by={"name": "Sở"}, reviewed_on="2021-08-28", sources=[{"name": "Sở"}],
        ),
        site,
    )  # fmt: skip
    assert "đừng chia sẻ" in said[1]
    assert sum("chạy ngay" in text for text in said) == 1
    assert "chạy ngay" not in said[-2]


def test_an_exercise_begins_and_ends_with_saying_so(site: Site) -> None:
    said = passages(row("alerts", exercise=True, severity="Extreme"), site)
    assert said[0] == said[-1] == "Đây là diễn tập."
    assert "diễn tập" not in passages(row("alerts"), site)[0]


def test_a_grave_alert_is_said_again_and_a_cancel_is_not_an_alert(site: Site) -> None:
    grave = passages(row("alerts", severity="Severe", instruction=["Đi ngay.", "Tắt điện."]), site)
    assert grave[1].startswith("Cảnh báo khẩn:")
    assert "Việc thứ 2: Tắt điện." in grave
    assert grave[-2] == "Xin nhắc lại: Lũ lên nhanh."
    cancel = passages(row("alerts", message="cancel", references="vn-80-lu-20211018-9"), site)
    assert cancel[1] == "Thông báo hủy cảnh báo: Lũ lên nhanh."
    assert not any("Khu vực" in text for text in cancel)


def test_what_is_over_replaced_or_unverified_is_not_read(folder: Path) -> None:
    files = built(folder)
    read = {name.split("/ban-doc-loa/")[0] for name in files if "/ban-doc-loa/ban-doc.txt" in name}
    assert {"canh-bao/lu-song-mau", "canh-bao/dien-tap", "kiem-chung/dap-khong-vo"} <= read
    assert not read & {"canh-bao/da-qua", "canh-bao/lu-song-mau-som", "kiem-chung/nuoc-uong"}
    for path in read:
        assert f'href="/{path}/ban-doc-loa/"'.encode() in files[f"{path}/index.html"]
    assert b"ban-doc-loa" not in files["kiem-chung/nuoc-uong/index.html"]
    assert b"ban-doc-loa" not in files["canh-bao/da-qua/index.html"]
    later = built(folder, NOW + timedelta(days=2))
    assert "canh-bao/lu-song-mau/ban-doc-loa/index.html" not in later
    assert building.differences(later, building.clean_tree(folder, NOW + timedelta(days=2))) == []


def test_an_update_takes_the_bulletin_of_what_it_replaces(folder: Path) -> None:
    early = datetime(2025, 10, 29, 12, tzinfo=UTC)
    (folder / "content/alerts/lu-song-mau.md").rename(folder / "later.md")
    assert "canh-bao/lu-song-mau-som/ban-doc-loa/ban-doc.txt" in built(folder, early)
    (folder / "later.md").rename(folder / "content/alerts/lu-song-mau.md")
    files = built(folder, early + timedelta(hours=2))
    assert "canh-bao/lu-song-mau/ban-doc-loa/ban-doc.txt" in files
    assert "canh-bao/lu-song-mau-som/ban-doc-loa/ban-doc.txt" not in files


def test_the_sheet_says_how_long_and_how_often(folder: Path) -> None:
    sheet = built(folder)["canh-bao/lu-song-mau/ban-doc-loa/index.html"].decode()
    assert "phát lại sau mỗi 30 phút đến 20:00 ngày 30/10/2025" in sheet
    assert "một lượt khoảng 55 giây" in sheet or "một lượt khoảng 1 phút" in sheet
    assert "số một một bốn" in sheet
    debunk = built(folder)["kiem-chung/dap-khong-vo/ban-doc-loa/index.html"].decode()
    assert "lúc 05:30, 17:00 hằng ngày, trong 3 ngày" in debunk
    campaign = built(folder)["chien-dich/cai-mau-smart/ban-doc-loa/ban-doc.txt"].decode()
    assert "Cài Mẫu sờ-mát" in campaign


@pytest.fixture
def speaking(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    script = folder / "voice.py"
    script.write_text(SILENCE, encoding="utf-8")
    monkeypatch.setenv("LOA_VOICE", f'"{sys.executable}" "{script}" {{text}} {{wav}}')
    return folder


def test_without_a_voice_nothing_claims_a_recording(folder: Path) -> None:
    files = built(folder)
    assert not any(name.endswith((".mp3", "podcast.xml")) for name in files)
    assert not any(b"<audio" in data or b"podcast.xml" in data for data in files.values())


def test_a_voice_gives_recordings_and_a_podcast(speaking: Path) -> None:
    built(speaking)
    new, failed = voice.record(speaking, load_site(speaking), voice.command(), NOW)
    assert new >= 7
    assert failed == []
    files = built(speaking)
    sound = files["kiem-chung/dap-khong-vo/ban-doc-loa/ban-doc.mp3"]
    assert sound[:2] in (b"\xff\xfb", b"\xff\xf3", b"ID")
    feed = feedparser.parse(files["ban-doc-loa/podcast.xml"])
    assert not feed.bozo
    told = {item.enclosures[0].href: item.enclosures[0] for item in feed.entries}
    assert len(told) == new
    found = told["https://mau.example.vn/kiem-chung/dap-khong-vo/ban-doc-loa/ban-doc.mp3"]
    assert (found.type, found.length) == ("audio/mpeg", str(len(sound)))
    assert b"<audio" in files["kiem-chung/dap-khong-vo/ban-doc-loa/index.html"]
    assert b"podcast.xml" in files["ban-doc-loa/index.html"]
    assert building.differences(files, building.clean_tree(speaking, NOW)) == []
    assert voice.record(speaking, load_site(speaking), voice.command(), NOW) == (0, [])


def test_a_changed_bulletin_has_no_recording_until_it_is_read_anew(speaking: Path) -> None:
    site = load_site(speaking)
    voice.record(speaking, site, voice.command(), NOW)
    built(speaking)
    file = speaking / "content/misinformation/dap-khong-vo.md"
    file.write_text(file.read_text(encoding="utf-8").replace("vẫn an toàn", "rất an toàn"))
    files = built(speaking)
    assert "kiem-chung/dap-khong-vo/ban-doc-loa/ban-doc.mp3" not in files
    assert b"dap-khong-vo" not in files["ban-doc-loa/podcast.xml"]
    count = len(list((speaking / FOLDER).glob("*.mp3")))
    assert voice.record(speaking, site, voice.command(), NOW) == (1, [])
    assert len(list((speaking / FOLDER).glob("*.mp3"))) == count
    assert "kiem-chung/dap-khong-vo/ban-doc-loa/ban-doc.mp3" in built(speaking)


@pytest.mark.parametrize(
    "fault", ["import sys; sys.exit('hỏng')", "pass", "import time; time.sleep(9)"]
)
def test_a_voice_that_fails_is_said_and_blocks_nothing(
    speaking: Path, fault: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    (speaking / "voice.py").write_text(fault, encoding="utf-8")
    monkeypatch.setattr(voice, "LONGEST", 0.5)
    monkeypatch.setattr(voice, "EPISODES", 1)
    new, failed = voice.record(speaking, load_site(speaking), voice.command(), NOW)
    assert new == 0
    assert len(failed) == 4
    assert json.loads((speaking / INDEX).read_text()) == {}
    assert "kiem-chung/dap-khong-vo/ban-doc-loa/index.html" in built(speaking)


def test_an_absent_voice_is_said_plainly(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delenv("LOA_VOICE", raising=False)
    monkeypatch.setattr(voice.shutil, "which", lambda name: None)
    assert voice.main(["voice"]) == 0
    assert "espeak-ng" in capsys.readouterr().out
