"""Colours of artwork against the site's own, where the campaign leaves its ground to the site."""

from __future__ import annotations

from collections.abc import Iterator

from model.check.context import Context
from model.colour import LEAST, contrast, readable
from model.content import Loaded
from model.problem import Problem


def faint_artwork(loaded: Loaded, context: Context) -> Iterator[Problem]:
    """Yield a problem for each ink that is hard to read on the site's main colour (WCAG 1.4.3)."""
    if loaded.document.kind != "campaigns" or context.site is None:
        return
    from model.kinds.campaigns import Campaign

    if not isinstance(loaded.document, Campaign):
        return
    ground = context.site.colours.primary
    for item in loaded.document.artwork:
        if item.colour or not item.ink or contrast(ground, item.ink) >= LEAST:
            continue
        ratio = f"{contrast(ground, item.ink):.1f}".replace(".", ",")
        message = f"chữ {item.ink} trên màu chính {ground} của trang quá mờ ({ratio}:1, cần 4,5:1)"
        cure = f"đổi ink thành {readable(item.ink, ground, LEAST)}, hoặc xóa ink"
        yield Problem("", loaded.lines.get("artwork", 0), "artwork", message, cure)
