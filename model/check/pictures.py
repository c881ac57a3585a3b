"""Pictures: described for those who cannot see them, light, and silent about where they were taken.

Where a camera stood is read from the EXIF block (Exif 2.32, section 4.6.6: tag 0x8825 in IFD0), as
JPEG (APP1), PNG (eXIf) and WebP (EXIF) carry it.
"""

from __future__ import annotations

import re
import struct
from collections.abc import Iterator
from pathlib import Path

from model.check.context import Context
from model.check.links import body_links
from model.content import Loaded
from model.problem import Problem

FOLDER = "images"
"""Folder of a site's own pictures; `images/x.jpg` is published as /images/x.jpg."""
HEAVY = 1_000_000
"""Bytes from which on a picture is refused: a slow phone would wait half a minute."""
LARGE = 300_000
SHOWN = {".jpg", ".jpeg", ".png", ".webp", ".gif", ".svg", ".avif"}
_SIGNS = (b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"GIF8", b"WEBP", b"ftypavif", b"ftypavis")
"""What the files of SHOWN begin with, but SVG."""
_GPS = 0x8825
_NAME = re.compile(r"[a-z0-9]+(?:[-_][a-z0-9]+)*\.[a-z]+")


def pictures(loaded: Loaded, context: Context) -> Iterator[Problem]:
    """Yield what is wrong with the pictures of a body."""
    for link in body_links(loaded):
        if not link.picture:
            continue
        if not link.text.strip():
            cure = "viết điều nhìn thấy trong ảnh vào giữa [ ], ví dụ ![Bản đồ vùng ngập](…)"
            yield Problem("", link.line, "", f"ảnh {link.target} chưa có lời mô tả", cure)
        if not link.target.startswith(f"/{FOLDER}/"):
            cure = f"chép ảnh vào thư mục {FOLDER}/ rồi ghi /{FOLDER}/tên-ảnh"
            yield Problem("", link.line, "", f"ảnh {link.target} nằm ngoài trang", cure)
        elif not (context.folder / link.target.lstrip("/")).is_file():
            cure = f"chép ảnh vào thư mục {FOLDER}/, hoặc sửa tên"
            yield Problem("", link.line, "", f"không có ảnh {link.target}", cure)


def check_picture(folder: Path, file: str) -> Iterator[Problem]:
    """Yield what is wrong with one file of the picture folder."""
    path = folder / file
    suffix = path.suffix.lower()
    if suffix not in SHOWN:
        cure = "lưu lại thành .jpg, .png hoặc .webp"
        yield Problem(file, message=f"trình duyệt không mở được tệp {suffix or 'này'}", cure=cure)
        return
    if not _NAME.fullmatch(path.name):
        cure = "đổi tên chỉ gồm chữ thường không dấu, số và gạch ngang, ví dụ vung-ngap-1.jpg"
        yield Problem(file, message="tên ảnh có dấu, dấu cách hoặc chữ hoa", cure=cure)
    size = path.stat().st_size
    if size > LARGE:
        cure = "thu nhỏ còn 1.200 điểm ảnh chiều ngang rồi lưu lại (dưới 300 KB)"
        words = f"ảnh nặng {size // 1000:,} KB".replace(",", ".")
        yield Problem(file, message=words, cure=cure, warning=size <= HEAVY)
    data = path.read_bytes() if size <= 50 * HEAVY else b""
    if data or not size:
        yield from _unreadable(file, data)
    if has_position(data):
        cure = "mở ảnh, lưu bản không kèm vị trí (Windows: Thuộc tính → Chi tiết → Xóa thông tin)"
        yield Problem(file, message="ảnh còn ghi vị trí nơi chụp", cure=cure)


def _unreadable(file: str, data: bytes) -> Iterator[Problem]:
    if not any(sign in data[:12] for sign in _SIGNS) and b"<svg" not in data:
        cure = (
            "mở ảnh trên máy (hoặc chụp lại màn hình) rồi lưu thành .jpg; đổi tên tệp thì không đủ"
        )
        message = "tệp này không phải ảnh mà trình duyệt mở được (ảnh HEIC của iPhone, tệp hỏng?)"
        yield Problem(file, message=message, cure=cure)


def has_position(data: bytes) -> bool:
    """Return whether a picture says where it was taken."""
    return any(_names_position(block) for block in exif_blocks(data))


def exif_blocks(data: bytes) -> Iterator[bytes]:
    """Yield the EXIF blocks (TIFF structures) of a JPEG, PNG or WebP file."""
    if data.startswith(b"\xff\xd8"):
        yield from _of_jpeg(data)
    elif data.startswith(b"\x89PNG\r\n\x1a\n"):
        yield from _of_chunks(data, 8, ">", b"eXIf", extra=4)
    elif data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        for block in _of_chunks(data, 12, "<", b"EXIF", extra=0):
            yield block.removeprefix(b"Exif\0\0")


def _of_jpeg(data: bytes) -> Iterator[bytes]:
    position = 2
    while position + 4 <= len(data) and data[position] == 0xFF and data[position + 1] != 0xDA:
        (length,) = struct.unpack_from(">H", data, position + 2)
        segment = data[position + 4 : position + 2 + length]
        if data[position + 1] == 0xE1 and segment.startswith(b"Exif\0\0"):
            yield segment[6:]
        position += 2 + max(length, 2)


def _of_chunks(data: bytes, start: int, order: str, wanted: bytes, extra: int) -> Iterator[bytes]:
    """Walk PNG chunks (length, name, data, checksum) or RIFF's (name, length, data, padding)."""
    position = start
    while position + 8 <= len(data):
        first, second = data[position : position + 4], data[position + 4 : position + 8]
        name, size = (second, first) if order == ">" else (first, second)
        (length,) = struct.unpack(f"{order}I", size)
        if name == wanted:
            yield data[position + 8 : position + 8 + length]
        position += 8 + length + (extra or length % 2)


def _names_position(tiff: bytes) -> bool:
    """Return whether IFD0 of a TIFF structure has the GPS tag (TIFF 6.0, section 2)."""
    order = {b"II": "<", b"MM": ">"}.get(tiff[:2])
    if order is None or len(tiff) < 8:
        return False
    (start,) = struct.unpack_from(f"{order}I", tiff, 4)
    if start + 2 > len(tiff):
        return False
    (count,) = struct.unpack_from(f"{order}H", tiff, start)
    ends = min(start + 2 + 12 * count, len(tiff) - 1)
    tags = (struct.unpack_from(f"{order}H", tiff, at)[0] for at in range(start + 2, ends, 12))
    return _GPS in tags
