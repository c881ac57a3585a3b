"""Telephone numbers as Vietnamese agencies print them, and as a telephone dials them.

Short codes and area-code hotlines (“1022”, “0276.1022”) are unknown to numbering libraries, so they
are recognised here; everything else is judged by libphonenumber's plan for Viet Nam.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from model.problem import FieldError

_SHORT = re.compile(r"11[1-9]|1022|1(?:800|900)\d{4,6}|19\d{3}\d{0,3}|18\d{3}\d{0,3}|10[89]\d?")
_AREA_HOTLINE = re.compile(r"(02\d{1,2})(1022|11[1-9])")


class Phone(NamedTuple):
    """A number to print (`text`) and to dial (`tel`, the part after “tel:”)."""

    text: str
    tel: str
    mobile: bool = False

    @property
    def href(self) -> str:
        """The address for a link: “tel:02761022”."""
        return f"tel:{self.tel}"


def parse_phone(text: str) -> Phone:
    """Return the number in `text`; raise FieldError if it cannot be dialled in Viet Nam."""
    printed = " ".join(text.split())
    digits = re.sub(r"[\s.()\-–/]", "", printed)
    if digits.startswith("+84"):
        digits = "0" + digits[3:].removeprefix("0")
    elif digits.startswith("0084"):
        digits = "0" + digits[4:]
    if not digits.isascii() or not digits.isdigit():
        raise FieldError(
            f"“{printed}” không phải số điện thoại", "chỉ ghi một số, ví dụ 0276.1022 hoặc 115"
        )
    if _SHORT.fullmatch(digits) or _AREA_HOTLINE.fullmatch(digits):
        return Phone(printed, digits)
    return _by_plan(printed, digits)


def _by_plan(printed: str, digits: str) -> Phone:
    import phonenumbers

    try:
        number = phonenumbers.parse(digits, "VN")
    except phonenumbers.NumberParseException:
        number = None
    if number is None or not phonenumbers.is_valid_number_for_region(number, "VN"):
        raise FieldError(
            f"“{printed}” không gọi được (thiếu hoặc thừa chữ số)",
            "kiểm tra lại với đơn vị, ví dụ 0276 3822 115",
        )
    kind = phonenumbers.number_type(number)
    return Phone(printed, digits, kind == phonenumbers.PhoneNumberType.MOBILE)
