"""Pictures of bodies: published from the site's folder, replaced and removed with their files."""

import re
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from model.pictures import TWINS, Measure, measure, twin
from tests.building import NOW, build, new_site, register_plugins


def test_pictures_follow_their_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    site = new_site(tmp_path / "trang")
    monkeypatch.setenv("SITE", str(site))
    register_plugins(["plugins.documents", "plugins.images"])
    page = site / "content/guides/a.md"
    page.parent.mkdir()
    page.write_text("---\ntitle: A\n---\n\n![Bản đồ](/images/b/so-do.svg)\n", encoding="utf-8")
    picture = site / "images/b/so-do.svg"
    picture.parent.mkdir(parents=True)
    picture.write_text("<svg/>", encoding="utf-8")
    build(site, NOW)
    public = site / "output/images/b/so-do.svg"
    assert public.read_text(encoding="utf-8") == "<svg/>"
    html = (site / "output/huong-dan/a/index.html").read_text(encoding="utf-8")
    assert 'src="/images/b/so-do.svg"' in html
    assert 'alt="Bản đồ"' in html
    picture.write_text("<svg id='2'/>", encoding="utf-8")
    build(site, NOW)
    assert public.read_text(encoding="utf-8") == "<svg id='2'/>"
    picture.unlink()
    build(site, NOW)
    assert not public.exists()


def photo(size: tuple[int, int], form: str = "JPEG", turned: int = 1) -> bytes:
    """Return a picture whose camera noted its maker and which way it was held."""
    target, exif = BytesIO(), Image.Exif()
    exif[0x010F], exif[0x0112] = "May anh", turned
    picture = Image.linear_gradient("L").resize(size).convert("RGB")
    picture.save(target, form, exif=exif)
    return target.getvalue()


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = new_site(tmp_path / "trang")
    monkeypatch.setenv("SITE", str(folder))
    register_plugins(["plugins.documents", "plugins.images"])
    (folder / "content/guides").mkdir(parents=True)
    (folder / "images").mkdir()
    body = (
        "![Nước ngập](/images/ngap.jpg)\n\n![Bản đồ](/images/hong.png)\n\n![X](/images/mat.jpg)\n"
    )
    (folder / "content/guides/a.md").write_text(f"---\ntitle: A\n---\n\n{body}", encoding="utf-8")
    (folder / "images/hong.png").write_bytes(b"\x89PNG\r\n\x1a\n rest is lost")
    return folder


def test_a_photograph_gets_lighter_twins_and_loses_what_the_camera_noted(site: Path) -> None:
    (site / "images/ngap.jpg").write_bytes(photo((1600, 1000)))
    build(site, NOW)
    html = (site / "output/huong-dan/a/index.html").read_text(encoding="utf-8")
    assert 'width="1200" height="750" loading="lazy"' in html
    offered = re.findall(r"(/images/[\w.-]+) (\d+)w", html)
    assert offered == [
        ("/images/ngap.jpg.s.avif", "480"),
        ("/images/ngap.jpg.l.avif", "1200"),
        ("/images/ngap.jpg.s.webp", "480"),
        ("/images/ngap.jpg.l.webp", "1200"),
    ]
    for address, width in [*offered, ("/images/ngap.jpg", "1200")]:
        opened = Image.open(site / f"output{address}")
        assert opened.width == int(width), address
        assert not opened.getexif(), address
        assert "icc_profile" not in opened.info, address
    assert "May anh" not in (site / "output/images/ngap.jpg").read_bytes().decode("latin-1")


def test_a_small_turned_photograph_stands_upright_and_is_never_enlarged(site: Path) -> None:
    (site / "images/ngap.jpg").write_bytes(photo((300, 200), turned=6))
    build(site, NOW)
    html = (site / "output/huong-dan/a/index.html").read_text(encoding="utf-8")
    assert 'width="200" height="300"' in html
    assert re.findall(r"(/images/[\w.-]+) \d+w", html) == [
        "/images/ngap.jpg.l.avif",
        "/images/ngap.jpg.l.webp",
    ]
    assert not (site / "output/images/ngap.jpg.s.avif").exists()
    assert Image.open(site / "output/images/ngap.jpg").size == (200, 300)


def test_what_cannot_be_read_leaves_its_description(site: Path) -> None:
    (site / "images/ngap.jpg").write_bytes(photo((300, 200)))
    build(site, NOW)
    html = (site / "output/huong-dan/a/index.html").read_text(encoding="utf-8")
    assert "<em>Ảnh không xem được: Bản đồ</em>" in html
    assert "<em>Ảnh không xem được: X</em>" in html
    assert not (site / "output/images/hong.png").exists()


def test_drawing_twice_gives_the_same_bytes() -> None:
    data = photo((700, 500), "PNG")
    for form in TWINS:
        assert twin("a.png", data, "s", form) == twin("a.png", data, "s", form)
    assert measure("a.svg", b'<svg xmlns="x" viewBox="0 0 40 30"/>') == Measure(40, 30)
    assert measure("a.gif", b"GIF89a") is None
