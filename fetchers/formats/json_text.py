"""JSON as real servers send it, read under caps: depth, length of numbers, no NaN, no surprises.

RFC 8259 allows no raw control characters in strings; several real pages have them, so they are
accepted and removed. NaN and Infinity (allowed by Python, forbidden by the RFC) are refused.
"""

from __future__ import annotations

import json
import re
from typing import Any, NoReturn

from fetchers.formats import Unreadable
from fetchers.formats.decoding import decode_text
from model.text import clean

DEPTH = 200
DIGITS = 300
_TOKEN = re.compile(r'"(?:[^"\\]|\\.)*+"|[\[\]{}]', re.DOTALL)
_CURE = "kiểm tra lại địa chỉ nguồn; bản cũ vẫn được giữ nguyên"


def parse_json(data: bytes | str, encoding: str = "") -> Any:
    """Return the value in `data`; raise Unreadable if it is cut off, too deep or no JSON at all."""
    text = data if isinstance(data, str) else _decoded(data, encoding)
    _refuse_depth(text)
    try:
        value = json.loads(
            text, strict=False, parse_constant=_refuse_constant, parse_int=_int, parse_float=_float
        )
    except json.JSONDecodeError as error:
        where = f"dòng {error.lineno}, cột {error.colno}"
        if error.pos >= len(text.rstrip()) or error.msg.startswith("Unterminated"):
            raise Unreadable(f"JSON bị cắt cụt ở {where}", _CURE) from None
        raise Unreadable(f"không phải JSON hợp lệ ({where})", _CURE) from None
    return value


def _decoded(data: bytes, encoding: str) -> str:
    # control characters are cleaned value by value: here they would move the error's position
    if data[:3] == b"\xef\xbb\xbf" or not encoding:
        try:
            return data.decode("utf-8-sig")
        except UnicodeDecodeError:
            pass
    return decode_text(data, encoding)


def _refuse_depth(text: str) -> None:
    depth = 0
    for match in _TOKEN.finditer(text):
        mark = match[0]
        if mark in "[{":
            depth += 1
            if depth > DEPTH:
                raise Unreadable(f"JSON lồng nhau quá {DEPTH} tầng", _CURE)
        elif mark in "]}":
            depth -= 1


def _refuse_constant(name: str) -> NoReturn:
    raise Unreadable(f"JSON có giá trị {name}, không phải số", _CURE)


def _int(text: str) -> int:
    if len(text) > DIGITS:
        raise Unreadable(f"JSON có số dài {len(text)} chữ số", _CURE)
    return int(text)


def _float(text: str) -> float:
    value = float(text) if len(text) <= DIGITS else float("inf")
    if value in (float("inf"), float("-inf")):
        raise Unreadable("JSON có số quá lớn", _CURE)
    return value


def text_of(value: object) -> str:
    """Return a JSON scalar as clean text: null and structures give "", 3.0 gives "3"."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return clean(str(value)).strip() if isinstance(value, (str, int, float)) else ""
