"""Administrative units that a document names: codes that exist, and exist now."""

from __future__ import annotations

from collections.abc import Iterator

from model.check.context import Context
from model.content import Loaded
from model.kinds.campaigns import Campaign
from model.places import find, has_communes, unit
from model.problem import Problem
from model.series import Series


def unknown_places(loaded: Loaded, context: Context) -> Iterator[Problem]:
    """Yield codes of places that do not exist."""
    document = loaded.document
    named = [("places", code) for code in document.places]
    if commune := getattr(document, "commune", ""):
        named.append(("commune", commune))
    if isinstance(document, Campaign):
        owed = (code for report in document.reports for code in report.reporters)
        named += [("reporters", code) for code in dict.fromkeys((*document.reporters, *owed))]
    for field, code in named:
        line = loaded.lines.get(field, 0)
        found = unit(code)
        if found is None and _should_be_known(code, context):
            yield Problem("", line, field, f"không có địa bàn mã “{code}”", _cure(code, context))
        elif found and found.valid_to and found.valid_to <= context.now.date():
            cure = "dùng mã của đơn vị hiện nay"
            yield Problem("", line, field, f"{found.name} ({code}) không còn tồn tại", cure)


def unknown_rows(
    series: Series, context: Context, *, codes_only: bool = False
) -> Iterator[Problem]:
    """Yield places of a table's rows that never existed; a former one may have its old figures.

    With `codes_only` other words than figures pass: statistics compare regions of their own too.
    """
    for code in dict.fromkeys(row.place for row in series.rows):
        if codes_only and not code.isdigit():
            continue
        if code and unit(code) is None and _should_be_known(code, context):
            yield Problem("", message=f"không có địa bàn mã “{code}”", cure=_cure(code, context))


def _should_be_known(code: str, context: Context) -> bool:
    """Return whether the table would hold the code: words, provinces, communes of this province."""
    if not code.isdigit() or len(code) != 5:
        return True
    return bool(context.site and has_communes(context.site.place))


def _cure(code: str, context: Context) -> str:
    province = context.site.place if context.site else ""
    meant = find(code, province) or find(code)
    if meant:
        return f"ghi {meant[0].code} ({meant[0].name})"
    return "ghi mã 2 chữ số của tỉnh hoặc 5 chữ số của xã, phường"
