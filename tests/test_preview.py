"""`make serve`: what is saved is on the screen, drafts are marked, only this machine may ask."""

import base64
import http.client
import json
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from plugins.preview.bar import HOME
from plugins.preview.rebuild import Rebuilder
from plugins.preview.server import Preview, serve

SITE = "name: Trang thử\nurl: https://a.example.vn\nagency: {name: Sở}\n"
DRAFT = "---\ntitle: {title}\ndate: 2021-08-28\nstatus: {status}\n---\n\nXin chào.\n"


def put(folder: Path, file: str, text: str) -> None:
    path = folder / file
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


class Desk:
    """A site, its preview and a reader on this machine."""

    def __init__(self, server: Preview) -> None:
        self.server, self.folder = server, server.folder
        self.port = int(server.server_address[1])

    def ask(
        self, path: str, method: str = "GET", body: str = "", **headers: str
    ) -> tuple[int, str]:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        given = {"Host": f"127.0.0.1:{self.port}", **headers}
        connection.request(method, path, body.encode() or None, given)
        answer = connection.getresponse()
        text = answer.read().decode("utf-8", "replace")
        connection.close()
        return answer.status, text

    def call(self, action: str, **params: Any) -> tuple[int, Any]:
        body = json.dumps({"action": action, "params": {"branch": "main", **params}})
        origin = f"http://127.0.0.1:{self.port}"
        status, text = self.ask("/api/v1", "POST", body, Origin=origin)
        return status, json.loads(text) if text else None

    def save(self, file: str, text: str) -> None:
        """Save a file and wait for the build that saw it."""
        number = self.server.rebuilder.status.number
        put(self.folder, file, text)
        self.wait(number)

    def wait(self, number: int) -> None:
        assert self.server.rebuilder.newer_than(number, 60), "no build after a save"
        time.sleep(0.1)


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    folder = tmp_path_factory.mktemp("trang xem trước")
    put(folder, "site.yaml", SITE)
    put(folder, "sources.yaml", "{}\n")
    put(folder, ".gitignore", ".state/\n")
    put(folder, "content/news/a.md", DRAFT.format(title="Tin đã đăng", status="published"))
    put(folder, "content/news/b.md", DRAFT.format(title="Tin còn nháp", status="draft"))
    for command in (["init", "-q", "-b", "main"], ["add", "-A"], ["commit", "-qm", "a"]):
        who = ["-c", "user.name=T", "-c", "user.email=t@example.vn"]
        subprocess.run(["git", *who, *command], cwd=folder, check=True)
    rebuilder = Rebuilder(folder)
    server = serve(folder, 0, lambda _: None, rebuilder)
    assert rebuilder.newer_than(0, 60)
    time.sleep(0.5)
    yield Desk(server)
    server.stopping.set()
    server.shutdown()
    rebuilder.close()


def test_a_page_carries_the_bar_with_its_file_and_state(desk: Desk) -> None:
    status, page = desk.ask("/tin-tuc/a/")
    assert status == 200
    assert "content/news/a.md" in page
    assert "Đang đăng" in page
    status, page = desk.ask("/tin-tuc/b/")
    assert status == 200
    assert "Bản nháp, chưa đăng" in page
    assert "Tin còn nháp" in desk.ask("/tin-tuc/")[1]
    assert "Tin còn nháp" in desk.ask(HOME)[1]
    missing = desk.ask("/khong-co/")
    assert missing[0] == 404


def test_a_saved_file_is_on_the_screen(desk: Desk) -> None:
    desk.save("content/news/c.md", DRAFT.format(title="Tin vừa lưu", status="published"))
    assert "Tin vừa lưu" in desk.ask("/tin-tuc/c/")[1]
    number = desk.server.rebuilder.status.number
    (desk.folder / "content/news/c.md").unlink()
    desk.wait(number)
    assert desk.ask("/tin-tuc/c/")[0] == 404


def test_a_broken_file_leaves_the_last_good_page_and_says_why(desk: Desk) -> None:
    good = (desk.folder / "content/news/a.md").read_text(encoding="utf-8")
    desk.save("content/news/a.md", good.replace("2021-08-28", "mai"))
    status, page = desk.ask("/tin-tuc/a/")
    assert status == 200
    assert "Tin đã đăng" in page
    assert "đang hiện bản dựng trước" in page
    assert "“mai” không phải ngày giờ" in page
    desk.save("content/news/a.md", good)
    assert "bản dựng trước" not in desk.ask("/tin-tuc/a/")[1]


def test_an_open_page_is_told_of_the_next_build(desk: Desk) -> None:
    number = desk.server.rebuilder.status.number
    status, text = desk.ask(f"{HOME}events?after={number - 1}")
    assert (status, text) == (200, "data: new\n\n")


def test_pages_are_told_before_what_is_slow(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    answers = [{"ok": None, "said": "Trang đã hiện"}, {"ok": True, "said": "xong", "seconds": 9}]
    lines = "\n".join(json.dumps(answer) for answer in answers)
    rebuilder = Rebuilder(tmp_path)
    builder = subprocess.Popen(
        [sys.executable, "-c", f"input(); print({lines!r}); input()"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    monkeypatch.setattr(rebuilder, "_start", lambda: builder)
    told = []
    monkeypatch.setattr(rebuilder.news, "notify_all", lambda: told.append(rebuilder.status))
    rebuilder.build(["content/news/a.md"])
    assert [(status.number, status.ok, status.said) for status in told] == [
        (1, True, "Trang đã hiện"),
        (2, True, "xong"),
    ]
    rebuilder.close()
    rebuilder.build()
    assert not rebuilder.status.ok
    assert "bị ngắt" in rebuilder.status.said


@pytest.mark.browser
def test_search_in_the_preview_finds_drafts(desk: Desk, browser: Any) -> None:
    from playwright.sync_api import expect

    desk.save("content/guides/phao.md", DRAFT.format(title="Áo phao cho trẻ", status="draft"))
    page = browser.new_page()
    page.goto(f"http://127.0.0.1:{desk.port}/tim-kiem/?q=ao+phao")
    expect(page.get_by_role("link", name="Áo phao cho trẻ")).to_be_visible()
    page.close()
    (desk.folder / "content/guides/phao.md").unlink()


def test_a_folder_that_appears_is_watched_too(desk: Desk) -> None:
    number = desk.server.rebuilder.status.number
    (desk.folder / "images").mkdir()
    desk.wait(number)
    time.sleep(1)
    desk.save("images/a.svg", "<svg xmlns='http://www.w3.org/2000/svg'/>")


def test_nothing_of_the_preview_reaches_published_bytes(desk: Desk) -> None:
    files = list((desk.folder / ".state/preview/output").rglob("*.html"))
    assert len(files) > 4
    for file in files:
        assert b"loa-preview" not in file.read_bytes()
    assert not (desk.folder / "output").exists()


@pytest.mark.parametrize("host", ["evil.example.com", "evil.example.com:8000", "169.254.1.1"])
def test_another_name_for_this_machine_is_refused(desk: Desk, host: str) -> None:
    assert desk.ask("/", Host=host)[0] == 403
    assert desk.ask("/api/v1", "POST", "{}", Host=host, Origin=f"http://{host}")[0] == 403


@pytest.mark.parametrize(
    "headers", [{}, {"Origin": "https://evil.example.com"}, {"Origin": "null"}]
)
def test_a_page_of_another_site_cannot_write(desk: Desk, headers: dict[str, str]) -> None:
    body = json.dumps({"action": "info", "params": {}})
    assert desk.ask("/api/v1", "POST", body, **headers)[0] == 403


@pytest.mark.parametrize("path", ["/../site.yaml", "/%2e%2e/site.yaml", "/..%2fsite.yaml"])
def test_no_path_leads_out_of_the_tree(desk: Desk, path: str) -> None:
    assert desk.ask(path)[0] in (301, 302, 404)
    assert "Trang thử\nurl" not in desk.ask(path)[1]


def entry(path: str, raw: str, **more: Any) -> dict[str, Any]:
    options = {"commitMessage": "Thêm bài", "useWorkflow": False, "status": "draft"}
    file = {"slug": "x", "path": path, "raw": raw, **more}
    return {"dataFiles": [file], "assets": [], "options": options}


def committed(desk: Desk) -> str:
    command = ["git", "log", "-1", "--format=%s", "--name-only"]
    return subprocess.run(command, cwd=desk.folder, capture_output=True, text=True).stdout


def test_the_editor_saves_a_file_as_a_commit(desk: Desk) -> None:
    raw = "---\ntitle: Bài mới\ndate: 2021-08-28T15:30:00+07:00\nsummary: ''\nsource: {name: ''}\n"
    raw += "tags: []\nlink: null\n---\nNội dung.\n"
    put(desk.folder, "content/news/dang-do.md", DRAFT.format(title="Dang dở", status="draft"))
    assert desk.call("persistEntry", **entry("content/news/bai-moi.md", raw))[0] == 200
    text = (desk.folder / "content/news/bai-moi.md").read_text(encoding="utf-8")
    assert text == "---\ntitle: Bài mới\ndate: '2021-08-28T15:30:00+07:00'\n---\n\nNội dung.\n"
    assert committed(desk) == "Thêm bài\n\ncontent/news/bai-moi.md\n"
    status, found = desk.call("getEntry", path="content/news/bai-moi.md")
    assert (status, found["data"]) == (200, text)
    listed = desk.call("entriesByFolder", folder="content/news", extension="md", depth=1)[1]
    assert "content/news/bai-moi.md" in [item["file"]["path"] for item in listed]
    moved = entry("content/news/bai-moi.md", raw, newPath="content/news/bai-khac.md")
    assert desk.call("persistEntry", **moved)[0] == 200
    assert not (desk.folder / "content/news/bai-moi.md").exists()
    assert desk.call("deleteFile", path="content/news/bai-khac.md")[0] == 200
    assert not (desk.folder / "content/news/bai-khac.md").exists()
    status = subprocess.run(
        ["git", "status", "--porcelain", "content"], cwd=desk.folder, capture_output=True, text=True
    ).stdout
    assert status == "?? content/news/dang-do.md\n"
    (desk.folder / "content/news/dang-do.md").unlink()


def test_a_file_with_problems_is_refused_and_nothing_changes(desk: Desk) -> None:
    before = committed(desk)
    path = "content/misinformation/tin-don.md"
    status, answer = desk.call("persistEntry", **entry(path, "---\ntitle: T\n---\n"))
    assert status == 409
    assert "Chưa lưu được" in answer["error"]
    assert "claim" in answer["error"]
    assert not (desk.folder / path).exists()
    raw = (desk.folder / "content/news/a.md").read_text(encoding="utf-8")
    broken = entry("content/news/a.md", raw.replace("date", "ngay"))
    assert desk.call("persistEntry", **broken)[0] == 409
    assert (desk.folder / "content/news/a.md").read_text(encoding="utf-8") == raw
    assert committed(desk) == before


@pytest.mark.parametrize("path", ["../x.md", "/etc/passwd", "site.yaml", "content/../site.yaml"])
def test_the_editor_touches_content_and_pictures_only(desk: Desk, path: str) -> None:
    assert desk.call("persistEntry", **entry(path, DRAFT))[0] == 409
    assert desk.call("getMediaFile", path=path)[0] == 409
    assert desk.call("deleteFiles", paths=[path])[0] == 409
    assert (desk.folder / "site.yaml").read_text(encoding="utf-8") == SITE


def test_pictures_travel_both_ways_and_are_checked(desk: Desk) -> None:
    picture = base64.b64encode(b"<svg xmlns='http://www.w3.org/2000/svg'/>").decode()
    asset = {"path": "images/so-do.svg", "content": picture, "encoding": "base64"}
    status, found = desk.call("persistMedia", asset=asset, options={"commitMessage": "Thêm ảnh"})
    assert (status, found["content"]) == (200, picture)
    assert committed(desk) == "Thêm ảnh\n\nimages/so-do.svg\n"
    names = [item["name"] for item in desk.call("getMedia", mediaFolder="images")[1]]
    assert "so-do.svg" in names
    bad = {**asset, "path": "images/Sơ đồ.svg"}
    assert desk.call("persistMedia", asset=bad)[0] == 409
    assert not (desk.folder / "images/Sơ đồ.svg").exists()


def test_a_picture_of_forty_megabytes_is_refused_with_the_cure(desk: Desk) -> None:
    content = base64.b64encode(bytes(40 << 20)).decode()
    asset = {"path": "images/to.jpg", "content": content, "encoding": "base64"}
    status, answer = desk.call("persistMedia", asset=asset)
    assert status == 409
    assert "dưới 300 KB" in answer["error"]
    assert not (desk.folder / "images/to.jpg").exists()


@pytest.mark.parametrize("body", ["", "[]", "{", '{"action": "x"}', '{"action": "getEntry"}'])
def test_a_call_that_makes_no_sense_is_refused(desk: Desk, body: str) -> None:
    origin = f"http://127.0.0.1:{desk.port}"
    assert desk.ask("/api/v1", "POST", body, Origin=origin)[0] == 422
