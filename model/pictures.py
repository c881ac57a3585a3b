"""Editors' pictures as readers get them: upright, light, without what the camera noted.

A picture `images/x.jpg` keeps its address and gets lighter twins beside it, `x.jpg.s.avif` and so
on; pages offer them and the browser chooses. What is drawn is a pure function of the file's bytes:
one thread, no time, no metadata (Exif, XMP, ICC are left behind; colours become sRGB).
"""

from __future__ import annotations

import re
from io import BytesIO
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from PIL.Image import Image

FOLDER = "images"
DRAWN = {".jpg": "JPEG", ".jpeg": "JPEG", ".png": "PNG", ".webp": "WEBP"}
"""Suffix -> format of the pictures that are drawn anew; others are published as they are."""
SIZES = {"s": 480, "l": 1200}
"""Name of a twin's size -> its greatest width in pixels."""
TWINS = {"avif": "AVIF", "webp": "WEBP"}
"""Suffix of a twin -> its format, in the order in which pages offer them."""
VERSION = "1"
"""Raised when the same file would be drawn otherwise."""
MOST = 50_000_000
"""Pixels beyond which a picture is not opened."""
_QUALITY = {"JPEG": 82, "WEBP": 78, "AVIF": 55}
_VIEW = re.compile(
    rb"""<svg\b[^>]*?\bviewBox\s*=\s*["']\s*[-\d.]+[\s,]+[-\d.]+[\s,]+([\d.]+)[\s,]+([\d.]+)"""
)


class Measure(NamedTuple):
    """Width and height in CSS pixels, and the names of the sizes that twins come in."""

    width: int
    height: int
    sizes: tuple[str, ...] = ()


def suffix(name: str) -> str:
    """Return the end of a picture's name, in small letters: ".jpg"."""
    return "." + name.rpartition(".")[2].lower()


def measure(name: str, data: bytes) -> Measure | None:
    """Return a picture's measure; None where it cannot be read."""
    if suffix(name) == ".svg":
        found = _VIEW.search(data)
        size = (round(float(found[1])), round(float(found[2]))) if found else (0, 0)
        return Measure(*size) if all(size) else None
    opened = _opened(data)
    if opened is None:
        return None
    if suffix(name) not in DRAWN:
        return Measure(*opened.size)
    width, height = _fitted(opened.size, SIZES["l"])
    return Measure(width, height, ("s", "l") if width > SIZES["s"] else ("l",))


def drawn(name: str, data: bytes) -> bytes | None:
    """Return the picture under its own address; None where it cannot be read."""
    if suffix(name) not in DRAWN:
        return data
    return _encoded(data, DRAWN[suffix(name)], SIZES["l"])


def twin(name: str, data: bytes, size: str, form: str) -> bytes | None:
    """Return the twin of a size in a format; None where the picture has no such twin."""
    found = measure(name, data)
    if found is None or size not in found.sizes:
        return None
    return _encoded(data, TWINS[form], SIZES[size])


def twin_path(path: str, size: str, form: str) -> str:
    """Return where a twin of the picture at `path` stands."""
    return f"{path}.{size}.{form}"


def twin_width(found: Measure, size: str) -> int:
    """Return the width in pixels of a twin of a picture with this measure."""
    return min(found.width, SIZES[size])


def _opened(data: bytes) -> Image | None:
    """Return the picture upright, or None where nobody could see it."""
    from PIL import Image, ImageOps

    try:
        opened = Image.open(BytesIO(data))
        if opened.width * opened.height > MOST:
            return None
        opened.load()
        return ImageOps.exif_transpose(opened)
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError):
        return None


def _fitted(size: tuple[int, int], most: int) -> tuple[int, int]:
    width = min(size[0], most)
    return width, max(1, round(size[1] * width / size[0]))


def _encoded(data: bytes, form: str, most: int) -> bytes | None:
    from PIL import Image

    opened = _opened(data)
    if opened is None:
        return None
    clear = form != "JPEG" and (
        opened.mode in ("LA", "RGBA", "PA") or "transparency" in opened.info
    )
    plain = opened.convert("RGBA" if clear else "RGB")
    fitted = plain.resize(_fitted(plain.size, most), Image.Resampling.LANCZOS)
    target = BytesIO()
    options = {"max_threads": 1, "speed": 6} if form == "AVIF" else {"optimize": True}
    fitted.info = {}
    fitted.save(target, form, quality=_QUALITY.get(form, 80), **options)
    return target.getvalue()
