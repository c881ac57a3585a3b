"""A file for a new document: every field, explained in Vietnamese, with sensible defaults."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any, Literal, get_args, get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from model.document import dump_yaml
from model.fields import VIETNAM
from model.kinds import kind_class
from model.problem import Problem, Problems, group_in
from model.text import one_line, slug

MACHINE = {"first_seen", "fetched_hash", "archived"}
"""Fields that only fetchers write."""


def new_document(kind: str, title: str, now: datetime) -> str:
    """Return the text of a fresh draft of `kind`; optional groups stand as comments."""
    model = kind_class(kind)
    given = {"title": one_line(title), "status": "draft", "date": _minutes(now)}
    fields = [(name, field) for name, field in model.model_fields.items() if name not in MACHINE]
    required = [item for item in fields if item[1].is_required()]
    optional = [item for item in fields if not item[1].is_required()]
    lines = ["---", "# Các trường bắt buộc"]
    lines += [line for name, field in required for line in _lines(name, field, given)]
    lines.append("# Các trường không bắt buộc: điền vào hoặc xóa cả dòng")
    lines += [line for name, field in optional for line in _lines(name, field, given)]
    return "\n".join([*lines, "---", "", "Viết nội dung ở đây (Markdown).", ""])


def _minutes(now: datetime) -> str:
    return now.astimezone(VIETNAM).strftime("%Y-%m-%d %H:%M")


def _lines(name: str, field: FieldInfo, given: dict[str, str]) -> Iterator[str]:
    group = group_in(field.annotation)
    words = ". ".join(filter(None, [field.description, _choices(field.annotation)]))
    if words:
        yield f"# {words}"
    if group is not None:
        yield from ("# " + line for line in _group(name, group, _is_list(field.annotation)))
        return
    value = given.get(name) or _default(field)
    yield dump_yaml({name: value}).rstrip("\n") if value else f"{name}:"


def _default(field: FieldInfo) -> str:
    return field.default if isinstance(field.default, str) else ""


def _group(name: str, group: type[BaseModel], many: bool) -> Iterator[str]:
    """Yield the lines of an example group, to be uncommented."""
    yield f"{name}:"
    for index, inner in enumerate(group.model_fields):
        yield ("  - " if many and not index else "    " if many else "  ") + f"{inner}:"


def _is_list(annotation: Any) -> bool:
    return any(get_origin(part) is tuple for part in (annotation, *get_args(annotation)))


def _choices(annotation: Any) -> str:
    values = literals(annotation)
    return f"Chọn một trong: {', '.join(values)}" if values else ""


def literals(annotation: Any) -> list[str]:
    """Return the words that a field's type allows, in order; none if it is free."""
    if get_origin(annotation) is Literal:
        return [str(value) for value in get_args(annotation)]
    return [value for part in get_args(annotation) for value in literals(part)]


def create(folder: Path, kind: str, title: str, now: datetime) -> Path:
    """Write the file of a new document below `folder`; raise Problems if there is one already."""
    name = slug(title)
    if not name:
        raise Problems(
            [Problem("", 0, "title", "không có chữ nào làm được địa chỉ", "viết tiêu đề có chữ")]
        )
    path = folder / "content" / kind / f"{name}.md"
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        with path.open("x", encoding="utf-8", newline="\n") as file:
            file.write(new_document(kind, title, now))
    except FileExistsError:
        where = path.relative_to(folder).as_posix()
        cure = "sửa tệp đó, hoặc đặt tiêu đề khác"
        raise Problems([Problem(where, message="đã có tài liệu này", cure=cure)]) from None
    return path
