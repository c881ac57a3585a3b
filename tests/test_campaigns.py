"""Campaigns: who has reported at which cut-off, the calendar, the letter, the kit, texts."""

import csv
import io
import re
import sys
import zipfile
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from icalendar import Calendar
from odfdo import Document

from model.artwork import BY_NAME
from model.content import load
from model.document import join
from model.due import due
from model.fields import VIETNAM
from model.holding import rendered
from model.kinds.campaigns import Campaign, Goal
from model.kit import leads_to
from model.output import Family, Key, Registry, Row, Store
from model.problem import Problems
from model.progress import Rollup, Standing, rollup
from model.series import read_series
from model.sheets import FORMS
from model.site import Site, load_site
from model.sms import bare, fits_one, sms_length
from model.words import Words
from plugins.campaigns.goals import goal_words, reached_words
from plugins.campaigns.letter import BLANK, letter_words
from plugins.campaigns.letter_file import odt
from plugins.campaigns.texts import ready_texts
from plugins.print_shop.__main__ import picture_all
from tests import building

CODES = ["25567", "25516", "25459"]
DAILY = {"who": "Xã, phường", "every": "day", "before": "15:00", "to": "Văn phòng"}
WEEKLY = {"who": "Cơ quan", "every": "week", "weekday": 6, "before": "10:00"}
VALUES: dict[str, Any] = {
    "title": "Đi từng ngõ, gõ từng nhà",
    "summary": "Cài ứng dụng để nhận cảnh báo.",
    "date": "2020-08-24",
    "goal": {"target": 50, "unit": "% người dùng điện thoại thông minh", "by": "2020-08-31"},
    "app": "ung-dung",
    "progress": "data/series/cai.csv",
    "reporters": CODES,
    "reports": [DAILY, WEEKLY],
    "artwork": [{"headline": "Gõ từng nhà", "action": "Cài đặt", "alt": "Đi từng ngõ"}],
}
FIGURES = b"""date,place,value
2020-08-26,25567,12.5
2020-08-27,25567,51
2020-08-27,25516,
2020-08-26,80,30
"""
NOON, EVENING = (datetime(2020, 8, 27, hour, tzinfo=VIETNAM) for hour in (12, 18))
KIT, REPORT = "chien-dich/x/bo-tai-lieu/", "chien-dich/x/bao-cao/"


def campaign(**values: Any) -> Campaign:
    found = load("content/campaigns/x.md", join({**VALUES, **values}, "").encode()).document
    assert isinstance(found, Campaign)
    return found


def row(**values: Any) -> Row:
    return Row("campaigns/x", "", "", "current", campaign(**values))


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A site with one campaign, its figures and its app."""
    for name in ("campaigns.kit", "banners.families", "banners.builder"):
        monkeypatch.setattr(f"plugins.{name}.SIZES", (BY_NAME["320x50"], BY_NAME["300x250"]))
    for name in ("print_shop.families", "campaigns.kit"):
        monkeypatch.setattr(f"plugins.{name}.FORMS", FORMS[-1:])
    names = ("documents", "banners", "bulletins", "print_shop", "campaigns")
    building.register_plugins(f"plugins.{name}" for name in names)
    folder = building.new_site(tmp_path / "trang")
    site = folder / "site.yaml"
    site.write_text(site.read_text(encoding="utf-8") + 'place: "80"\n', encoding="utf-8")
    for name, text in {
        "content/campaigns/x.md": join(VALUES, ""),
        "content/guides/ung-dung.md": join(
            {"title": "Cài", "app": {"name": "Ứng dụng Mẫu"}, "summary": "Cài nhanh."}, ""
        ),
        "data/series/cai.csv": FIGURES.decode(),
    }.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    yield folder
    building.registry.clear()


def built(folder: Path, now: datetime) -> dict[str, bytes]:
    building.build(folder, now)
    return building.tree(folder / "output")


def missing(now: datetime, **values: Any) -> list[tuple[str, ...]]:
    series = read_series(FIGURES, "x.csv", ["value"])
    return [cutoff.missing for cutoff in rollup(campaign(**values), series, now).cutoffs]


def test_who_is_missing_depends_on_the_last_cut_off() -> None:
    assert missing(NOON) == [("25516", "25459")]  # the day before: only one had a figure
    assert missing(EVENING) == [("25516", "25459")]  # an empty cell is no report
    assert missing(EVENING + timedelta(days=1)) == [tuple(CODES)]
    assert missing(datetime(2020, 8, 24, 10, tzinfo=VIETNAM)) == []  # before the first


def test_a_weekly_report_counts_any_figure_of_its_week() -> None:
    weekly = {**WEEKLY, "reporters": ["25567", "25459"]}
    friday = datetime(2020, 8, 28, 11, tzinfo=VIETNAM)
    assert missing(friday, reports=[weekly]) == [("25459",)]
    assert missing(friday - timedelta(hours=2), reports=[weekly]) == []


def test_missing_is_never_nought() -> None:
    found = rollup(campaign(), read_series(FIGURES, "x.csv", ["value"]), EVENING)
    figures = {item.code: (item.value, item.reached) for item in found.communes}
    assert figures == {"25567": (51, True), "25516": (None, None), "25459": (None, None)}
    assert found.whole is not None
    assert found.whole.value == 30
    assert (found.reported, found.reached) == (1, 1)


def test_a_campaign_turns_at_each_cut_off_and_not_after_its_end() -> None:
    turns = campaign().turns()
    assert len(turns) == 8 + 1  # 24 to 31 August, and one Friday
    assert max(turns) == datetime(2020, 8, 31, 15, tzinfo=VIETNAM)
    assert len(campaign(goal=None, progress="", reports=[DAILY]).turns()) <= 367
    assert campaign(date=None).turns() == ()


def test_the_page_follows_the_cut_off_by_itself(folder: Path) -> None:
    pages = []
    for now in (NOON, EVENING, EVENING + timedelta(days=1)):
        files = built(folder, now)
        assert building.differences(files, building.clean_tree(folder, now)) == []
        pages.append(files[f"{REPORT}index.html"].decode())
    assert "Hạn 15:00 ngày 26/8/2020" in pages[0]
    assert "Hạn 15:00 ngày 27/8/2020" in pages[1]
    assert "1 trên 3 nơi đã báo cáo" in pages[1]
    assert "0 trên 3 nơi đã báo cáo" in pages[2]
    later = built(folder, EVENING + timedelta(days=1, hours=1))
    assert later[f"{REPORT}index.html"].decode() == pages[2]


def test_the_table_is_empty_where_nothing_was_reported(folder: Path) -> None:
    data = built(folder, EVENING)[f"{REPORT}tien-do.csv"].decode("utf-8-sig")
    lines = {line["Mã"]: line for line in csv.DictReader(io.StringIO(data))}
    assert lines["25516"]["Số liệu"] == lines["25516"]["Đạt mục tiêu"] == ""
    assert lines["25516"]["Hạn gần nhất"] == "chưa báo cáo"
    assert (lines["25567"]["Số liệu"], lines["25567"]["Đạt mục tiêu"]) == ("51", "đạt")
    assert lines["80"]["Hạn gần nhất"] == ""


def test_the_calendar_reminds_at_every_cut_off(folder: Path) -> None:
    data = built(folder, EVENING)[f"{REPORT}lich-bao-cao.ics"]
    assert all(len(line) <= 75 for line in data.split(b"\r\n"))
    found = Calendar.from_ical(data)
    assert [str(zone["TZID"]) for zone in found.walk("VTIMEZONE")] == ["Asia/Ho_Chi_Minh"]
    daily, weekly = found.walk("VEVENT")
    assert daily["DTSTART"].dt.isoformat() == "2020-08-24T14:45:00+07:00"
    assert daily["DTSTART"].dt + daily["DURATION"].dt == campaign().turns()[0]
    assert daily["RRULE"]["UNTIL"][0] == datetime(2020, 8, 31, 8, tzinfo=UTC)
    assert weekly["RRULE"]["BYDAY"] == ["FR"]
    assert weekly["DTSTART"].dt.isoformat() == "2020-08-28T09:45:00+07:00"
    assert daily["UID"] != weekly["UID"]
    ahead = [alarm["TRIGGER"].dt for alarm in daily.walk("VALARM")]
    assert ahead == [timedelta(minutes=-45), timedelta(0)]


def test_the_province_gets_a_pdf(folder: Path) -> None:
    pages = pypdfium2.PdfDocument(built(folder, EVENING)[f"{REPORT}bao-cao.pdf"])
    text = pages[0].get_textpage().get_text_range()
    assert "chưa có số" in text
    assert "51" in text
    assert "Hạn 15:00 ngày 27/8/2020" in text


@pytest.fixture
def site(tmp_path: Path) -> Site:
    return load_site(building.new_site(tmp_path / "trang"))


def letter(site: Site, **values: Any) -> Document:
    return Document(io.BytesIO(odt(letter_words(row(**values), site, Words("vi")))))


def test_the_letter_invents_nothing(site: Site) -> None:
    text = letter(site).get_formatted_text()
    assert "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM" in text
    assert f"/{BLANK}" in text
    assert f"{BLANK}, ngày" in text
    assert "[CHỨC VỤ NGƯỜI KÝ]" in text
    assert "[Họ và tên]" in text
    assert "https://thu.example.vn/chien-dich/x/bo-tai-lieu/" in text
    assert "đạt 50% người dùng điện thoại thông minh, chậm nhất ngày 31/8/2020" in text
    assert "Xã, phường: báo cáo trước 15 giờ hằng ngày, gửi về Văn phòng;" in text
    assert "Cơ quan: báo cáo trước 10 giờ thứ sáu hằng tuần." in text
    assert "2020 /" not in text


def test_the_letter_says_what_is_known(site: Site) -> None:
    draft = {
        "symbol": "SKHCN-CĐS",
        "place": "Mẫu",
        "recipients": ["Các sở, ban, ngành & <đơn vị>"],
        "basis": ["Quyết định của tỉnh"],
        "tasks": [{"who": "Y tế", "what": ["Dán áp phích.", "Phát thẻ."]}],
        "copies": ["Lãnh đạo Sở"],
        "signer": ["KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC"],
    }
    text = letter(site, draft=draft).get_formatted_text()
    for words in (
        "/SKHCN-CĐS", "Mẫu, ngày", "Các sở, ban, ngành & <đơn vị>", "Căn cứ Quyết định của tỉnh;",
        "1. Y tế:", "- Phát thẻ.", "- Lãnh đạo Sở;", "PHÓ GIÁM ĐỐC",
    ):  # fmt: skip
        assert words in text, words
    assert "Ủy ban nhân dân các xã, phường" not in text


def test_the_letter_is_laid_out_as_the_decree_says(site: Site) -> None:
    document = letter(site)
    styles = document.get_part("styles.xml").root.serialize()  # type: ignore[union-attr]
    for rule in (
        'fo:page-width="210mm"', 'fo:margin-left="30mm"', 'fo:margin-right="15mm"',
        'fo:margin-top="20mm"', "Times New Roman", 'style:next-style-name="Standard"',
        "text:page-number",
    ):  # fmt: skip
        assert rule in styles, rule
    used = {item.style for item in document.body.paragraphs}
    assert {"Loa_State", "Loa_Motto", "Loa_Subject", "Loa_Body", "Loa_Copies"} <= used
    assert all(f'style:name="{name}"' in styles for name in used)


def test_the_signature_never_has_a_page_of_its_own(site: Site) -> None:
    document = letter(site)
    closing = next(item for item in document.body.paragraphs if item.style == "Loa_Last")
    assert str(closing.text_recursive).endswith("./.")
    styles = document.get_part("styles.xml").root.serialize()  # type: ignore[union-attr]
    kept = re.search(r'style:name="Loa_Last".*?</style:style>', styles, re.DOTALL)
    assert kept
    assert 'fo:keep-with-next="always"' in kept[0]
    assert document.body.children[-1].style == "Loa_End"  # else an office adds an empty page


def test_banners_lead_to_this_site_whatever_stands_behind() -> None:
    assert leads_to(row()) == "/a/ung-dung/"
    assert leads_to(row(app="", link="https://noi-khac.example.vn/")) == row().path


def test_the_figure_has_its_unit() -> None:
    goal = Goal(target=50, unit="% người dùng")
    whole = Standing("80", "Mẫu", 41.5, None, False, late=False)
    found = Rollup(whole, (), (), None)
    assert reached_words(goal, found, Words("vi")) == "41,5% người dùng"
    assert reached_words(goal, Rollup(None, (), (), None), Words("vi")) == ""
    assert goal_words(Goal(target=1000, unit="lượt cài"), Words("vi")) == "1.000 lượt cài"


def test_the_letter_has_no_clock_and_a_proper_package(site: Site) -> None:
    words = letter_words(row(), site, Words("vi"))
    data = odt(words)
    assert data == odt(words)
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        first = package.infolist()[0]
        assert (first.filename, first.compress_type) == ("mimetype", zipfile.ZIP_STORED)
        assert package.read("mimetype") == b"application/vnd.oasis.opendocument.text"
        assert b"date" not in package.read("meta.xml")


def test_the_archive_holds_the_very_files_that_stand_beside_it(folder: Path) -> None:
    files = built(folder, EVENING)
    with zipfile.ZipFile(io.BytesIO(files[f"{KIT}bo-tai-lieu.zip"])) as kit:
        held = {name: kit.read(name) for name in kit.namelist()}
    beside = {
        "cong-van.odt": f"{KIT}cong-van.odt",
        "loa/ban-doc.txt": "chien-dich/x/ban-doc-loa/ban-doc.txt",
        "lich-bao-cao.ics": f"{REPORT}lich-bao-cao.ics",
        "bieu-ngu/vi/300x250.png": "embed/bieu-ngu/x/300x250.png",
        "bieu-ngu/vi/320x50@2x.png": "embed/bieu-ngu/x/320x50@2x.png",
        "in/tem.pdf": "chien-dich/x/tem.pdf",
        "in/ung-dung/tem.den-trang.pdf": "a/ung-dung/tem.den-trang.pdf",
        "qr/qr.svg": "chien-dich/x/qr.svg",
        "qr/ung-dung/qr.png": "a/ung-dung/qr.png",
    }
    for name, path in beside.items():
        assert held[name] == files[path], name
    codes = held["bieu-ngu/ma-nhung.txt"].decode("utf-8-sig")
    assert codes.count("<img ") == 2
    assert {"loi-nhan/zalo.txt", "loi-nhan/sms-khong-dau.txt", "DOC-TRUOC.txt"} <= held.keys()


def test_the_archive_follows_what_it_holds(folder: Path) -> None:
    before = built(folder, EVENING)[f"{KIT}bo-tai-lieu.zip"]
    guide = folder / "content/guides/ung-dung.md"
    guide.write_text(guide.read_text(encoding="utf-8").replace("Ứng dụng Mẫu", "Ứng dụng Hai"))
    files = built(folder, EVENING)
    assert files[f"{KIT}bo-tai-lieu.zip"] != before
    assert building.differences(files, building.clean_tree(folder, EVENING)) == []


def test_a_campaign_that_is_over_gives_nothing_away(folder: Path) -> None:
    file = folder / "content/campaigns/x.md"
    file.write_text(join({**VALUES, "expires": "2020-09-01"}, ""), encoding="utf-8")
    files = built(folder, datetime(2020, 10, 1, tzinfo=UTC))
    assert f"{KIT}bo-tai-lieu.zip" not in files
    assert f"{KIT}cong-van.odt" not in files
    page = files[f"{KIT}index.html"].decode()
    assert "Chiến dịch này đã kết thúc" in page
    assert "bo-tai-lieu.zip" not in page
    assert "<textarea" not in page
    assert "Hạn 15:00 ngày 31/8/2020" in files[f"{REPORT}index.html"].decode()


def test_the_kit_page_links_only_to_what_is_there(folder: Path) -> None:
    files = built(folder, EVENING)
    for name in (f"{KIT}index.html", f"{REPORT}index.html", "chien-dich/x/index.html"):
        found = set(re.findall(r'(?:href|src)="/([^"#?]*)', files[name].decode()))
        links = {path for path in found if path.startswith(("chien-dich/x/", "a/", "embed/"))}
        assert len(links) > 2
        for path in links - UNDRAWN - {"chien-dich/x/du-lieu.json"}:
            target = f"{path}index.html" if path.endswith("/") else path
            assert target in files, f"{name} -> {path}"


UNDRAWN = {
    f"{folder}/{form.name}{tone}.pdf"
    for folder in ("chien-dich/x", "a/ung-dung")
    for form in FORMS[:-1]
    for tone in ("", ".den-trang")
}
"""Sheets that these tests leave out to be quick."""
LONG = "Cài ứng dụng để nhận cảnh báo lũ, tin chính thống và số cần gọi của tỉnh ngay hôm nay nhé"


@pytest.mark.parametrize("title", ["Gõ từng nhà", LONG, LONG * 3])
def test_every_text_message_goes_out_as_one(site: Site, title: str) -> None:
    texts = ready_texts(row(title=title), campaign(title=title), site)
    messages = {text.file: text.text for text in texts if text.file.startswith("sms")}
    assert all(fits_one(text) for text in messages.values())
    assert messages["sms-khong-dau.txt"].isascii()
    assert "thu.example.vn/a/ung-dung" in messages["sms-khong-dau.txt"]


def test_editors_own_texts_are_taken_as_they_are(site: Site) -> None:
    own = {"sms": "Cài ngay: thu.example.vn", "zalo": "Bài Zalo"}
    texts = {text.file: text for text in ready_texts(row(texts=own), campaign(texts=own), site)}
    assert texts["sms-co-dau.txt"].text == own["sms"]
    assert texts["sms-khong-dau.txt"].text == "Cai ngay: thu.example.vn"
    assert texts["zalo.txt"].own
    assert not texts["facebook.txt"].own
    own = {"sms": "Cai ngay: thu.example.vn"}
    texts = {text.file: text for text in ready_texts(row(texts=own), campaign(texts=own), site)}
    assert texts["sms-khong-dau.txt"].text == own["sms"]
    marked = texts["sms-co-dau.txt"]
    assert (marked.own, fits_one(marked.text)) == (False, True)
    assert marked.text.startswith("Đi từng ngõ, gõ từng nhà")


def test_message_lengths_follow_the_standard() -> None:
    assert sms_length("a" * 160) == 160
    assert fits_one("a" * 160)
    assert not fits_one("a" * 161)
    assert fits_one("ờ" * 70)
    assert not fits_one("ờ" * 71)
    assert sms_length("[€]") == 6
    assert sms_length("ờ😀") == 3
    assert bare("“Đừng tin…” – vội 😀") == '"Dung tin..." - voi '


def test_a_message_that_would_be_split_is_a_problem() -> None:
    with pytest.raises(Problems, match="gửi thành nhiều tin"):
        campaign(texts={"sms": "Đi từng ngõ, gõ từng nhà. " * 3})


def test_editors_are_told_of_missing_reports(folder: Path) -> None:
    found = [item for item in due(folder, EVENING, 14) if item.reason == "unreported"]
    assert [(item.at, item.file) for item in found] == [
        (datetime(2020, 8, 27, 15, tzinfo=VIETNAM), "content/campaigns/x.md")
    ]
    after = due(folder, EVENING + timedelta(days=30), 14)
    assert not [item for item in after if item.reason == "unreported"]


class _Inner(Family):
    name = "test-inner"

    def path(self, key: Key) -> str:
        return key[0]

    def render(self, key: Key, store: Store) -> bytes | None:
        found = store.document(key[0])
        return found.document.title.encode() if found else None


class _Outer(Family):
    name = "test-outer"

    def site_keys(self, site: Site) -> list[Key]:
        return [("news/a",)]

    def path(self, key: Key) -> str:
        return "holder"

    def render(self, key: Key, store: Store) -> bytes | None:
        return b"[" + (rendered("test-inner", key, store) or b"") + b"]"


def test_what_is_held_is_depended_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    families = Registry()
    families.add(_Inner(), _Outer())
    monkeypatch.setattr("model.holding.registry", families)
    site = building.new_site(tmp_path / "s")
    file = site / "content/news/a.md"
    file.parent.mkdir()
    for title in ("Một", "Hai"):
        file.write_text(join({"title": title, "date": "2021-08-01"}, "x"), encoding="utf-8")
        building.build(site, families=families)
        assert building.tree(site / "output")["holder"] == f"[{title}]".encode()
    file.unlink()
    building.build(site, families=families)
    assert building.tree(site / "output")["holder"] == b"[]"
    assert rendered("nothing", ("a",), None) is None  # type: ignore[arg-type]


def test_the_book_shows_a_campaign_that_is_right(site: Site) -> None:
    book = (building.ENGINE / "docs" / "chien-dich.md").read_text(encoding="utf-8")
    example = re.search(r"```yaml\n(---\ntitle:.*?---\n)```", book, re.DOTALL)
    assert example
    found = load("content/campaigns/x.md", example[1].encode()).document
    assert isinstance(found, Campaign)
    told = Row("campaigns/x", "", "", "current", found)
    text = Document(io.BytesIO(odt(letter_words(told, site, Words("vi"))))).get_formatted_text()
    assert "/SKHCN-CĐS" in text
    assert "- Các sở, ban, ngành cấp tỉnh;" in text
    assert fits_one(found.texts.sms)


@pytest.mark.parametrize("reporters", [["2556"], ["Ninh Thạnh"]])
def test_who_reports_is_named_by_code(reporters: list[str]) -> None:
    with pytest.raises(Problems, match="không phải mã xã"):
        campaign(reporters=reporters)
    with pytest.raises(Problems, match="không phải mã xã"):
        campaign(reports=[{**DAILY, "reporters": reporters}])


OFFICE = """#!{python}
import shutil, sys
shutil.copy({pdf!r}, sys.argv[5] + "/cong-van.pdf")
"""


def test_letters_are_pictured_where_there_is_an_office(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    built(folder, EVENING)
    pdf = str(folder / "output" / REPORT / "bao-cao.pdf")
    command = tmp_path / "soffice"
    command.write_text(OFFICE.format(python=sys.executable, pdf=pdf), encoding="utf-8")
    command.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    made = [path.name for path in picture_all(folder / "output", tmp_path / "anh", 200)]
    assert "chien-dich_x_bo-tai-lieu_cong-van.odt.png" in made
    assert "chien-dich_x_bao-cao_bao-cao.pdf.png" in made
    command.unlink()
    assert not any(
        ".odt" in path.name for path in picture_all(folder / "output", tmp_path / "b", 9)
    )
