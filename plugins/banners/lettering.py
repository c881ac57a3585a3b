"""Text as outlines: HarfBuzz shapes it in the packaged fonts, glyphs become one SVG path.

Coordinates are y upwards as in fonts; numbers are whole and relative, so that a path stays small.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import uharfbuzz as hb

UNITS = 1000
FONTS = {
    ("vi", True): ("fontpkg_be_vietnam_pro", "BeVietnamPro-Bold.ttf", 0),
    ("vi", False): ("fontpkg_be_vietnam_pro", "BeVietnamPro-Medium.ttf", 0),
    ("km", True): ("fontpkg_noto_sans_khmer", "NotoSansKhmer[wdth,wght].ttf", 700),
    ("km", False): ("fontpkg_noto_sans_khmer", "NotoSansKhmer[wdth,wght].ttf", 500),
}
"""(script, bold) -> package, file, weight on the variable axis (0: a static font)."""
LINE = {"vi": 1.32, "km": 1.75}
"""Line height in ems: stacked marks above and below must not touch the next line."""
RISE = {"vi": 1.02, "km": 1.25}
"""How far below the top of its line the base line lies, in ems."""
HIGH = "ẮẰẲẴẤẦẨẪẾỀỂỄỐỒỔỖ"
"""Capitals with two marks reach 1.22 em: their lines are a fifth of an em higher."""
MORE = 0.2


@dataclass(frozen=True, slots=True)
class Script:
    """The fonts of a language, regular or bold."""

    name: str
    bold: bool
    high: bool = False
    """Whether capitals with two marks stand in the lines."""

    @classmethod
    def of(cls, lang: str, bold: bool) -> Script:
        """Return the fonts that set this language."""
        return cls("km" if lang == "km" else "vi", bold)

    def setting(self, text: str) -> Script:
        """Return the same fonts with lines as high as `text` needs them."""
        return Script(self.name, self.bold, self.name == "vi" and not set(HIGH).isdisjoint(text))

    @property
    def line(self) -> float:
        """Line height in ems."""
        return LINE[self.name] + MORE * self.high

    @property
    def rise(self) -> float:
        """Distance from the top of a line to its base line, in ems."""
        return RISE[self.name] + MORE * self.high


@cache
def _font(script: Script, grid: int = UNITS) -> Any:
    package, file, weight = FONTS[script.name, script.bold]
    found = find_spec(package)
    if found is None or found.origin is None:
        raise ModuleNotFoundError(f"the font package {package} is not installed")
    data = (Path(found.origin).parent / "files" / file).read_bytes()
    face = hb.Face(hb.Blob(data))
    font = hb.Font(face)
    font.scale = (grid, grid)
    if weight:
        font.set_variations({"wght": weight})
    return font


def _shaped(text: str, script: Script, grid: int = UNITS) -> Any:
    buffer = hb.Buffer()
    buffer.add_str(text)
    buffer.guess_segment_properties()
    hb.shape(_font(script, grid), buffer)
    return buffer


def missing(text: str, script: Script) -> list[str]:
    """Return the characters of `text` that the font has no glyph for."""
    return [c for c in dict.fromkeys(text) if _font(script).get_nominal_glyph(ord(c)) is None]


@cache
def width(text: str, script: Script) -> float:
    """Return the width of a line of text in ems."""
    return float(sum(p.x_advance for p in _shaped(text, script).glyph_positions)) / UNITS


def outline(text: str, script: Script, grid: int) -> str:
    """Return the path of a line of text, from x = 0 on its base line, `grid` units an em."""
    buffer, font = _shaped(text, script, grid), _font(script, grid)
    pen = _Pen()
    x = 0
    for info, position in zip(buffer.glyph_infos, buffer.glyph_positions, strict=True):
        pen.shift = (x + position.x_offset, position.y_offset)
        font.draw_glyph(info.codepoint, _draw_functions(), pen)
        x += position.x_advance
    return "".join(pen.parts)


class _Pen:
    """Collects relative path commands in whole numbers."""

    def __init__(self) -> None:
        self.parts: list[str] = []
        self.shift = (0, 0)
        self.at = (0, 0)
        self.begun = (0, 0)

    def _relative(self, *points: float) -> str:
        numbers = []
        for place, value in enumerate(points):
            whole = round(value + self.shift[place % 2])
            numbers.append(whole - self.at[place % 2])
        self.at = (self.at[0] + numbers[-2], self.at[1] + numbers[-1])
        return " ".join(map(str, numbers)).replace(" -", "-")

    def move(self, x: float, y: float) -> None:
        self.parts.append("m" + self._relative(x, y))
        self.begun = self.at

    def line(self, x: float, y: float) -> None:
        self.parts.append("l" + self._relative(x, y))

    def quadratic(self, *points: float) -> None:
        self.parts.append("q" + self._relative(*points))

    def cubic(self, *points: float) -> None:
        self.parts.append("c" + self._relative(*points))

    def close(self) -> None:
        self.parts.append("z")
        self.at = self.begun


@cache
def _draw_functions() -> Any:
    functions = hb.DrawFuncs()
    functions.set_move_to_func(lambda x, y, pen: pen.move(x, y))
    functions.set_line_to_func(lambda x, y, pen: pen.line(x, y))
    functions.set_quadratic_to_func(lambda a, b, x, y, pen: pen.quadratic(a, b, x, y))
    functions.set_cubic_to_func(lambda a, b, c, d, x, y, pen: pen.cubic(a, b, c, d, x, y))
    functions.set_close_path_func(lambda pen: pen.close())
    return functions
