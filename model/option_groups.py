"""The settings that formats take under `options:` in sources.yaml, a group a format.

Fields of documents on the left, what the source calls them on the right: headings of a table,
paths into JSON (“data.items”), CSS selectors of a page.
"""

from __future__ import annotations

import re
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BeforeValidator, Field, model_validator

from model.fields import Group, Line, Lines
from model.kinds.misinformation import VERDICTS
from model.problem import FieldError


def _names(value: Any) -> Any:
    """Let one heading stand for a list of one, in each entry of a map."""
    if not isinstance(value, dict):
        return value
    return {key: [item] if isinstance(item, str) else item for key, item in value.items()}


def _known_verdicts(table: dict[str, Any]) -> dict[str, Any]:
    for label, verdict in table.items():
        if isinstance(verdict, dict):
            _known_verdicts(verdict)
        elif verdict not in VERDICTS:
            raise FieldError(
                f"“{label}: {verdict}” không phải kết luận",
                f"chọn trong: {', '.join(VERDICTS)}",
                "verdicts",
            )
    return table


Columns = Annotated[dict[str, tuple[Line, ...]], BeforeValidator(_names)]
"""Our field -> the headings it may stand under."""
Verdicts = Annotated[dict[str, str | dict[str, str]], AfterValidator(_known_verdicts)]
"""The publisher's label -> our verdict; or a publisher's name or host -> its own such table."""


class Judged(Group):
    """What formats of fact-checks share."""

    verdicts: Verdicts = Field(
        default_factory=dict, description="Nhãn của nơi kiểm chứng: kết luận của ta"
    )


class Mapped(Judged):
    """What formats of rows share: which column is which field, and fields that are always so."""

    columns: Columns = Field(default_factory=dict, description="Trường: tên cột ở nguồn")
    values: dict[str, Line] = Field(default_factory=dict, description="Trường: giá trị cố định")
    types: dict[str, Line] = Field(default_factory=dict, description="Loại ở nguồn: loại của ta")
    encoding: Line = Field("", description="Bảng mã, nếu không phải UTF-8 (vd windows-1258)")


class ClaimReviewOptions(Judged):
    """`claimreview`: pages, feeds and documents with schema.org ClaimReview."""

    links: Line = Field("", description="Bộ chọn CSS của liên kết tới từng bài (trang danh sách)")


class CsvOptions(Mapped):
    """`csv`: comma, semicolon, tab or bar separated values."""

    delimiter: Line = Field("", description="Dấu ngăn cột (để trống: tự nhận ra); tab viết là tab")


class XlsxOptions(Mapped):
    """`xlsx`: a spreadsheet."""

    sheet: Line = Field("", description="Tên trang tính (để trống: trang đầu có dữ liệu)")


class HtmlTableOptions(Mapped):
    """`html-table`: a table in a page."""

    table: Line = Field("", description="Bộ chọn CSS của bảng (để trống: bảng có các cột đã khai)")


class JsonOptions(Mapped):
    """`json`: a list of objects somewhere in a JSON value; columns are paths such as a.b.0.c."""

    items: Lines = Field((), description="Đường dẫn tới danh sách, vd data.items (để trống: gốc)")


class GeoOptions(Mapped):
    """`geojson`: GeoJSON features or an Overpass (OpenStreetMap) answer; columns are properties."""


class CssOptions(Judged):
    """`css`: a list page and its articles, read by CSS selectors.

    A selector may end in “@attribute” (a@href, img@data-src) to take an attribute.
    """

    item: Line = Field("", description="Bộ chọn CSS của mỗi mục (để trống: cả trang là một mục)")
    fields: dict[str, Line] = Field(default_factory=dict, description="Trường: bộ chọn trong mục")
    article: dict[str, Line] = Field(
        default_factory=dict, description="Trường: bộ chọn trong trang của từng mục"
    )
    next: Line = Field("", description="Bộ chọn CSS của liên kết tới trang sau")
    values: dict[str, Line] = Field(default_factory=dict, description="Trường: giá trị cố định")

    @model_validator(mode="after")
    def _something(self) -> CssOptions:
        if not (self.fields or self.article):
            raise FieldError("chưa khai bộ chọn nào", "thêm fields, ví dụ headline: h2 a", "fields")
        return self


class Open311Options(Group):
    """`open311`: GeoReport v2 service requests; only answered, closed ones become questions."""

    only: Literal["closed", "all"] = Field("closed", description="Chỉ lấy phản ánh đã xử lý xong")
    windows: int = Field(
        1, ge=1, le=40, description="Số đợt 90 ngày lùi về trước (chuẩn cho mỗi đợt tối đa 90 ngày)"
    )


class FaqOptions(Group):
    """`faq`: questions and answers in a page; without selectors all known shapes are tried."""

    question: Line = Field("", description="Bộ chọn CSS của câu hỏi")
    answer: Line = Field("", description="Bộ chọn CSS của câu trả lời")
    within: Line = Field("", description="Bộ chọn CSS của phần trang có hỏi đáp")


TODAY = "today"
"""`as_of` of a table that always shows the present."""


class Figures(Group):
    """What formats of figures share: whose figures they are and how readers are told."""

    topic: Line = Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", description="Chủ đề, vd covid-19")
    topic_name: Line = Field(min_length=1, description="Tên chủ đề cho người đọc, vd COVID-19")
    columns: dict[str, Line] = Field(
        default_factory=dict, description="Cột của ta (chữ thường, gạch dưới): tên cột ở nguồn"
    )
    labels: dict[str, Line] = Field(default_factory=dict, description="Cột: tên cho người đọc")
    units: dict[str, Line] = Field(default_factory=dict, description="Cột: đơn vị")
    cumulative: Lines = Field((), description="Các cột cộng dồn (không được giảm)")
    regions: dict[str, Line] = Field(
        default_factory=dict,
        description="Tên vùng ở nguồn: mã (VN, WORLD, mã tỉnh, mã xã); “*”: mọi vùng, không có mã",
    )
    names: dict[str, Line] = Field(default_factory=dict, description="Mã vùng: tên cho người đọc")
    scope: Literal["local", "national", "world", ""] = Field(
        "", description="Phạm vi (để trống: VN là national, WORLD là world, còn lại local)"
    )
    numbers: Literal["auto", "vi", "en"] = Field("auto", description="Cách viết số: vi là 1.234,5")
    method: Line = Field("", description="Cách tính, phạm vi, lưu ý khi đọc số liệu")
    as_of: Line = Field(
        "", description="Ngày của bảng không có cột ngày; today: ngày tải (mỗi ngày thêm một dòng)"
    )

    @model_validator(mode="after")
    def _columns_are_names(self) -> Figures:
        for name in (*self.columns, *self.cumulative):
            if not re.fullmatch(r"[a-z][a-z0-9_]*", name):
                raise FieldError(
                    f"“{name}” phải là chữ thường, số, gạch dưới", "vd ca_moi", "columns"
                )
        return self


class SeriesOptions(Figures):
    """`series`: figures in a table, as CSV, XLSX or (with `table`) in a web page.

    `long`: a row per day and region; `wide`: a row per region, a column per day; `places`: a
    snapshot with a row per place.
    """

    layout: Literal["long", "wide", "places"] = "long"
    date: Line = Field("", description="Tên cột ngày (layout: long)")
    region: Lines = Field((), description="Tên cột vùng; nhiều cột thì nối bằng “/”")
    measure: Line = Field("", description="Cột của ta mà bảng ngang chứa (layout: wide)")
    encoding: Line = Field("", description="Bảng mã của tệp CSV")
    delimiter: Line = Field("", description="Dấu ngăn cột của tệp CSV")
    sheet: Line = Field("", description="Tên trang tính, khi nguồn gửi XLSX")
    table: Line = Field("", description="Bộ chọn CSS của bảng, khi nguồn gửi trang web")


class SeriesJsonOptions(Figures):
    """`series-json`: figures in JSON, a list of days or parallel lists of days and values."""

    items: Line = Field("", description="Đường dẫn tới danh sách (để trống: gốc)")
    date: Line = Field("", description="Đường dẫn tới ngày, hoặc tới danh sách ngày")
    region: Lines = Field((), description="Đường dẫn tới tên vùng; nhiều phần thì nối bằng “/”")
    year: Line = Field("", pattern=r"^(\d{4})?$", description="Năm, khi ngày chỉ ghi 24/05")


def _pattern(value: str) -> str:
    try:
        re.compile(value)
    except re.error as error:
        raise FieldError(f"“{value}” không phải biểu thức chính quy ({error})", "sửa lại") from None
    return value


class RssOptions(Group):
    """`rss`: a feed; `article` reads the pages of items that come without a summary."""

    article: bool = Field(False, description="true: đọc trang bài khi nguồn không gửi lời dẫn")


class SitemapOptions(Group):
    """`sitemap`: a sitemap, news sitemap or sitemap index."""

    match: Annotated[Line, AfterValidator(_pattern)] = Field(
        "", description="Chỉ lấy địa chỉ khớp biểu thức chính quy này"
    )


class HtmlNewsOptions(Group):
    """`html-news`: a list page; the articles are read by themselves."""

    links: Line = Field(min_length=1, description="Bộ chọn CSS của liên kết tới từng bài")
    next: Line = Field("", description="Bộ chọn CSS của liên kết tới trang sau")
