"""Banners of campaigns: sizes, weights, legible text, readable QR codes, codes to paste."""

import io
import re
from dataclasses import replace
from pathlib import Path
from unicodedata import normalize

import pytest
import zxingcpp
from PIL import Image

from model.artwork import BY_NAME, SIZES, VARIANTS, banner_code, banner_path, foreign_characters
from model.content import load
from model.document import join
from model.problem import Problems
from plugins.banners.drawing import banner, picture, svg
from plugins.banners.layout import SMALLEST, Box, fit, syllables, wrap
from plugins.banners.lettering import Script, missing, width
from plugins.banners.words import Words
from tests import building

VI = Words(
    lang="vi",
    headline="Đừng vội tin, đừng vội chia sẻ: hỏi tổng đài 1022",
    action="Gọi 0276.1022",
    address="loa.example.vn",
    publisher="Ban biên tập Loa",
    alt="Đừng vội tin: gọi 0276.1022",
    ground="#0b4f8a",
    ink="#ffffff",
    target="https://loa.example.vn/a/ung-dung/",
    qr=True,
)
KM = Words(
    "km",
    "ទូរស័ព្ទ\u200bទៅ\u200bលេខ 1022",
    "ហៅ 1022",
    "",
    "",
    "1022",
    "#7a2e0e",
    "#ffffff",
    VI.target,
    True,
)
WITH_QR = ("970x250", "300x600", "1200x630", "1080x1080", "1080x1920")


def opened(data: bytes) -> Image.Image:
    return Image.open(io.BytesIO(data)).convert("RGB")


CASES = [(VI, size.name) for size in SIZES] + [
    (KM, name) for name in ("970x250", "160x600", "320x50")
]


@pytest.mark.parametrize(("words", "name"), CASES, ids=lambda case: getattr(case, "lang", case))
def test_every_size_is_right_and_light(words: Words, name: str) -> None:
    found = BY_NAME[name]
    if svg(words, found) is None:
        assert found.width * found.height <= 168 * 28 or found.name == "88x31"
        return
    for variant in ("png", "png2x", "webp"):
        data = banner(words, found, variant)  # type: ignore[arg-type]
        scale = 2 if variant == "png2x" else 1
        assert opened(data).size == (found.width * scale, found.height * scale)
        assert len(data) <= found.most
    assert picture(svg(words, found) or "", "png") == banner(words, found, "png")


@pytest.mark.parametrize("name", WITH_QR)
def test_the_qr_code_leads_where_it_should(name: str) -> None:
    for variant in ("png", "png2x"):
        codes = zxingcpp.read_barcodes(opened(banner(VI, BY_NAME[name], variant)))  # type: ignore[arg-type]
        assert [code.text for code in codes] == [VI.target]


def test_without_a_qr_code_there_is_none() -> None:
    words = replace(VI, qr=False)
    assert not zxingcpp.read_barcodes(opened(banner(words, BY_NAME["970x250"], "png")))


def test_text_is_never_small_and_stays_in_its_box() -> None:
    script = Script.of("vi", True)
    for side in (60, 120, 300, 900):
        text = fit(VI.headline, script, Box(0, 0, side, side / 2), 200)
        if text is None:
            continue
        assert text.size >= SMALLEST
        assert max(width(line, script) for line in text.lines) * text.size <= side
        assert text.height <= side / 2 + 1
    assert fit("dài " * 400, script, Box(0, 0, 300, 100), 40) is None


def test_marks_are_not_clipped() -> None:
    words = Words("vi", "ẪỄỖỮẬỆỘỰ", "", "", "", "x", "#000000", "#ffffff", VI.target, False)
    for name in ("300x250", "970x250", "320x50"):
        image = opened(banner(words, BY_NAME[name], "png")).convert("L")
        edge = [image.getpixel((x, y)) for x in range(image.width) for y in (0, image.height - 1)]
        assert max(edge) < 40
        assert image.getextrema()[1] > 200


def test_khmer_breaks_only_where_it_may() -> None:
    script = Script.of("km", True)
    lines = wrap(KM.headline, script, width("ទូរស័ព្ទ", script) * 1.4)
    assert lines is not None
    assert "".join(lines).replace(" ", "") == KM.headline.replace("\u200b", "").replace(" ", "")
    assert len(lines) > 1


def test_what_the_model_lets_through_the_fonts_can_draw() -> None:
    every = [chr(n) for n in range(0x20, 0x2100) if normalize("NFC", chr(n)) == chr(n)]
    letters = [c for c in every if not foreign_characters(c, "vi")]
    vietnamese = "àáảãạăằắẳẵặâầấẩẫậèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵđ"
    assert not foreign_characters(vietnamese + vietnamese.upper(), "vi")
    assert not missing(vietnamese + vietnamese.upper(), Script.of("vi", True))
    unknown = missing("".join(letters), Script.of("vi", True))
    assert unknown == []
    assert foreign_characters("Gọi 😀 ngay", "vi") == ["😀"]
    assert foreign_characters("مرحبا", "vi")


def campaign(**artwork: str) -> bytes:
    values = {
        "title": "Chiến dịch",
        "date": "2021-08-01",
        "artwork": [{"headline": "Gọi", **artwork}],
    }
    return join(values, "Thân").encode()


def test_an_editor_hears_of_unprintable_and_faint_words() -> None:
    for artwork, word in (
        ({"headline": "Gọi 😀"}, "U+1F600"),
        ({"colour": "#ffff00", "ink": "#ffffff"}, "đổi màu chữ thành #"),
    ):
        with pytest.raises(Problems) as caught:
            load("content/campaigns/x.md", campaign(**artwork))
        assert word in str(caught.value)


def test_the_code_needs_no_script_and_no_protocol() -> None:
    code = banner_code(
        "https://x.vn", "https://x.vn/a/y/", "campaigns/c", "vi", SIZES[0], 'A "b" <c>'
    )
    assert "<script" not in code
    assert 'src="//x.vn/embed/bieu-ngu/c/970x250.png"' in code
    assert 'alt="A &quot;b&quot; &lt;c&gt;"' in code


def put(site: Path, **more: str) -> None:
    file = site / "content" / "campaigns" / "goi-1022.md"
    file.parent.mkdir(exist_ok=True)
    artwork = [
        {"headline": "Gọi 1022", "action": "Gọi ngay"},
        {"headline": "Call 1022", "lang": "en"},
    ]
    file.write_text(
        join({"title": "Gọi 1022", "date": "2021-08-01", "artwork": artwork, **more}, "x"), "utf-8"
    )


def test_a_campaign_is_built_with_its_codes_and_ends(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    few = tuple(BY_NAME[name] for name in ("300x250", "320x50", "250x100"))
    monkeypatch.setattr("plugins.banners.families.SIZES", few)
    monkeypatch.setattr("plugins.banners.builder.SIZES", few)
    building.register_plugins(building.plugin_names())
    site = building.new_site(tmp_path / "s")
    put(site)
    building.build(site)
    tree = building.tree(site / "output")
    page = tree["nhung/index.html"].decode()
    assert page.count('class="banner-code"') == 2 * len(few)
    linked = set(re.findall(r'href="/(embed/bieu-ngu/[^"]+)"', page))
    assert linked
    assert linked <= tree.keys()
    assert banner_path("campaigns/goi-1022", "en", "300x250", "png2x") in linked
    lasting = [path for path in tree if re.search(r"300x250\.[0-9a-f]{10}\.png", path)]
    assert len(lasting) == 1
    settings = site / "site.yaml"
    own = settings.read_text("utf-8")
    settings.write_text(own + 'colours: {primary: "#14532d"}\n', "utf-8")
    building.build(site)
    recoloured = building.tree(site / "output")
    renamed = [path for path in recoloured if re.search(r"300x250\.[0-9a-f]{10}\.png", path)]
    assert len(renamed) == 1
    assert renamed != lasting
    assert building.differences(recoloured, building.clean_tree(site, building.NOW)) == []
    settings.write_text(own, "utf-8")
    building.build(site)
    alive = tree["embed/bieu-ngu/goi-1022/300x250.png"]
    put(site, expires="2021-08-20")
    building.build(site)
    over = building.tree(site / "output")
    assert over["embed/bieu-ngu/goi-1022/300x250.png"] != alive
    assert not [path for path in over if re.search(r"300x250\.[0-9a-f]{10}\.png", path)]
    assert building.differences(over, building.clean_tree(site, building.NOW)) == []


def test_every_variant_has_an_address_of_its_own() -> None:
    paths = {
        banner_path("campaigns/c", lang, size.name, v)
        for lang in ("vi", "km")
        for size in SIZES
        for v in VARIANTS
    }
    assert len(paths) == 2 * len(SIZES) * len(VARIANTS)


def test_capitals_with_two_marks_have_higher_lines() -> None:
    """Ẳ reaches 1.22 em over its base line, ậ 0.25 em below: such lines must not touch."""
    plain = fit("Đừng vội tin gọi ngay", Script.of("vi", True), Box(0, 0, 200, 300), 40)
    high = fit("ẲẴỄ ậậ ẲẴỄ ậậ ẲẴỄ", Script.of("vi", True), Box(0, 0, 200, 300), 40)
    assert plain is not None
    assert high is not None
    assert plain.script.line < 1.4
    assert high.script.line >= 1.22 + 0.25
    assert high.script.rise >= 1.22
    assert high.height <= 300
    khmer = fit("ស្ត្រី", Script.of("km", True), Box(0, 0, 200, 300), 40)
    assert khmer is not None
    assert khmer.script == Script.of("km", True)


def test_khmer_without_breaks_is_parted_between_syllables_and_keeps_its_headline() -> None:
    headline = "ដំឡើងកម្មវិធីដើម្បីទទួលការព្រមានទឹកជំនន់"
    assert syllables("ដំឡើងកម្មវិធី") == ["ដំ", "ឡើងក", "ម្ម", "វិ", "ធី"]
    found = fit(headline, Script.of("km", True), Box(0, 0, 200, 300), 30)
    assert found
    assert len(found.lines) > 1
    assert "".join(found.lines) == headline
    kept = fit("ដំឡើង\u200bកម្មវិធី", Script.of("km", True), Box(0, 0, 80, 300), 16)
    assert kept
    assert kept.lines == ("ដំឡើង", "កម្មវិធី")


def test_no_word_is_left_alone_on_the_last_line() -> None:
    found = fit("Chiến dịch này đã kết thúc", Script.of("vi", True), Box(0, 0, 258, 150), 39)
    assert found
    assert found.lines == ("Chiến dịch", "này đã", "kết thúc")
