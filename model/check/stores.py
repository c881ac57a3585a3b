"""Addresses from which people install an app: a store that is known, or a word of warning."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlsplit

from model.check.context import Context
from model.content import Loaded
from model.kinds.guides import Guide
from model.problem import Problem

STORES = {
    "android": ("play.google.com", "appgallery.huawei.com", "galaxystore.samsung.com"),
    "ios": ("apps.apple.com", "itunes.apple.com"),
    "zalo": ("zalo.me", "oa.zalo.me", "h5.zdn.vn", "zalo.vn"),
}
"""Platform -> hosts of the stores that people know; a web app may stand anywhere."""


def strange_stores(loaded: Loaded, _: Context) -> Iterator[Problem]:
    """Yield, as a warning, places to install from that are no known store (short links too)."""
    document = loaded.document
    if not isinstance(document, Guide) or not document.app:
        return
    for store in document.app.stores:
        known = STORES.get(store.platform, ())
        host = (urlsplit(str(store.url)).hostname or "").removeprefix("www.")
        if known and host not in known:
            message = f"nơi cài đặt {store.platform} là {host}, không phải cửa hàng quen biết"
            cure = f"dùng địa chỉ đầy đủ ở {known[0]}, hoặc chắc chắn đó là trang của cơ quan"
            line = loaded.lines.get("app", 0)
            yield Problem("", line, "app", message, cure, warning=True)
