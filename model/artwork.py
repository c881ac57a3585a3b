"""Sizes and permanent addresses of a campaign's artwork, and the code that agencies paste.

Sizes and weights: IAB fixed-size 2019 and the 2015 guide (half page), IAB feature phone; social and
portal sizes are the house's. Our own cap is half of the IAB weight.
"""

from __future__ import annotations

import re
import unicodedata
from html import escape
from typing import Literal, NamedTuple

from model.fields import Group
from model.output import LANGUAGE
from model.problem import FieldError
from model.typesetting import FONTS

Variant = Literal["svg", "png", "png2x", "webp"]
VARIANTS: tuple[Variant, ...] = ("svg", "png", "png2x", "webp")
FOLDER = "embed/bieu-ngu"


class Size(NamedTuple):
    """A banner's size in CSS pixels; `iab` is the IAB's weight limit in KB, 0 if it has none."""

    width: int
    height: int
    iab: int
    label: str

    @property
    def name(self) -> str:
        """What the size is called in addresses: "300x250"."""
        return f"{self.width}x{self.height}"

    @property
    def most(self) -> int:
        """The heaviest that a file of one density may be, in bytes."""
        return (self.iab or 400) * 1024 // 2


SIZES = (
    Size(970, 250, 250, "Đầu trang lớn"),
    Size(970, 90, 200, "Đầu trang rộng"),
    Size(728, 90, 150, "Đầu trang"),
    Size(1000, 100, 0, "Dải ngang cổng thông tin"),
    Size(300, 250, 150, "Hình chữ nhật"),
    Size(300, 600, 200, "Nửa trang"),
    Size(300, 1050, 250, "Dọc lớn"),
    Size(160, 600, 150, "Dọc cột bên"),
    Size(250, 100, 0, "Cột bên cổng thông tin"),
    Size(320, 50, 50, "Điện thoại"),
    Size(300, 50, 50, "Điện thoại nhỏ"),
    Size(120, 60, 50, "Nút"),
    Size(88, 31, 80, "Nút nhỏ"),
    Size(216, 36, 5, "Điện thoại phổ thông lớn"),
    Size(168, 28, 5, "Điện thoại phổ thông"),
    Size(120, 20, 5, "Điện thoại phổ thông nhỏ"),
    Size(1200, 630, 0, "Ảnh chia sẻ"),
    Size(1080, 1080, 0, "Ảnh vuông Zalo, Facebook"),
    Size(1080, 1920, 0, "Ảnh dọc"),
)
BY_NAME = {size.name: size for size in SIZES}
_SCRIPTS = {
    "vi": re.compile(
        "[\x20-\x7e\u00a0\u00a9\u00b0\u00b7\u00c0-\u00ff\u0102\u0103\u0110\u0111\u0128\u0129"
        "\u0168\u0169\u01a0\u01a1\u01af\u01b0\u1ea0-\u1ef9\u2013\u2014\u2018\u2019\u201c\u201d\u2026\u20ab]"
    ),
    "km": re.compile(r"[\x20-\x7e\u1780-\u17f9\u200b]"),
}


def foreign_characters(text: str, lang: str) -> list[str]:
    """Return the characters of `text` that the banner fonts of a language do not draw."""
    known = _SCRIPTS["km" if lang == "km" else "vi"]
    return list(dict.fromkeys(c for c in unicodedata.normalize("NFC", text) if not known.match(c)))


def font_of(lang: str) -> str:
    """Return the name of the font that draws the banners of a language."""
    return FONTS[lang == "km"]


def unprintable(text: str) -> list[str]:
    """Return the characters of `text` that none of the fonts draws in which sheets are set."""
    return [c for c in foreign_characters(text, "vi") if foreign_characters(c, "km")]


def refuse_unprintable(group: Group, *fields: str) -> None:
    """Raise FieldError for the first text in these fields that the print fonts cannot draw."""
    for field in fields:
        value = getattr(group, field)
        for text in (value,) if isinstance(value, str) else value:
            if strange := unprintable(text):
                raise FieldError(
                    f"phông chữ in ({' và '.join(FONTS)}) không có ký tự "
                    f"{character_name(strange[0])}",
                    "bỏ ký tự này: thẻ và áp phích của ứng dụng in chữ ở đây",
                    field,
                )


def character_name(character: str) -> str:
    """Return a character with its Unicode name, to be found by an editor."""
    name = unicodedata.name(character, "không tên")
    return f"“{character}” (U+{ord(character):04X}, {name})"


def banner_path(identity: str, lang: str, size: str, variant: Variant, mark: str = "") -> str:
    """Return a banner's public path without a leading slash; `mark`: the hash of immutable ones."""
    slug = identity.split("/", 1)[1].split(".", 1)[0]
    density = "@2x" if variant == "png2x" else ""
    parts = [size, mark, lang if lang != LANGUAGE else ""]
    name = ".".join(part for part in parts if part)
    return f"{FOLDER}/{slug}/{name}{density}.{variant.removesuffix('2x')}"


def banner_code(base: str, target: str, identity: str, lang: str, size: Size, alt: str) -> str:
    """Return the HTML that an agency pastes: a link with a picture, no script, any protocol.

    `base` is the site's address ("https://…"); it is written without the protocol's name, so that a
    page served by http or https takes the picture by its own.
    """
    host = base.split(":", 1)[1]
    once = banner_path(identity, lang, size.name, "png")
    twice = banner_path(identity, lang, size.name, "png2x")
    text = escape(alt, quote=True)
    return (
        f'<a href="{escape(target, quote=True)}"><img src="{host}/{once}"'
        f' srcset="{host}/{once} 1x, {host}/{twice} 2x" width="{size.width}"'
        f' height="{size.height}" alt="{text}" style="max-width:100%;height:auto;border:0"></a>'
    )


def install_path(app: str) -> str:
    """Return the short address at which an app is installed: "/a/<app>/"."""
    return f"/a/{app}/"
