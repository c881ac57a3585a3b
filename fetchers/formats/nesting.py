"""How deep tags are nested, told by a scan before any parser is: many are slow where it is deep."""

from __future__ import annotations

import re

from fetchers.formats import Unreadable

DEEPEST = 5000
"""Tags open at once; a page or feed may forget many a </p>, parsers suffer much later."""
_TAG = re.compile(
    rb"<!\[CDATA\[.*?\]\]>|<!--.*?-->|<(/?)([a-zA-Z][\w:-]*)(?:[^<>]*?[^<>/])?(/?)>", re.DOTALL
)
_VOID = frozenset(b"area base br col embed hr img input link meta param source track wbr".split())


def refuse_deep(data: bytes) -> None:
    """Raise Unreadable if more than DEEPEST tags are open somewhere, as far as a scan can tell."""
    if data.count(b"<") - data.count(b"</") <= DEEPEST:
        return
    depth = 0
    for match in _TAG.finditer(data):
        if match[1]:
            depth = max(depth - 1, 0)
        elif match[2] and not match[3] and match[2].lower() not in _VOID:
            depth += 1
            if depth > DEEPEST:
                raise Unreadable(f"thẻ lồng nhau quá {DEEPEST} tầng")
