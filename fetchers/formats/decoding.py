"""Bytes to text: the encodings that official files come in, and mojibake mended when reversible."""

from __future__ import annotations

import codecs
import re

from fetchers.formats import Unreadable

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_GARBLED = re.compile(
    r"[ÃÄÆÂ][\u0080-\u00bf\u0152-\u0192\u02c6\u02dc\u2013-\u203a\u20ac\u2122]|á[º»]"
)
_ROUNDS = 3


def decode_text(data: bytes, encoding: str = "") -> str:
    """Return `data` as text, each line ended by a line feed.

    A byte order mark decides, then `encoding` (from the source's YAML), then UTF-8; anything else
    is refused, because a guessed encoding puts wrong letters into people's names.
    """
    codec = next((name for mark, name in _BOMS if data.startswith(mark)), encoding or "utf-8")
    try:
        text = data.decode(codec)
    except LookupError:
        raise Unreadable(f"không có bảng mã tên “{codec}”", "sửa dòng encoding của nguồn") from None
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise Unreadable(
            f"dòng {line} không đọc được bằng bảng mã {codec}",
            "ghi đúng bảng mã của nguồn, ví dụ encoding: windows-1258",
        ) from None
    return text.replace("\r\n", "\n").replace("\r", "\n")


def is_garbled(text: str) -> bool:
    """Return whether `text` looks like UTF-8 that was read as Western European (“Bá»‡nh”)."""
    return bool(_GARBLED.search(text))


def mend(text: str) -> str | None:
    """Return what garbled `text` was before; None when it cannot be undone exactly.

    Exactly means that breaking the result the same way gives `text` back, letter for letter.
    """
    current = text
    for _ in range(_ROUNDS):
        before = _undo(current)
        if before is None:
            return None
        if not is_garbled(before):
            return before
        current = before
    return None


def _undo(text: str) -> str | None:
    try:
        raw = b"".join(_western_byte(letter) for letter in text)
        before = raw.decode("utf-8")
    except ValueError:
        return None
    again = "".join(_western_letter(byte) for byte in before.encode("utf-8"))
    return before if again == text else None


def _western_byte(letter: str) -> bytes:
    """Return the windows-1252 byte of a letter; its five unused bytes stand for themselves."""
    try:
        return letter.encode("cp1252")
    except UnicodeEncodeError:
        return letter.encode("latin-1")


def _western_letter(byte: int) -> str:
    raw = bytes([byte])
    try:
        return raw.decode("cp1252")
    except UnicodeDecodeError:
        return raw.decode("latin-1")
