"""Cards, posters, table tents, stickers: sizes, fonts, text, QR codes, and what is over."""

import io
import os
import re
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pypdfium2
import pytest
import zxingcpp
from PIL import Image, ImageChops

from model import typesetting
from model.check.site import check_site
from model.colour import LEAST, contrast
from model.content import load
from model.document import join
from model.output import Registry
from model.problem import Problems
from model.sheets import FORMS, TONES, sheet_path
from model.typesetting import TypesettingError, typeset
from plugins.banners.families import InstallPages
from plugins.documents.pages import DocumentPages
from plugins.print_shop.__main__ import picture_all
from plugins.print_shop.families import QrCodes, Sheets
from tests import building

STEPS = ["Mở CH Play hoặc App Store.", "Tìm đúng tên “Mẫu Smart” rồi cài.", "Cho phép thông báo."]
KHMER = "ទទួលការជូនដំណឹងអំពីទឹកជំនន់ និងជំងឺឆ្លង ពីខេត្តរបស់អ្នក។"
LONG = "Ứng dụng tiếp nhận phản ánh hiện trường và cảnh báo thiên tai, dịch bệnh của tỉnh " * 3
TARGET = "https://thu.example.vn/a/cai-mau/"
MM = 72 / 25.4


def put(site: Path, name: str, values: dict[str, object]) -> None:
    path = site / "content" / f"{name}.md"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(join(values, "Thân bài."), encoding="utf-8")


def guide(name: str = "Mẫu Smart", **app: object) -> dict[str, object]:
    return {
        "title": "Cài Mẫu Smart",
        "summary": "Nhận cảnh báo lũ lụt, dịch bệnh đúng xã của mình.",
        "date": "2021-08-01",
        "first": STEPS,
        "app": {"name": name, "functions": ["Nhận cảnh báo"], "cautions": ["Đúng kho."], **app},
    }


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    families = Registry()
    families.add(Sheets(), QrCodes(), InstallPages(), DocumentPages())
    folder = building.new_site(tmp_path_factory.mktemp("in") / "trang")
    text = (folder / "site.yaml").read_text(encoding="utf-8")
    (folder / "site.yaml").write_text(text + "languages: [vi, en, km]\n", encoding="utf-8")
    put(folder, "guides/cai-mau", guide())
    put(folder, "guides/cai-mau.km", {**guide(), "summary": KHMER, "first": [KHMER, KHMER]})
    put(folder, "guides/rat-dai", {**guide(LONG[:290]), "summary": LONG * 2, "first": [LONG] * 9})
    put(folder, "guides/mot-chu", {**guide("A" * 250), "summary": "ắ" * 900, "first": [LONG * 2]})
    put(folder, "guides/da-cu", guide("Mẫu Cũ", replaced_by="cai-mau"))
    artwork = [
        {
            "headline": "Đi từng ngõ, gõ từng nhà",
            "action": "Cài Mẫu Smart",
            "colour": "#ffd23f",
            "ink": "#14181d",
        }
    ]
    campaign = {"title": "Mỗi nhà một ứng dụng", "date": "2021-08-01", "app": "cai-mau"}
    put(folder, "campaigns/moi-nha", {**campaign, "artwork": artwork})
    put(folder, "campaigns/xong", {**campaign, "artwork": artwork, "expires": "2021-08-02"})
    building.build(folder, families=families)
    return folder / "output"


def page(path: Path, dpi: int = 100) -> tuple[Image.Image, str, tuple[float, float]]:
    """Return the picture, text and size (mm) of a PDF's only page."""
    document = pypdfium2.PdfDocument(path)
    assert len(document) == 1
    width, height = document[0].get_size()
    text = document[0].get_textpage().get_text_range()
    picture = document[0].render(scale=dpi / 72).to_pil().convert("L")
    return picture, re.sub(r"\s+", " ", text), (width / MM, height / MM)


def sheets(output: Path, identity: str, lang: str = "vi") -> Iterator[tuple[str, Path]]:
    for form in FORMS:
        for tone in TONES:
            yield form.name, output / sheet_path(identity, lang, form.name, tone)


COUNTS = {"the": 10, "the-nha-in": 1, "ap-phich-a4": 1, "ap-phich-a3": 1, "de-ban": 2, "tem": 6}


@pytest.mark.parametrize(
    ("identity", "lang"),
    [
        ("guides/cai-mau", "vi"),
        ("guides/cai-mau", "km"),
        ("guides/rat-dai", "vi"),
        ("guides/mot-chu", "vi"),
    ],
)
def test_every_sheet_is_whole(site: Path, identity: str, lang: str) -> None:
    by_name = {form.name: form for form in FORMS}
    for name, path in sheets(site, identity, lang):
        picture, text, size = page(path)
        form = by_name[name]
        assert size == pytest.approx((form.width, form.height), abs=0.1), path.name
        codes = [code.text for code in zxingcpp.read_barcodes(picture)]
        assert codes == [TARGET.replace("cai-mau", identity[7:])] * COUNTS[name], path.name
        assert f"thu.example.vn/a/{identity[7:]}" in text.replace("- ", "-"), path.name
        edge = picture.crop((0, 0, picture.width, 6)).histogram()
        assert not sum(edge[:100]), f"{path.name} prints to the paper's edge"


def test_text_can_be_copied_with_all_its_marks(site: Path) -> None:
    _, text, _ = page(site / "a/cai-mau/ap-phich-a4.pdf")
    for said in ("Mẫu Smart", "Cài ứng dụng", STEPS[1], "Quét mã để cài", "Cơ quan thử"):
        assert said in text
    _, khmer, _ = page(site / "a/cai-mau/ap-phich-a4.km.pdf")
    assert "Cài ứng dụng" not in khmer, "a word that nobody translated is left out"
    assert {"ការ", "របស់"} <= set(re.findall("ការ|របស់", khmer))


def test_fonts_are_embedded_and_it_is_tagged(site: Path) -> None:
    for _, path in [*sheets(site, "guides/cai-mau"), *sheets(site, "guides/cai-mau", "km")]:
        data = path.read_bytes()
        assert data.count(b"/FontFile") >= 1
        assert b"pdfuaid:part" in data
        assert data.count(b"/Type/Font") == 2 * data.count(b"/FontDescriptor ") or b"/Type0" in data
        assert b"CreationDate" not in data


def test_black_and_white_has_no_colour_and_no_dark_field(site: Path) -> None:
    document = pypdfium2.PdfDocument(site / "a/cai-mau/ap-phich-a4.den-trang.pdf")
    picture = document[0].render(scale=0.5).to_pil().convert("RGB")
    red, green, blue = picture.split()
    for other in (green, blue):
        assert not sum(ImageChops.difference(red, other).histogram()[3:])
    dark = sum(red.histogram()[:128])
    assert dark < 0.12 * picture.width * picture.height


def test_a_campaigns_sheets_lead_to_its_app_or_its_page(site: Path) -> None:
    picture, text, _ = page(site / "chien-dich/moi-nha/de-ban.pdf")
    assert {code.text for code in zxingcpp.read_barcodes(picture)} == {TARGET}
    assert "Đi từng ngõ, gõ từng nhà" in text
    code = Image.open(site / "chien-dich/moi-nha/qr.png")
    assert [found.text for found in zxingcpp.read_barcodes(code)] == [TARGET]


def test_what_is_over_says_so_and_nothing_leads_there(site: Path) -> None:
    for path in ("a/da-cu/the.pdf", "a/da-cu/ap-phich-a3.den-trang.pdf"):
        picture, text, size = page(site / path)
        assert size == pytest.approx((210, 297), abs=0.1)
        assert "Ứng dụng này đã ngừng, đừng cài nữa." in text
        assert "Dùng thay: Mẫu Smart." in text
        assert not zxingcpp.read_barcodes(picture)
    _, text, _ = page(site / "chien-dich/xong/tem.pdf")
    assert "Chiến dịch này đã kết thúc." in text
    for path in ("a/da-cu/index.html", "huong-dan/da-cu/index.html"):
        assert ".pdf" not in (site / path).read_text(encoding="utf-8")


def test_pages_offer_every_sheet_and_the_code(site: Path) -> None:
    for path in ("a/cai-mau/index.html", "huong-dan/cai-mau/index.html"):
        html = (site / path).read_text(encoding="utf-8")
        links = re.findall(r'href="/(a/cai-mau/[^"]+\.pdf)"', html)
        assert len(links) == 2 * 2 * len(FORMS), "two tones, two languages"
        assert all((site / link).is_file() for link in links)
        assert '<img src="/a/cai-mau/qr.svg" width="148" height="148" alt="Mã QR dẫn đến' in html
    khmer = (site / "km/huong-dan/cai-mau/index.html").read_text(encoding="utf-8")
    assert khmer.index("the.km.pdf") < khmer.index("the.pdf"), "the reader's language first"


def small_site(folder: Path) -> tuple[Path, Registry]:
    families = Registry()
    families.add(Sheets())
    site = building.new_site(folder / "trang")
    put(site, "guides/cai-mau", guide())
    building.build(site, families=families)
    return site, families


def test_typeset_again_only_when_it_shows_something_else(tmp_path: Path) -> None:
    site, families = small_site(tmp_path)
    before = building.tree(site / "output")
    put(site, "guides/cai-mau", {**guide(), "tags": ["Covid-19"], "title": "Tên khác"})
    assert building.build(site, families=families).changed == []
    own = site / "theme" / "print"
    own.mkdir(parents=True)
    own.joinpath("sticker.typ").write_text("#d.title", encoding="utf-8")
    changed = building.build(site, families=families).changed
    assert changed == ["a/cai-mau/tem.den-trang.pdf", "a/cai-mau/tem.pdf"]
    assert page(site / "output" / "a/cai-mau/tem.pdf")[1].strip() == "Mẫu Smart"
    own.joinpath("sticker.typ").unlink()
    building.build(site, families=families)
    assert building.tree(site / "output") == before
    put(site, "guides/cai-mau", {**guide(), "first": ["Chỉ một việc."]})
    changed = building.build(site, families=families).changed
    assert len(changed) == 8, "table signs and stickers say no steps"


def test_a_designers_mistake_is_told_with_its_line(tmp_path: Path) -> None:
    site, families = small_site(tmp_path)
    own = site / "theme" / "print"
    own.mkdir(parents=True)
    for text, said in (("#khong-co", "unknown variable"), ('#import "@preview/x:1.0.0"', "fetch")):
        own.joinpath("card.typ").write_text(text, encoding="utf-8")
        with pytest.raises(TypesettingError, match=said):
            building.build(site, families=families)
    own.joinpath("card.typ").unlink()
    building.build(site, families=families)


def test_words_that_no_font_has_are_refused_by_name() -> None:
    for change, said in (
        ({"summary": "Nhanh 😀"}, "[summary] phông chữ in (Be Vietnam Pro và Noto Sans Khmer)"),
        ({"first": ["Mở", "متجر"]}, "ARABIC LETTER MEEM"),
        ({"app": {"name": "Mẫu", "functions": ["防疫"]}}, "CJK UNIFIED IDEOGRAPH-9632"),
    ):
        with pytest.raises(Problems, match=re.escape(said)):
            load("content/guides/x.md", join({**guide(), **change}, "Thân").encode())
    plain = {"title": "Bài 😀", "summary": "Không có ứng dụng thì không in 😀"}
    load("content/guides/x.md", join(plain, "Thân").encode())


def test_ink_too_faint_on_the_sites_own_colour_is_told_with_a_better_one(tmp_path: Path) -> None:
    site = building.new_site(tmp_path / "trang")
    text = (site / "site.yaml").read_text(encoding="utf-8")
    (site / "site.yaml").write_text(text + 'colours:\n  primary: "#ffd23f"\n', encoding="utf-8")
    artwork = [{"headline": "Cài ngay", "ink": "#ffffff"}]
    put(site, "campaigns/x", {"title": "X", "date": "2021-08-01", "artwork": artwork})
    said = [str(problem) for problem in check_site(site, building.NOW) if "ink" in str(problem)]
    assert len(said) == 1
    better = re.search(r"đổi ink thành (#[0-9a-f]{6})", said[0])
    assert better
    assert contrast(better[1], "#ffd23f") >= LEAST


def test_without_typst_there_are_codes_but_no_sheets(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("model.sheets.can_typeset", lambda: False)
    families = Registry()
    families.add(QrCodes(), InstallPages(), DocumentPages())
    site = building.new_site(tmp_path / "trang")
    put(site, "guides/cai-mau", guide())
    building.build(site, families=families)
    html = (site / "output/huong-dan/cai-mau/index.html").read_text(encoding="utf-8")
    assert "qr.svg" in html
    assert ".pdf" not in html


def test_nothing_is_printed_that_leads_nowhere(tmp_path: Path) -> None:
    site, families = small_site(tmp_path)
    put(site, "guides/cai-mau.en", guide())
    put(site, "guides/rieng.en", guide())
    building.build(site, families=families)
    made = building.tree(site / "output")
    assert len(made) == 2 * 2 * len(FORMS)
    assert not any("rieng" in path for path in made), "no Vietnamese guide, so no /a/rieng/"
    (site / "content/guides/cai-mau.md").unlink()
    assert len(building.build(site, families=families).removed) == 2 * 2 * len(FORMS)


def test_one_command_pictures_all_that_was_made(site: Path, tmp_path: Path) -> None:
    made = picture_all(site, tmp_path / "anh", 300)
    assert len(made) > 2 * len(FORMS)
    assert Image.open(tmp_path / "anh" / "a_cai-mau_the.pdf.png").height == 300
    assert Image.open(tmp_path / "anh" / "tat-ca.png").width > 1000


def test_a_helper_that_was_killed_is_replaced_and_a_fork_gets_its_own() -> None:
    source = '#set document(title: "x")\n#set page(width: 9pt, height: 9pt, margin: 0pt)\nx'
    before = typeset(source, {}, "png")
    helper = typesetting._helper(os.getpid()).process
    helper.kill()
    helper.wait()
    assert typeset(source, {}, "png") == before
    pid = os.fork()
    if pid == 0:
        os._exit(0 if typeset(source, {}, "png") == before else 1)
    assert os.waitpid(pid, 0)[1] == 0
    assert typeset(source, {}, "png") == before


def test_no_template_can_learn_the_time() -> None:
    source = '#set document(title: "x")\n#datetime.today().display()'
    made = typeset(source, {})
    assert b"(D:1970" in made
    assert typeset(source, {}) == made


def test_threads_take_turns() -> None:
    sources = [f'#set document(title: "x")\n{number}' for number in range(12)]
    alone = [typeset(source, {}) for source in sources]
    with ThreadPoolExecutor(6) as pool:
        assert list(pool.map(lambda source: typeset(source, {}), sources)) == alone


@pytest.mark.parametrize(
    ("lang", "line", "pitch"),
    [("vi", "ẲẴỄỖẬỰ gậy", 1.47), ("vi", "Cảnh báo lũ, gọi ngay", 1.3), ("km", "ស្ត្រី ល្បឿន ញ្ញើ", 1.6)],
)
def test_stacked_marks_are_neither_clipped_nor_touched(lang: str, line: str, pitch: float) -> None:
    """A page as high as the text, without margins: ink at its edge would have been cut."""
    parts = (building.ENGINE / "theme/print/parts.typ").read_text(encoding="utf-8")
    page = "\n#set page(width: 900pt, height: auto, margin: 0pt)\n"
    colours = {"ground": "#ffffff", "ink": "#000000", "accent": "#000000", "plain": False}
    data = {"lang": lang, "publisher": "", "width": 9, "height": 9, **colours}
    heights = []
    for count in (1, 2):
        made = f"{parts}{page}#fitted(d.title, 900pt, 900pt, most: 100pt, least: 100pt)"
        title = " ".join([line] * count)
        source = made.replace("900pt", "1100pt") if count == 1 else made
        picture = Image.open(io.BytesIO(typeset(source, {**data, "title": title}, "png")))
        grey = picture.convert("L")
        for row in (0, grey.height - 1):
            assert not sum(grey.crop((0, row, grey.width, row + 1)).histogram()[:128]), row
        heights.append(grey.height)
    assert heights[1] - heights[0] >= pitch * 100 - 1
