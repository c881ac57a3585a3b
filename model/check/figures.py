"""Files that a document is made from: attachments that exist, series that can be read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import timedelta

from model.check.context import Context
from model.check.whereabouts import unknown_rows
from model.content import Loaded
from model.fields import VIETNAM
from model.problem import Problem
from model.series import Series, read_series

SHOWN = 20
"""Problems of one file that are listed; the rest is counted."""


def missing_files(loaded: Loaded, context: Context) -> Iterator[Problem]:
    """Yield files that the document names and that are not there."""
    field = {"documents": "attachments", "statistics": "series", "campaigns": "progress"}
    for name in loaded.document.files():
        if not (context.folder / name).is_file():
            where = field.get(loaded.document.kind, "")
            cure = "chép tệp vào đúng chỗ, hoặc sửa lại tên"
            yield Problem("", loaded.lines.get(where, 0), where, f"không có tệp {name}", cure)


def figures(loaded: Loaded, context: Context) -> Iterable[Problem]:
    """Return what is wrong with a document's series, cell by cell."""
    from model.kinds.campaigns import Campaign
    from model.kinds.statistics import Statistics

    document = loaded.document
    if isinstance(document, Statistics):
        totals = [column.name for column in document.columns if column.cumulative]
        columns = [column.name for column in document.columns]
        series = _read(document.series, columns, totals, context)
        places = unknown_rows(series, context, codes_only=True)
        found = [*series.problems, *_late(series, context), *places]
        return [*_told(loaded, "series", document.series, found), *_as_of(loaded, series)]
    if isinstance(document, Campaign) and document.progress:
        series = _read(document.progress, ["value"], [], context)
        places = unknown_rows(series, context)
        share = bool(document.goal and document.goal.unit.startswith("%"))
        found = [*series.problems, *_late(series, context), *places, *_out_of(series, share=share)]
        return _told(loaded, "progress", document.progress, found)
    return ()


def _read(file: str, columns: list[str], totals: list[str], context: Context) -> Series:
    path = context.folder / file
    if not path.is_file():
        return Series()
    return read_series(path.read_bytes(), file, columns, totals)


def _late(series: Series, context: Context) -> Iterator[Problem]:
    last = series.last_day
    if last and last > (context.now + timedelta(days=1)).astimezone(VIETNAM).date():
        yield Problem("", message=f"có số liệu của ngày {last}, chưa tới", cure="sửa lại ngày đó")


def _out_of(series: Series, *, share: bool) -> Iterator[Problem]:
    """Yield progress below nothing, and a `share` over the whole (some plans are outdone: warn)."""
    for row in series.rows:
        value = row.values.get("value", 0)
        where = " ".join(filter(None, [row.day.isoformat() if row.day else "", row.place]))
        if value < 0:
            message = f"tiến độ của {where} là số âm ({value:g})"
            yield Problem("", message=message, cure="ghi số đã làm được, từ 0 trở lên")
        elif share and value > 100:
            message = f"tiến độ của {where} là {value:g}%, quá 100%"
            cure = "xem lại số ấy (đếm trùng, gõ thừa một chữ số?); đúng thì để nguyên"
            yield Problem("", message=message, cure=cure, warning=True)


def _as_of(loaded: Loaded, series: Series) -> Iterator[Problem]:
    said = getattr(loaded.document, "as_of", None)
    last = series.last_day
    if said and last and said.astimezone(VIETNAM).date() < last:
        message = f"ghi số liệu đến {said:%d/%m/%Y} nhưng tệp có đến {last:%d/%m/%Y}"
        yield Problem("", loaded.lines.get("as_of", 0), "as_of", message, "sửa as_of", warning=True)


def _told(loaded: Loaded, field: str, file: str, found: list[Problem]) -> Iterator[Problem]:
    """Yield the file's problems as problems of the document, at most SHOWN of them."""
    line = loaded.lines.get(field, 0)
    for item in found[:SHOWN]:
        where = f"{file}:{item.line}" if item.line else file
        column = f" [{item.field}]" if item.field else ""
        yield item._replace(
            file="", line=line, field=field, message=f"{where}{column} {item.message}"
        )
    if len(found) > SHOWN:
        cure = "sửa các lỗi trên rồi kiểm tra lại"
        yield Problem("", line, field, f"{file} còn {len(found) - SHOWN} lỗi nữa", cure)
