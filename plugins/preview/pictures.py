"""`python -m plugins.preview.pictures`: the pictures of docs/bien-tap.md, from a small sample site.

Needs Chromium (the command `chromium`, or CHROMIUM=its path) and the form editor (`make editor`).
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from plugins.preview.builder import ENGINE
from plugins.preview.rebuild import Rebuilder
from plugins.preview.review import PAGE
from plugins.preview.server import serve

if TYPE_CHECKING:
    from playwright.sync_api import Page

FACT = "Không có lệnh phong tỏa toàn tỉnh"
FILES = {
    "site.yaml": "name: Trang mẫu\nurl: https://mau.example.vn\nagency: {name: Ban biên tập}\n"
    'hotlines: [{number: "115", label: Cấp cứu y tế}]\nkinds: [news, misinformation, guides]\n',
    "sources.yaml": "{}\n",
    ".gitignore": ".state/\n",
    "content/guides/tui-khan-cap.md": "---\ntitle: Túi khẩn cấp cho cả nhà\ndate: 2021-08-28\n"
    "review_by: 2021-12-31\n---\n\nNước uống, đèn pin, thuốc đang dùng, giấy tờ trong túi kín.\n",
    "content/news/bao-so-3.md": "---\ntitle: Bão số 3 vào bờ sáng mai\ndate: 2021-09-10\n"
    "summary: Tỉnh cho học sinh nghỉ học ngày mai, các trường gọi phụ huynh đón con.\n---\n",
    "data/review/news/bao-so-3.md": "---\n# Chờ duyệt: người biên tập đã sửa bài\n"
    "title: Bão số 3 đổi hướng, vào bờ chiều mai\ndate: 2021-09-10\n"
    "summary: Tỉnh cho học sinh nghỉ học hai ngày.\nlink: https://bao.example.vn/bao-so-3\n---\n",
    "content/misinformation/phong-toa.md": f"---\ntitle: {FACT}\ndate: 2021-08-28\n"
    "status: draft\n"
    "claim: Ngày mai phong tỏa toàn tỉnh, mọi người mua gạo ngay\nverdict: checking\n"
    "fact: Tỉnh không ban hành lệnh nào như vậy.\n---\n\nĐang hỏi cơ quan có thẩm quyền.\n",
}
BROKEN = "---\ntitle: Bài mới\ndate: 31/02/2021\nstatus: daft\n---\n"


def sample(folder: Path) -> Path:
    """Write the sample site as a git repository."""
    for name, text in FILES.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    for command in (["init", "-q", "-b", "main"], ["add", "-A"], ["commit", "-q", "-m", "Mẫu"]):
        who = ["git", "-c", "user.name=Biên tập", "-c", "user.email=bien-tap@example.vn"]
        subprocess.run([*who, *command], cwd=folder, check=True)
    return folder


def take(page: Page, home: str, site: Path, rebuilder: Rebuilder, to: Path) -> None:
    """Take every picture."""
    page.goto(f"{home}/kiem-chung/phong-toa/")
    page.screenshot(path=to / "xem-truoc-ban-nhap.png")
    page.goto(f"{home}/__preview__/")
    page.screenshot(path=to / "xem-truoc-tong-quan.png")
    page.goto(f"{home}{PAGE}?name=news/bao-so-3")
    page.locator("[name=by]").fill("Cán bộ B")
    page.screenshot(path=to / "xem-truoc-duyet.png")
    page.goto(f"{home}/admin/#/collections/misinformation")
    page.get_by_role("button", name="Đăng nhập").click()
    page.get_by_text(FACT).first.wait_for()
    page.screenshot(path=to / "bieu-mau-danh-sach.png")
    page.goto(f"{home}/admin/#/collections/misinformation/new")
    page.locator("[id^='title-field']").first.fill(FACT)
    page.locator("[id^='claim-field']").first.fill("Ngày mai phong tỏa toàn tỉnh")
    page.screenshot(path=to / "bieu-mau-bai-moi.png")
    number = rebuilder.status.number
    (site / "content/guides/bai-moi.md").write_text(BROKEN, encoding="utf-8")
    rebuilder.newer_than(number, 60)
    page.on("dialog", lambda dialog: dialog.accept())
    page.goto(f"{home}/huong-dan/tui-khan-cap/")
    page.screenshot(path=to / "xem-truoc-co-loi.png")


def main(arguments: list[str]) -> int:
    """Make the pictures; return the exit code."""
    from playwright.sync_api import sync_playwright

    top = argparse.ArgumentParser(prog="python -m plugins.preview.pictures")
    top.add_argument("--to", type=Path, default=ENGINE / "docs" / "images")
    options = top.parse_args(arguments)
    chromium = os.environ.get("CHROMIUM") or shutil.which("chromium")
    options.to.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        site = sample(Path(folder).resolve())
        rebuilder = Rebuilder(site)
        server = serve(site, 0, lambda _: None, rebuilder)
        rebuilder.newer_than(0, 60)
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": 1100, "height": 760}, locale="vi-VN")
        take(page, f"http://127.0.0.1:{server.server_address[1]}", site, rebuilder, options.to)
        browser.close()
        server.stopping.set()
        server.shutdown()
        rebuilder.close()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
