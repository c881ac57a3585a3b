"""sources.yaml: where a site's facts come from, a block a source.

    bao-tay-ninh:
      name: Báo Tây Ninh – Thời sự
      publisher: Báo Tây Ninh
      home: https://baotayninh.vn
      url: https://baotayninh.vn/rss/home.rss
      format: rss
      kind: news
      section: thoi-su

Everything is typed, an unknown key is a problem, and all problems of the file are said at once.
"""

from __future__ import annotations

import datetime as time
import re
from functools import cached_property
from pathlib import Path
from typing import Annotated, Any, Literal
from urllib.parse import urlsplit

from pydantic import AfterValidator, Field, InstanceOf, ValidationError, model_validator

from model.document import decode, key_lines, parse_yaml
from model.fields import VIETNAM, Group, Line, Lines, Link, Title
from model.kinds import KINDS
from model.options import OPTIONS, NoOptions
from model.problem import FieldError, Problem, Problems, from_validation
from model.text import slug

FILE = "sources.yaml"
REVIEWED = ("misinformation", "questions")
"""Kinds whose documents start as drafts unless their source is trusted."""
_OFFSET = re.compile(r"([+-])(\d{2}):(\d{2})")
_HOST_PORT = re.compile(r"(?:[\w.-]+|\[[0-9a-fA-F:]+\]):\d{1,5}")


def _offset(value: str) -> str:
    if not _OFFSET.fullmatch(value):
        raise FieldError(f"“{value}” không phải múi giờ", "viết như +07:00")
    return value


def _host_port(value: str) -> str:
    if value and not _HOST_PORT.fullmatch(value):
        raise FieldError(
            f"“{value}” không phải máy:cổng", "viết tên máy và cổng, ví dụ 10.0.0.5:8080"
        )
    return value.lower()


def _inside(value: str) -> str:
    if value and (value.startswith(("/", "\\")) or ".." in Path(value).parts or ":" in value):
        raise FieldError(
            f"“{value}” nằm ngoài thư mục của trang", "đặt tệp trong thư mục của trang"
        )
    return value


class Dates(Group):
    """How a source writes dates, where it differs from Vietnamese habit."""

    order: Literal["auto", "day-first", "month-first"] = Field(
        "auto", description="Ngày trước hay tháng trước trong 02/10/2026"
    )
    patterns: Lines = Field((), description="Mẫu riêng kiểu strptime, ví dụ %d-%m-%Y %H:%M")
    timezone: Annotated[Line, AfterValidator(_offset)] = Field(
        "+07:00", description="Múi giờ khi nguồn không ghi"
    )
    clock: bool = Field(True, description="false: giờ của nguồn không tin được, chỉ giữ ngày")

    @cached_property
    def zone(self) -> time.tzinfo:
        """The offset of dates that name none."""
        match = _OFFSET.fullmatch(self.timezone)
        if match is None:
            return VIETNAM
        offset = time.timedelta(hours=int(match[2]), minutes=int(match[3]))
        return time.timezone(-offset if match[1] == "-" else offset)


class Limits(Group):
    """Caps of one run; the defaults are those of docs/decisions for every source."""

    items: int = Field(500, ge=1, le=200_000, description="Số mục nhiều nhất mỗi lần tải")
    megabytes: int = Field(8, ge=1, le=512, description="Cỡ lớn nhất, cả khi nén và khi bung (MiB)")
    seconds: int = Field(20, ge=1, le=600, description="Tổng thời gian cho mỗi địa chỉ")
    pages: int = Field(5, ge=1, le=500, description="Số trang nhiều nhất mỗi lần tải")
    details: int = Field(30, ge=0, le=2000, description="Số trang bài nhiều nhất mỗi lần tải")

    @property
    def bytes(self) -> int:
        """The cap on a body, packed and unpacked."""
        return self.megabytes * 1024 * 1024


class Source(Group):
    """One source of facts."""

    id: str
    name: Title
    publisher: Line = Field("", description="Báo hoặc cơ quan công bố (để trống: như name)")
    home: Link | None = Field(None, description="Trang chủ của nơi công bố")
    url: Link = Field(description="Địa chỉ để tải")
    format: str = Field(description="Kiểu dữ liệu, ví dụ rss")
    kind: str = Field("news", description="Loại tài liệu làm ra")
    section: Line = Field("", description="Chuyên mục (viết không dấu)")
    tags: Lines = ()
    places: Lines = Field((), description="Mã tỉnh hoặc mã xã/phường")
    language: Literal["vi", "en", "km"] = "vi"
    enabled: bool = True
    trusted: bool = Field(False, description="true: đăng ngay cả loại tài liệu phải duyệt")
    licence: Line = Field("", description="Điều kiện sử dụng của nguồn")
    full_text: bool = Field(False, description="true: giấy phép cho đăng lại toàn văn")
    expect: tuple[int, int] = Field((1, 100_000), description="Số mục ít nhất và nhiều nhất")
    fresh_days: int | None = Field(
        None, ge=1, le=3650, description="Quá số ngày này mà không có gì mới thì trang nhắc"
    )
    interval: int = Field(10, ge=1, le=43_200, description="Số phút ít nhất giữa hai lần tải")
    include: Lines = Field((), description="Chỉ lấy mục có một trong các từ này")
    exclude: Lines = Field((), description="Bỏ mục có một trong các từ này")
    dates: Dates = Dates()
    limits: Limits = Limits()
    options: InstanceOf[Group] = NoOptions()
    private_host: Annotated[Line, AfterValidator(_host_port)] = Field(
        "", description="Máy nội bộ được phép tải, dạng máy:cổng"
    )
    ca_bundle: Annotated[Line, AfterValidator(_inside)] = Field(
        "", description="Tệp chứng chỉ gốc riêng của nguồn, trong thư mục của trang"
    )

    @model_validator(mode="after")
    def _sensible(self) -> Source:
        if self.kind not in KINDS:
            raise FieldError(
                f"không có loại tài liệu “{self.kind}”", f"chọn trong: {', '.join(KINDS)}", "kind"
            )
        if self.section != slug(self.section):
            raise FieldError(
                f"“{self.section}” phải viết không dấu", f"viết {slug(self.section)}", "section"
            )
        low, high = self.expect
        if low < 0 or high < max(low, 1):
            raise FieldError("phải là [ít nhất, nhiều nhất]", "viết như expect: [5, 100]", "expect")
        return self

    @property
    def publishes_as(self) -> str:
        """Who published the facts: named on every page made from them."""
        return self.publisher or self.name

    @property
    def host(self) -> str:
        """The host that is asked."""
        return urlsplit(self.url).hostname or ""

    @property
    def status(self) -> Literal["published", "draft"]:
        """The state in which its documents start: what needs an editor's eye starts as a draft."""
        return "draft" if self.kind in REVIEWED and not self.trusted else "published"


def load_sources(folder: Path) -> dict[str, Source]:
    """Read `sources.yaml` in `folder`: id -> source, in the file's order; no file is no source.

    Raises Problems with everything wrong in the file.
    """
    path = folder / FILE
    if not path.is_file():
        return {}
    try:
        text = decode(path.read_bytes())
        blocks = parse_yaml(text) if text.strip() not in ("{}", "") else {}
    except Problems as error:
        raise Problems([problem.at(FILE) for problem in error.problems]) from None
    sources: dict[str, Source] = {}
    found: list[Problem] = []
    starts = key_lines(text)
    for identity, block in blocks.items():
        try:
            source = sources[identity] = read_source(identity, block)
            if source.ca_bundle and not (folder / source.ca_bundle).is_file():
                field, cure = f"{identity}.ca_bundle", "đặt tệp chứng chỉ vào đó, hoặc sửa tên"
                message = f"không có tệp {source.ca_bundle}"
                raise Problems([Problem(FILE, 0, field, message, cure)])
        except Problems as error:
            found += [_placed(problem, identity, text, starts) for problem in error.problems]
    if found:
        raise Problems(found)
    return sources


def read_source(identity: str, block: Any) -> Source:
    """Return one block as a Source; raise Problems whose `field` starts with the source's id."""
    if not identity or identity != slug(identity):
        cure = f"đặt mã là {slug(identity) or 'ten-nguon'}"
        raise Problems([Problem(FILE, 0, identity, "mã nguồn phải viết không dấu", cure)])
    if not isinstance(block, dict):
        cure = "xuống dòng và thụt vào, mỗi dòng “tên: giá trị”"
        raise Problems([Problem(FILE, 0, identity, "phải là một nhóm trường", cure)])
    found: list[Problem] = []
    values = {key: value for key, value in block.items() if value != ""}
    if "id" in values:
        found.append(Problem(FILE, 0, f"{identity}.id", "không có trường id", "xóa dòng này"))
    options, wrong = _options(str(values.get("format", "")), values.pop("options", {}))
    try:
        source = Source.model_validate({**values, "id": identity, "options": options})
    except ValidationError as error:
        wrong += from_validation(error, FILE, {})
    found += [
        Problem(FILE, 0, f"{identity}.{p.field}".rstrip("."), p.message, p.cure) for p in wrong
    ]
    if found:
        raise Problems(found)
    return source


def _options(shape: str, block: Any) -> tuple[Group, list[Problem]]:
    if shape not in OPTIONS:
        if not shape:  # the missing field is said by Source itself
            return NoOptions(), []
        cure = f"chọn trong: {', '.join(OPTIONS)}"
        return NoOptions(), [Problem(FILE, 0, "format", f"không có định dạng “{shape}”", cure)]
    try:
        return OPTIONS[shape].model_validate(block), []
    except ValidationError as error:
        problems = from_validation(error, FILE, {})
        return NoOptions(), [
            Problem(FILE, 0, f"options.{p.field}".rstrip("."), p.message, p.cure) for p in problems
        ]


def _placed(problem: Problem, identity: str, text: str, starts: dict[str, int]) -> Problem:
    """Find the line of the field that a problem is about, within the source's block."""
    start = starts.get(identity, 0)
    later = [line for line in starts.values() if line > start]
    lines = text.split("\n")[start : min(later, default=len(text)) - 1]
    for name in reversed(problem.field.split(".")[1:]):
        for number, line in enumerate(lines):
            if re.match(rf"\s+{re.escape(name)}\s*:", line):
                return problem.at(FILE, start + number + 1)
    return problem.at(FILE, start)
