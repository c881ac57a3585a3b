"""A Markdown file = front matter + body: split, join, load.

Front matter is YAML 1.1 read as text (every scalar a string); the field's declared type converts.
Duplicate keys, anchors, aliases and tags are refused, because each of them once meant something
that the editor had not typed.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

import yaml

from model.problem import FieldError, Problem, Problems
from model.text import clean

if TYPE_CHECKING:
    from collections.abc import Hashable

try:
    from yaml import CBaseLoader as _Loader
    from yaml import CSafeDumper as _Dumper
except ImportError as error:  # pragma: no cover - the wheels always carry libyaml
    raise ImportError("PyYAML was built without libyaml: install it from its wheel") from error

_CONFLICT = re.compile(r"^(<{7}|={7}|>{7})( |$)", re.MULTILINE)
_FENCE = re.compile(r"^---[ \t]*$", re.MULTILINE)
_KEY = re.compile(r"^([A-Za-z_][\w-]*)[ \t]*:", re.MULTILINE)


class Parts(NamedTuple):
    """A file taken apart: front matter values (strings, lists, mappings), key lines, body."""

    values: dict[str, Any]
    lines: dict[str, int]
    body: str
    body_line: int = 1
    """Line of the file on which the body begins."""


class _StrictLoader(_Loader):
    """CBaseLoader that refuses duplicate keys."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Hashable, Any]:
        mapping: dict[Hashable, Any] = super().construct_mapping(node, deep=deep)
        if len(mapping) != len(node.value):
            seen: set[str] = set()
            for key, _ in node.value:
                if str(key.value) in seen:
                    raise _refuse(
                        f"khóa “{key.value}” được viết hai lần",
                        "giữ lại một dòng",
                        key.start_mark.line,
                    )
                seen.add(str(key.value))
        return mapping


def _refuse(message: str, cure: str, line: int) -> Problems:
    return Problems([Problem("", line + 1, "", message, cure)])


def parse_yaml(text: str) -> dict[str, Any]:
    """Return the mapping in YAML `text`, every scalar a string; raise Problems if it is not one."""
    _refuse_magic(text)
    try:
        # CBaseLoader gives strings, lists and mappings only: no tag can construct an object
        values = yaml.load(text, Loader=_StrictLoader)  # noqa: S506
    except yaml.YAMLError as error:
        raise _yaml_problem(error, text) from None
    if values is None or values == "":
        return {}
    if not isinstance(values, dict):
        raise _refuse("phải gồm các dòng “tên: giá trị”", "xem mẫu: python -m model new", 0)
    return values


def _refuse_magic(text: str) -> None:
    if not re.search(r"[&*!%]", text):
        return
    try:
        for event in yaml.parse(text, Loader=yaml.CBaseLoader):
            line = event.start_mark.line if event.start_mark else 0
            if getattr(event, "anchor", None):
                raise _refuse(
                    "dùng neo “&” hoặc “*” của YAML",
                    "đặt giá trị trong dấu nháy kép nếu đó là chữ",
                    line,
                )
            if getattr(event, "tag", None):
                raise _refuse(
                    "dùng thẻ “!” của YAML", "đặt giá trị trong dấu nháy kép nếu đó là chữ", line
                )
    except yaml.YAMLError as error:
        raise _yaml_problem(error, text) from None


_YAML = (
    ("mapping values are not allowed", "có dấu hai chấm trong giá trị"),
    ("could not find expected ':'", "thiếu dấu hai chấm sau tên trường"),
    ("did not find expected ',' or", "danh sách hoặc nhóm chưa đóng ngoặc"),
    ("did not find expected key", "thụt lề sai, hoặc còn chữ sau dấu nháy đóng"),
    ("found unexpected end of stream", "dấu nháy chưa đóng"),
    ("block sequence entries are not allowed", "dấu gạch đầu dòng đứng sai chỗ"),
    ("did not find expected '-' indicator", "danh sách thụt lề không đều"),
    ("found unknown escape character", "có dấu gạch chéo ngược trong nháy kép"),
    ("cannot start any token", "giá trị bắt đầu bằng ký tự đặc biệt (@, %, `)"),
    ("control characters are not allowed", "có ký tự điều khiển vô hình"),
)
"""What libyaml says -> what an editor reads."""


def _yaml_problem(error: yaml.YAMLError, source: str) -> Problems:
    _refuse_conflict(source)
    mark = getattr(error, "problem_mark", None)
    line = mark.line if mark else 0
    said = str(getattr(error, "problem", "") or error)
    typed = next(iter(source.split("\n")[line : line + 1]), "")
    if "\t" in typed[: len(typed) - len(typed.lstrip())]:
        return _refuse("có phím Tab ở đầu dòng", "thay Tab bằng dấu cách", line)
    reason = next((words for part, words in _YAML if part in said), "")
    reason = f" ({reason})" if reason else ""
    cure = "nếu giá trị có dấu hai chấm, nháy, # hoặc ngoặc thì đặt cả giá trị trong dấu nháy kép"
    if "“" in typed or "”" in typed:
        cure += ' thẳng ("), không phải nháy cong của Word'
    return _refuse(f"phần đầu tệp viết sai ở dòng này{reason}", cure, line)


def decode(data: bytes) -> str:
    """Return file bytes as clean text (UTF-8, with or without BOM, any line end; NFC)."""
    try:
        text = data.decode("utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n")
        raise _refuse(
            "tệp không phải UTF-8 (có thể là windows-1258, TCVN3 hoặc VNI)",
            "mở tệp và lưu lại với bảng mã UTF-8",
            line,
        ) from None
    return clean(text.replace("\r\n", "\n").replace("\r", "\n"))


def split(text: str) -> Parts:
    """Take a document's text apart; raise Problems (file name empty) if its shape is wrong."""
    _refuse_conflict(text)
    fences = _FENCE.finditer(text)
    first = next(fences, None)
    second = next(fences, None)
    if first is None or second is None or text[: first.start()].strip():
        raise _refuse(
            "không có phần đầu tệp",
            "bắt đầu tệp bằng dòng --- và kết thúc phần đầu bằng dòng ---",
            0,
        )
    head = text[first.end() : second.start()]
    offset = text.count("\n", 0, first.end())
    try:
        values = parse_yaml(head)
    except Problems as error:
        raise Problems([p.at("", p.line + offset) for p in error.problems]) from None
    rest = text[second.end() :]
    blank = len(rest) - len(rest.lstrip("\n"))
    body_line = text.count("\n", 0, second.end() + blank) + 1
    return Parts(values, key_lines(head, offset), rest.strip("\n"), body_line)


def _refuse_conflict(text: str) -> None:
    conflict = _CONFLICT.search(text)
    if conflict and not conflict[0].startswith("="):
        line = text.count("\n", 0, conflict.start())
        cure = "chọn một trong hai bản và xóa các dòng <<<<<<< >>>>>>>"
        raise _refuse("còn dấu xung đột của git", cure, line)


def key_lines(head: str, offset: int = 0) -> dict[str, int]:
    """Return the 1-based line of each top-level key of YAML text that starts after `offset`."""
    return {
        match[1]: offset + head.count("\n", 0, match.start()) + 1 for match in _KEY.finditer(head)
    }


def path_lines(text: str) -> dict[str, int]:
    """Return the 1-based line of every field of a document's text, nested ones as "evidence.0.url".

    Text without fences is taken as YAML alone. For messages only: it reads the YAML a second time.
    """
    fences = list(_FENCE.finditer(text))[:2]
    start, stop = (fences[0].end(), fences[1].start()) if len(fences) == 2 else (0, len(text))
    try:
        root = yaml.compose(text[start:stop], Loader=yaml.CBaseLoader)
    except yaml.YAMLError:
        return {}
    found: dict[str, int] = {}
    _note_lines(root, "", text.count("\n", 0, start) + 1, found)
    return found


def _note_lines(node: yaml.Node | None, path: str, offset: int, found: dict[str, int]) -> None:
    pairs: list[tuple[str, yaml.Node, yaml.Node]] = []
    if isinstance(node, yaml.MappingNode):
        pairs = [(str(key.value), key, value) for key, value in node.value]
    elif isinstance(node, yaml.SequenceNode):
        pairs = [(str(index), value, value) for index, value in enumerate(node.value)]
    for name, at, value in pairs:
        found[path + name] = at.start_mark.line + offset
        _note_lines(value, f"{path}{name}.", offset, found)


def join(values: Mapping[str, Any], body: str) -> str:
    """Return a document's text; keys stay in order, empty values are left out."""
    head = dump_yaml(
        {key: value for key, value in values.items() if value not in ("", None, [], {})}
    )
    text = body.strip("\n")
    return f"---\n{head}---\n\n{text}\n" if text else f"---\n{head}---\n"


class _TextDumper(_Dumper):
    """Writes every scalar so that the strict loader reads back the same string."""

    def ignore_aliases(self, data: object) -> bool:
        return True


def dump_yaml(values: Mapping[str, Any]) -> str:
    """Return YAML text of a mapping of strings, lists and mappings, in their order."""
    return yaml.dump(
        _plain(values),
        Dumper=_TextDumper,
        allow_unicode=True,
        sort_keys=False,
        width=100,
        default_flow_style=False,
    )


def _plain(value: object) -> object:
    if isinstance(value, Mapping):
        return {str(key): _plain(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [_plain(item) for item in value]
    if isinstance(value, (str, bool, int, float)):
        return value
    raise FieldError(f"không ghi được giá trị kiểu {type(value).__name__}", "chỉ dùng chữ và số")
