"""The Khmer letters that a telephone may lack, cut from a packaged font and packed for the web.

Only pages in Khmer ask for it (`khmer.css`). What is cut: the Khmer blocks of Unicode, at one width
and every weight between regular and bold. The wrapping is WOFF 1.0 (W3C, 13 December 2012), which
needs nothing but zlib and which every browser of the last ten years reads.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterable
from hashlib import blake2b
from importlib.util import find_spec
from pathlib import Path
from typing import ClassVar

from model.output import Family, Key, Store
from model.site import Site

PACKAGE, FILE = "fontpkg_noto_sans_khmer", "NotoSansKhmer[wdth,wght].ttf"
LETTERS = (*range(0x1780, 0x1800), *range(0x19E0, 0x1A00), 0x20, *range(0x200B, 0x200E), 0x25CC)
"""Khmer, Khmer symbols, space, joiners and breaks, and the circle that stray marks stand on."""
VERSION = 1
"""Raised when the drawing below changes."""


class KhmerFont(Family):
    """`theme/loa-khmer.woff`, on sites that speak Khmer. Key: ("km",)."""

    name: ClassVar[str] = "khmer-font"

    def site_keys(self, site: Site) -> Iterable[Key]:
        """Return the one font, if the site speaks Khmer."""
        return [("km",)] if "km" in site.languages else []

    def path(self, key: Key) -> str:
        """Return the font's path; `khmer.css` names it."""
        return "theme/loa-khmer.woff"

    def render(self, key: Key, store: Store) -> bytes | None:
        """Return the font."""
        if "km" not in store.site.languages:
            return None
        source = font_file()
        digest = blake2b(source.read_bytes(), digest_size=16).hexdigest()
        return store.kept(f"khmer-font {VERSION} {digest}", lambda: woff(cut(source)))


def font_file() -> Path:
    """Return the packaged font; ModuleNotFoundError names the package that is not installed."""
    found = find_spec(PACKAGE)
    if found is None or found.origin is None:
        raise ModuleNotFoundError(f"the font package {PACKAGE} is not installed")
    return Path(found.origin).parent / "files" / FILE


def cut(source: Path) -> bytes:
    """Return the font with the LETTERS only, at its normal width, of weights 400 to 700."""
    import uharfbuzz as hb

    face = hb.Face(hb.Blob(source.read_bytes()))
    wanted = hb.SubsetInput()
    wanted.unicode_set.update(LETTERS)
    wanted.pin_axis_location(face, "wdth", 100)
    wanted.set_axis_range(face, "wght", 400, 700, 400)
    return bytes(hb.subset(face, wanted).blob.data)


def woff(font: bytes) -> bytes:
    """Return an OpenType font as WOFF: the same tables, each deflated (sections 3 to 5)."""
    flavour, count = font[:4], struct.unpack(">H", font[4:6])[0]
    entries = [struct.unpack(">4sLLL", font[12 + 16 * n : 28 + 16 * n]) for n in range(count)]
    directory, tables, offset = b"", b"", 44 + 20 * count
    for tag, checksum, start, length in entries:
        table = font[start : start + length]
        packed = min(zlib.compress(table, 9), table, key=len)
        directory += struct.pack(">4sLLLL", tag, offset, len(packed), length, checksum)
        padded = packed + bytes(-len(packed) % 4)
        tables, offset = tables + padded, offset + len(padded)
    unpacked = 12 + 16 * count + sum(length + -length % 4 for *_, length in entries)
    head = struct.pack(
        ">4s4sLHHLHHLLLLL", b"wOFF", flavour, offset, count, 0, unpacked, 1, 0, 0, 0, 0, 0, 0
    )
    return head + directory + tables
