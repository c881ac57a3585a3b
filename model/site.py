"""site.yaml: whom a site speaks for, its hotlines, channels, languages, kinds and colours.

A site is a folder with `site.yaml`, `sources.yaml` and `content/`. The environment variable SITE
names the folder; without it the working directory is the site.
"""

from __future__ import annotations

import re
import sys
from functools import cached_property
from pathlib import Path
from typing import Annotated, Any, Literal, NamedTuple
from urllib.parse import urlsplit

from pydantic import AfterValidator, Field, ValidationError, model_validator

from model.document import decode, parse_yaml, path_lines
from model.fields import (
    Clock,
    Colour,
    Dialable,
    Email,
    Group,
    Line,
    Lines,
    Link,
    SourceRef,
    Title,
    When,
)
from model.folder import site_folder as site_folder
from model.kinds import FACES, KINDS, kind_class
from model.phone import Phone, parse_phone
from model.problem import FieldError, Problem, Problems, from_validation
from model.text import slug


def _base_address(value: str) -> str:
    return value.rstrip("/")


class Agency(Group):
    """The body that answers for the site."""

    name: Title = Field(description="Tên cơ quan chịu trách nhiệm về trang")
    parent: Line = Field("", description="Cơ quan cấp trên, in dưới tên cơ quan")
    address: Line = Field("", description="Địa chỉ trụ sở")
    email: Email = Field("", description="Hộp thư nhận góp ý, báo lỗi")
    url: Link | None = Field(None, description="Trang web của cơ quan")


class Hotline(Group):
    """A number that people call: what it is for, when it answers, what a call costs."""

    number: Dialable = Field(description="Số điện thoại, viết như cơ quan công bố")
    label: Title = Field(description="Tên ngắn, ví dụ Cấp cứu y tế")
    purpose: Line = Field("", description="Gọi để làm gì")
    hours: Line = Field("", description="Giờ nghe máy, ví dụ 24/24")
    cost: Line = Field("", description="Cước phí, ví dụ Miễn phí")
    free_until: When | None = Field(None, description="Miễn cước đến ngày")
    source: SourceRef | None = Field(None, description="Nơi đã công bố số này")

    @property
    def phone(self) -> Phone:
        """The number to print and to dial."""
        return parse_phone(self.number)


class Channel(Group):
    """An official channel: Zalo OA, fanpage, app, portal."""

    type: Literal["app", "zalo", "fanpage", "portal", "website", "email"] = Field(
        description="Loại kênh"
    )
    name: Title = Field(description="Tên kênh")
    url: Link | None = Field(None, description="Địa chỉ")
    note: Line = Field("", description="Ghi chú ngắn")
    source: SourceRef | None = Field(None, description="Nơi đã công bố kênh này")


class Colours(Group):
    """The site's own colours, as #rrggbb."""

    primary: Colour = Field("#0b4f8a", description="Màu chính của trang")


class Speaker(Group):
    """How the loudspeaker's bulletins are read: accent, formulas, hours, the site's own words."""

    opening: Line = Field(
        "Kính thưa bà con. Đây là bản tin của {agency}.",
        description="Lời mở đầu bản đọc loa; {agency} là tên cơ quan",
    )
    closing: Line = Field(
        "Bản tin của {agency} đến đây là hết. Cảm ơn bà con đã lắng nghe.",
        description="Lời kết bản đọc loa",
    )
    accent: Literal["north", "south"] = Field(
        "north", description="Cách đọc số: north (nghìn, linh, hai mươi tư) hoặc south (ngàn, lẻ)"
    )
    hours: tuple[Clock, ...] = Field((), description="Giờ phát thanh hằng ngày, ví dụ 05:30")
    repeats: int = Field(2, ge=1, le=5, description="Mỗi lần phát thì đọc mấy lượt")
    urgent_minutes: int = Field(
        30, ge=5, le=240, description="Cảnh báo nghiêm trọng: phát lại sau mỗi mấy phút"
    )
    days: int = Field(3, ge=1, le=30, description="Bản kiểm chứng, hướng dẫn: phát trong mấy ngày")
    words: dict[str, Title] = Field(
        default_factory=dict, description="Chữ viết và cách đọc riêng, ví dụ Mẫu Smart: Mẫu sờ-mát"
    )

    @model_validator(mode="after")
    def _known_places(self) -> Speaker:
        for name in ("opening", "closing"):
            if set(re.findall(r"\{(.*?)\}", getattr(self, name))) - {"agency"}:
                raise FieldError("chỗ trống lạ trong ngoặc nhọn", "chỉ dùng {agency}", name)
        return self


class MenuItem(NamedTuple):
    """A list that the menu links to: its kind, its name in Vietnamese, its address."""

    kind: str
    label: str
    path: str


class Site(Group):
    """A site's configuration; all of it is typed, an unknown key is a problem."""

    name: Title = Field(description="Tên trang")
    short_name: Line = Field("", max_length=16, description="Tên ngắn, dùng trên điện thoại")
    description: Line = Field("", description="Một câu nói trang này để làm gì")
    url: Annotated[Link, AfterValidator(_base_address)] = Field(
        description="Địa chỉ công khai của trang, ví dụ https://thong-tin.example.vn"
    )
    identity: Annotated[Link, AfterValidator(_base_address)] | None = Field(
        None, description="Địa chỉ cũ của trang, giữ cho mã tin không đổi khi chuyển tên miền"
    )
    agency: Agency = Field(description="Cơ quan đứng tên trang")
    place: Line = Field("", pattern=r"^\d{0,5}$", description="Mã chính thức của tỉnh (2 chữ số)")
    languages: tuple[Literal["vi", "en", "km"], ...] = Field(
        ("vi",), description="Các thứ tiếng của trang, tiếng Việt đứng đầu"
    )
    hotlines: tuple[Hotline, ...] = Field((), description="Số cần gọi, in ở đầu mọi trang")
    channels: tuple[Channel, ...] = Field((), description="Kênh chính thức, in ở cuối mọi trang")
    first_advice: Lines = Field((), description="Việc cần làm ngay, in ở đầu trang chủ")
    advice_source: SourceRef | None = Field(None, description="Nguồn của lời khuyên ấy")
    kinds: Annotated[tuple[str, ...], Field(min_length=1)] = Field(
        tuple(KINDS), description="Các loại tài liệu mà trang dùng (bỏ trống: tất cả)"
    )
    sections: dict[str, Title] = Field(
        default_factory=dict, description="Chuyên mục: mã không dấu và tên, ví dụ y-te: Y tế"
    )
    hazards: dict[str, Title] = Field(
        default_factory=dict, description="Tình huống: mã không dấu và tên, ví dụ lu-lut: Lũ, lụt"
    )
    speaker: Speaker = Field(Speaker(), description="Bản đọc loa: lời mở, lời kết, giờ phát")
    colours: Colours = Field(Colours(), description="Màu của trang")
    two_person: tuple[str, ...] = Field(
        (), description="Loại tài liệu phải có người duyệt khác người soạn"
    )
    licence: Line = Field("", description="Giấy phép dùng lại nội dung, ví dụ CC BY 4.0")
    licence_url: Link | None = Field(None, description="Địa chỉ của giấy phép")
    demo: bool = Field(False, description="Trang mẫu: có dải báo “không phải trang chính thức”")
    demo_note: Line = Field(
        "", description="Câu thêm vào dải báo của trang mẫu, ví dụ: Thông tin năm 2021"
    )

    @model_validator(mode="before")
    @classmethod
    def _absent(cls, values: Any) -> Any:
        if isinstance(values, dict):
            return {key: value for key, value in values.items() if value != ""}
        return values

    @model_validator(mode="after")
    def _known_names(self) -> Site:
        for field in ("kinds", "two_person"):
            for kind in getattr(self, field):
                if kind not in KINDS:
                    raise FieldError(
                        f"không có loại tài liệu “{kind}”", f"chọn trong: {', '.join(KINDS)}", field
                    )
        for field in ("sections", "hazards"):
            for name in getattr(self, field):
                if name != slug(name):
                    raise FieldError(
                        f"mã “{name}” phải viết không dấu", f"viết {slug(name)}", field
                    )
        if self.languages[0] != "vi":
            raise FieldError("tiếng Việt phải đứng đầu", "viết languages: [vi, en]", "languages")
        return self

    @cached_property
    def base(self) -> str:
        """The path under which the site lives: "" at a host's root, else "/folder"."""
        return urlsplit(self.url).path.rstrip("/")

    def link(self, path: str) -> str:
        """Return where a public path ("/tin-tuc/") leads, below the site's base."""
        return self.base + path

    def absolute(self, path: str) -> str:
        """Return the full address of a public path."""
        return self.url + path

    def permanent(self, path: str) -> str:
        """Return the id of what has this public path; it survives a move to another host."""
        return (self.identity or self.url) + path

    def section_name(self, section: str, kind: str = "") -> str:
        """Return the name of a section (of a kind, where the kind has its own) for readers."""
        code = kind_class(kind).section_code(section) if kind in KINDS else section
        named = (self.sections if code == section else self.hazards).get(code)
        if not named and kind in KINDS:
            named = kind_class(kind).section_label(section)
        return named or code.replace("-", " ").capitalize()

    def start(self, lang: str) -> str:
        """Return what the public paths of a language begin with: "", "/en"; "" if it is off."""
        return f"/{lang}" if lang in self.languages[1:] else ""

    def menu(self, lang: str) -> tuple[MenuItem, ...]:
        """Return the lists that every page links to: the kinds that are on and have a list."""
        start = self.start(lang)
        faces = ((kind, FACES[kind]) for kind in self.kinds)
        return tuple(
            MenuItem(kind, face.label, f"{start}/{face.prefix}/")
            for kind, face in faces
            if face.prefix
        )


def load_site(folder: Path) -> Site:
    """Read `site.yaml` in `folder`; raise Problems that name the file, field and cure."""
    path = folder / "site.yaml"
    if not path.is_file():
        raise Problems(
            [
                Problem(
                    "site.yaml",
                    0,
                    "",
                    f"không có tệp này trong {folder}",
                    "đặt SITE=thư mục của trang",
                )
            ]
        )
    try:
        text = decode(path.read_bytes())
        values = parse_yaml(text)
        return Site.model_validate(values)
    except Problems as error:
        raise Problems([problem.at("site.yaml") for problem in error.problems]) from None
    except ValidationError as error:
        raise Problems(from_validation(error, "site.yaml", path_lines(text), Site)) from None


def load_site_or_exit(folder: Path) -> Site:
    """Read `site.yaml`; on problems print them, a line each, and end the process with 1."""
    try:
        return load_site(folder)
    except Problems as error:
        sys.exit(str(error))
