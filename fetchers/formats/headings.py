"""The headings under which tables print our fields, by kind; a source's own `columns` come first.

A heading that a source declares must be there: when the publisher renames it, the source stops and
says so, and nothing that was fetched before is touched. “Ghi chú?” (with a question mark) may be
absent.
"""

from __future__ import annotations

from collections.abc import Mapping

from fetchers.formats import Parsed
from fetchers.formats.table import Columns, Table, heading, records
from model.option_groups import Mapped
from model.source import Source

_PLACE = {
    "title": (
        "Tên",
        "Tên đơn vị",
        "Tên cơ sở",
        "Đơn vị",
        "Bệnh viện",
        "Cơ quan",
        "Name",
        "Hospital",
    ),
    "type": ("Loại", "Loại hình", "Nhóm", "Type", "Category"),
    "phones": (
        *("Điện thoại", "Số điện thoại", "SĐT", "Đường dây nóng", "Hotline", "Số ĐT", "Phone"),
        *("Tel", "phone_number", "Số máy", "ĐT"),
    ),
    "address": ("Địa chỉ", "Address", "Địa điểm"),
    "commune": ("Mã xã", "Mã phường", "Mã xã/phường", "Mã ĐVHC", "commune_code", "ward_code"),
    "commune_name": ("Xã", "Phường", "Xã/Phường", "Xã, phường", "Xã phường", "Commune", "Ward"),
    "old_district": ("Huyện", "Quận/Huyện", "Huyện cũ", "Quận huyện", "District", "Huyện/Thị xã"),
    "coordinates": ("Tọa độ", "Coordinates", "Vị trí"),
    "lat": ("Vĩ độ", "Lat", "Latitude", "Y"),
    "lon": ("Kinh độ", "Lng", "Lon", "Long", "Longitude", "X"),
    "hours": ("Giờ làm việc", "Giờ mở cửa", "Thời gian", "Giờ trực", "Opening hours", "Hours"),
    "email": ("Email", "Thư điện tử", "E-mail"),
    "site": ("Website", "Trang web", "Web", "Cổng thông tin"),
    "checked_on": ("Ngày kiểm tra", "Ngày cập nhật", "Cập nhật", "Updated", "Last update"),
    "checked_by": ("Bộ phận kiểm tra", "Nơi kiểm tra", "Checked by"),
    "old_names": ("Tên cũ", "Old name"),
    "id": ("Mã", "Mã đơn vị", "Mã cơ sở", "ID", "Code"),
}
HEADINGS: dict[str, Mapping[str, tuple[str, ...]]] = {
    "contacts": _PLACE,
    "places": {
        **_PLACE,
        "level": ("Cấp độ", "Mức độ", "Level", "Vùng"),
        "since": ("Từ ngày", "Bắt đầu", "Ngày bắt đầu", "Since"),
        "expires": ("Đến ngày", "Kết thúc", "Ngày kết thúc", "Until"),
    },
    "questions": {
        "question": ("Câu hỏi", "Nội dung câu hỏi", "Nội dung phản ánh", "Hỏi", "Question"),
        "answer": ("Trả lời", "Câu trả lời", "Nội dung trả lời", "Đáp", "Answer", "Answer_1"),
        "answer_html": ("answer_html",),
        "link": ("Liên kết", "Link", "URL"),
        "answered_by": ("Đơn vị trả lời", "Cơ quan trả lời", "Đơn vị xử lý", "Source"),
        "asked_on": ("Ngày hỏi", "Ngày gửi", "Ngày phản ánh"),
        "answered_on": ("Ngày trả lời", "last_update", "Date Retrieved", "Ngày xử lý"),
        "category": ("Lĩnh vực", "Chuyên mục", "Chủ đề", "Category"),
        "language": ("lang", "Ngôn ngữ"),
        "id": ("ID", "Mã", "Mã phản ánh"),
    },
    "misinformation": {
        "claim": ("Tin đồn", "Nội dung tin", "Tuyên bố", "Claim"),
        "headline": ("Tiêu đề", "Headline", "Name"),
        "label": ("Kết luận", "Nhãn", "Phân loại", "Label", "Rating", "Verdict"),
        "url": ("Liên kết", "URL", "fact_check_url", "Source"),
        "appearances": ("Nơi xuất hiện", "news_url"),
        "reviewer": ("Đơn vị xác minh", "Cơ quan xác minh", "Publisher"),
        "reviewed_on": ("Ngày xác minh", "Ngày kết luận", "Ngày đăng", "publish_date"),
        "claimed_on": ("Ngày lan truyền", "Ngày xuất hiện"),
        "summary": ("Giải thích", "Tóm tắt", "Mô tả", "Description"),
    },
}
"""Kind -> field -> headings."""

REQUIRED = {"contacts": ("title",), "places": ("title",), "questions": ("question", "answer")}


def columns_of(source: Source, options: Mapped) -> Columns:
    """Return the headings to look for: the source's own, else the usual ones of its kind."""
    if options.columns:
        return {
            field: tuple(name.removesuffix("?").strip() for name in names)
            for field, names in options.columns.items()
        }
    return HEADINGS.get(source.kind, {})


def items_of(table: Table, columns: Columns, source: Source, options: Mapped) -> Parsed:
    """Return an item per row of the table, with the source's fixed values where a row has none."""
    required: tuple[str, ...] = REQUIRED.get(source.kind, ())
    if options.columns:
        required = tuple(
            field
            for field, names in options.columns.items()
            if not any(name.endswith("?") for name in names)
        )
    needed = [field for field in required if field not in options.values]
    items, notes = records(table, columns, needed)
    known = {heading(name) for names in columns.values() for name in names}
    unused = [text for text in table.header if text and heading(text) not in known]
    if columns and unused:
        notes.append(f"cột không dùng đến: {', '.join(unused)[:200]}")
    return Parsed([{**options.values, **item} for item in items], notes, empty=not table.rows)
