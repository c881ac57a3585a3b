"""HTML as a tree to select from, under a cap on the number of tags; text as a reader sees it."""

from __future__ import annotations

import re

import soupsieve
from bs4 import BeautifulSoup, Tag

from fetchers.formats import Unreadable
from fetchers.formats.nesting import refuse_deep
from model.text import clean, one_line

TAGS = 200_000
_BLOCKS = ("p", "div", "li", "br", "tr", "h1", "h2", "h3", "h4", "h5", "h6", "dd", "dt", "section")
_HIDDEN = ("script", "style", "noscript", "template", "iframe", "svg", "button", "form")


def parse_html(data: bytes | str, encoding: str = "") -> BeautifulSoup:
    """Return the document; raise Unreadable if it has too many or too deep tags."""
    opening = b"<" if isinstance(data, bytes) else "<"
    if data.count(opening) > TAGS:  # type: ignore[arg-type]  # both sides are of one kind
        raise Unreadable(f"trang có quá {TAGS} thẻ HTML", "chọn một trang nhỏ hơn làm nguồn")
    if isinstance(data, bytes):
        refuse_deep(data)
        bare = re.sub(rb"^\s*<\?xml[^>]{0,200}\?>", b"", data, count=1)
        return BeautifulSoup(bare, "lxml", from_encoding=encoding or None)
    return BeautifulSoup(re.sub(r"^\s*<\?xml[^>]{0,200}\?>", "", data, count=1), "lxml")


def select(tree: Tag, selector: str) -> list[Tag]:
    """Return the elements that a CSS selector of the source's YAML names."""
    try:
        return list(tree.select(selector))
    except soupsieve.SelectorSyntaxError:
        raise Unreadable(
            f"bộ chọn CSS “{selector}” viết sai", "sửa lại bộ chọn của nguồn"
        ) from None


def line_of(element: object) -> str:
    """Return an element's text on one line; "" for what is no element."""
    return one_line(element.get_text(" ")) if isinstance(element, Tag) else ""


def paragraphs(element: Tag) -> str:
    """Return an element's text, a line per block, without scripts and buttons."""
    copy = parse_html(str(element))
    for hidden in copy(_HIDDEN):
        hidden.decompose()
    for block in copy(_BLOCKS):
        block.insert_before("\n")
        block.append("\n")
    lines = (one_line(line) for line in re.split(r"\n", clean(copy.get_text())))
    return "\n".join(line for line in lines if line)


def attribute(element: object, name: str) -> str:
    """Return an attribute as text; "" if the element or the attribute is absent."""
    value = element.get(name) if isinstance(element, Tag) else None
    if isinstance(value, list):
        return " ".join(value)
    return value.strip() if isinstance(value, str) else ""
