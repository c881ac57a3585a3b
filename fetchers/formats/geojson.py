"""Places on a map: GeoJSON (RFC 7946) and the JSON of Overpass (OpenStreetMap).

A point gives lat and lon. A shape is kept as `geometry`; its middle is never made up. Overpass ways
without a `center` have no place at all, which is said in one count.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from typing import Any

from fetchers.formats import Item, Page, Parsed, Unreadable
from fetchers.formats.headings import HEADINGS
from fetchers.formats.json_list import as_text
from fetchers.formats.json_text import parse_json, text_of
from fetchers.formats.settings import settings
from fetchers.formats.table import ROWS, heading, sound
from model.option_groups import GeoOptions

TAGS: dict[str, tuple[str, ...]] = {
    "title": ("name:vi", "name", "official_name"),
    "phones": ("phone", "contact:phone", "contact:mobile", "emergency:phone"),
    "email": ("email", "contact:email"),
    "site": ("website", "contact:website", "url"),
    "hours": ("opening_hours",),
    "house": ("addr:housenumber",),
    "street": ("addr:street",),
    "commune_name": ("addr:subdistrict", "addr:commune", "addr:ward"),
    "old_district": ("addr:district",),
    "province": ("addr:province", "addr:city"),
    "type": ("healthcare", "amenity", "emergency"),
    "old_names": ("old_name:vi", "old_name"),
}
"""Field -> OpenStreetMap tags."""
SHAPES = ("LineString", "Polygon", "MultiPolygon")


def parse(page: Page) -> Parsed:
    """Return an item per named feature."""
    options = settings(page, GeoOptions)
    value = parse_json(page.data)
    if not isinstance(value, dict):
        raise Unreadable("không phải GeoJSON hoặc trả lời của Overpass")
    if remark := text_of(value.get("remark")):
        raise Unreadable(f"Overpass báo lỗi: {remark[:120]}")
    overpass = isinstance(value.get("elements"), list)
    features = list(_elements(value) if overpass else _features(value))
    if len(features) > ROWS:
        raise Unreadable(f"có quá {ROWS} đối tượng", "chia nhỏ nguồn")
    counts: Counter[str] = Counter()
    columns = options.columns or (TAGS if overpass else HEADINGS.get(page.source.kind, {}))
    items = [
        {**options.values, **item}
        for properties, place in features
        if (item := _item(properties, place, columns, counts))
    ]
    notes = [f"{count} {what}" for what, count in counts.items() if count]
    return Parsed(items, notes, empty=not features)


def _elements(value: dict[str, Any]) -> Iterator[tuple[dict[str, Any], Item]]:
    for element in value["elements"]:
        if not isinstance(element, dict) or not isinstance(element.get("tags"), dict):
            continue
        middle = element.get("center")
        centre: dict[str, Any] = middle if isinstance(middle, dict) else element
        place = {"id": f"{text_of(element.get('type'))}/{text_of(element.get('id'))}"}
        if "lat" in centre and "lon" in centre:
            place |= {"lat": text_of(centre["lat"]), "lon": text_of(centre["lon"])}
        yield element["tags"], place


def _features(value: dict[str, Any]) -> Iterator[tuple[dict[str, Any], Item]]:
    found = value.get("features") if value.get("type") == "FeatureCollection" else [value]
    if not isinstance(found, list) or (found == [value] and value.get("type") != "Feature"):
        raise Unreadable("không phải GeoJSON hoặc trả lời của Overpass")
    for feature in found:
        if isinstance(feature, dict) and isinstance(feature.get("properties"), dict):
            yield feature["properties"], _place(feature)


def _place(feature: dict[str, Any]) -> Item:
    place: Item = {"id": text_of(feature.get("id"))}
    geometry = feature.get("geometry")
    shape = geometry if isinstance(geometry, dict) else {}
    points = shape.get("coordinates")
    if shape.get("type") == "Point" and isinstance(points, list) and len(points) >= 2:
        place |= {"lat": text_of(points[1]), "lon": text_of(points[0])}
    elif shape.get("type") in SHAPES and isinstance(points, list):
        place["geometry"] = json.dumps({"type": shape["type"], "coordinates": points})
    return place


def _item(
    properties: dict[str, Any],
    place: Item,
    columns: Any,
    counts: Counter[str],
) -> Item | None:
    by_name = {heading(name): value for name, value in properties.items()}
    item: Item = {field: text for field, text in place.items() if text}
    for field, names in columns.items():
        texts = [as_text(by_name.get(heading(name))) for name in names]
        if field == "phones":
            texts = ["; ".join(filter(None, texts))]
        settled = sound(next(filter(None, texts), ""))
        if settled is None:
            counts["đối tượng có chữ lỗi mã hóa không khôi phục được, đã bỏ"] += 1
            return None
        if settled:
            item[field] = settled
    if not item.get("title"):
        counts["đối tượng không có tên, đã bỏ"] += 1
        return None
    counts["đối tượng không có tọa độ điểm"] += "lat" not in item and "geometry" not in item
    return item
