"""Catalogues: what the interface says in another language, from gettext's `.po` files.

The engine's lie in `model/locale/<lang>.po`; a site's own words (its name, hotlines, sections) in
`<site>/locale/<lang>.po`. The header's `X-Reviewed-By` names who has read the catalogue and speaks
the language; while it is empty the check warns sites that speak to the public. An entry marked
`#, fuzzy` is not used. Plurals and contexts are not used.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import NamedTuple

from model.problem import Problem, Problems

FOLDER = "locale"
ENGINE = Path(__file__).resolve().parent / FOLDER


class Entry(NamedTuple):
    """One message and its translation; "" is not translated yet."""

    message: str
    text: str
    fuzzy: bool
    line: int


class Catalogue(NamedTuple):
    """Message -> translation, and who has read them ("": nobody yet)."""

    words: Mapping[str, str]
    reviewed_by: str = ""


def parse_po(text: str, file: str) -> Catalogue:
    """Read a `.po` file; raise Problems that name the line."""
    words: dict[str, str] = {}
    header = ""
    for entry in _entries(text, file):
        if not entry.message:
            header = entry.text
            continue
        if entry.message in words:
            raise _problem(file, entry.line, "một câu được dịch hai lần", "giữ lại một mục")
        words[entry.message] = "" if entry.fuzzy else entry.text
    found = re.search(r"^X-Reviewed-By:[ \t]*(.*)$", header, re.MULTILINE)
    return Catalogue({key: text for key, text in words.items() if text}, found[1] if found else "")


def _entries(text: str, file: str) -> Iterator[Entry]:
    for start, lines in _blocks(text):
        parts: dict[str, str] = {}
        keyword = ""
        for number, line in enumerate(lines, start):
            if line.startswith("#"):
                continue
            word, _, rest = line.partition(" ")
            if word in ("msgid", "msgstr"):
                keyword, line = word, rest
            if not keyword:
                raise _problem(file, number, "không hiểu dòng này", 'viết như msgid "…"')
            parts[keyword] = parts.get(keyword, "") + _quoted(line, file, number)
        if parts:
            fuzzy = any(line.startswith("#,") and "fuzzy" in line for line in lines)
            yield Entry(parts.get("msgid", ""), parts.get("msgstr", ""), fuzzy, start)


def _blocks(text: str) -> Iterator[tuple[int, list[str]]]:
    """Yield (number of the first line, lines) of each stretch between blank lines."""
    block: list[str] = []
    for number, line in enumerate([*text.splitlines(), ""], 1):
        if line.strip():
            block.append(line.strip())
        elif block:
            yield number - len(block), block
            block = []


def _quoted(line: str, file: str, number: int) -> str:
    try:
        if line[:1] == line[-1:] == '"' and len(line) > 1:
            return str(ast.literal_eval(line))
    except (SyntaxError, ValueError):
        pass
    raise _problem(file, number, "chữ phải nằm trong dấu nháy kép", 'viết như msgid "Trang chủ"')


def _problem(file: str, line: int, message: str, cure: str) -> Problems:
    return Problems([Problem(file, line, "", message, cure)])


@cache
def catalogue(lang: str) -> Catalogue:
    """Return the engine's catalogue of a language; an empty one if it has none."""
    path = ENGINE / f"{lang}.po"
    if not path.is_file():
        return Catalogue({})
    return parse_po(path.read_text(encoding="utf-8"), f"model/{FOLDER}/{path.name}")


def own_catalogue(data: bytes | None, lang: str) -> Catalogue:
    """Return a site's catalogue from the bytes of its file; an empty one if there is no file."""
    if data is None:
        return Catalogue({})
    return parse_po(data.decode("utf-8-sig"), f"{FOLDER}/{lang}.po")
