"""Structured data in pages: JSON-LD (also broken, nested, in @graph) and HTML microdata.

Both come out as the same plain dicts, `@type` as a list of bare names ("ClaimReview").
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from typing import Any

from bs4 import BeautifulSoup, Tag

from fetchers.formats import Unreadable
from fetchers.formats.html_tree import attribute, line_of
from fetchers.formats.json_text import parse_json, text_of

Node = dict[str, Any]
_WRAPPING = re.compile(r"^\s*(?:<!--|//\s*<!\[CDATA\[|<!\[CDATA\[)|(?:-->|//\s*\]\]>|\]\]>)\s*$")
_TRAILING = re.compile(r",(\s*[}\]])")


def nodes_in_page(tree: BeautifulSoup, notes: list[str]) -> list[Node]:
    """Return every typed node of a page's JSON-LD and microdata, outermost first."""
    found: list[Node] = []
    scripts = tree.find_all("script", type=re.compile(r"^\s*application/(?:\w+\+)?ld\+json", re.I))
    for number, script in enumerate(scripts, start=1):
        try:
            value = _lenient(script.get_text())
        except Unreadable as error:
            notes.append(f"khối JSON-LD thứ {number} hỏng: {error}")
            continue
        found += typed_nodes(value)
    found += [_microdata(item) for item in tree.select("[itemscope][itemtype]:not([itemprop])")]
    return found


def _lenient(text: str) -> Any:
    bare = _WRAPPING.sub("", text.strip()).strip().rstrip(";")
    if not bare:
        return []
    try:
        return parse_json(bare)
    except Unreadable:
        return parse_json(_TRAILING.sub(r"\1", bare))


def typed_nodes(value: Any) -> list[Node]:
    """Return each dict with an @type in a JSON value, wherever it is nested, outermost first."""
    return [node for node in _walk(value) if types_of(node)]


def _walk(value: Any) -> Iterator[Node]:
    stack = [value]
    while stack:
        item = stack.pop()
        if isinstance(item, dict):
            yield item
            stack += reversed(list(item.values()))
        elif isinstance(item, list):
            stack += reversed(item)


def types_of(node: Any) -> list[str]:
    """Return a node's types without prefix or address: "http://schema.org/Claim" is "Claim"."""
    if not isinstance(node, dict):
        return []
    value = node.get("@type") or node.get("type") or []
    names = value if isinstance(value, list) else [value]
    return [re.split(r"[/#:]", name)[-1] for name in names if isinstance(name, str)]


def is_a(node: Any, *names: str) -> bool:
    """Return whether a node has one of these types; case does not count ("creativeWork")."""
    wanted = {name.lower() for name in names}
    return any(name.lower() in wanted for name in types_of(node))


def first(value: Any) -> Any:
    """Return the first of a list, or the value itself."""
    if isinstance(value, list):
        return value[0] if value else None
    return value


def every(value: Any) -> list[Any]:
    """Return a list as it is, nothing as [], a single value as a list of one."""
    if value is None or value == "":
        return []
    return value if isinstance(value, list) else [value]


def said(node: Any, *names: str) -> str:
    """Return the first text that a node has under one of `names`, character references undone.

    A nested node counts by its name, address or text.
    """
    if not isinstance(node, dict):
        return unescaped(text_of(node)) if not names else ""
    for name in names:
        value = first(node.get(name))
        if isinstance(value, dict):
            value = next(
                (value[key] for key in ("name", "url", "@id", "@value", "text") if value.get(key)),
                "",
            )
        if text := unescaped(text_of(first(value))):
            return text
    return ""


def unescaped(text: str) -> str:
    """Undo character references, also doubly escaped ones (“economy&amp;#039;s”)."""
    for _ in range(2):
        text = html.unescape(text) if "&" in text else text
    return text.strip()


def _microdata(item: Tag) -> Node:
    """Return an itemscope as a node; nested scopes are nested nodes (HTML, microdata section)."""
    node: Node = {"@type": [re.split(r"[/#]", attribute(item, "itemtype"))[-1]]}
    for prop in item.select("[itemprop]"):
        if prop.find_parent(attrs={"itemscope": True}) is not item:
            continue
        value: Any = _microdata(prop) if prop.has_attr("itemscope") else _property(prop)
        for name in attribute(prop, "itemprop").split():
            node[name] = [*every(node[name]), value] if name in node else value
    return node


def _property(element: Tag) -> str:
    for name in ("content", "datetime", "href", "src", "value"):
        if text := attribute(element, name):
            return text
    return line_of(element)
