"""What contacts and places share: name, numbers, address, unit, point, hours, who checked it.

Understands the item keys title, phones, address (or house, street), commune (official code),
commune_name, old_district, province, lat and lon or coordinates, hours, email, site, checked_on,
checked_by, old_names, id.

Nothing is guessed: a commune's code is taken when the source states it, or when its name stands for
exactly one commune of the province that the source is about and no former district is named beside
it (then the name is one of before July 2025). A former district stays text.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from typing import Any

from fetchers.cleaning.html import title_text
from fetchers.cleaning.links import clean_link
from fetchers.cleaning.phones import phones_in
from fetchers.cleaning.words import wanted
from fetchers.formats import Item
from fetchers.identity import digest
from fetchers.normalise import Draft, Made
from fetchers.normalise.dating import Dating
from model.geo import parse_point
from model.kinds.base import Document
from model.kinds.located import Located
from model.option_groups import Mapped
from model.personal_data import find as find_personal
from model.phone import parse_phone
from model.places import find as find_units
from model.places import unit
from model.problem import FieldError
from model.source import Source
from model.text import fold, one_line, shorten, slug

_DISTRICT = re.compile(r"(?:quận|huyện|thị xã|q\.|h\.|tx\.?)\s*[\w\s’'-]+", re.IGNORECASE)
_COMMUNE = re.compile(r"(?:xã|phường|thị trấn|đặc khu)\s+[\w\s’'-]+", re.IGNORECASE)
_DAYS = {
    "Mo": "thứ hai",
    "Tu": "thứ ba",
    "We": "thứ tư",
    "Th": "thứ năm",
    "Fr": "thứ sáu",
    "Sa": "thứ bảy",
    "Su": "chủ nhật",
    "PH": "ngày lễ",
}
_HOURS = re.compile(r"(?:[A-Z][a-z](?:-[A-Z][a-z])?,?)+ [\d:,\- ]+|24/7|[\d:]+-[\d:]+")


class Counted:
    """What was left out while a source's items became documents, for the Outcome."""

    def __init__(self) -> None:
        self._counts: Counter[str] = Counter()
        self._lines: list[str] = []

    def say(self, what: str, name: str = "", shown: int = 12) -> None:
        """Count `what`; with a name also say it as a line of its own, a dozen at most."""
        self._counts[what] += not name
        if name and len(self._lines) < shown:
            self._lines.append(f"{name}: {what}")
        elif name:
            self._counts["ghi chú khác"] += 1

    def notes(self) -> list[str]:
        """Return the lines."""
        return [*self._lines, *(f"{count} {what}" for what, count in self._counts.items() if count)]


Maker = Callable[[Item, Source, Dating, Counted, Counter[str]], Draft | None]


def drafted(items: list[Item], source: Source, dating: Dating, make: Maker) -> Made:
    """Return what `make` makes of each row that has a name and is on the source's subject."""
    counted, names = Counted(), names_in(items)
    made: list[Draft] = []
    for item in items:
        name = named(item)
        if not name:
            counted.say("dòng không có tên, đã bỏ")
        elif not wanted(f"{name} {item.get('type', '')}", source.include, source.exclude):
            counted.say("mục ngoài chủ đề")
        elif draft := make(item, source, dating, counted, names):
            made.append(draft)
    return Made(made, [*dating.notes(), *counted.notes()])


def standing_values(item: Item, source: Source, dating: Dating, counted: Counted) -> dict[str, Any]:
    """Return the front matter that contacts and places have in common."""
    name = named(item)
    cell = phones_in(str(item.get("phones", "")))
    for note in cell.notes:
        counted.say(note, name)
    address = address_of(item)
    district = district_of(item, address)
    return {
        "title": name,
        "section": "",
        "tags": list(source.tags),
        "places": list(source.places),
        "status": "draft" if source.status == "draft" else "",
        "phones": [
            {"number": number.phone.text, **({"label": number.label} if number.label else {})}
            for number in cell.numbers
        ],
        "address": address,
        "commune": commune_of(item, address, district, source, counted),
        "old_district": district,
        "coordinates": point_of(item, name, counted),
        "hours": hours_of(str(item.get("hours", ""))),
        "checked_on": dating.iso(item, "checked_on"),
        "fresh_days": str(source.fresh_days or ""),
        "checked_by": _institution(str(item.get("checked_by", ""))),
        "sources": [reference(item, source)],
    }


def named(item: Item) -> str:
    """Return a facility's name, without the dashes and numbers that lists put before it."""
    text = re.sub(r"^\s*(?:[-–*•+]|\d{1,3}[.)])\s*", "", title_text(str(item.get("title", ""))))
    return shorten(text, 200)


def reference(item: Item, source: Source) -> dict[str, str]:
    """Return who published this and where."""
    address = clean_link(str(item.get("link", "")), source.url) or source.home or source.url
    return {"name": source.publishes_as, "url": address}


def address_of(item: Item) -> str:
    """Return the address as printed; of parts, the street line."""
    text = one_line(title_text(str(item.get("address", ""))))
    if not text:
        street = " ".join(filter(None, (str(item.get(part, "")) for part in ("house", "street"))))
        parts = [
            street,
            *(str(item.get(p, "")) for p in ("commune_name", "old_district", "province")),
        ]
        if street or item.get("commune_name"):
            text = ", ".join(dict.fromkeys(filter(None, map(one_line, parts))))
    return shorten(re.sub(r",\s*(?:Vietnam|Việt Nam)\.?$", "", text), 300)


def district_of(item: Item, address: str) -> str:
    """Return the former district that the source names, word for word; "" if it names none."""
    if said := one_line(str(item.get("old_district", ""))):
        return said
    parts = [part for part in address.split(",") if _DISTRICT.fullmatch(part.strip())]
    return one_line(parts[-1]) if parts else ""


def commune_of(item: Item, address: str, district: str, source: Source, counted: Counted) -> str:
    """Return the official code of the commune, "" unless it is stated or beyond doubt.

    A stated code must be in force, and mean the commune that is named beside it: before July 2025
    some codes meant other places.
    """
    name = one_line(str(item.get("commune_name", "")))
    stated = one_line(str(item.get("commune", "")))
    if stated:
        return _stated(stated, name, named(item), counted)
    if not name:
        parts = [part.strip() for part in address.split(",") if _COMMUNE.fullmatch(part.strip())]
        name = parts[-1] if parts else ""
    provinces = [code for code in source.places if len(code) == 2]
    if not name or district or len(provinces) != 1:
        return ""
    found = find_units(name, provinces[0])
    return found[0].code if len(found) == 1 else ""


def _stated(code: str, name: str, title: str, counted: Counted) -> str:
    found = unit(code.zfill(5)) if code.isdigit() else None
    if found is None:
        counted.say(f"mã xã “{code}” không có trong bảng mã hiện nay, để trống", title)
        return ""
    if name and found not in find_units(name, found.province):
        counted.say(f"mã xã {code} là {found.name}, nguồn ghi “{name}”: để trống", title)
        return ""
    return found.code


def point_of(item: Item, name: str, counted: Counted) -> str:
    """Return “lat, lon” as printed; what lies outside Viet Nam is left out and said."""
    text = one_line(str(item.get("coordinates", "")))
    if not text and item.get("lat") and item.get("lon"):
        text = f"{item['lat']}, {item['lon']}"
    if not text:
        return ""
    try:
        parse_point(text)
    except FieldError as error:
        counted.say(f"bỏ tọa độ: {error.message}", name)
        return ""
    return text


def hours_of(text: str) -> str:
    """Return opening hours; OpenStreetMap's notation in Vietnamese words when it is simple."""
    line = one_line(text)
    if line == "24/7":
        return "24/24, tất cả các ngày"
    parts = [part.strip() for part in line.split(";") if part.strip()]
    if not parts or not all(_HOURS.fullmatch(part) for part in parts):
        return shorten(line, 200)
    spoken = [re.sub(r"\b([A-Z][a-z]|PH)\b", lambda m: _DAYS.get(m[1], m[1]), p) for p in parts]
    plain = "; ".join(spoken).replace(",", ", ").replace(",  ", ", ").replace("-", "–")
    return plain[:1].upper() + plain[1:]


def _institution(text: str) -> str:
    line = shorten(one_line(text), 120)
    return (
        "" if find_personal(f"người {line}", "citizen") or find_personal(line, "citizen") else line
    )


def names_in(items: list[Item]) -> Counter[str]:
    """Return how often each name stands in a list."""
    return Counter(slug(named(item), 200) for item in items)


def keys_of(item: Item, values: dict[str, Any], source: Source, names: Counter[str]) -> list[str]:
    """Return what identifies a facility, strongest first.

    The source's own id, or the name where its list has it once; the name with its first number; the
    name with where it stands: the point to about a hundred metres, the address, or failing these
    its commune or former district. Between sources a name alone identifies nothing.
    """
    name = slug(values["title"], 200)
    identity = one_line(str(item.get("id", ""))) or (name if names[name] == 1 else "")
    keys = [f"g{digest(f'{source.id} {identity}')}"] if identity else []
    dials = [parse_phone(phone["number"]).tel for phone in values["phones"]]
    where = [_square(values["coordinates"]), slug(values["address"], 200)]
    told = [*dials[:1], *filter(None, where)] or [
        *filter(None, (values["commune"], slug(values["old_district"])))
    ]
    keys += [f"s{digest(f'{name} {what}')}" for what in told]
    return keys or [f"x{digest(f'{source.id} {name}')}"]


def _square(point: str) -> str:
    if not point:
        return ""
    latitude, longitude = parse_point(point)
    return f"{latitude:.3f} {longitude:.3f}"


def type_of(item: Item, source: Source, known: dict[str, Any], by_name: dict[str, str]) -> str:
    """Return the type: by the source's own table, by what the name says, by a word of ours."""
    said = one_line(str(item.get("type", "")))
    options = source.options
    table = {fold(k): v for k, v in options.types.items()} if isinstance(options, Mapped) else {}
    if (word := table.get(fold(said), "")) in known:
        return word
    name = f" {fold(named(item))} "
    for words, kind in by_name.items():
        if re.search(rf"\b(?:{words})\b", name):
            return kind
    return said if said in known else "other"


def changed_numbers(before: Document, after: Document) -> str:
    """Return which numbers went and which came, as a sentence; "" if none did."""
    if not (isinstance(before, Located) and isinstance(after, Located)):
        return ""
    old = {phone.phone.tel: phone.number for phone in before.phones}
    new = {phone.phone.tel: phone.number for phone in after.phones}
    if not old or old.keys() == new.keys():
        return ""
    gone = ", ".join(old[tel] for tel in old if tel not in new) or "không số nào"
    come = ", ".join(new[tel] for tel in new if tel not in old) or "không số nào"
    return f"số điện thoại đổi: bỏ {gone}; thêm {come}"
