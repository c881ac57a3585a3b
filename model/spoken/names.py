"""What is read of addresses, documents' symbols, abbreviations and names with figures."""

from __future__ import annotations

import re

from model.spoken.numbers import figure, one_by_one, whole
from model.spoken.reading import Place
from model.spoken.tables import (
    ABBREVIATIONS,
    DOCUMENT_TYPES,
    ISSUERS,
    NUMBERED,
    PARTED,
    PLACES,
    TITLES,
    UNITS,
)

_VOWEL = re.compile(r"[aeiouyàáâãèéêìíòóôõùúýăđĩũơưạ-ỹ]", re.IGNORECASE)
_A_NAME = re.compile(r"(?=.{5,})(?:[B-DF-HJ-NP-TV-XZ]{0,4}[AEIOUY]+){2,}[B-DF-HJ-NP-TV-XZ]{0,2}")
"""Capitals that can be read as a word (storms’ names); still told to the announcer."""
_LABELS = {"vn": "vê nờ", "gov": "gờ o vê", "www": "", "http": "", "https": "", "qr": "quy rờ"}
_SENTENCE_END = ".,;:!?)”\"'"
_BY_WHOM = re.compile(r"(?:,? ngày [\d/. -]+)?,? của ")


def email(match: re.Match[str], place: Place) -> str:
    """Say a mail address: “a còng” between its halves."""
    user, host = match[0].split("@", 1)
    return f"{_parts(user, place)} a còng {_parts(host, place)}"


def address(match: re.Match[str], place: Place) -> str:
    """Say a web address without its protocol: “loa chấm example chấm vê nờ gạch chéo a”."""
    text = match[0].rstrip(_SENTENCE_END)
    place.end -= len(match[0]) - len(text)
    text = re.sub(r"^https?://(?:www\.)?|^www\.", "", text).rstrip("/")
    return " gạch chéo ".join(filter(None, (_parts(part, place) for part in text.split("/"))))


def _parts(text: str, place: Place) -> str:
    said = []
    for piece in re.findall(r"[A-Za-z]+|\d+|[^\sA-Za-z\d]", text):
        if piece.isdigit():
            said.append(one_by_one(piece))
        elif piece.isalpha():
            lower = piece.lower()
            said.append(_LABELS.get(lower, lower if _VOWEL.search(lower) else place.spell(lower)))
        else:
            names = {".": "chấm", "-": "gạch ngang", "_": "gạch dưới", "?": "hỏi", "=": "bằng"}
            said.append(names.get(piece, ""))
    return " ".join(filter(None, said))


def document_code(match: re.Match[str], place: Place) -> str:
    """Say a document's number and symbol: “16/CT-TTg” -> “mười sáu của Thủ tướng Chính phủ”.

    The symbol goes where the text says by whom it was issued; unknown parts are spelled.
    """
    number, year, symbol = match[1], match[2], match[3]
    said = [figure(number.lstrip("0") or "0", place.manner.south)]
    if year:
        said.append(f"năm {whole(int(year), place.manner.south)}")
    parts = re.split(r"[-–]", symbol)
    kind = DOCUMENT_TYPES.get(parts[0], "") if parts != ["PL"] else ""
    if kind and not re.search(rf"(?:{kind.lower()}|số)\s*$", place.before):
        said.insert(0, f"{kind} số")
    if _BY_WHOM.match(place.after):
        return " ".join(said)
    return " ".join(filter(None, [*said, _issuer(parts[1:] if kind else parts, place)]))


def _issuer(parts: list[str], place: Place) -> str:
    if not parts:
        return ""
    head = re.fullmatch(r"([A-Za-zĐđ&]+?)(\d*)", parts[0])
    named = (ISSUERS.get(head[1]) or ABBREVIATIONS.get(head[1])) if head else None
    if head and named:
        term = f" khóa {whole(int(head[2]), place.manner.south)}" if head[2] else ""
        return f"của {named}{term}"
    return "gạch chéo " + " gạch ngang ".join(place.spell(part) for part in parts)


def party_code(match: re.Match[str], place: Place) -> str:
    """Say a Party document's number: “05-CT/TW” -> “Chỉ thị số năm của Trung ương”."""
    number, kind, whose = match.groups()
    name = DOCUMENT_TYPES[kind]
    named = re.search(rf"(?:{name.lower()}|số)\s*$", place.before)
    said = figure(number.lstrip("0") or "0", place.manner.south)
    return f"{'' if named else name + ' số '}{said} {_issuer([whose], place)}"


def known_pattern() -> str:
    """Return what matches every abbreviation of the table, the longest first."""
    names = sorted(ABBREVIATIONS, key=len, reverse=True)
    return "(?:" + "|".join(map(re.escape, names)) + r")(?![\wà-ỹ]|[/-][\w])"


def known(match: re.Match[str], place: Place) -> str | None:
    """Say an abbreviation that everybody says in full; a point that ends the sentence stays."""
    said = ABBREVIATIONS[match[0]]
    if match[0] == "24/7" and place.before.endswith("ngày "):
        return None
    if match[0].lower() == "đ/c" and re.match(r"\s[A-ZĐ]", place.after):
        return "đồng chí"
    if match[0] == "ĐT" and re.match(r"\.\s?\d", place.after):
        return None
    bracketed = place.before.endswith("(") and place.after.startswith(")")
    if bracketed and said.lower() in place.before:
        return ""
    follows = place.after.lstrip(". ").lower()
    if follows.startswith(said.lower()):
        return ""
    if match[0] in ("TP", "Tp", "TX") and place.after.startswith("."):
        place.end += 1
    if match[0] in TITLES and re.match(r"\.[A-Z]", place.after):
        place.end += 1
        return f"{said},"
    return said


def place_pattern() -> str:
    """Return what matches the short names of places before a name or a number."""
    names = sorted(PLACES, key=len, reverse=True)
    return r"(?<![.\w])(" + "|".join(map(re.escape, names)) + r")(?=\s?[A-ZĐÀ-Ỹ0-9])"


def place(match: re.Match[str], here: Place) -> str | None:
    """Say “P.4” as “phường bốn”, “QL22B” as “quốc lộ hai mươi hai bê”."""
    road = re.match(r"\s?(\d+)([A-Z]?)(?!\w)", here.after)
    if not road:
        return None if match[0] in NUMBERED else PLACES[match[0]]
    here.end += road.end()
    long = len(road[1]) > 2
    number = one_by_one(road[1]) if long else figure(road[1], here.manner.south)
    return " ".join(filter(None, [PLACES[match[0]], number, here.spell(road[2])]))


def mixed(match: re.Match[str], place: Place) -> str:
    """Say names of letters and figures: “H5N1”, “F0”, “QL1A”, “5G”."""
    said = []
    for piece in re.findall(r"[A-Za-zĐđ]+|\d+", match[0]):
        if piece.isdigit():
            said.append(figure(piece) if len(piece) < 3 and piece[0] != "0" else one_by_one(piece))
        elif piece.isupper() or not _VOWEL.search(piece):
            said.append(ABBREVIATIONS.get(piece) or place.spell(piece))
        else:
            said.append(piece)
    if len(re.findall("[A-ZĐ]", match[0])) > 2:
        place.spelled[match[0]] = None
    return " ".join(said)


def keys(match: re.Match[str], _: Place) -> str:
    """Say what is typed on a telephone: “*100#”."""
    return " ".join({"*": "sao", "#": "thăng"}.get(key) or one_by_one(key) for key in match[0])


def lineage(match: re.Match[str], place: Place) -> str:
    """Say a strain or a version: “B.1.617.2” -> “bê một sáu một bảy hai”."""
    return place.spell(match[0].replace(".", ""))


def capitals(match: re.Match[str], place: Place) -> str | None:
    """Spell an abbreviation that no table knows; words in capitals are left as they are."""
    word = match[0]
    if re.search(r"[ƯƠÔÊÂĂ]", word):
        return None
    place.spelled[word] = None
    if _A_NAME.fullmatch(word):
        return word.capitalize()
    return place.spell(re.sub(r"\W", "", word))


def per(match: re.Match[str], place: Place) -> str | None:
    """Say the stroke in “đồng/người”, “lần/ngày” as “mỗi”."""
    if match[1] not in PARTED or not (place.before[-1:].isalnum() or place.before[-1:] == "%"):
        return None
    return f"mỗi {UNITS.get(match[1], match[1])}"
