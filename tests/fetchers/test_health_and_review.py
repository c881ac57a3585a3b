"""What editors see of their sources, and how they decide on what waits."""

import json
from datetime import timedelta

import pytest

from fetchers import decide, health, review
from fetchers.__main__ import main
from fetchers.files import put
from model.content import content_files
from model.site import load_site


def story(feed, text: str = "Lời dẫn", count: int = 1) -> bytes:
    return feed(
        *(
            {"title": f"Tin {n}", "link": f"https://a.example.vn/{n}", "description": text}
            for n in range(count)
        )
    )


def edited_and_changed(desk, feed) -> tuple[str, bytes]:
    """Fetch, let an editor edit, let the source change: (file, the editor's bytes)."""
    source = desk.source()
    desk.web.put(source.url, story(feed))
    desk.run()
    (file,) = content_files(desk.folder)
    edited = (desk.folder / file).read_bytes().replace(b"title: Tin 0", b"title: Nguoi sua")
    put(desk.folder / file, edited)
    desk.web.put(source.url, story(feed, "Lời dẫn mới"))
    assert desk.run()[0].counts == {"review": 1}
    return file, edited


def test_status_tells_good_failing_stale_never_and_off(desk, feed) -> None:
    for name in ("tot", "loi", "cu", "moi"):
        source = desk.source(name, interval=1000 if name == "tot" else 10)
        desk.web.put(source.url, story(feed, count=3))
    desk.source("tat", enabled="false")
    desk.run("tot", "cu", "loi")
    desk.web.put(desk.sources["loi"].url, b"hong")
    desk.now += timedelta(hours=25)
    desk.run("loi")
    found = {
        name: health.health_of(desk.folder, source, desk.now)
        for name, source in desk.sources.items()
    }
    assert {name: one.state for name, one in found.items()} == {
        "tot": "good",
        "loi": "failing",
        "cu": "stale",
        "moi": "never",
        "tat": "off",
    }
    assert found["loi"].items == 3
    assert "không phải RSS" in found["loi"].reason
    said = health.as_text(list(found.values()), desk.folder)
    assert "tải tốt lúc 12:00 03/10/2026 (25 giờ trước), 3 (mức 1–100000)" in said
    assert len(said.splitlines()) == 5


def test_the_trend_shows_the_last_runs(desk, feed) -> None:
    source = desk.source(expect=[1, 4])
    for count in (2, 3, 5):
        desk.web.put(source.url, story(feed, count=count))
        desk.run()
    found = health.health_of(desk.folder, source, desk.now)
    assert found.trend == "2 → 3 → 5 (trên mức 4)"


def test_the_page_is_for_editors_and_cannot_be_injected(desk, feed) -> None:
    source = desk.source(name="<script>alert(1)</script>")
    desk.web.put(source.url, story(feed))
    desk.run()
    found = [health.health_of(desk.folder, source, desk.now)]
    page = health.as_page(found, desk.folder, load_site(desk.folder), desk.now)
    assert "<script" not in page
    assert "&lt;script&gt;" in page
    assert "noindex" in page


def test_the_commands_say_and_end_as_they_should(
    desk, feed, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path
) -> None:
    file, edited = edited_and_changed(desk, feed)
    monkeypatch.setenv("SITE", str(desk.folder))
    put(
        desk.folder / "sources.yaml",
        b"bao-a: {name: A, url: https://bao-a.example.vn/rss, format: rss, interval: 43000}\n",
    )
    assert main(["status", "--json"]) in (0, 1)
    told = json.loads(capsys.readouterr().out)
    assert told["sources"][0]["items"] == 1
    assert told["waiting"][0]["reason"] == "người biên tập đã sửa bài"
    main(["status", "--page", str(tmp_path / "nguon.html")])
    assert "Chờ duyệt" in (tmp_path / "nguon.html").read_text("utf-8")
    capsys.readouterr()
    assert main(["review"]) == 0
    name = told["waiting"][0]["name"]
    assert name in capsys.readouterr().out
    assert main(["review", name]) == 0
    shown = capsys.readouterr().out
    assert "-title: Nguoi sua" in shown
    assert "+summary: Lời dẫn mới" in shown
    assert (desk.folder / file).read_bytes() == edited
    assert main(["review", "news/khong-co", "--accept"]) == 1
    assert "không có thay đổi nào" in capsys.readouterr().err
    assert main(["review", name, "--accept"]) == 0
    assert "Lời dẫn mới" in (desk.folder / file).read_text("utf-8")
    assert not review.waiting(desk.folder)


def test_after_accepting_the_source_may_update_again(desk, feed) -> None:
    file, _ = edited_and_changed(desk, feed)
    (item,) = review.waiting(desk.folder)
    assert decide.accept(desk.folder, item, desk.now)[0] == file
    assert b"Ch\xe1\xbb\x9d duy\xe1\xbb\x87t" not in (desk.folder / file).read_bytes()
    before = desk.snapshot()
    desk.run(stateless=True)
    assert desk.snapshot() == before
    desk.web.put(desk.sources["bao-a"].url, story(feed, "Lời dẫn thứ ba"))
    assert desk.run()[0].counts == {"updated": 1}


def test_after_refusing_the_editors_text_stays_and_is_not_asked_about_again(desk, feed) -> None:
    file, edited = edited_and_changed(desk, feed)
    decide.refuse(desk.folder, review.named(desk.folder, f"news/{file.split('/')[-1][:-3]}"))
    assert (desk.folder / file).read_bytes() == edited
    assert desk.run(stateless=True)[0].counts == {"unchanged": 1}
    assert not review.waiting(desk.folder)
    desk.web.put(desk.sources["bao-a"].url, story(feed, "Lời dẫn thứ ba"))
    assert desk.run()[0].counts == {"review": 1}
    assert (desk.folder / file).read_bytes() == edited


def test_a_change_of_a_document_that_was_removed_can_be_accepted(desk, feed) -> None:
    file, _ = edited_and_changed(desk, feed)
    (desk.folder / file).unlink()
    (item,) = review.waiting(desk.folder)
    assert item.target == ""
    assert decide.accept(desk.folder, item, desk.now)[0] == file
    assert (desk.folder / file).is_file()
