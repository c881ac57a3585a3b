"""Tables of the announcer: letters, abbreviations, units, and the words that tell figures apart."""

from __future__ import annotations

LETTERS = {
    "A": "a", "B": "bê", "C": "xê", "D": "dê", "Đ": "đê", "E": "e", "F": "ép", "G": "giê",
    "H": "hát", "I": "i", "J": "di", "K": "ca", "L": "lờ", "M": "mờ", "N": "nờ", "O": "o",
    "P": "pê", "Q": "quy", "R": "rờ", "S": "ét", "T": "tê", "U": "u", "V": "vê", "W": "vê kép",
    "X": "ích", "Y": "i dài", "Z": "dét", "Ư": "ư", "Ơ": "ơ", "Ô": "ô", "Ê": "ê", "Â": "â",
    "Ă": "á",
}  # fmt: skip

ABBREVIATIONS = {
    "TP.HCM": "Thành phố Hồ Chí Minh",
    "TP HCM": "Thành phố Hồ Chí Minh",
    "TPHCM": "Thành phố Hồ Chí Minh",
    "Tp.HCM": "Thành phố Hồ Chí Minh",
    "Tp. HCM": "Thành phố Hồ Chí Minh",
    "TP. HCM": "Thành phố Hồ Chí Minh",
    "HCM": "Hồ Chí Minh",
    "TP": "thành phố",
    "Tp": "thành phố",
    "TX": "thị xã",
    "UBND": "Ủy ban nhân dân",
    "HĐND": "Hội đồng nhân dân",
    "MTTQ": "Mặt trận Tổ quốc",
    "UBMTTQ": "Ủy ban Mặt trận Tổ quốc",
    "LĐLĐ": "Liên đoàn Lao động",
    "BCĐ": "Ban chỉ đạo",
    "BCH": "Ban chỉ huy",
    "BQL": "Ban quản lý",
    "PCTT": "phòng, chống thiên tai",
    "PTDS": "phòng thủ dân sự",
    "TKCN": "tìm kiếm cứu nạn",
    "PCCC": "phòng cháy, chữa cháy",
    "CNCH": "cứu nạn, cứu hộ",
    "CSGT": "cảnh sát giao thông",
    "ATGT": "an toàn giao thông",
    "ANTT": "an ninh trật tự",
    "ATTP": "an toàn thực phẩm",
    "VSATTP": "vệ sinh an toàn thực phẩm",
    "THPT": "trung học phổ thông",
    "THCS": "trung học cơ sở",
    "BHYT": "bảo hiểm y tế",
    "BHXH": "bảo hiểm xã hội",
    "CCCD": "căn cước công dân",
    "CMND": "chứng minh nhân dân",
    "CNTT": "công nghệ thông tin",
    "TT&TT": "Thông tin và Truyền thông",
    "TTTT": "Thông tin và Truyền thông",
    "GD&ĐT": "Giáo dục và Đào tạo",
    "GDĐT": "Giáo dục và Đào tạo",
    "KH&CN": "Khoa học và Công nghệ",
    "KHCN": "Khoa học và Công nghệ",
    "NN&PTNT": "Nông nghiệp và Phát triển nông thôn",
    "TN&MT": "Tài nguyên và Môi trường",
    "VH&TT": "Văn hóa và Thông tin",
    "LĐTB&XH": "Lao động, Thương binh và Xã hội",
    "TTGSĐH": "Trung tâm giám sát, điều hành",
    "TTĐT": "thông tin điện tử",
    "TW": "Trung ương",
    "CP": "Chính phủ",
    "TTg": "Thủ tướng Chính phủ",
    "CBCC": "cán bộ, công chức",
    "CBCCVC": "cán bộ, công chức, viên chức",
    "SĐT": "số điện thoại",
    "ĐT": "điện thoại",
    "CDC": "Trung tâm Kiểm soát bệnh tật",
    "WHO": "Tổ chức Y tế Thế giới",
    "ASEAN": "A-xê-an",
    "UNICEF": "U-ni-xép",
    "VNPT": "vê nờ pê tê",
    "SMS": "tin nhắn",
    "QR": "quy rờ",
    "QRcode": "quy rờ",
    "ATM": "a tê mờ",
    "OA": "o a",
    "CH Play": "xê hát Play",
    "App Store": "App Store",
    "app": "áp",
    "App": "áp",
    "BTV": "biên tập viên",
    "BS": "bác sĩ",
    "BS.": "bác sĩ",
    "ThS.": "thạc sĩ",
    "TS.": "tiến sĩ",
    "PGS.": "phó giáo sư",
    "GS.": "giáo sư",
    "COVID": "cô vít",
    "Covid": "cô vít",
    "COVID-19": "cô vít mười chín",
    "Covid-19": "cô vít mười chín",
    "Covid 19": "cô vít mười chín",
    "COVID 19": "cô vít mười chín",
    "SARS-CoV-2": "xa cô vi hai",
    "PC-COVID": "pê xê cô vít",
    "HIV": "hát i vê",
    "HIV/AIDS": "hát i vê, ết",
    "AIDS": "ết",
    "24/24": "hai mươi tư trên hai mươi tư giờ",
    "24/24h": "hai mươi tư trên hai mươi tư giờ",
    "24/24 giờ": "hai mươi tư trên hai mươi tư giờ",
    "24/7": "hai mươi tư giờ mỗi ngày, bảy ngày mỗi tuần",
    "v.v…": "vân vân",
    "v.v...": "vân vân",
    "v.v.": "vân vân",
    "v.v": "vân vân",
    "V/v": "Về việc",
    "Đ/c": "địa chỉ",
    "5K": "năm ca",
    "Hotline": "đường dây nóng",
    "hotline": "đường dây nóng",
}
"""What is written -> how it is said; the longest that stands alone wins."""

PLACES = {
    "TP.": "thành phố",
    "Tp.": "thành phố",
    "TX.": "thị xã",
    "TT.": "thị trấn",
    "Q.": "quận",
    "P.": "phường",
    "H.": "huyện",
    "X.": "xã",
    "QL": "quốc lộ",
    "QL.": "quốc lộ",
    "ĐT.": "đường tỉnh",
    "TL.": "tỉnh lộ",
}
"""Before a name with a capital or a number: “P.Ninh Thạnh”, “Q.1”, “QL22B”."""

UNITS = {
    "°C": "độ xê", "ºC": "độ xê", "độ C": "độ xê", "oC": "độ xê", "°F": "độ ép", "°": "độ",
    "%": "phần trăm", "‰": "phần nghìn",
    "km/h": "ki-lô-mét một giờ", "km/giờ": "ki-lô-mét một giờ", "m/s": "mét một giây",
    "m3/s": "mét khối một giây", "m³/s": "mét khối một giây", "m3": "mét khối", "m³": "mét khối",
    "km2": "ki-lô-mét vuông", "km²": "ki-lô-mét vuông", "m2": "mét vuông", "m²": "mét vuông",
    "µg/m³": "mi-crô-gam trên mét khối", "μg/m³": "mi-crô-gam trên mét khối",
    "µg/m3": "mi-crô-gam trên mét khối", "mg/l": "mi-li-gam trên lít",
    "km": "ki-lô-mét", "cm": "xen-ti-mét", "mm": "mi-li-mét", "m": "mét",
    "kg": "ki-lô-gam", "mg": "mi-li-gam", "g": "gam", "ml": "mi-li-lít", "l": "lít", "L": "lít",
    "ha": "héc-ta", "kWh": "ki-lô-oát giờ", "kW": "ki-lô-oát", "kV": "ki-lô-vôn", "V": "vôn",
    "mmHg": "mi-li-mét thủy ngân", "hPa": "héc-tô-pát-can", "GB": "ghi-ga-bai", "MB": "mê-ga-bai",
    "VNĐ": "đồng", "VND": "đồng", "đ": "đồng", "₫": "đồng", "USD": "đô la Mỹ",
}  # fmt: skip
"""Unit after a figure -> how it is said."""

DOCUMENT_TYPES = {
    "CT": "Chỉ thị", "QĐ": "Quyết định", "NĐ": "Nghị định", "NQ": "Nghị quyết", "TT": "Thông tư",
    "KH": "Kế hoạch", "TB": "Thông báo", "CV": "Công văn", "HD": "Hướng dẫn", "CĐ": "Công điện",
    "BC": "Báo cáo", "TTr": "Tờ trình", "PL": "Pháp lệnh",
}  # fmt: skip
ISSUERS = {
    "CP": "Chính phủ", "TTg": "Thủ tướng Chính phủ", "UBND": "Ủy ban nhân dân",
    "HĐND": "Hội đồng nhân dân", "BYT": "Bộ Y tế", "BTTTT": "Bộ Thông tin và Truyền thông",
    "BKHCN": "Bộ Khoa học và Công nghệ", "BGDĐT": "Bộ Giáo dục và Đào tạo",
    "BNV": "Bộ Nội vụ", "BCA": "Bộ Công an", "BQP": "Bộ Quốc phòng", "BTC": "Bộ Tài chính",
    "STTTT": "Sở Thông tin và Truyền thông", "SYT": "Sở Y tế", "LĐLĐ": "Liên đoàn Lao động",
    "UBTVQH": "Ủy ban Thường vụ Quốc hội", "QH": "Quốc hội",
}  # fmt: skip
"""Parts of a document's symbol (Decree 30/2020, annex III) -> how they are said."""

COUNTED = frozenset({
    "người", "ca", "hộ", "trường", "điểm", "xã", "phường", "thôn", "ấp", "nhà", "đồng", "tỷ",
    "tỉ", "triệu", "nghìn", "ngàn", "lượt", "cuộc", "tấn", "phút", "giờ", "ngày", "tháng",
    "năm", "tuần", "lần", "cái", "chiếc", "con", "suất", "phần", "mẫu", "liều", "mũi", "đơn",
    "bệnh", "doanh", "khách", "học", "cán", "đoàn", "tổ", "đội", "phản", "câu", "thiết",
    "máy", "giường", "cây", "căn", "vụ", "tàu", "xe", "hành", "cơ", "khu", "tỉnh", "huyện",
    "chốt", "km", "m", "kg", "lít",
})  # fmt: skip
"""A figure before one of these counts things; it is no number to call."""
CALLED = (
    "gọi|tổng đài|đường dây nóng|hotline|điện thoại|sđt|đt|số máy|liên hệ|nhắn|bấm|quay|alô"
    "|cấp cứu|cứu hỏa|cứu nạn|công an|số"
)
"""A short figure soon after one of these is a number to call."""
PARTED = frozenset({
    "ngày", "giờ", "tuần", "tháng", "năm", "người", "hộ", "lần", "xã", "suất", "lít", "kg",
    "tấn", "khẩu", "ca",
})  # fmt: skip
"""“đồng/người”: the stroke before one of these is said “mỗi”."""
