"""Points and shapes on the map of Viet Nam (WGS 84), as editors paste and machines read them.

A point is written “11.3101, 106.0983” (latitude first, as maps show it). A shape is GeoJSON
(RFC 7946: longitude first) or, in alerts, CAP 1.2's polygon text "lat,lon lat,lon …".
"""

from __future__ import annotations

import json
import re
from itertools import pairwise
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BeforeValidator, Field, model_validator

from model.fields import Group, Line
from model.problem import FieldError

LATITUDES = (6.0, 23.7)
LONGITUDES = (102.0, 118.0)
"""Viet Nam with its sea and islands; a point elsewhere is a slip."""
MAX_POINTS = 5000
MIN_RING = 4
_POINT_CURE = "viết vĩ độ trước, kinh độ sau, ví dụ 11.3101, 106.0983"
Position = tuple[float, float]


def parse_point(value: object) -> Position:
    """Return (latitude, longitude); raise FieldError if `value` is no point in Viet Nam."""
    parts = re.split(r"[,;\s]+", value.strip()) if isinstance(value, str) else value
    try:
        latitude, longitude = (float(str(part)) for part in parts)  # type: ignore[attr-defined]
    except (TypeError, ValueError):
        raise FieldError(f"“{value}” không phải tọa độ", _POINT_CURE) from None
    if _within(latitude, LATITUDES) and _within(longitude, LONGITUDES):
        return (latitude, longitude)
    if _within(longitude, LATITUDES) and _within(latitude, LONGITUDES):
        raise FieldError(f"“{value}” ghi ngược vĩ độ và kinh độ", _POINT_CURE)
    raise FieldError(f"“{value}” nằm ngoài Việt Nam", "kiểm tra lại tọa độ, hoặc xóa dòng này")


def _within(value: float, bounds: tuple[float, float]) -> bool:
    return bounds[0] <= value <= bounds[1]


Point = Annotated[Position, BeforeValidator(parse_point)]


def parse_polygon(text: str) -> list[Position]:
    """Return the ring (lat, lon) that CAP's polygon text gives; raise FieldError."""
    ring = [parse_point(pair) for pair in text.split()]
    _check_ring(ring)
    return ring


def _check_ring(ring: list[Position]) -> None:
    cure = "viết ít nhất 4 điểm “vĩ độ,kinh độ” cách nhau bằng dấu cách, điểm cuối trùng điểm đầu"
    if len(ring) < MIN_RING:
        raise FieldError("đường bao có ít hơn 4 điểm", cure)
    if ring[0] != ring[-1]:
        raise FieldError("đường bao chưa khép kín", cure)
    if crosses_itself(ring):
        raise FieldError("đường bao tự cắt chính nó", "sắp lại các điểm theo một vòng")


def crosses_itself(ring: list[Position]) -> bool:
    """Return whether two sides of a ring that share no corner meet (≤ 400 sides)."""
    sides = list(pairwise(ring))
    if len(sides) > 400:
        return False
    last = len(sides) - 1
    return any(
        _meet(*sides[i], *sides[j])
        for i in range(len(sides))
        for j in range(i + 2, len(sides))
        if not (i == 0 and j == last)
    )


def _meet(a: Position, b: Position, c: Position, d: Position) -> bool:
    return _side(a, b, c) * _side(a, b, d) < 0 and _side(c, d, a) * _side(c, d, b) < 0


def _side(a: Position, b: Position, c: Position) -> float:
    return (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])


def _polygon_text(text: str) -> str:
    parse_polygon(text)
    return text


Polygon = Annotated[Line, AfterValidator(_polygon_text)]
"""CAP 1.2 polygon text, checked."""

_DEPTH = {"Point": 0, "LineString": 1, "Polygon": 2, "MultiPolygon": 3}


class Geometry(Group):
    """A GeoJSON geometry; may be pasted as JSON text."""

    type: Literal["Point", "LineString", "Polygon", "MultiPolygon"] = Field(
        description="Loại hình, như GeoJSON"
    )
    coordinates: Any = Field(description="Các điểm, kinh độ trước vĩ độ sau, như GeoJSON")

    @model_validator(mode="before")
    @classmethod
    def _pasted(cls, value: Any) -> Any:
        if isinstance(value, str):
            try:
                value = json.loads(value)
            except (ValueError, RecursionError):
                raise FieldError(
                    "không đọc được hình vẽ", "dán nguyên phần geometry của tệp GeoJSON"
                ) from None
        if isinstance(value, dict) and value.get("type") == "Feature":
            return value.get("geometry")
        return value

    @model_validator(mode="after")
    def _well_formed(self) -> Geometry:
        positions: list[Position] = []
        rings = self.type in ("Polygon", "MultiPolygon")
        found = _positions(self.coordinates, _DEPTH[self.type], positions, rings=rings)
        if not positions or len(positions) > MAX_POINTS:
            raise FieldError(
                f"hình vẽ phải có từ 1 đến {MAX_POINTS} điểm", "vẽ lại hoặc rút gọn hình"
            )
        object.__setattr__(self, "coordinates", found)
        return self


def _positions(value: Any, depth: int, seen: list[Position], *, rings: bool) -> Any:
    """Return `value` as nested lists of [lon, lat]; `seen` collects (lat, lon).

    `rings`: the innermost lists are rings, closed and of four points at least (RFC 7946 §3.1.6).
    """
    if not isinstance(value, (list, tuple)):
        raise FieldError("hình vẽ thiếu tọa độ", "dán nguyên phần geometry của tệp GeoJSON")
    if depth == 0:
        latitude, longitude = parse_point(value[1::-1])
        seen.append((latitude, longitude))
        return [longitude, latitude]
    start = len(seen)
    found = [_positions(item, depth - 1, seen, rings=rings) for item in value]
    if depth == 1 and rings:
        _check_ring(seen[start:])
    return found
