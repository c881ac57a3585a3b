"""How a debunk is headed: its title states the fact, because many people read nothing else.

The rule. A title is bare when it gives the rumour back with nothing that says what is true of it:
no word of judgement (“sai sự thật”, “tin giả”, “bác bỏ”, “không phải”, “fact check”…) and at least
four fifths of the rumour's words. A bare title is refused unless the verdict is that the claim is
true. Where a source gives only the rumour, the title is built from the verdict and the rumour in
quotes: “Sai sự thật: “Uống rượu diệt được virus””.
"""

from __future__ import annotations

import re

from model.kinds.misinformation import VERDICTS
from model.text import fold, one_line, shorten

TITLE = 180
"""Longest title that is built (characters)."""
_SHARE = 0.8
_VIETNAMESE = (
    "sai sự thật|sai lệch|tin sai|tin giả|tin đồn|là sai|là giả|ảnh giả|video giả|văn bản giả"
    "|giả mạo|giả danh|mạo danh|không|chưa|bác tin|bác bỏ|phủ nhận|đính chính|cải chính|bịa đặt"
    "|xuyên tạc|thất thiệt|thực hư|sự thật|thực tế|đúng là|kiểm chứng|kiểm tin|xác minh|cảnh giác"
    "|cảnh báo|lừa đảo|bị phạt|xử phạt|xử lý|làm rõ|hiểu lầm|cắt ghép|dàn dựng|đúng một phần"
    "|phần lớn sai|phần lớn đúng"
)
_ENGLISH = (
    "false|fake|hoax|misleading|not|no evidence|fact check|factcheck|debunk|debunked|myth"
    "|untrue|incorrect|cannot|wont|isnt|doesnt|never|no proof|half true|partly|altered|doctored"
    "|out of context|unproven|satire"
)
_JUDGEMENT = re.compile(rf"\b({_VIETNAMESE}|{_ENGLISH})\b")
"""Compared with tone marks: without them “chưa” (not yet) would be “chữa” (cures)."""
_WORD = re.compile(r"\w+")


def _words(text: str) -> list[str]:
    return _WORD.findall(fold(text).replace("’", "").replace("'", ""))


def _judged(text: str) -> set[str]:
    plain = one_line(text).casefold().replace("’", "").replace("'", "")
    return set(_JUDGEMENT.findall(" ".join(_WORD.findall(plain))))


def judgements(title: str, claim: str = "") -> set[str]:
    """Return the words of `title` that say what is true, without those that the claim itself has.

    The claim “Vắc xin không có tác dụng” denies something, and repeating it judges nothing.
    """
    return _judged(title) - _judged(claim)


def is_bare(title: str, claim: str, verdict: str) -> bool:
    """Return whether `title` only repeats the rumour; a claim found true may head its own page."""
    if verdict in ("true", "mostly-true") or judgements(title, claim):
        return False
    if any(fold(title).startswith(f"{fold(words)}:") for words, _ in VERDICTS.values()):
        return False
    told, rumour = set(_words(title)), set(_words(claim))
    if not rumour or not told:
        return bool(rumour)
    return len(told & rumour) >= _SHARE * min(len(rumour), len(told))


def restates(title: str, claim: str) -> bool:
    """Return whether `title` holds nearly all words of the claim, with or without a judgement."""
    told, rumour = set(_words(title)), set(_words(claim))
    return bool(rumour) and len(told & rumour) >= _SHARE * len(rumour)


def headed(claim: str, verdict: str, headline: str = "") -> str:
    """Return the title of a debunk: the source's headline if it judges, else verdict and rumour."""
    line = one_line(headline)
    if line and judgements(line, claim):
        return shorten(line, TITLE)
    words = VERDICTS[verdict][0]
    quoted = one_line(claim).strip("“”\"'‘’ ")
    return f"{words}: “{shorten(quoted, TITLE - len(words) - 4)}”"


_PLACE = r"^(?:[^:“”\"]{2,30}:\s*)?"
_DENIAL = re.compile(
    _PLACE + r"(?:bác (?:bỏ )?(?:thông )?tin(?: đồn)?|bác bỏ|phủ nhận(?: thông tin| tin đồn)?"
    r"|không có chuyện)(?:\s+về(?: việc)?)?[:\s]+",
    re.IGNORECASE,
)
_OPENING = re.compile(
    _PLACE + r"(?:thông tin|tin đồn|tin nói)(?:\s+về(?: việc)?)?[:\s]+", re.IGNORECASE
)
_CLOSING = re.compile(
    r"\s*[,:–-]?\s+(?:là\s+(?:thông tin\s+|tin\s+|hoàn toàn\s+){0,3}"
    r"(?:sai sự thật|sai lệch|sai|giả mạo|giả|bịa đặt|xuyên tạc|(?:không|chưa) chính xác"
    r"|không đúng(?: sự thật)?)|sai sự thật|(?:không|chưa) chính xác|không đúng(?: sự thật)?)"
    r"\s*[.!]?$",
    re.IGNORECASE,
)


def claim_in(headline: str) -> str:
    """Return the rumour that a verdict sentence speaks of; "" if none can be told apart.

    “Thông tin TP.HCM dùng 5 trực thăng phun khử khuẩn là sai sự thật” holds the rumour “TP.HCM dùng
    5 trực thăng phun khử khuẩn”.
    """
    line = one_line(headline)
    rest = _CLOSING.sub("", line)
    opening = _DENIAL.match(rest) or (_OPENING.match(rest) if rest != line else None)
    if rest == line and opening is None:
        return ""
    claim = rest[opening.end() :] if opening else rest
    claim = claim.strip(" “”\"'‘’.:,–-")
    return claim[:1].upper() + claim[1:] if len(_words(claim)) >= 3 else ""
