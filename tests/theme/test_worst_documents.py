"""Documents at their worst: each page still stands and says what it does not know."""

from pathlib import Path
from typing import Any

import pytest

from benchmarks.quality.sweep import AXE, STANDARDS
from model.kinds import KINDS, kind_class
from plugins.patterns.screenshots import answer
from tests.building import NOW, build, new_site, plugin_names, register_plugins
from tests.theme.links import dead, soup

LONG = ("Ủy ban nhân dân tỉnh yêu cầu các sở, ban, ngành khẩn trương ứng phó " * 5)[:299] + "!"
WORD = "Đây-là-một-từ-rất-dài-không-có-dấu-cách-" * 6
KHMER = "ទឹកជំនន់កំពុងឡើងយ៉ាងលឿននៅតាមដងទន្លេសូមចាកចេញពីតំបន់ទាបភ្លាម"
TABLE = "|".join(f" Cột {n} " for n in range(30))
ROW = "|".join(f" {n * 1000} " for n in range(30))
OVER = "date: 2021-08-01\nexpires: 2021-08-02\n"
DOCUMENTS = {
    "news/trong": "date: 2021-08-31\n",
    "guides/trong": "",
    "questions/trong": "answered_by: {name: Sở}\n",
    "contacts/trong": "type: hospital\naddress: Chợ\n",
    "places/trong": "type: flooded\naddress: Cầu\nsources: [{name: Sở}]\n",
    "services/trong": "type: ask\nemail: hoi@thu.example.vn\n",
    "campaigns/trong": "",
    "documents/trong": "issuer: {name: Sở}\nissued_on: 2021-08-01\n",
    "pages/trong": "",
    "misinformation/trong": "claim: Có tin như vậy\n",
    "alerts/trong": "sources: [{name: Sở}]\nevent: Lũ\ncategory: [Met]\narea: Nơi này\n"
    "identifier: vn-80-trong-20210831-1\n"
    "severity: Unknown\nurgency: Unknown\ncertainty: Unknown\ndate: 2021-08-31\n"
    "expires: 2021-09-30\n",
    "statistics/khong-tep": "region: '80'\ntopic: a\nseries: data/series/khong-co.csv\n"
    "columns: [{name: cases, label: Số ca}]\nsource: {name: Sở}\n",
    "statistics/mot-diem": "region: '80'\ntopic: b\nseries: data/series/mot.csv\n"
    "columns: [{name: cases, label: Số ca}]\nsource: {name: Sở}\n",
    "news/het-han": OVER,
    "guides/het-han": OVER + "review_by: 2021-08-02\nstage: before\nhazard: khong-ten\n",
    "places/noi-cu": "type: vaccination-site\nsources: [{name: Sở}]\ncommune: '25462'\n"
    "places: ['00001', '25462']\n",
    "guides/nhieu-the": f"tags: [{', '.join(f'Chủ đề số {n}' for n in range(40))}]\n",
}
"""Documents -> front matter besides the title."""
BODIES = {
    "guides/nhieu-the": f"|{TABLE}|\n|{'---|' * 30}\n|{ROW}|\n\n{WORD}\n\n{KHMER * 3}\n\n"
    "![Ảnh hỏng](/images/hong.jpg)\n",
}
PREFIXES = {kind: f"{kind_class(kind).prefix}/".lstrip("/") for kind in KINDS}
TITLES = {"news/trong": LONG, "contacts/trong": LONG, "misinformation/trong": WORD[:200]}


@pytest.fixture(scope="module")
def worst(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = new_site(tmp_path_factory.mktemp("worst") / "trang")
    with (folder / "site.yaml").open("a", encoding="utf-8") as file:
        file.write("languages: [vi, km]\n")
    for name, fields in DOCUMENTS.items():
        title = TITLES.get(name, "Tài liệu không ghi gì")
        text = f'---\ntitle: "{title}"\n{fields}---\n\n{BODIES.get(name, "")}'
        path = folder / "content" / f"{name}.md"
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
    mixed = f'---\ntitle: "Lũ {KHMER} flood 洪水"\nsummary: {KHMER * 2}\n---\n\n{KHMER * 9}\n'
    (folder / "content/guides/trong.km.md").write_text(mixed, encoding="utf-8")
    (folder / "data/series").mkdir(parents=True)
    (folder / "data/series/mot.csv").write_text("date,cases\n2021-08-01,12\n")
    (folder / "images").mkdir()
    (folder / "images/hong.jpg").write_bytes(b"\xff\xd8\xff\xe0 cut")
    register_plugins(plugin_names())
    build(folder, NOW)
    return folder / "output"


def pages(output: Path) -> list[Path]:
    found = [path for path in sorted(output.rglob("index.html")) if soup(path).find("main")]
    assert len(found) > 60
    return found


def test_every_document_has_a_page_that_says_nothing_foolish(worst: Path) -> None:
    for path in pages(worst):
        page = soup(path)
        assert len(page.select("h1:not([hidden] h1)")) == 1, path
        words = f" {page.get_text(' ')} "
        for foolish in (" None ", " nan ", "{{", "Undefined", " [] ", " () ", "1/1/1970"):
            assert foolish not in words, (path, foolish)
    followed, wrong = dead(worst, "https://thu.example.vn", pages(worst))
    assert followed > 1000
    assert wrong == []


@pytest.mark.parametrize(
    ("page", "words"),
    [
        ("so-lieu/khong-tep", "Chưa có số liệu nào được công bố."),
        ("so-lieu/mot-diem", "Mới có một số liệu: 12, tính đến 1/8/2021."),
        ("hoi-dap/trong", "Chưa ghi lời trả lời."),
        ("danh-ba/trong", "Chưa ghi ngày kiểm tra gần nhất."),
        ("dia-diem/trong", "Chưa có thông báo"),
        ("kiem-chung/trong", "chưa có kết luận"),
        ("huong-dan/nhieu-the", "Ảnh không xem được: Ảnh hỏng"),
    ],
)
def test_a_page_says_what_it_does_not_know(worst: Path, page: str, words: str) -> None:
    assert words in " ".join(soup(worst / page / "index.html").get_text(" ").split())


def test_the_expired_is_gone_and_forty_topics_stand(worst: Path) -> None:
    for folder in ("tin-tuc", "huong-dan"):
        assert not soup(worst / folder / "index.html").select(f"a[href='/{folder}/het-han/']")
        assert not (worst / folder / "het-han").exists()
    assert len(soup(worst / "huong-dan/nhieu-the/index.html").select(".chips a")) == 40


@pytest.mark.browser
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_worst_fits_a_small_screen_and_is_accessible(
    worst: Path, browser: Any, axe: str, scheme: str
) -> None:
    context = browser.new_context(
        viewport={"width": 320, "height": 640}, color_scheme=scheme, service_workers="block"
    )
    context.route("**/*", answer(worst, ""))
    page = context.new_page()
    page.clock.set_fixed_time(NOW)
    names = {**DOCUMENTS, "guides/trong.km": ""}
    for name in names:
        kind, slug = name.split("/")
        slug, _, lang = slug.partition(".")
        address = f"/{lang}/{PREFIXES[kind]}{slug}/".replace("//", "/")
        page.goto(f"https://thu.example.vn{address}")
        assert page.locator("h1").is_visible(), address
        assert page.evaluate("document.documentElement.scrollWidth") <= 320, address
        page.evaluate(axe)
        assert page.evaluate(AXE, STANDARDS) == [], address
    context.close()
