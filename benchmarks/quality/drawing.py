"""What a drawing costs: processor milliseconds and bytes of a sheet, a share picture, a banner."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator
from functools import cache, partial
from pathlib import Path
from statistics import median
from typing import Any, NamedTuple

from model.artwork import BY_NAME
from model.share import SIZES, ShareWords
from model.sheets import FORMS
from model.typesetter import compiled, font_folders
from plugins.banners.drawing import banner
from plugins.banners.words import Words
from plugins.print_shop.qr import svg
from plugins.print_shop.share import PALETTE, PARTS, picture_data

THEME = Path(__file__).resolve().parents[2] / "theme"
ROUNDS = 5
TARGET = "https://loa.example.vn/a/ung-dung"
SHEET: dict[str, Any] = {
    "lang": "vi",
    "over": False,
    "title": "Tên ứng dụng",
    "lead": "Nhận cảnh báo lũ lụt, dịch bệnh đúng xã của mình.",
    "labels": ("Dùng để làm gì", "Cần chú ý"),
    "target": TARGET,
    "address": "loa.example.vn/a/ung-dung",
    "publisher": "Ban biên tập Loa",
    "ground": "#0b4f8a",
    "ink": "#ffffff",
    "accent": "#0b4f8a",
    "kicker": "Cài ứng dụng",
    "steps": ["Mở kho ứng dụng.", "Tìm đúng tên rồi cài.", "Cho phép gửi thông báo."],
    "uses": ["Nhận cảnh báo", "Gửi phản ánh kèm ảnh"],
    "cautions": ["Không cài tệp do người lạ gửi."],
    "scan": "Quét mã để cài",
    "dated": "28/8/2021",
    "plain": False,
}
SHARED = ShareWords(
    "vi",
    "Tin lan truyền: Sai sự thật",
    "bad",
    "Uống nước muối không diệt được vi rút, và uống nhiều còn hại thận.",
    lines=("Bộ Y tế", "28/8/2021"),
    publisher="Loa",
)
BANNER = Words(
    *("vi", "Dừng một phút trước khi chia sẻ", "Năm việc để kiểm tra tin", "loa.example.vn"),
    *("Ban biên tập Loa", "Dừng một phút", "#0b4f8a", "#ffffff", TARGET),
    qr=True,
)


class Drawing(NamedTuple):
    """One drawing: its name, the middle of some rounds in processor milliseconds, its bytes."""

    name: str
    milliseconds: float
    size: int


def drawings() -> list[Drawing]:
    """Draw each sort a few times, the fonts already read."""
    return [*_sheets(), *_pictures(), *_banners()]


def _sheets() -> Iterator[Drawing]:
    for form in FORMS:
        shape = {"form": form.name, "width": form.width, "height": form.height}
        data = {**SHEET, **shape, "qr": svg(TARGET).decode()}
        source = _source("print/parts.typ", f"print/{form.template}")
        yield _timed(f"{form.name}.pdf", partial(_typeset, source, data, "pdf"))


def _pictures() -> Iterator[Drawing]:
    source = _source(*PARTS)
    for size in SIZES:
        data = picture_data(SHARED, size, "#0b4f8a")
        yield _timed(f"chia-se-{size}.png", partial(_picture, source, data))


def _picture(source: str, data: dict[str, Any]) -> bytes:
    return _typeset(source, data, "png", PALETTE)


def _banners() -> Iterator[Drawing]:
    for size in ("970x250", "300x250", "320x50"):
        yield _timed(f"bieu-ngu {size}.png", partial(banner, BANNER, BY_NAME[size], "png"))


def _source(*names: str) -> str:
    return "\n".join((THEME / name).read_text(encoding="utf-8") for name in names)


def _typeset(source: str, data: dict[str, Any], form: str, colours: int = 0) -> bytes:
    request = {"source": source, "data": json.dumps(data), "form": form, "colours": colours}
    return compiled(_fonts(), request)


@cache
def _fonts() -> Any:
    import typst

    return typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=False, font_paths=font_folders()
    )


def _timed(name: str, draw: Callable[[], bytes]) -> Drawing:
    size, spent = len(draw()), []
    for _ in range(ROUNDS):
        started = time.process_time()
        draw()
        spent.append((time.process_time() - started) * 1000)
    return Drawing(name, median(spent), size)
