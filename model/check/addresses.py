"""Addresses that lists and the engine need: no document may stand there."""

from __future__ import annotations

from collections.abc import Iterator

from model.check.context import Context
from model.content import LANGUAGES, Loaded
from model.kinds import KINDS, kind_class
from model.problem import Problem

ENGINE = {
    *("a", "admin", "canh-bao", "chu-de", "data", "dia-chi", "du-lieu", "embed", "files"),
    *(
        "goi-khan-cap",
        "images",
        "kenh-chinh-thuc",
        "nhung",
        "open311",
        "theme",
        "tim-kiem",
        "trang-tinh",
    ),
}
"""First segments that the engine's own pages and files use, or will use."""
PAGES = "trang"
"""Segment before a list page's number."""


def nameless_hazard(loaded: Loaded, context: Context) -> Iterator[Problem]:
    """Yield a warning for a guide's hazard whose name site.yaml does not give."""
    hazard = getattr(loaded.document, "hazard", "") if loaded.document.kind == "guides" else ""
    if hazard and context.site and hazard not in context.site.hazards:
        cure = f"thêm vào hazards của site.yaml một dòng “{hazard}: tên có dấu”"
        line = loaded.lines.get("hazard", 0)
        yield Problem("", line, "hazard", f"“{hazard}” chưa có tên cho người đọc", cure, True)


def taken_address(loaded: Loaded, context: Context) -> Iterator[Problem]:
    """Yield a problem if the document's address belongs to a list or to the engine."""
    kind, name = loaded.identity.split("/", 1)
    slug = name.split(".", 1)[0]
    prefix = kind_class(kind).prefix
    if not prefix:
        prefixes = {kind_class(other).prefix for other in KINDS}
        used = slug in ENGINE | prefixes | set(LANGUAGES)
    else:
        sections = set(context.site.sections) if context.site else set()
        lists = {last for last, _ in kind_class(kind).groups.values()}
        used = slug in {PAGES, *sections, *lists}
    if used:
        address = f"/{prefix}/{slug}/" if prefix else f"/{slug}/"
        message = f"địa chỉ {address} là của một danh sách hoặc của phần mềm"
        yield Problem("", message=message, cure="đặt tên tệp dài hơn, nói rõ nội dung bài")
