"""A site of made-up documents for the search tests, built, and opened without a server."""

import os
import random
import subprocess
import sys
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

ROOT = Path(__file__).resolve().parents[1]
ORIGIN = "http://localhost"
TYPES = {
    ".html": "text/html; charset=utf-8",
    ".js": "text/javascript",
    ".css": "text/css",
    ".svg": "image/svg+xml",
    ".json": "application/json",
    ".xml": "application/xml",
}
WORDS = [
    "bệnh viện",
    "khai báo",
    "y tế",
    "tiêm chủng",
    "khẩu trang",
    "giãn cách",
    "tổng đài",
    "đường dây",
    "nóng",
    "hỗ trợ",
    "lương thực",
    "thực phẩm",
    "xét nghiệm",
    "cách ly",
    "tại nhà",
    "phong tỏa",
    "vùng đỏ",
    "vùng xanh",
    "giấy đi đường",
    "chốt kiểm dịch",
    "thủy điện",
    "xả lũ",
    "hạ du",
    "sơ tán",
    "mưa lớn",
    "sạt lở",
    "bão",
    "áp thấp",
    "cứu trợ",
    "cứu hộ",
    "bí mật",
    "bị mất",
    "biển mặt",
    "tin giả",
    "thông tin",
    "gia đình",
    "giải pháp",
    "học sinh",
    "nghỉ học",
    "trực tuyến",
    "công nhân",
    "nhà máy",
    "xuất khẩu",
    "sản xuất",
    "kinh doanh",
    "người dân",
    "chính quyền",
    "địa phương",
    "phường",
    "xã",
    "huyện",
    "tỉnh",
    "thành phố",
    "sở thông tin",
    "truyền thông",
    "ủy ban nhân dân",
    "công an",
    "quân đội",
    "bác sĩ",
    "điều dưỡng",
    "tình nguyện",
    "ô xy",
    "hô hấp",
    "nhịp tim",
    "người già",
    "trẻ em",
    "phụ nữ",
    "mang thai",
    "vắc xin",
    "mũi một",
    "mũi hai",
    "phản ứng",
    "sau tiêm",
    "đăng ký",
    "ứng dụng",
    "điện thoại",
    "máy tính",
    "mã QR",
    "ngân hàng",
    "chuyển khoản",
    "lừa đảo",
    "kêu gọi",
    "quyên góp",
    "sai sự thật",
    "lan truyền",
    "mạng xã hội",
    "kiểm chứng",
    "xác minh",
    "cơ quan",
    "chức năng",
    "khuyến cáo",
    "hướng dẫn",
    "quy định",
    "mức phạt",
    "vi phạm",
    "cấm trại",
    "du lịch",
    "lễ hội",
    "đám cưới",
    "đám tang",
    "chợ đầu mối",
    "siêu thị",
    "hàng quán",
    "giao hàng",
    "xe tải",
    "luồng xanh",
    "đi lại",
    "về quê",
    "tàu hỏa",
    "xe khách",
    "sân bay",
    "chuyến bay",
    "nước sạch",
    "điện",
    "mất điện",
    "sóng điện thoại",
    "ngập lụt",
    "đường sắt",
    "cầu treo",
    "hồ chứa",
    "đê biển",
    "tàu thuyền",
    "neo đậu",
    "thiệt hại",
    "khắc phục",
    "dịch bệnh",
]


def sentence(rng: random.Random, words: int) -> str:
    """Return a made-up sentence; common words come often, as in real text."""
    picked = [
        WORDS[min(int(rng.paretovariate(0.6)) - 1, len(WORDS) - 1)] for _ in range(words // 2)
    ]
    picked += rng.sample(WORDS, words - len(picked))
    rng.shuffle(picked)
    text = " ".join(picked)
    return text[0].upper() + text[1:]


def write_document(folder: Path, number: int, kind: str, head: str, title: str, body: str) -> None:
    """Write one document; its date follows its number."""
    day, hour = divmod(number, 24)
    file = folder / "content" / kind / f"bai-{number:05d}.md"
    file.parent.mkdir(parents=True, exist_ok=True)
    date = f"{2020 + day // 336}-{day // 28 % 12 + 1:02d}-{day % 28 + 1:02d} {hour:02d}:00"
    file.write_text(f"---\ntitle: {title}\ndate: {date}\n{head}---\n\n{body}\n", encoding="utf-8")


def write_today(folder: Path, count: int) -> None:
    """Write news of the day on which `build` builds: they stand in the fresh part."""
    rng = random.Random(count)
    for number in range(count):
        file = folder / f"content/news/hom-nay-{number}.md"
        head = f"title: {sentence(rng, 5)}\ndate: 2025-11-22 01:{number:02}"
        body = ". ".join(sentence(rng, 8) for _ in range(6))
        file.write_text(f"---\n{head}\n---\n\n{body}.\n", encoding="utf-8")


def write_site(folder: Path, count: int, seed: int = 6) -> Path:
    """Write a site of `count` documents of several kinds; return its folder."""
    rng = random.Random(seed)
    (folder / "content").mkdir(parents=True, exist_ok=True)
    (folder / "site.yaml").write_text(
        'name: Trang thử\nurl: http://localhost\nplace: "80"\nagency:\n  name: Cơ quan thử\n'
        'hotlines:\n  - number: "1022"\n    label: Tổng đài\n',
        encoding="utf-8",
    )
    (folder / "sources.yaml").write_text("sources: []\n", encoding="utf-8")
    for number in range(count):
        kind = rng.choice(["news"] * 6 + ["guides", "misinformation"])
        body = "\n\n".join(
            ". ".join(sentence(rng, rng.randint(5, 11)) for _ in range(3)) + "." for _ in range(2)
        )
        claim = f"claim: {sentence(rng, 8)}\nverdict: checking\n"
        head = claim if kind == "misinformation" else f"summary: {sentence(rng, 9)}\n"
        write_document(folder, number, kind, head, f"{sentence(rng, 5)} số {number}", body)
    return folder


def build(folder: Path, now: int = 1_763_755_200) -> Path:
    """Build the site in `folder` as `make build` does; return its output."""
    environment = {**os.environ, "SITE": str(folder), "SOURCE_DATE_EPOCH": str(now)}
    command = [sys.executable, "-m", "pelican", "-s", str(ROOT / "pelicanconf.py")]
    done = subprocess.run(
        [*command, "--fatal", "warnings"],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return folder / "output"


def serve(context: Any, output: Path) -> dict[str, int]:
    """Answer the browser context's requests from a folder; return the bytes sent by path."""
    sent: dict[str, int] = {}

    def answer(route: Any) -> None:
        path = unquote(urlsplit(route.request.url).path)
        file = output / path.lstrip("/")
        file = file / "index.html" if path.endswith("/") else file
        if not file.is_file():
            route.fulfill(status=404, body="")
            return
        data = file.read_bytes()
        sent[path] = sent.get(path, 0) + len(data)
        kind = TYPES.get(file.suffix, "application/octet-stream")
        route.fulfill(status=200, body=data, headers={"content-type": kind})

    context.route("**/*", answer)
    return sent
