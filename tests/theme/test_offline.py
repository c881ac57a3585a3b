"""The site after the network has gone: the pack opens, says how old it is, and keeps its alerts."""

import functools
import http.server
import json
import re
import threading
from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup

from tests.theme.conftest import Quiet

WHOLE = (
    """caches.open("loa-index").then(cache => cache.match("/tim-kiem/base.json")).then(Boolean)"""
)
"""The manifests of the index are kept last, once all its files are there."""


def settings(sample: Path) -> dict[str, Any]:
    line = (sample / "sw.js").read_text("utf-8").split("\n", 1)[0]
    found: dict[str, Any] = json.loads(line.removeprefix("var SETTINGS = ").removesuffix(";"))
    return found


def test_all_that_the_worker_keeps_is_there(sample: Path) -> None:
    pack = settings(sample)["pack"]
    assert len(pack) >= 10
    wanted = {"/", "/goi-khan-cap/", "/canh-bao/hien-tai.json", "/danh-ba/", "/tim-kiem/"}
    assert wanted <= set(pack)
    for address in pack:
        path = sample / re.sub(r"\?.*", "", address).lstrip("/")
        assert (path / "index.html" if path.is_dir() else path).is_file(), address
    assert len(settings(sample)["version"]) == 16


def test_the_pack_has_hotlines_first_steps_and_numbers(sample: Path) -> None:
    page = BeautifulSoup((sample / "goi-khan-cap/index.html").read_bytes(), "lxml")
    numbers = {str(tag["href"]) for tag in page.select("a[href^='tel:']")}
    assert {"tel:115", "tel:02761022", "tel:02763822115"} <= numbers
    text = page.get_text(" ")
    assert "Tắt cầu dao điện" in text
    assert "Ứng dụng Mẫu Cũ" not in text, "a dead app is no help"


def test_the_manifest_names_the_site_and_its_shortcuts(sample: Path) -> None:
    found = json.loads((sample / "manifest.webmanifest").read_text("utf-8"))
    assert found["name"] == "Cổng thông tin khẩn cấp tỉnh Mẫu"
    assert found["short_name"] == "Tỉnh Mẫu"
    assert (found["start_url"], found["scope"], found["lang"]) == ("/", "/", "vi")
    for link in found["shortcuts"]:
        assert (sample / link["url"].strip("/") / "index.html").is_file()
    for icon in found["icons"]:
        assert (sample / re.sub(r"\?.*", "", icon["src"]).lstrip("/")).is_file()


@pytest.mark.browser
def test_the_pack_opens_with_the_server_stopped(browser: Any, sample: Path) -> None:
    handler = functools.partial(Quiet, directory=str(sample))
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    context = browser.new_context(base_url=f"http://127.0.0.1:{server.server_port}")
    page = context.new_page()
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.goto("/")
    page.evaluate("navigator.serviceWorker.ready.then(found => found.active.state)")
    page.wait_for_function("() => navigator.serviceWorker.controller !== null")
    page.goto("/tin-tuc/mua-lon-dem-nay/", wait_until="networkidle")
    page.wait_for_function(WHOLE)
    assert page.locator("#ban-luu").count() == 0
    page.goto("/goi-khan-cap/")
    page.locator("[data-stored]").wait_for()
    assert "KB để mở được khi không có mạng" in page.inner_text("[data-stored]")
    assert said == []
    server.shutdown()
    server.server_close()
    page.goto("/huong-dan/khi-nuoc-len/")
    assert "Tắt cầu dao điện" in page.inner_text("main")
    page.locator("#ban-luu").wait_for()
    assert "Bạn đang xem bản đã lưu lúc" in page.inner_text("#ban-luu")
    page.goto("/tin-tuc/mua-lon-dem-nay/")
    assert "Mưa lớn đêm nay" in page.inner_text("h1")
    page.locator("#ban-luu").wait_for()
    page.goto("/tim-kiem/?q=tắt cầu dao điện")
    page.locator("#ket-qua a").first.wait_for()
    assert "Khi nước đang lên" in page.inner_text("#ket-qua"), "the whole index is in the pack"
    page.goto("/so-lieu/benh-cum/")
    assert "Gói khẩn cấp" in page.inner_text("h1"), "a page never seen becomes the pack"
    context.close()
