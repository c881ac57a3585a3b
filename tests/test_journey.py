"""From the form to the public: a browser, git with a bare remote, nginx, a bucket, a rollback."""

import os
import re
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from model.problem import Problems
from plugins.preview.rebuild import Rebuilder
from plugins.preview.server import serve
from publishing.release import Publisher
from publishing.schedule import Schedule, words
from publishing.targets import deliver
from publishing.trees import Tree
from tests.stores import object_store
from tests.test_publishing import NOW
from tests.test_schedule import ME, git
from tests.test_servers import MAIN, Web, free_port, wait_for

ROOT = Path(__file__).resolve().parents[1]
SITE = """name: Trang thử
url: https://a.example.vn
agency: {name: Sở Y tế}
kinds: [news, misinformation, guides]
two_person: [misinformation]
hotlines: [{number: "115", label: Cấp cứu}]
"""
FACT = "Không có lệnh phong tỏa toàn tỉnh"
PATH = "kiem-chung/khong-co-lenh-phong-toa-toan-tinh/"


@pytest.fixture
def site(tmp_path: Path) -> Path:
    remote, folder = tmp_path / "kho.git", tmp_path / "trang"
    git(tmp_path, "init", "-q", "--bare", "-b", "main", str(remote))
    git(tmp_path, "clone", "-q", str(remote), str(folder))
    (folder / "content/guides").mkdir(parents=True)
    for name, text in (
        ("site.yaml", SITE),
        ("sources.yaml", "{}\n"),
        (".gitignore", ".state/\noutput/\nwww/\n"),
        ("content/guides/tui.md", "---\ntitle: Túi khẩn cấp\ndate: 2021-08-28\n---\n\nNước.\n"),
    ):
        (folder / name).write_text(text, encoding="utf-8")
    for name, value in (("user.name", "Cán bộ"), ("user.email", "a@example.vn")):
        git(folder, "config", name, value)
    git(folder, "add", "-A")
    git(folder, "commit", "-qm", "a")
    git(folder, "push", "-q", "-u", "origin", "HEAD:main")
    return folder


@pytest.fixture
def form(site: Path, form_editor: Path, browser: Any) -> Iterator[Any]:
    """The form for a new debunk, open in a browser; calls that leave this machine are noted."""
    assert form_editor.is_dir()
    rebuilder = Rebuilder(site)
    server = serve(site, 0, lambda _: None, rebuilder)
    assert rebuilder.newer_than(0, 60)
    context = browser.new_context(locale="vi-VN", timezone_id="Asia/Ho_Chi_Minh")
    page = context.new_page()
    page.foreign = []
    home = f"http://127.0.0.1:{server.server_address[1]}"
    page.on(
        "request",
        lambda r: None if r.url.startswith((home, "blob:")) else page.foreign.append(r.url),
    )
    page.goto(f"{home}/admin/#/collections/misinformation/new")
    page.get_by_role("button", name="Đăng nhập").click(timeout=60_000)
    page.locator("[id^='title-field']").wait_for(timeout=60_000)
    yield page
    context.close()
    server.stopping.set()
    server.shutdown()
    rebuilder.close()


def fill(page: Any, name: str, text: str) -> None:
    page.locator(f"[id^='{name}-field']").first.fill(text)


def choose(page: Any, name: str, words_: str) -> None:
    box = page.locator(f"input[id^='{name}-field']").first
    box.fill(words_)
    box.press("Enter")


def save(page: Any, said: str) -> None:
    page.get_by_role("button", name="Lưu", exact=True).first.click()
    page.get_by_text("Lưu ngay").first.click()
    page.get_by_text(re.compile(said)).first.wait_for(timeout=60_000)


@pytest.mark.browser
def test_a_debunk_goes_from_the_form_to_the_public_and_back(
    site: Path, form: Any, tmp_path: Path, program: Callable[[str], str]
) -> None:
    fill(form, "title", FACT)
    fill(form, "claim", "Ngày mai phong tỏa toàn tỉnh")
    fill(form, "fact", "Tỉnh không ban hành lệnh nào như vậy.")
    choose(form, "status", "Công bố")
    choose(form, "verdict", "Sai sự thật")
    save(form, "Chưa lưu được.*chưa ghi ai xác minh")
    assert git(site, "rev-list", "--count", "HEAD") == "1\n"
    choose(form, "verdict", "Đang xác minh")
    fill(form, "author", "Cán bộ A")
    save(form, "Đã lưu")
    assert form.foreign == []
    assert git(site, "log", "-1", "--format=%s") == (
        "Thêm Kiểm chứng tin đồn: khong-co-lenh-phong-toa-toan-tinh\n"
    )
    file = site / "content/misinformation/khong-co-lenh-phong-toa-toan-tinh.md"
    assert f"title: {FACT}\n" in file.read_text(encoding="utf-8")

    run = Schedule(site, {**os.environ, **ME}).once(NOW, True, ())
    assert not run.ok
    assert "chưa có người duyệt" in words(run)
    assert not (site / "www/current").exists()
    text = file.read_text(encoding="utf-8").replace("status: published", "status: draft")
    file.write_text(text, encoding="utf-8")
    assert Schedule(site, {**os.environ, **ME}).once(NOW, True, ()).ok
    file.write_text(
        text.replace("status: draft", "status: published\napproved_by: Cán bộ B"), encoding="utf-8"
    )
    run = Schedule(site, {**os.environ, **ME}).once(NOW, True, ())
    assert run.ok, words(run)
    assert git(site, "rev-parse", "HEAD") == git(site, "rev-parse", "origin/main")

    with web_server(site, tmp_path, program("nginx")) as web:
        assert FACT in web.get(f"/{PATH}").body.decode()
        assert complaints(form.context.browser, web, ["/", f"/{PATH}", "/tim-kiem/?q=tui"]) == []
        to_a_bucket_and_back(site, tmp_path, program("rclone"))
        assert web.get(f"/{PATH}").status == 404
        assert web.get("/").status == 200


def to_a_bucket_and_back(site: Path, folder: Path, rclone: str) -> None:
    """Deliver the release to a bucket, be killed while delivering, roll back: commands only."""
    key = f"tinh/{PATH}index.html"
    with object_store(folder, rclone) as (settings, keys):
        (site / "publish.yaml").write_text(settings, encoding="utf-8")
        environment = {**os.environ, **keys, "SITE": str(site)}
        store = folder / "store/site"
        killed_while_delivering(environment)
        assert "gửi" in run_here(["python", "-m", "publishing", "publish"], environment)
        assert FACT in (store / key).read_text(encoding="utf-8")
        public = site / "www/current/public"
        assert same_files(public, store / "tinh")
        run_here(["python", "-m", "publishing", "rollback"], environment)
        assert not (store / key).exists()
        assert same_files(public, store / "tinh")


def killed_while_delivering(environment: dict[str, str]) -> None:
    """Start to publish and kill the process when its first object has arrived."""
    store = Path(environment["SITE"]).parent / "store/site"
    process = subprocess.Popen(
        [sys.executable, "-m", "publishing", "publish"], cwd=ROOT, env=environment
    )
    while process.poll() is None and not any(store.rglob("*.pending.json")):
        time.sleep(0.01)
    process.kill()
    process.wait()


def same_files(public: Path, bucket: Path) -> bool:
    """Return whether a bucket holds a release's files and nothing else but the manifest."""

    def files(folder: Path) -> dict[str, bytes]:
        return {
            path.relative_to(folder).as_posix(): path.read_bytes()
            for path in folder.rglob("*")
            if path.is_file() and path.suffix not in (".gz", ".br")
        }

    kept = files(bucket)
    kept.pop("manifest.json")
    return kept == files(public)


def complaints(browser: Any, web: Web, paths: list[str]) -> list[str]:
    """Return what a browser says against the pages as the shipped server sends them."""
    said: list[str] = []
    page = browser.new_page()
    page.on("console", lambda line: said.append(line.text) if line.type == "error" else None)
    page.on("pageerror", lambda error: said.append(str(error)))
    for path in paths:
        page.goto(f"http://127.0.0.1:{web.port}{path}", wait_until="networkidle")
    page.close()
    return said


class web_server:  # noqa: N801 - used as a context manager, like contextlib's
    """nginx on loopback with the configuration that ships."""

    def __init__(self, site: Path, folder: Path, nginx: str) -> None:
        self.site, self.folder, self.nginx = site, folder, nginx

    def __enter__(self) -> Web:
        environment = {**os.environ, "SITE": str(self.site)}
        command = ["python", "-m", "publishing", "config", "nginx", "--no-brotli"]
        text = run_here(command, environment)
        port = free_port()
        text = text.replace("listen 80;", f"listen 127.0.0.1:{port};")
        (self.folder / "site.conf").write_text(text.replace("listen [::]:80;", ""), "utf-8")
        user = "user root;" if os.geteuid() == 0 else ""
        main = self.folder / "nginx.conf"
        main.write_text(MAIN.format(folder=self.folder, modules="", user=user), encoding="utf-8")
        self.process = subprocess.Popen(
            [self.nginx, "-c", str(main)], stderr=subprocess.PIPE, text=True
        )
        wait_for(port, self.process)
        return Web(port)

    def __exit__(self, *_: object) -> None:
        self.process.terminate()
        self.process.wait()


def run_here(command: list[str], environment: dict[str, str]) -> str:
    done = subprocess.run(
        [sys.executable, *command[1:]], cwd=ROOT, env=environment, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_readers_never_see_half_a_site_while_releases_change(
    tmp_path: Path, program: Callable[[str], str]
) -> None:
    from tests.test_publishing import Bench, page

    bench = Bench(tmp_path / "site")
    bench.publish()
    wrong: list[str] = []
    stop = threading.Event()

    def read(web: Web) -> None:
        while not stop.is_set():
            answer = web.get("/tin-tuc/1/")
            if answer.status != 200 or not answer.body.rstrip().endswith(b"</html>"):
                wrong.append(f"{answer.status} {answer.body[-40:]!r}")

    with web_server(bench.folder, tmp_path, program("nginx")) as web:
        reader = threading.Thread(target=read, args=(web,))
        reader.start()
        for number in range(6):
            bench.build({f"tin-tuc/{n}/index.html": page(f"đợt {number}") for n in range(20)})
            bench.publish()
        bench.publisher().rollback(NOW)
        stop.set()
        reader.join()
        assert "đợt 4" in web.get("/tin-tuc/1/").body.decode()
    assert wrong == []


def test_a_refused_release_is_delivered_nowhere(site: Path) -> None:
    (site / "output").mkdir()
    (site / "output/index.html").write_text("<p>", encoding="utf-8")
    publisher = Publisher(site)
    with pytest.raises(Problems, match="bị cụt"):
        deliver(publisher, Tree(publisher.publish(NOW).folder))
    assert not (site / "www/current").exists()
