"""HTML fragments to clean text: what a reader would see, a line a block, nothing active."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from typing import Any

from lxml import etree
from lxml.html import HTMLParser, document_fromstring

from model.text import clean, one_line

LONGEST = 400_000
"""Characters of one fragment that are read; more than any article has."""
MOST_TAGS = 20_000
_MARKUP = re.compile(r"<[a-zA-Z/!?][^<>]*>")
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z]{2,31});")
_HIDDEN = {"script", "style", "template", "noscript", "iframe", "object", "svg", "math", "head"}
_BLOCKS = {
    *("p", "div", "br", "li", "ul", "ol", "tr", "table", "h1", "h2", "h3", "h4", "h5", "h6"),
    *("blockquote", "section", "article", "header", "footer", "figure", "figcaption", "dt", "dd"),
}
_CELLS = {"td", "th"}


def has_markup(text: str) -> bool:
    """Return whether `text` holds something that looks like a tag."""
    return _MARKUP.search(text) is not None


def tree_of(fragment: str) -> Any | None:
    """Return the parsed fragment (lxml element), or None if there is nothing in it."""
    text = clean(fragment[:LONGEST].replace("\t", " "))
    if text.count("<") > MOST_TAGS:
        text = _MARKUP.sub(" ", text)
    if not text.strip():
        return None
    try:
        return document_fromstring(text, parser=HTMLParser(encoding=None, remove_comments=True))
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        return None


def to_text(fragment: str) -> str:
    """Return the text of an HTML fragment: paragraphs as lines, white space folded."""
    if not has_markup(fragment):
        return _folded(unescape(fragment))
    tree = tree_of(fragment)
    return _folded("".join(_pieces(tree))) if tree is not None else ""


def text_of(element: Any) -> str:
    """Return the text of a parsed element."""
    return _folded("".join(_pieces(element)))


def title_text(text: str) -> str:
    """Return a title as one line of plain text, whether it came as text or as HTML."""
    return one_line(to_text(text) if has_markup(text) else unescape(text))


def unescape(text: str) -> str:
    """Return `text` with the character references of a doubly escaped text undone."""
    return clean(html.unescape(text)) if _ENTITY.search(text) else clean(text)


def _pieces(tree: Any) -> Iterator[str]:
    hidden = 0
    for event, element in etree.iterwalk(tree, events=("start", "end", "pi", "comment")):
        name = element.tag if isinstance(element.tag, str) else ""
        if event == "start":
            hidden += name in _HIDDEN
            if name in _BLOCKS:
                yield "\n"
            if not hidden and name and element.text:
                yield element.text
            continue
        if event == "end":
            hidden -= name in _HIDDEN
            if name in _BLOCKS:
                yield "\n"
            elif name in _CELLS:
                yield " "
        if not hidden and element.tail and element is not tree:
            yield element.tail


def _folded(text: str) -> str:
    return "\n".join(filter(None, (one_line(line) for line in text.split("\n"))))


def first_picture(fragment: str) -> str:
    """Return the address of the first real picture in an HTML fragment, "" if there is none.

    Pictures of a pixel or two count visitors; they are passed over.
    """
    if "<img" not in fragment.lower():
        return ""
    tree = tree_of(fragment)
    if tree is None:
        return ""
    for image in tree.iter("img"):
        source = image.get("data-src") or image.get("src") or ""
        sizes = [image.get(side, "") for side in ("width", "height")]
        if source and not any(size.strip("px ") in ("0", "1", "2") for size in sizes):
            return str(source).strip()
    return ""
