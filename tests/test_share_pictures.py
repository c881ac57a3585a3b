"""Pictures of debunks, alerts and figures: what they say, how light they are, when they go."""

import io
import re
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from model.artwork import unprintable
from model.document import join
from model.output import Registry
from model.share import SIZES, ShareWords
from plugins.documents.pages import DocumentPages
from plugins.print_shop.share import MOST, SharePictures
from tests import building

RUMOUR = "Đập Mẫu sắp vỡ, mọi người chạy ngay"
FACT = "Đập Mẫu vẫn an toàn; hồ đang xả nước theo kế hoạch đã báo trước."
DEBUNK: dict[str, Any] = {
    "title": "Không có chuyện đập Mẫu sắp vỡ",
    "claim": RUMOUR,
    "verdict": "false",
    "fact": FACT,
    "date": "2021-08-20",
    "reviewed_by": {"name": "Ban chỉ huy", "url": "https://x.example.vn"},
}
ALERT: dict[str, Any] = {
    "title": "Lũ trên sông Mẫu lên nhanh",
    "identifier": "vn-80-lu-song-mau-20210830-1",
    "date": "2021-08-30 06:00",
    "expires": "2021-09-02 06:00",
    "event": "Lũ",
    "category": ["Met"],
    "severity": "Severe",
    "area": "Xã Mẫu Một",
    "sources": [{"name": "Đài khí tượng"}],
}
FIGURES: dict[str, Any] = {
    "title": "Ca bệnh",
    "region": "80",
    "topic": "covid-19",
    "series": "data/series/ca.csv",
    "columns": [{"name": "cases", "label": "Số ca mới", "unit": "ca"}],
    "source": {"name": "CDC Mẫu"},
}
DRAWN: list[tuple[ShareWords, str]] = []


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    from plugins.print_shop import share

    DRAWN.clear()
    inner = share.picture_data

    def noted(words: ShareWords, size: str, primary: str) -> dict[str, object]:
        DRAWN.append((words, size))
        return inner(words, size, primary)

    monkeypatch.setattr(share, "picture_data", noted)
    folder = building.new_site(tmp_path / "trang")
    (folder / "data" / "series").mkdir(parents=True)
    (folder / "data/series/ca.csv").write_text("date,cases\n2021-08-27,9\n2021-08-28,16818\n")
    return folder


def put(site: Path, name: str, values: dict[str, Any]) -> None:
    path = site / "content" / f"{name}.md"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(join(values, "Thân bài."), encoding="utf-8")


def build(site: Path, **how: Any) -> dict[str, bytes]:
    families = Registry()
    families.add(DocumentPages(), SharePictures())
    building.build(site, families=families, **how)
    return building.tree(site / "output")


def said(kind: str) -> ShareWords:
    return next(words for words, size in DRAWN if size == "1200x630" and words.headline == kind)


def test_each_says_what_matters_and_is_light(site: Path) -> None:
    put(site, "misinformation/dap", DEBUNK)
    put(site, "alerts/lu", {**ALERT, "exercise": "true"})
    put(site, "statistics/ca", FIGURES)
    tree = build(site)
    pictures = {path: data for path, data in tree.items() if path.endswith(".png")}
    assert len(pictures) == 3 * len(SIZES)
    for path, data in pictures.items():
        image = Image.open(io.BytesIO(data))
        assert f"{image.width}x{image.height}" in path
        assert image.mode == "P"
        assert 4_000 < len(data) <= MOST
    debunk = said(FACT)
    assert debunk.stamp == "Tin lan truyền: Sai sự thật"
    assert debunk.kicker == "Sự thật"
    assert f"Sai sự thật – Sự thật: {FACT}" in debunk.alt
    assert debunk.lines == ("Ban chỉ huy", "20/8/2021")
    alert = said("Lũ trên sông Mẫu lên nhanh")
    assert alert.exercise
    assert alert.stamp == "Cảnh báo: Nghiêm trọng"
    assert alert.lines == ("Xã Mẫu Một", "Có hiệu lực đến 06:00 ngày 2/9/2021.")
    figure = said("Số ca mới")
    assert figure.number == "16.818 ca"
    assert figure.lines == ("tính đến 28/8/2021", "Nguồn: CDC Mẫu")


def test_the_page_names_its_pictures_and_their_words(site: Path) -> None:
    put(site, "misinformation/dap", DEBUNK)
    put(site, "news/tin", {"title": "Tin", "date": "2021-08-01"})
    tree = build(site)
    page = tree["kiem-chung/dap/index.html"].decode()
    address = r"https://thu\.example\.vn/(kiem-chung/dap/chia-se-1200x630\.png)\?v=[0-9a-f]{8}"
    found = re.search(rf'<meta property="og:image" content="{address}">', page)
    assert found
    assert found[1] in tree
    assert '<meta property="og:image:width" content="1200">' in page
    assert "summary_large_image" in page
    alts = re.findall(r'image:alt" content="([^"]*)"', page)
    assert len(alts) == 3
    assert all(FACT in alt and "Sai sự thật" in alt for alt in alts)
    assert not any(RUMOUR in alt for alt in alts), "the rumour alone must not travel"
    assert f'"image":["{found[0][35:-2]}"' in page
    assert "og:image" not in tree["tin-tuc/tin/index.html"].decode()


def test_drawn_again_only_when_it_shows_something_else(site: Path) -> None:
    put(site, "misinformation/dap", DEBUNK)
    before = build(site)
    DRAWN.clear()
    put(site, "misinformation/dap", {**DEBUNK, "tags": ["đập"], "claimed_by": "một trang mạng"})
    page = "kiem-chung/dap/index.html"
    after = build(site)
    assert {path for path in after if after[path] != before[path]} == {page}
    put(site, "misinformation/dap", {**DEBUNK, "verdict": "misleading"})
    changed = build(site)
    assert len([path for path in changed if changed[path] != after[path]]) == 3
    names = [re.findall(r"chia-se[^\"]*\?v=\w+", tree[page].decode()) for tree in (after, changed)]
    assert names[0] != names[1], "whoever kept the old picture asks for the new one"


def test_what_is_over_or_withdrawn_has_none(site: Path) -> None:
    put(site, "alerts/lu", ALERT)
    put(site, "misinformation/dap", DEBUNK)
    assert len(build(site)) == 2 * 3
    put(site, "misinformation/dap", {**DEBUNK, "status": "withdrawn"})
    later = build(site, now=building.NOW + timedelta(days=3))
    assert list(later) == ["canh-bao/lu/index.html"]
    assert "og:image" not in later["canh-bao/lu/index.html"].decode()


def test_never_a_box_and_never_too_long(site: Path) -> None:
    put(site, "misinformation/bieu-tuong", {**DEBUNK, "fact": f"{FACT} 😀🇻🇳"})
    put(site, "misinformation/chu-la", {**DEBUNK, "fact": "", "title": "Không phải: مرحبا"})
    put(site, "misinformation/dai", {**DEBUNK, "fact": "", "title": "Không có chuyện ấy " * 15})
    put(site, "misinformation/tran", {**DEBUNK, "fact": "Đúng là " + "dài " * 200})
    tree = build(site)
    drawn = {path.split("/")[1] for path in tree if path.endswith(".png")}
    assert drawn == {"bieu-tuong", "dai", "tran"}
    assert not any(unprintable(words.alt) for words, _ in DRAWN)
    assert FACT in {words.headline for words, _ in DRAWN}
    assert DEBUNK["title"] in {words.headline for words, _ in DRAWN}, "not the endless fact"


def test_same_bytes_whatever_the_machine_is_doing(site: Path) -> None:
    put(site, "statistics/ca", FIGURES)
    first = build(site)
    again = build(site, output=site / "khac", state=site / "nho" / "build.db")
    assert again == first == building.tree(site / "khac")
