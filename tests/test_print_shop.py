"""Cards, posters, table tents, stickers: sizes, fonts, text, QR codes, and what is over."""

import re
from collections.abc import Iterator
from pathlib import Path

import pypdfium2
import pytest
import zxingcpp
from PIL import Image, ImageChops

from model.document import join
from model.output import Registry
from model.sheets import FORMS, TONES, sheet_path
from plugins.banners.families import InstallPages
from plugins.documents.pages import DocumentPages
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
    [("guides/cai-mau", "vi"), ("guides/cai-mau", "km"), ("guides/rat-dai", "vi")],
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
