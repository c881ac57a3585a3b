"""Pictures of bodies: published from the site's folder, replaced and removed with their files."""

from pathlib import Path

import pytest

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
