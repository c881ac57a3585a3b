"""Printed text as an announcer says it: figures, dates, numbers to call, signs, abbreviations."""

import re

import hypothesis.strategies as st
import pytest
from hypothesis import given, settings

from model.spoken import Manner, breath_groups, minutes, read_aloud
from model.spoken.numbers import figure, roman, whole

SAID = {
    # numbers to call, and the same figures as counts
    "Gọi 1022 hoặc 115, 114 khi cần.": (
        "Gọi một không hai hai hoặc một một năm, một một bốn khi cần."
    ),
    "Tổng đài 0276.1022 miễn phí": "Tổng đài không hai bảy sáu, một không hai hai miễn phí",
    "tổng đài 1022 Tây Ninh": "Tổng đài một không hai hai Tây Ninh",
    "Có 115 người, 1022 hộ bị ngập": (
        "Có một trăm mười lăm người, một nghìn không trăm hai mươi hai hộ bị ngập"
    ),
    "Liên hệ 0276 3822 115": "Liên hệ không hai bảy sáu, ba tám hai hai, một một năm",
    "02763822115": "Không hai bảy sáu, ba tám hai hai, một một năm",
    "1900 9095 hoặc 18001119": (
        "Một chín không không, chín không chín năm hoặc một tám không không, một một một chín"
    ),
    "+84 276 3822 115": "Không hai bảy sáu, ba tám hai hai, một một năm",
    # dates
    "Nghỉ lễ 30/4 – 1/5": "Nghỉ lễ ba mươi tháng tư đến mùng một tháng năm",
    "đến 30/4": "Đến ngày ba mươi tháng tư",
    "ngày 28/8/2021": "Ngày hai mươi tám tháng tám năm hai nghìn không trăm hai mươi mốt",
    "2021-08-28": "Ngày hai mươi tám tháng tám năm hai nghìn không trăm hai mươi mốt",
    "từ 25-29/8": "Từ ngày hai mươi lăm đến hai mươi chín tháng tám",
    "từ ngày 25 đến 29.8": "Từ ngày hai mươi lăm đến hai mươi chín tháng tám",
    "tháng 7.2021": "Tháng bảy năm hai nghìn không trăm hai mươi mốt",
    "trong 8/2020": "Trong tháng tám năm hai nghìn không trăm hai mươi",
    "quý III/2021": "Quý ba năm hai nghìn không trăm hai mươi mốt",
    "ngày 2 tháng 9 năm 2005": "Ngày mùng hai tháng chín năm hai nghìn không trăm linh năm",
    "giai đoạn 2021-2025": (
        "Giai đoạn hai nghìn không trăm hai mươi mốt đến hai nghìn không trăm hai mươi lăm"
    ),
    "ngày 20-11, sáng 5-8": "Ngày hai mươi tháng mười một, sáng mùng năm tháng tám",
    "mỗi ngày 2-3 lần, ngày 5-6 cốc": "Mỗi ngày hai đến ba lần, ngày năm đến sáu cốc",
    "đêm 10-12 độ, chiều 2-3 người": "Đêm mười đến mười hai độ, chiều hai đến ba người",
    "ngày 5-8 người dân nghỉ": "Ngày mùng năm tháng tám người dân nghỉ",
    "ngày 20-11 trường họp": "Ngày hai mươi tháng mười một trường họp",
    "từ ngày 5-8 đến ngày 10-8": "Từ ngày mùng năm tháng tám đến ngày mùng mười tháng tám",
    "các ngày 5-7, ngày 5-7 tháng 9": "Các ngày năm đến bảy, ngày năm đến bảy tháng chín",
    "trong 5-7 ngày": "Trong năm đến bảy ngày",
    "các ngày 28, 29/10": "Các ngày hai mươi tám, hai mươi chín tháng mười",
    "đường 30/4, hẻm 12/5": "Đường ba mươi tháng tư, hẻm mười hai trên năm",
    "7-8/10 xã": "Bảy đến tám trên mười xã",
    "T8/2021, từ 10-2025": (
        "Tháng tám năm hai nghìn không trăm hai mươi mốt, từ tháng mười năm hai nghìn không trăm "
        "hai mươi lăm"
    ),
    "T2-T6, sáng T7, CN nghỉ": "Thứ hai đến thứ sáu, sáng thứ bảy, chủ nhật nghỉ",
    # times
    "hồi 07 giờ 00 ngày 28/10": "Hồi bảy giờ ngày hai mươi tám tháng mười",
    "8 - 11h, 2h30p": "Tám đến mười một giờ, hai giờ ba mươi phút",
    "15h30, 7h và 07:05": "Mười lăm giờ ba mươi phút, bảy giờ và bảy giờ năm phút",
    "từ 7h-11h30": "Từ bảy giờ đến mười một giờ ba mươi phút",
    "trước 15 giờ 30, thứ 6": "Trước mười lăm giờ ba mươi phút, thứ sáu",
    "trước 15 giờ ngày 5/8": "Trước mười lăm giờ ngày mùng năm tháng tám",
    "trực 24/24": "Trực hai mươi tư trên hai mươi tư giờ",
    # quantities
    "38,5 °C, 38,5°C": "Ba mươi tám phẩy năm độ xê, ba mươi tám phẩy năm độ xê",
    "50 % hoặc 50-60%": "Năm mươi phần trăm hoặc năm mươi đến sáu mươi phần trăm",
    "mưa 100–200 mm": "Mưa một trăm đến hai trăm mi-li-mét",
    "gió 120 km/h, cấp 10-11": "Gió một trăm hai mươi ki-lô-mét một giờ, cấp mười đến mười một",
    "xả 1.500 m³/s": "Xả một nghìn năm trăm mét khối một giây",
    "sâu 2,05 m": "Sâu hai phẩy không năm mét",
    "16.818 cuộc gọi": "Mười sáu nghìn tám trăm mười tám cuộc gọi",
    "500.000 đồng/người, 2 lần/ngày": "Năm trăm nghìn đồng mỗi người, hai lần mỗi ngày",
    "uống 1/2 viên": "Uống một phần hai viên",
    "11/12 xã, đạt 2/3": "Mười một trên mười hai xã, đạt hai phần ba",
    "lạnh -5 °C": "Lạnh âm năm độ xê",
    "tọa độ 16,5°N–110,2°E": (
        "Tọa độ mười sáu phẩy năm độ vĩ bắc, một trăm mười phẩy hai độ kinh đông"
    ),
    "trên báo động II 0,15 m, dưới BĐ3": (
        "Trên báo động hai không phẩy mười lăm mét, dưới báo động ba"
    ),
    "mưa 50-100mm/24h": "Mưa năm mươi đến một trăm mi-li-mét trong hai mươi tư giờ",
    "trẻ 6 tháng–5 tuổi": "Trẻ sáu tháng đến năm tuổi",
    "giá 25.000đ/kg": "Giá hai mươi lăm nghìn đồng mỗi ki-lô-gam",
    "16.8N-109.5E": "Mười sáu phẩy tám độ vĩ bắc, một trăm linh chín phẩy năm độ kinh đông",
    "BĐ1-BĐ2, trên BĐ I": "Báo động một đến báo động hai, trên báo động một",
    "70mm/đợt, giảm 3%/năm": "Bảy mươi mi-li-mét mỗi đợt, giảm ba phần trăm mỗi năm",
    "40 ÷ 60mm, cao 1m65, 30'": (
        "Bốn mươi đến sáu mươi mi-li-mét, cao một mét sáu mươi lăm, ba mươi phút"
    ),
    "120/80 mmHg, SpO2 94%": (
        "Một trăm hai mươi trên tám mươi mi-li-mét thủy ngân, ét pê o hai chín mươi tư phần trăm"
    ),
    "60+, hỗ trợ 500k": "Sáu mươi trở lên, hỗ trợ năm trăm nghìn",
    "mã 123456, máy lẻ 115": "Mã một hai ba bốn năm sáu, máy lẻ một một năm",
    "bấm *100#": "Bấm sao một không không thăng",
    "Báo cháy 114, dài 115 cm": "Báo cháy một một bốn, dài một trăm mười lăm xen-ti-mét",
    # names
    "Đại hội XIV, Phụ lục III, quý I-II": "Đại hội mười bốn, Phụ lục ba, quý một đến hai",
    "Chỉ thị 05-CT/TW, 60-NQ/TW": (
        "Chỉ thị năm của Trung ương, Nghị quyết số sáu mươi của Trung ương"
    ),
    "Thông báo 45/TB-VPCP": "Thông báo bốn mươi lăm của Văn phòng Chính phủ",
    "Sở NN&MT, HTX, TYT xã, KP3": (
        "Sở Nông nghiệp và Môi trường, hợp tác xã, trạm y tế xã, khu phố ba"
    ),
    "PGS.TS, ThS.BS": "Phó giáo sư, tiến sĩ, thạc sĩ, bác sĩ",
    "Đ/c: 12 Lê Lợi; Đ/c Bí thư": "Địa chỉ: mười hai Lê Lợi; đồng chí Bí thư",
    "TL 8, Km 12+500": "Tỉnh lộ tám, ki-lô-mét mười hai cộng năm trăm",
    "biến thể B.1.617.2, PM2.5": "Biến thể bê một sáu một bảy hai, pê mờ hai phẩy năm",
    "Facebook.com/x1": "Facebook chấm com gạch chéo ích một",
    "bão số 12 (FENGSHEN)": "Bão số mười hai, Fengshen",
    "áp thấp nhiệt đới (ATNĐ)": "Áp thấp nhiệt đới",
    "đợt 2/2025": "Đợt hai năm hai nghìn không trăm hai mươi lăm",
    "thông báo số 12/TB-BCH": "Thông báo số mười hai của Ban chỉ huy",
    "gọi 0276 3 822 115": "Gọi không hai bảy sáu, ba, tám hai hai, một một năm",
    "UBND TP.HCM": "Ủy ban nhân dân Thành phố Hồ Chí Minh",
    "TP. Hồ Chí Minh, P.4, Q.1": "Thành phố Hồ Chí Minh, phường bốn, quận một",
    "dịch COVID-19": "Dịch cô vít mười chín",
    "QL22B và ĐT.782": "Quốc lộ hai mươi hai bê và đường tỉnh bảy tám hai",
    "cúm A/H5N1": "Cúm A, hát năm nờ một",
    "Chỉ thị 16/CT-TTg": "Chỉ thị mười sáu của Thủ tướng Chính phủ",
    "Nghị định số 49/2024/NĐ-CP": (
        "Nghị định số bốn mươi chín năm hai nghìn không trăm hai mươi tư của Chính phủ"
    ),
    "Luật số 91/2025/QH15": (
        "Luật số chín mươi mốt năm hai nghìn không trăm hai mươi lăm của Quốc hội khóa mười lăm"
    ),
    "Công văn số 1376/STTTT-TTBCXB ngày 26/8/2020 của Sở TT&TT": (
        "Công văn số một nghìn ba trăm bảy mươi sáu ngày hai mươi sáu tháng tám năm hai nghìn "
        "không trăm hai mươi của Sở Thông tin và Truyền thông"
    ),
    "xem https://loa.example.vn/a/x-y.": (
        "Xem loa chấm example chấm vê nờ gạch chéo a gạch chéo ích gạch ngang y."
    ),
    "gửi hop.thu@mau.example.vn": "Gửi hop chấm thu a còng mau chấm example chấm vê nờ",
    "Trung tâm Kiểm soát bệnh tật tỉnh (CDC)": "Trung tâm Kiểm soát bệnh tật tỉnh",
    "THÔNG BÁO: LŨ LÊN MỨC BÁO ĐỘNG 2": "Thông báo: lũ lên mức báo động hai",
    "tìm trên CH Play, App Store": "Tìm trên xê hát Play, App Store",
    "trợ cấp (2021)": "Trợ cấp, năm hai nghìn không trăm hai mươi mốt",
    # signs
    "hỏi - đáp (xem thêm) v.v...": "Hỏi đáp, xem thêm, vân vân",
    "😀 Bà con “cẩn thận”… Đừng đi./.": "Bà con “cẩn thận”. Đừng đi.",
}


@pytest.mark.parametrize("printed", SAID)
def test_it_is_said_as_an_announcer_says_it(printed: str) -> None:
    assert read_aloud(printed).text == SAID[printed]


def test_the_south_says_numbers_its_way() -> None:
    south = Manner(south=True)
    assert read_aloud("1.024 hộ, 105 người", south).text == (
        "Một ngàn không trăm hai mươi bốn hộ, một trăm lẻ năm người"
    )


def test_a_site_has_its_own_words_and_numbers() -> None:
    manner = Manner(words={"Mẫu Smart": "Mẫu sờ-mát"}, phones=frozenset({"119"}))
    assert read_aloud("Cài Mẫu Smart, rồi 119.", manner).text == (
        "Cài Mẫu sờ-mát, rồi một một chín."
    )
    assert read_aloud("rồi 119.").text == "Rồi một trăm mười chín."


def test_what_no_table_knows_is_spelled_and_said_so() -> None:
    spoken = read_aloud("Hội CTĐ xã")
    assert spoken == ("Hội xê tê đê xã", ("CTĐ",))


WHOLE = {
    0: "không", 10: "mười", 15: "mười lăm", 21: "hai mươi mốt", 24: "hai mươi tư",
    101: "một trăm linh một", 115: "một trăm mười lăm", 1000: "một nghìn",
    1005: "một nghìn không trăm linh năm",
    1_000_005: "một triệu không trăm linh năm", 3_000_000_000: "ba tỷ",
    21_000_400_000: "hai mươi mốt tỷ bốn trăm nghìn",
}  # fmt: skip


def test_numbers() -> None:
    assert {number: whole(number) for number in WHOLE} == WHOLE
    assert len({whole(number) for number in range(20_000)}) == 20_000
    assert figure("1.234.567,8") == whole(1_234_567) + " phẩy tám"
    assert figure("0.5") == "không phẩy năm"
    assert [roman(text) for text in ("IV", "XXI", "XC", "IIII", "")] == [4, 21, 90, None, None]


UNITS = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")
VALUES = {name: value for value, name in enumerate(UNITS)} | {"mốt": 1, "tư": 4, "lăm": 5}


def understood(words: str) -> int:
    """Return the number that a listener hears: another reading of the words than ours."""
    total, group, digit = 0, 0, 0
    for word in words.split():
        if word in VALUES:
            digit = VALUES[word]
        elif word in ("mươi", "mười"):
            group, digit = group + 10 * (digit if word == "mươi" else 1), 0
        elif word == "trăm":
            group, digit = group + 100 * digit, 0
        elif word in ("nghìn", "triệu"):
            total += (group + digit) * {"nghìn": 10**3, "triệu": 10**6}[word]
            group, digit = 0, 0
        elif word == "tỷ":
            total = (total + group + digit) * 10**9
            group, digit = 0, 0
    return total + group + digit


@given(st.one_of(st.integers(0, 10_000), st.integers(0, 10**15 - 1)))
@settings(deadline=None, max_examples=150)
def test_a_listener_hears_the_number(number: int) -> None:
    assert understood(whole(number)) == number


@given(st.text(alphabet="0123456789/.,-–: %°Cmhgkđ()aAĐBNuUbB“”@…\n", max_size=40))
@settings(deadline=None, max_examples=300)
def test_no_figure_is_left_and_nothing_breaks(text: str) -> None:
    said = read_aloud(text).text
    assert not re.search(r"\d|  |[()@/%°]", said)


LONG = (
    "Ngay khi nghe loa này, bà con sống ở vùng trũng ven sông hãy rời nhà lên nơi cao theo"
    " hướng dẫn của xã và không quay lại lấy đồ; gọi “một một bốn.” Hết."
)


def test_breath_groups_lose_nothing_and_are_short() -> None:
    groups = breath_groups(LONG)
    assert " ".join(groups) == LONG
    assert len(groups) > 3
    assert all(len(group.split()) <= 14 for group in groups)


def test_what_is_said_in_one_go_is_not_parted() -> None:
    assert breath_groups("Lưu số của trạm y tế xã, phường, số của Ban phòng, chống dịch tỉnh.") == [
        "Lưu số của trạm y tế xã, phường,",
        "số của Ban phòng, chống dịch tỉnh.",
    ]


def test_reading_time_counts_syllables() -> None:
    assert minutes(" ".join(["lũ"] * 280)) == 2
    assert minutes("ki-lô-mét") == 3 / 140
