"""What is wrong with a file, said to the person who can mend it.

A Problem names the file, the line and field where known, what is wrong and the cure, in plain
Vietnamese. All that is wrong with a file is said at once.
"""

from __future__ import annotations

import re
from difflib import get_close_matches
from typing import NamedTuple

from pydantic import BaseModel, ValidationError


class Problem(NamedTuple):
    """One thing wrong with one file; `message` and `cure` are Vietnamese sentences."""

    file: str
    line: int = 0
    field: str = ""
    message: str = ""
    cure: str = ""
    warning: bool = False

    def __str__(self) -> str:
        where = f"{self.file}:{self.line}" if self.line else self.file
        field = f" [{self.field}]" if self.field else ""
        cure = f". Cách sửa: {self.cure}" if self.cure else ""
        return f"{where}:{field} {self.message}{cure}"

    def at(self, file: str, line: int = 0) -> Problem:
        """Return the same problem, placed in `file` at `line` (0: unknown)."""
        return self._replace(file=file, line=line or self.line)


class Problems(ValueError):
    """Everything wrong with what was read; `str()` gives a line a problem."""

    def __init__(self, problems: list[Problem]) -> None:
        self.problems = sorted(set(problems))
        super().__init__("\n".join(str(problem) for problem in self.problems))

    def __reduce__(self) -> tuple[type[Problems], tuple[list[Problem]]]:
        """Let a worker process hand its problems over whole."""
        return Problems, (self.problems,)


_MESSAGES = {
    "missing": ("thiếu trường bắt buộc này", "thêm dòng “{field}: …” vào phần đầu tệp"),
    "extra_forbidden": ("không có trường nào tên như vậy", "xóa dòng này hoặc sửa lại tên trường"),
    "literal_error": ("giá trị “{input}” không dùng được", "chọn một trong: {expected}"),
    "string_type": ("phải là một dòng chữ", "viết chữ sau dấu hai chấm, trên cùng một dòng"),
    "string_too_short": ("đang để trống hoặc quá ngắn", "viết nội dung cho trường này"),
    "string_too_long": ("dài quá {max_length} ký tự", "rút gọn lại"),
    "list_type": ("phải là một danh sách", "viết dạng [a, b] hoặc mỗi dòng một “- a”"),
    "tuple_type": ("phải là một danh sách", "viết dạng [a, b] hoặc mỗi dòng một “- a”"),
    "int_parsing": ("“{input}” không phải số nguyên", "viết số, ví dụ 20"),
    "float_parsing": ("“{input}” không phải số", "viết số, ví dụ 10.5"),
    "bool_parsing": ("“{input}” không phải có/không", "viết true (có) hoặc false (không)"),
    "string_pattern_mismatch": ("“{input}” sai cách viết", "viết {pattern}"),
    "model_type": ("phải là một nhóm trường", "xuống dòng và thụt vào, mỗi dòng “tên: giá trị”"),
    "dict_type": ("phải là một nhóm trường", "xuống dòng và thụt vào, mỗi dòng “tên: giá trị”"),
    "too_long": ("dài quá {max_length} chữ cái hoặc mục", "rút gọn lại"),
    "greater_than": ("phải lớn hơn {gt}", "sửa lại con số"),
    "less_than": ("phải nhỏ hơn {lt}", "sửa lại con số"),
    "too_short": ("cần ít nhất {min_length} mục", "thêm mục còn thiếu"),
    "greater_than_equal": ("phải từ {ge} trở lên", "sửa lại con số"),
    "less_than_equal": ("không được quá {le}", "sửa lại con số"),
}


_WRITTEN = {
    r"^[a-z0-9]+(-[a-z0-9]+)*$": "chữ thường không dấu, số và gạch nối, ví dụ covid-19",
    r"^([a-z0-9]+(-[a-z0-9]+)*)?$": "chữ thường không dấu, số và gạch nối, ví dụ lu-lut",
    r"^\d{0,5}$": "mã bằng chữ số, ví dụ 72",
    r"^(\d{4})?$": "năm bằng bốn chữ số, ví dụ 2021",
    r"^$|^[^@\s]+@[^@\s]+\.[^@\s]+$": "một địa chỉ thư, ví dụ hopthu@example.gov.vn",
    r"^$|^\d{5}$": "mã năm chữ số của xã, phường, ví dụ 25459",
    r"^(?:[01]?\d|2[0-3]):[0-5]\d$": "giờ và phút, ví dụ 15:00",
    r"^#[0-9a-fA-F]{6}$": "dấu # và sáu chữ số hoặc chữ a-f, ví dụ #b91c1c",
}
"""Every pattern that a field asks for -> how a person writes it."""


def from_validation(
    error: ValidationError, file: str, lines: dict[str, int], model: type[BaseModel] | None = None
) -> list[Problem]:
    """Translate pydantic's errors into Problems.

    `lines` maps a field ("title", "evidence.0.url") to its line; with `model`, which was validated,
    a misspelt field's cure names the nearest field.
    """
    return [_translate(dict(item), file, lines, model) for item in error.errors(include_url=False)]


def _translate(
    item: dict[str, object], file: str, lines: dict[str, int], model: type[BaseModel] | None
) -> Problem:
    location = item["loc"]
    steps = [str(step) for step in location] if isinstance(location, tuple) else []
    context = item.get("ctx")
    values = dict(context) if isinstance(context, dict) else {}
    values.update(field=steps[-1] if steps else "", input=_short(item.get("input")))
    original = values.get("error")
    field = ".".join(steps)
    line = _line_of(steps, lines)
    if isinstance(original, FieldError):
        inner = original.field or field
        return Problem(file, line or lines.get(inner, 0), inner, original.message, original.cure)
    message, cure = _MESSAGES.get(
        str(item["type"]), (f"không đúng ({item['msg']})", "xem mẫu: python -m model new")
    )
    if item["type"] == "missing" and lines.get(field):  # it stands there, with nothing behind it
        message, cure = "thiếu nội dung của trường bắt buộc này", "viết sau “{field}:” ở dòng này"
    values.setdefault("expected", "")
    values["pattern"] = _WRITTEN.get(
        str(values.get("pattern")), f"theo mẫu {values.get('pattern')}"
    )
    for bound in ("gt", "ge", "lt", "le"):
        if isinstance(limit := values.get(bound), float):
            values[bound] = f"{limit:g}".replace(".", ",")
    cure = cure.format_map(values) + _nearest(str(item["type"]), values, steps, model)
    return Problem(file, line, field, message.format_map(values), cure)


def _line_of(steps: list[str], lines: dict[str, int]) -> int:
    for length in range(len(steps), 0, -1):
        if line := lines.get(".".join(steps[:length])):
            return line
    return 0


def _nearest(
    type_: str, values: dict[str, object], steps: list[str], model: type[BaseModel] | None
) -> str:
    """Return the cure's second half: the allowed value or field nearest to what was typed."""
    if type_ == "literal_error":
        return did_you_mean(str(values["input"]), re.findall(r"'([^']*)'", str(values["expected"])))
    if type_ == "extra_forbidden" and model is not None:
        return did_you_mean(steps[-1], field_names(model, steps[:-1]))
    return ""


def did_you_mean(typed: str, allowed: list[str]) -> str:
    """Return “; có phải ý bạn là …” with the allowed word nearest to `typed`, or nothing."""
    near = get_close_matches(typed.casefold(), allowed, 1, 0.6)
    return f"; có phải ý bạn là “{near[0]}”?" if near else ""


def field_names(model: type[BaseModel], steps: list[str]) -> list[str]:
    """Return the fields of the group that `steps` (field names and list indices) leads to."""
    for step in steps:
        if step in model.model_fields:
            model = group_in(model.model_fields[step].annotation) or model
    return list(model.model_fields)


def group_in(annotation: object) -> type[BaseModel] | None:
    """Return the group that a type holds (`tuple[SourceRef, ...]` -> SourceRef), or None."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    inner = (group_in(part) for part in getattr(annotation, "__args__", ()))
    return next(filter(None, inner), None)


def _short(value: object) -> str:
    text = str(value).replace("\n", " ")
    return text if len(text) <= 60 else text[:59] + "…"


class FieldError(ValueError):
    """Raised by a field's converter or a kind's own check; becomes a Problem of that field."""

    def __init__(self, message: str, cure: str, field: str = "") -> None:
        super().__init__(message)
        self.message, self.cure, self.field = message, cure, field
