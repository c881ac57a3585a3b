"""Figures in a table (CSV, XLSX, HTML): long (WHO, OWID), wide (JHU), or a snapshot by place.

An item is a region: {region, region_name, columns, rows}; a row is [day, value…], values
in plain notation, "" where nothing was published (which is never 0).
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeVar

from fetchers.formats import Item, Page, Parsed, Unreadable
from fetchers.formats.csv import read_csv
from fetchers.formats.figures import Days, number_in, style_of
from fetchers.formats.html_table import read_html_table
from fetchers.formats.settings import settings
from fetchers.formats.table import Table, heading, sound
from fetchers.formats.xlsx import read_xlsx
from model.option_groups import TODAY, Figures, SeriesOptions
from model.text import one_line

Cells = list[str]
Row = TypeVar("Row")
_CURE = "nếu nguồn đã đổi tên cột, sửa options của nguồn trong sources.yaml"


def parse(page: Page) -> Parsed:
    """Return an item per region that the source asks for."""
    options = settings(page, SeriesOptions)
    table = _table(page.data, options)
    notes: list[str] = []
    rows = _fitting(table, notes)
    if options.layout == "wide":
        return _wide(table.header, rows, options, page, notes)
    if options.layout == "places":
        return _places(table.header, rows, options, page, notes)
    return _long(table.header, rows, options, page, notes)


def _table(data: bytes, options: SeriesOptions) -> Table:
    """Return the table, whether it came as a spreadsheet, in a web page or as CSV."""
    known = [*options.columns.values(), options.date, *options.region]
    columns = {name: (name,) for name in known if name}
    if data.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
        return read_xlsx(data, columns, options.sheet)
    if options.table:
        return read_html_table(data, columns, options.table, options.encoding)
    return read_csv(data, columns, options.delimiter, options.encoding)


def _fitting(table: Table, notes: list[str]) -> list[Cells]:
    width = len(table.header)
    bad = [number for number, cells in table.rows if len(cells) != width and any(cells[width:])]
    short = [number for number, cells in table.rows if len(cells) < width]
    if bad or short:
        lines = ", ".join(map(str, sorted({*bad, *short})[:5]))
        notes.append(f"{len({*bad, *short})} dòng lệch cột, đã bỏ (dòng {lines}…)")
    skipped = {*bad, *short}
    return [cells for number, cells in table.rows if number not in skipped]


def place_of(header: Cells, name: str) -> int:
    """Return the column under a heading; Unreadable if it was renamed or removed."""
    wanted = heading(name)
    for index, text in enumerate(header):
        if heading(text) == wanted:
            return index
    raise Unreadable(
        f"thiếu cột “{name}” (các cột hiện có: {', '.join(filter(None, header))[:300]})", _CURE
    )


def _long(
    header: Cells, rows: list[Cells], options: SeriesOptions, page: Page, notes: list[str]
) -> Parsed:
    if not options.date or not options.columns:
        raise Unreadable("chưa khai options.date và options.columns của nguồn")
    day, keys = place_of(header, options.date), [place_of(header, name) for name in options.region]
    places = {name: place_of(header, printed) for name, printed in options.columns.items()}
    chosen = by_region(((_key(cells, keys), cells) for cells in rows), options, notes)
    days = Days((cells[day] for _, _, group in chosen for cells in group), page.source.dates)
    cells_of = (c[i] for _, _, group in chosen for c in group for i in places.values())
    style = style_of(cells_of, options.numbers)
    items: list[Item] = []
    for region, name, group in chosen:
        lines: list[Cells] = []
        for cells in group:
            found = days.read(cells[day])
            if found is None:
                notes.append(f"{name}: không đọc được ngày “{one_line(cells[day])[:30]}”, bỏ dòng")
                continue
            values = [figure_in(cells[i], style, f"{name} {found}", notes) for i in places.values()]
            lines.append([found.isoformat(), *values])
        items.append(region_item(region, name, list(places), lines))
    return Parsed(items, [*brief(notes), *days.notes()])


def _wide(
    header: Cells, rows: list[Cells], options: SeriesOptions, page: Page, notes: list[str]
) -> Parsed:
    if not options.measure:
        raise Unreadable("chưa khai options.measure của nguồn (bảng ngang chứa cột nào)")
    keys = [place_of(header, name) for name in options.region]
    days = Days((text for text in header if text[:1].isdigit()), page.source.dates)
    columns = [
        (i, found) for i, text in enumerate(header) if i not in keys and (found := days.read(text))
    ]
    if not columns:
        raise Unreadable("bảng ngang không có cột nào là ngày", _CURE)
    chosen = by_region(((_key(cells, keys), cells) for cells in rows), options, notes)
    style = style_of(
        (c[i] for _, _, group in chosen for c in group for i, _ in columns), options.numbers
    )
    items: list[Item] = []
    for region, name, group in chosen:
        if len(group) > 1:
            raise Unreadable(f"vùng “{name}” có {len(group)} dòng", "khai thêm cột vùng để tách")
        lines = [
            [found.isoformat(), figure_in(group[0][i], style, f"{name} {found}", notes)]
            for i, found in columns
        ]
        items.append(region_item(region, name, [options.measure], lines))
    return Parsed(items, [*brief(notes), *days.notes()])


def _places(
    header: Cells, rows: list[Cells], options: SeriesOptions, page: Page, notes: list[str]
) -> Parsed:
    if not options.as_of or not options.region:
        raise Unreadable("bảng chụp một lần phải khai options.as_of và options.region")
    day = snapshot_day(options, page)
    keys = [place_of(header, name) for name in options.region]
    places = {name: place_of(header, printed) for name, printed in options.columns.items()}
    chosen = by_region(((_key(cells, keys), cells) for cells in rows), options, notes)
    style = style_of(
        (c[i] for _, _, group in chosen for c in group for i in places.values()), options.numbers
    )
    items: list[Item] = []
    for region, name, group in chosen:
        if len(group) > 1:
            notes.append(f"vùng “{name}” có {len(group)} dòng, không biết dòng nào đúng: bỏ")
            continue
        values = [figure_in(group[0][i], style, name, notes) for i in places.values()]
        items.append(region_item(region, name, list(places), [[day, *values]]))
    return Parsed(items, brief(notes))


def snapshot_day(options: Figures, page: Page) -> str:
    """Return the day of a snapshot (ISO); TODAY stands for the day on which it was fetched."""
    if options.as_of == TODAY:
        return TODAY
    day = Days([], page.source.dates).read(options.as_of)
    if day is None:
        raise Unreadable(f"options.as_of “{options.as_of}” không phải ngày")
    return day.isoformat()


def _key(cells: Cells, keys: list[int]) -> str:
    texts = [sound(cells[i]) or "" for i in keys]
    return region_key(texts)


def region_key(parts: Iterable[str]) -> str:
    """Return what names a region in the source: its parts, the widest first (“Tây Ninh/Gò Dầu”)."""
    return "/".join(filter(None, map(one_line, parts)))


def by_region(
    rows: Iterable[tuple[str, Row]], options: Figures, notes: list[str]
) -> list[tuple[str, str, list[Row]]]:
    """Return (code, name as printed, rows) of each region asked for, in the source's order.

    A region that is asked for and missing is said; with none left the source is unreadable.
    """
    wanted = {heading(name): code for name, code in options.regions.items()}
    everything = "*" in options.regions or not options.regions
    groups: dict[str, tuple[str, str, list[Row]]] = {}
    for name, row in rows:
        code = wanted.get(heading(name), "")
        if code or everything:
            groups.setdefault(code or name, (code, name, []))[2].append(row)
    missing = {code for name, code in options.regions.items() if name != "*"} - set(groups)
    for code in sorted(missing):
        names = " / ".join(name for name, own in options.regions.items() if own == code)
        notes.append(f"không còn vùng “{names}” trong bảng (đổi tên?): giữ số liệu cũ")
    if not groups:
        raise Unreadable("không thấy vùng nào đã khai trong options.regions", _CURE)
    return list(groups.values())


def figure_in(cell: str, style: str, where: str, notes: list[str]) -> str:
    """Return a figure in plain notation; what is no number is left out and said."""
    value = number_in(cell, style)
    if value is None:
        notes.append(f"{where}: “{one_line(cell)[:30]}” không phải số, để trống")
        return ""
    return value


def region_item(code: str, name: str, columns: list[str], rows: list[Cells]) -> Item:
    """Return a region's figures as an item."""
    shown = ", ".join(reversed(name.split("/")))
    return {"region": code, "region_name": shown, "columns": columns, "rows": rows}


def brief(notes: list[str]) -> list[str]:
    """Return at most twenty notes, the rest counted."""
    return notes if len(notes) <= 20 else [*notes[:20], f"và {len(notes) - 20} ghi chú nữa"]
