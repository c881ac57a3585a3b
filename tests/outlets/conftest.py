"""One build of the sample site with a few hostile documents added, shared by these tests."""

import shutil
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest

from model.fields import VIETNAM
from tests.building import build, plugin_names, register_plugins, tree

SAMPLE = Path(__file__).resolve().parents[1] / "sites" / "mau"
NOW = datetime(2025, 10, 29, 22, tzinfo=VIETNAM)
URL = "https://mau.example.vn"
HOSTILE = {
    "contacts/cong-thuc.md": """---
title: "=HYPERLINK(1) & <b>Tổ</b> trực; phường, xã"
type: rapid-response
phones:
  - number: "+84 276 3822 118"
    label: "@trực"
address: "-- Nhà số 3, đường có tên rất dài để dòng danh thiếp phải xuống dòng nhiều lần"
sources:
  - name: "+Sở Y tế"
---
""",
    "news/ket-thuc-the.md": """---
title: "Hết </script><script>alert(1)</script> & <!-- rồi ]]>"
date: 2025-10-29 21:30
summary: 1 < 2 & 3 > 2
---

Xem [hướng dẫn](../guides/khi-nuoc-len.md) & ảnh “</script>”.
""",
    "statistics/mat-tep.md": """---
title: Tệp số liệu đã mất
region: "80"
topic: mat-tep
series: data/series/khong-co.csv
columns:
  - {name: cases, label: Số ca}
source: {name: Sở}
---
""",
    "news/ky-tu-cam.md": """---
title: "Ký tự \\uFFFF cấm &#11; \\v đây"
summary: "\\uFFFE tóm tắt"
date: 2025-10-29 21:40
---

Dòng &#11; có &#0; ký &#xFFFF; tự &#xD800; cấm.
""",
    "guides/khong-ngay.md": "---\ntitle: Không ghi ngày\n---\n\nLời khuyên.\n",
    "questions/hoi-them.md": """---
title: Gọi số nào khi nước lên?
answered_by:
  name: Ban Chỉ huy
answered_on: 2025-10-28
asked_on: 2025-10-27
origin: hotline
---

Gọi **114**, nói rõ nơi ở.

- Giữ máy khô.
""",
}


@pytest.fixture(scope="session")
def make(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Path]:
    """Return what builds a copy of the sample site; `change` may edit the folder first."""

    def made(change: Callable[[Path], None] = lambda folder: None) -> Path:
        folder = tmp_path_factory.mktemp("site") / "mau"
        shutil.copytree(SAMPLE, folder, ignore=shutil.ignore_patterns("output", ".state"))
        for name, text in HOSTILE.items():
            (folder / "content" / name).write_text(text, encoding="utf-8")
        change(folder)
        register_plugins(plugin_names())
        build(folder, NOW)
        return folder

    return made


@pytest.fixture(scope="session")
def folder(make: Callable[..., Path]) -> Path:
    """Return the folder of the built site."""
    return make()


@pytest.fixture(scope="session")
def outlets(folder: Path) -> dict[str, bytes]:
    """Return path -> bytes of everything that the site publishes."""
    return tree(folder / "output")


def page_path(address: str) -> str:
    """Return the output's path of a full address of the sample site."""
    assert address.startswith(URL + "/"), address
    path = address.removeprefix(URL + "/")
    return path + "index.html" if path.endswith("/") or not path else path
