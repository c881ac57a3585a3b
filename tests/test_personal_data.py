"""Personal data is hidden before it is written; what an institution publishes stays."""

import itertools
import re
from typing import get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from model.personal_data import _RULES, LABELS, Voice, find, mask

HIDDEN_EVERYWHERE = [
    ("Gọi tôi 0912 345 678 nhé", "phone", "0912 345 678"),
    ("sđt +84 912.345.678", "phone", "+84 912.345.678"),
    ("Zalo: (+84)0912-345-678.", "phone", "(+84)0912-345-678"),
    ("số cũ 01682345678", "phone", "01682345678"),
    ("CCCD số 072090001234", "id", "072090001234"),
    ("CMND: 290 123 456", "id", "290 123 456"),
    ("072090001234", "id", "072090001234"),
    ("hộ chiếu B1234567", "id", "B1234567"),
    ("thư: a.b+c@gmail.com nhé", "email", "a.b+c@gmail.com"),
    ("Tôi là Nguyễn Văn Tèo, xin hỏi", "name", "Nguyễn Văn Tèo"),
    ("tên tôi là NGUYỄN VĂN TÈO", "name", "NGUYỄN VĂN TÈO"),
    ("Kính gửi ông Trần Văn Tí,", "name", "Trần Văn Tí"),
    ("Chào chị Hoa, theo quy định", "name", "Hoa"),
    ("hành vi của chị Hằng có bị phạt", "name", "Hằng"),
    ("Trả lời bà: Lê Thị Sáu", "name", "Lê Thị Sáu"),
    ("Trân trọng cảm ơn!\nPhạm Thị Bưởi", "name", "Phạm Thị Bưởi"),
    ("ngụ tại 12/3 ấp Bình Phong, xã Thái Bình", "address", "12/3 ấp Bình Phong"),
    ("Dear Mr. Smith, thank you", "name", "Smith"),
]
HIDDEN_FROM_CITIZENS = [
    ("bàn: 028 7300 6595", "phone", "028 7300 6595"),
    ("Call (812) 345-6789", "phone", "(812) 345-6789"),
    ("nhà số 15 đường 30/4, phường 1", "address", "nhà số 15 đường 30/4"),
    ("ổ gà trước 12 đường Lê Lợi", "address", "12 đường Lê Lợi"),
    ("cô Nguyễn Thị Mận hàng xóm", "name", "Nguyễn Thị Mận"),
]
NEVER = [
    "Gọi 115, 1022, 0276.1022, 1900 9095 hoặc 18008108",
    "ngày 08.05.2021 10:30 và 08-05-2021 10 giờ",
    "tăng 0,912345678 lần; 16.818.912 ca",
    "Bà Rịa - Vũng Tàu, Cô Tô và Ông Ích Khiêm",
    "Tôi là Việt kiều, tôi ở Tây Ninh muốn hỏi",
    "Chào bạn! Hiện nay, theo hướng dẫn của Bộ Y tế",
    "soytte@tayninh.gov.vn",
    "Chào bạn Theo hướng dẫn của Bộ Y tế, chào anh/chị Anh/chị cần khám",
    "Chào chị Theo Quyết định 2995, bệnh của chị Nếu nặng thì đi khám",
    "Nếu tôi ở trên máy bay cùng người mắc Covid-19, nhà em ở quận 2",
    "tại nơi thường trú thì phải có xác nhận của 2 cơ quan",
    "mã bệnh nhân 0912345678901",
]


@pytest.mark.parametrize(("text", "kind", "piece"), HIDDEN_EVERYWHERE)
def test_hides_in_both_voices(text: str, kind: str, piece: str) -> None:
    for voice in ("citizen", "agency"):
        found = find(text, voice)
        assert [(f.kind, f.text) for f in found] == [(kind, piece)], voice
        assert piece not in mask(text, voice).text


@pytest.mark.parametrize(("text", "kind", "piece"), HIDDEN_FROM_CITIZENS)
def test_an_agencys_own_address_and_landline_stay(text: str, kind: str, piece: str) -> None:
    assert [(f.kind, f.text) for f in find(text, "citizen")] == [(kind, piece)]
    assert find(text, "agency") == []


@pytest.mark.parametrize("text", NEVER)
def test_leaves_what_is_public(text: str) -> None:
    assert find(text, "citizen") == []


def test_keeps_what_an_institution_publishes_as_its_own() -> None:
    text = "Đường dây nóng bệnh viện 0969.851.616, người trực 0912345678, hotro@benhvien.vn"
    masked = mask(text, keep=["+84 969 851 616", "HOTRO@benhvien.vn"])
    assert masked.text == (
        "Đường dây nóng bệnh viện 0969.851.616, người trực [số điện thoại đã ẩn], hotro@benhvien.vn"
    )
    assert masked.counts == {"phone": 1}


def test_officials_stay_in_an_agencys_words() -> None:
    assert find("ông Nguyễn Văn Tèo, chủ tịch UBND tỉnh, cho biết", "agency") == []


def test_counts_every_kind() -> None:
    masked = mask("Tôi là Lê Văn Tám, số 0912345678, CCCD 072090001234, thư t@x.vn", "citizen")
    assert masked.counts == {"name": 1, "phone": 1, "id": 1, "email": 1}
    assert masked.text.count("đã ẩn]") == 4


@given(st.text(alphabet="0123456789 .-()+/@aễNguTôilà,\n", max_size=120))
@settings(deadline=None, max_examples=150)
def test_masking_is_stable_and_loses_nothing_else(text: str) -> None:
    for voice in ("citizen", "agency"):
        found = find(text, voice)
        assert all(text[f.start : f.end] == f.text for f in found)
        assert all(a.end <= b.start for a, b in itertools.pairwise(found))
        left = mask(text, voice).text
        marks = "|".join(re.escape(f"[{label} đã ẩn]") for label in LABELS.values())
        position = 0
        kept = []
        for finding in found:
            kept.append(text[position : finding.start])
            position = finding.end
        assert re.split(marks, left) == [*kept, text[position:]]


@pytest.mark.parametrize("piece", ["0 ", "a@", "Nguyễn ", "Kính gửi ông ", "số 1/1", "x@a.", "A"])
def test_long_repetitions_do_not_run_away(piece: str) -> None:
    assert len(mask(piece * 30000, "citizen").text) > 0


PIECES = st.sampled_from(
    [
        *("Kính gửi ông Trần Văn Tí,", "Trân trọng\nPhạm Thị Bưởi", "tên tôi là", "Nguyễn Văn Tèo"),
        *("Dear Mr. Smith,", "Hi Lan!", "ngụ tại 12/3 ấp Bình Phong", "bệnh nhân Lê Thị Sáu"),
        *("a@b.vn", "Cảm ơn", "Người hỏi: Hoa", "trả lời bà: Sáu", "\n", ". ", "0912 345 678"),
    ]
)


@settings(deadline=None, max_examples=60)
@given(st.lists(PIECES, max_size=6).map(" ".join), st.sampled_from(get_args(Voice)))
def test_a_rule_is_passed_over_only_where_it_finds_nothing(text: str, voice: Voice) -> None:
    for rule in _RULES:
        held = any(word in text for word in rule.holds)
        assert held or not rule.holds or not re.search(rule.pattern, text), rule.pattern
    assert all(text[item.start : item.end] == item.text for item in find(text, voice))
