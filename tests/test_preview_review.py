"""What fetchers brought, decided on in the preview: seen, accepted, refused, committed."""

import html
import re
import subprocess
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest

from plugins.preview.rebuild import Rebuilder
from plugins.preview.review import PAGE
from plugins.preview.server import Preview
from tests.test_preview import Desk, put

SITE = """name: Trang thử
url: https://a.example.vn
agency: {name: Sở}
two_person: [misinformation]
"""
STANDS = "---\ntitle: Tin đã có\ndate: 2026-10-01\nauthor: Cán bộ A\n---\n\nChữ của người sửa.\n"
SENT = """---
# Chờ duyệt: người biên tập đã sửa bài
title: Tin <b>mới</b> của nguồn
date: 2026-10-01
link: https://bao.example.vn/1
status: draft
---

Chữ của nguồn.
"""
ANSWER = """---
title: Có phải khai báo không?
question: Có phải khai báo không?
answered_by:
  name: Sở Y tế
status: draft
---

Không phải khai báo.
"""
RUMOUR = """---
title: Không có lệnh phong tỏa
claim: Ngày mai phong tỏa
verdict: checking
status: draft
---
"""
SEEN = "# file\tsource\tupstream\twritten\tkeys\n"


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    for file, text in (
        ("site.yaml", SITE),
        ("sources.yaml", "{}\n"),
        (".gitignore", ".state/\n"),
        ("content/news/2026/tin.md", STANDS),
        ("content/news/2026/tin.en.md", STANDS.replace("Tin đã có", "News that stands")),
        ("data/review/news/tin.md", SENT),
        ("content/questions/2026/khai-bao.md", ANSWER),
        ("content/questions/2026/cua-nguoi.md", ANSWER.replace("khai báo", "tiêm")),
        ("content/misinformation/2026/phong-toa.md", RUMOUR),
    ):
        put(tmp_path, file, text)
    rows = "".join(
        f"content/{name}.md\tbao-a\tu\tw\tl1\n"
        for name in ("news/2026/tin", "questions/2026/khai-bao", "misinformation/2026/phong-toa")
    )
    put(tmp_path, "data/seen/bao-a.tsv", SEEN + rows)
    for command in (["init", "-q", "-b", "main"], ["add", "-A"], ["commit", "-qm", "a"]):
        git(tmp_path, "-c", "user.name=T", "-c", "user.email=t@example.vn", *command)
    server = Preview(0, tmp_path, Rebuilder(tmp_path))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield Desk(server)
    server.shutdown()


def git(folder: Path, *arguments: str) -> str:
    done = subprocess.run(["git", *arguments], cwd=folder, capture_output=True, check=True)
    return done.stdout.decode()


def look(desk: Desk, name: str) -> tuple[dict[str, str], str]:
    """Open an item's page: (its hidden fields, the page)."""
    status, page = desk.ask(f"{PAGE}?{urlencode({'name': name})}")
    assert status == 200, page
    found = re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)">', page)
    return {key: html.unescape(value) for key, value in found}, page


def send(desk: Desk, fields: dict[str, str], word: str, by: str = "") -> tuple[int, str]:
    body = urlencode({**fields, "word": word, "by": by})
    return desk.ask(PAGE, "POST", body, Origin=f"http://127.0.0.1:{desk.port}")


def text(desk: Desk, file: str) -> str:
    return (desk.folder / file).read_text("utf-8")


def test_the_list_has_changes_and_the_drafts_of_sources_but_not_of_editors(desk: Desk) -> None:
    page = desk.ask(PAGE)[1]
    assert "Tin &lt;b&gt;mới&lt;/b&gt; của nguồn" in page
    assert "questions/khai-bao" in page
    assert "misinformation/phong-toa" in page
    assert "questions/cua-nguoi" not in page


def test_how_the_sources_are_is_a_page_of_its_own(desk: Desk) -> None:
    block = "name: Báo <A>\n  url: https://bao.example.vn/rss\n  format: rss\n"
    put(desk.folder, "sources.yaml", f"bao-a:\n  {block}")
    memory = (
        '{"failures": 2, "reason": "không có máy chủ <x>", "tried": "2026-10-02T00:00:00+00:00"}'
    )
    put(desk.folder, ".state/fetchers/bao-a.json", memory)
    page = desk.ask("/__preview__/nguon/")[1]
    for shown in ("Báo &lt;A&gt;", "đang lỗi", "không có máy chủ &lt;x&gt;", "chưa có lần nào"):
        assert shown in page, shown
    assert "Báo <A>" not in page


def test_a_change_is_shown_beside_what_stands_and_accepted_as_a_commit(desk: Desk) -> None:
    fields, page = look(desk, "news/tin")
    assert "<b>mới" not in page
    for shown in (
        "Chữ của người sửa.",
        "Chữ của nguồn.",
        '<span class="old">-title: Tin đã có</span>',
        "https://bao.example.vn/1",
        "content/news/2026/tin.en.md",
    ):
        assert shown in page, shown
    status, page = send(desk, fields, "accept", "Cán bộ B")
    assert (status, "đã nhận" in page) == (200, True)
    stands = text(desk, "content/news/2026/tin.md")
    assert "Chữ của nguồn." in stands
    assert "author: Cán bộ A\napproved_by: Cán bộ B\n" in stands
    assert "status:" not in stands, "what was public stays public"
    assert not (desk.folder / "data/review/news/tin.md").exists()
    assert git(desk.folder, "log", "-1", "--format=%s") == "Duyệt: news/tin (Cán bộ B)\n"
    assert git(desk.folder, "status", "--porcelain") == ""
    assert send(desk, fields, "accept")[0] == 409


def test_a_refused_change_leaves_what_stands(desk: Desk) -> None:
    fields, _ = look(desk, "news/tin")
    assert send(desk, fields, "refuse")[0] == 200
    assert text(desk, "content/news/2026/tin.md") == STANDS
    assert not (desk.folder / "data/review/news/tin.md").exists()
    assert git(desk.folder, "status", "--porcelain") == ""


def test_a_draft_is_published_or_removed(desk: Desk) -> None:
    fields, page = look(desk, "questions/khai-bao")
    assert "Công bố" in page
    assert send(desk, fields, "accept", "Bác sĩ C")[0] == 200
    stands = text(desk, "content/questions/2026/khai-bao.md")
    assert stands == ANSWER.replace("draft\n", "published\napproved_by: Bác sĩ C\n")
    assert "questions/khai-bao" not in desk.ask(PAGE)[1]
    fields, _ = look(desk, "misinformation/phong-toa")
    assert send(desk, fields, "refuse")[0] == 200
    assert not (desk.folder / "content/misinformation/2026/phong-toa.md").exists()
    assert git(desk.folder, "status", "--porcelain") == ""


def test_two_persons_publish_a_debunk(desk: Desk) -> None:
    file = "content/misinformation/2026/phong-toa.md"
    fields, _ = look(desk, "misinformation/phong-toa")
    status, page = send(desk, fields, "accept")
    assert (status, "cần hai người" in page) == (409, True)
    assert "người thứ hai" in send(desk, fields, "accept", "Cán bộ A")[1]
    assert "status: draft\nauthor: Cán bộ A\n" in text(desk, file)
    fields, page = look(desk, "misinformation/phong-toa")
    assert "Cán bộ A đã đọc" in page
    assert "trùng người soạn" in send(desk, fields, "accept", "cán bộ a")[1]
    assert send(desk, fields, "accept", "Cán bộ B")[0] == 200
    assert "status: published\nauthor: Cán bộ A\napproved_by: Cán bộ B\n" in text(desk, file)


def test_what_would_break_the_site_is_put_back(desk: Desk) -> None:
    put(desk.folder, "data/review/news/tin.md", SENT.replace("date: 2026-10-01", "date: hôm qua"))
    fields, _ = look(desk, "news/tin")
    status, page = send(desk, fields, "accept")
    assert (status, "date" in page) == (409, True)
    assert text(desk, "content/news/2026/tin.md") == STANDS
    assert (desk.folder / "data/review/news/tin.md").exists()


def test_nobody_decides_on_what_he_has_not_seen(desk: Desk) -> None:
    fields, _ = look(desk, "news/tin")
    body = urlencode({**fields, "word": "accept"})
    assert desk.ask(PAGE, "POST", body)[0] == 403
    assert desk.ask(PAGE, "POST", body, Origin="https://evil.example.com")[0] == 403
    for wrong in ({"token": "x"}, {"token": ""}, {"name": ""}):
        assert send(desk, {**fields, **wrong}, "accept")[0] == 409
    assert send(desk, fields, "delete")[0] == 409
    assert send(desk, {**fields, "name": "../../site"}, "refuse")[0] == 409
    put(desk.folder, "data/review/news/tin.md", SENT.replace("của nguồn", "khác"))
    status, page = send(desk, fields, "accept")
    assert (status, "đã đổi từ lúc bạn xem" in page) == (409, True)
    assert text(desk, "content/news/2026/tin.md") == STANDS
    assert desk.ask(f"{PAGE}?name=news/khong-co")[0] == 404


@pytest.mark.browser
def test_an_editor_decides_with_the_mouse(desk: Desk, browser: Any) -> None:
    page = browser.new_page()
    said: list[str] = []
    page.on("console", lambda line: said.append(line.text) if line.type == "error" else None)
    page.goto(f"http://127.0.0.1:{desk.port}{PAGE}")
    page.get_by_role("link", name="Tin <b>mới</b> của nguồn").click()
    page.get_by_label("Người duyệt").fill("Cán bộ B")
    page.get_by_role("button", name="Nhận bản của nguồn").click()
    page.get_by_text("news/tin: đã nhận.").wait_for()
    assert "Chữ của nguồn." in text(desk, "content/news/2026/tin.md")
    page.get_by_role("link", name="Danh sách chờ duyệt").click()
    page.get_by_role("link", name="Có phải khai báo không?").click()
    page.get_by_role("button", name="Bỏ bản nháp này").click()
    page.get_by_text("questions/khai-bao: đã bỏ").wait_for()
    assert not (desk.folder / "content/questions/2026/khai-bao.md").exists()
    assert [line for line in said if "503" not in line] == [], "the site itself is not built here"
    page.close()
