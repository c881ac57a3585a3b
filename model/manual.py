"""The reference pages of the books: every field of every kind, every setting of `site.yaml`.

`python -m model manual` writes them into `docs/` from the classes that check the files, so that
they cannot say anything else; a test compares.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from model.fields import SourceRef, web_address
from model.kinds import KINDS, kind_class
from model.kinds.base import Document
from model.site import Site

PLAIN: dict[Any, str] = {
    str: "chữ",
    bool: "`true` hoặc `false`",
    int: "số nguyên",
    float: "số",
    datetime: "ngày giờ",
    SourceRef: "nguồn",
    Any: "theo GeoJSON",
}
_HEAD = "| Trường | Kiểu | Ý nghĩa |\n|---|---|---|\n"
_NOTE = "*Trang này do máy viết ra từ mã nguồn (`python -m model manual`). Đừng sửa tay.*\n"
_HOW = """
- Trường có dấu **\\*** là bắt buộc. Trường để trống được coi như không có.
- Ngày giờ viết `2021-08-28 15:30` hoặc `28/08/2021 15:30`, giờ Việt Nam; không ghi giờ thì tính từ
  đầu ngày.
- Trường tên có chấm, như `app.name`, nằm thụt vào dưới trường mẹ. Dấu `[]` nghĩa là một danh sách.
- **Nguồn** là một nhóm gồm `name` (tên cơ quan, báo hoặc tài liệu; bắt buộc), `url` (địa chỉ web)
  và `date` (ngày của tài liệu).
- Giá trị có dấu hai chấm, dấu nháy, dấu `#` thì đặt trong dấu nháy kép.
"""


def kinds_page() -> str:
    """Return `docs/loai-tai-lieu.md`: the fields of every kind."""
    parts = [
        "# Các loại tài liệu và trường của chúng\n",
        _NOTE,
        "Mỗi tài liệu là một tệp Markdown trong `content/<loại>/`. Tạo tệp mới:"
        ' `python -m model new LOẠI "Tiêu đề"`. Kiểm tra: `python -m model check`.\n' + _HOW,
        "## Trường chung của mọi loại\n",
        _HEAD + "".join(_rows(Document)),
        *map(_kind, KINDS),
    ]
    return "\n".join(parts)


def settings_page() -> str:
    """Return `docs/cau-hinh.md`: the settings of `site.yaml`."""
    parts = [
        "# Cấu hình trang: `site.yaml`\n",
        _NOTE,
        "Tệp `site.yaml` nằm ở thư mục của trang và nói trang này của ai. Sai một trường thì trang"
        " không được dựng; `python -m model check` nói sai ở đâu và sửa thế nào.\n" + _HOW,
        _HEAD + "".join(_rows(Site)),
    ]
    return "\n".join(parts)


PAGES = {"docs/loai-tai-lieu.md": kinds_page, "docs/cau-hinh.md": settings_page}
"""File below the engine's folder -> what writes it."""


def _kind(name: str) -> str:
    kind = kind_class(name)
    address = f"/{kind.prefix}/<tên-tệp>/" if kind.prefix else "/<tên-tệp>/"
    text = f"## {kind.label}: `content/{name}/`\n\nĐịa chỉ trên trang: `{address}`.\n"
    if rows := list(_rows(kind, Document)):
        text += "\n" + _HEAD + "".join(rows)
    if kind.groups:
        text += "\nNhóm:\n\n" + "".join(
            f"- `{group}`: {words} (`/{kind.prefix}/{last}/`)\n"
            for group, (last, words) in kind.groups.items()
        )
    return text


def _rows(model: type[BaseModel], base: type[BaseModel] | None = None) -> Iterator[str]:
    """Yield a table row per field that `model` has and `base` has not, or says otherwise."""
    inherited = base.model_fields if base else {}
    for name, field in model.model_fields.items():
        known = inherited.get(name)
        if known is None or known.description != field.description:
            yield from _field(name, field)


def _field(path: str, field: FieldInfo) -> Iterator[str]:
    star = " **\\***" if field.is_required() else ""
    meaning = (field.description or "").replace("|", "\\|")
    yield f"| `{path}`{star} | {_type(field.annotation, field.metadata)} | {meaning} |\n"
    group, many = _group(field.annotation)
    if group not in (None, SourceRef):
        for name, inner in group.model_fields.items():
            yield from _field(f"{path}{'[]' if many else ''}.{name}", inner)


def _parts(annotation: Any) -> tuple[Any, list[Any]]:
    """Return an annotation without its Annotated and Optional shells, and their metadata."""
    metadata: list[Any] = []
    while True:
        origin = get_origin(annotation)
        if origin is Annotated:
            annotation, *more = get_args(annotation)
            metadata += more
        elif origin in (Union, UnionType):
            annotation = next(arg for arg in get_args(annotation) if arg is not NoneType)
        else:
            return annotation, metadata


def _group(annotation: Any) -> tuple[type[BaseModel] | None, bool]:
    """Return the group of fields in an annotation (None: it has none), and whether many."""
    inner, _ = _parts(annotation)
    many = get_origin(inner) is tuple
    if many:
        inner, _ = _parts(get_args(inner)[0])
    is_group = isinstance(inner, type) and issubclass(inner, BaseModel)
    return (inner if is_group else None), many


def _type(annotation: Any, metadata: list[Any]) -> str:
    """Return how an editor calls the type."""
    inner, more = _parts(annotation)
    marks = [getattr(mark, "func", None) for mark in (*metadata, *more)]
    if web_address in marks:
        return "địa chỉ web"
    origin = get_origin(inner)
    if origin is Literal:
        return "một trong: " + ", ".join(f"`{value}`" for value in get_args(inner))
    if origin is tuple:
        return _tuple(get_args(inner))
    if origin is dict:
        return "các dòng “tên: giá trị”"
    return PLAIN.get(inner, "nhóm trường")


def _tuple(arguments: tuple[Any, ...]) -> str:
    if arguments[-1] is Ellipsis:
        return f"danh sách: {_type(arguments[0], [])}"
    return "hai số, cách nhau bằng dấu phẩy"
