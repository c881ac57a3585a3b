"""Numbers in Vietnamese words, as they are said in the north (default) or in the south."""

from __future__ import annotations

import re

DIGITS = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")
LARGEST = 10**15
"""From here on figures are read one by one: nobody follows such a number by ear."""
_GROUPED = re.compile(r"[1-9]\d{0,2}(?:\.\d{3})+|[1-9]\d{0,2}(?:,\d{3}){2,}")


def whole(number: int, south: bool = False) -> str:
    """Return a number from 0 to below LARGEST in words: 124 -> “một trăm hai mươi tư”.

    `south`: “ngàn”, “lẻ” and “hai mươi bốn” for the north's “nghìn”, “linh” and “hai mươi tư”.
    """
    if number == 0:
        return DIGITS[0]
    billions, rest = divmod(number, 10**9)
    parts = [f"{whole(billions, south)} tỷ"] if billions else []
    thousand = "ngàn" if south else "nghìn"
    for size, name in ((10**6, "triệu"), (10**3, thousand), (1, "")):
        group, rest = divmod(rest, size)
        if group:
            parts.append(f"{_below_thousand(group, bool(parts), south)} {name}".rstrip())
    return " ".join(parts)


def _below_thousand(number: int, full: bool, south: bool) -> str:
    """Return 1..999 in words; `full` says the hundreds even where there are none."""
    hundreds, rest = divmod(number, 100)
    parts = [f"{DIGITS[hundreds]} trăm"] if hundreds or full else []
    if rest and rest < 10 and parts:
        parts.append(f"{'lẻ' if south else 'linh'} {DIGITS[rest]}")
    elif rest:
        parts.append(_below_hundred(rest, south))
    return " ".join(parts)


def _below_hundred(number: int, south: bool) -> str:
    tens, unit = divmod(number, 10)
    if tens == 0:
        return DIGITS[unit]
    head = "mười" if tens == 1 else f"{DIGITS[tens]} mươi"
    if unit == 0:
        return head
    if unit == 5:
        return f"{head} lăm"
    if tens > 1 and unit == 1:
        return f"{head} mốt"
    if tens > 1 and unit == 4 and not south:
        return f"{head} tư"
    return f"{head} {DIGITS[unit]}"


def one_by_one(digits: str) -> str:
    """Return each digit in words: “1022” -> “một không hai hai”."""
    return " ".join(DIGITS[int(digit)] for digit in digits)


def figure(text: str, south: bool = False) -> str:
    """Return a printed figure in words: “16.818”, “38,5”, “1.234,5”, “0.5”, “05”.

    A point before every three digits parts thousands, a comma begins the decimals (Vietnamese);
    a single point before fewer or more than three digits is read as a comma.
    """
    if _GROUPED.fullmatch(text):
        return _integer(re.sub(r"[.,]", "", text), south)
    head, comma, tail = text.partition(",")
    if _GROUPED.fullmatch(head):
        head = head.replace(".", "")
    if not comma:
        head, _, tail = text.partition(".")
    if not (head.isdigit() and (tail.isdigit() or not tail)):
        return ", ".join(figure(part, south) for part in re.findall(r"\d+", text))
    spoken = _integer(head, south)
    return f"{spoken} phẩy {_decimals(tail, south)}" if tail else spoken


def _integer(digits: str, south: bool) -> str:
    value = int(digits)
    serial = len(digits) > 2 and digits[0] == "0"
    return one_by_one(digits) if serial or value >= LARGEST else whole(value, south)


def _decimals(digits: str, south: bool) -> str:
    if len(digits) == 2 and digits[0] != "0":
        return whole(int(digits), south)
    return one_by_one(digits)


def month(number: int, south: bool = False) -> str:
    """Return how a month is called: 4 -> “tư”."""
    return "tư" if number == 4 else whole(number, south)


def day(number: int, south: bool = False) -> str:
    """Return how a day of the month is called: 2 -> “mùng hai”, 30 -> “ba mươi”."""
    return f"mùng {whole(number)}" if number <= 10 else whole(number, south)


def ordinal(number: int, south: bool = False) -> str:
    """Return what follows “thứ”: 1 -> “nhất”, 2 -> “hai”, 4 -> “tư”."""
    return {1: "nhất", 4: "tư"}.get(number) or whole(number, south)


_ROMAN = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100}


def roman(text: str) -> int | None:
    """Return the value of a Roman numeral up to 399; None if it is not written as one is."""
    if not re.fullmatch(r"(?=.)C{0,3}(?:XC|XL|L?X{0,3})(?:IX|IV|V?I{0,3})", text):
        return None
    values = [_ROMAN[letter] for letter in text]
    return sum(
        -value if value < max(values[index + 1 :], default=0) else value
        for index, value in enumerate(values)
    )
