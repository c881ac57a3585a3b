"""What one published file shows to the gate: links, active content, its policy; all pure."""

from __future__ import annotations

import json
import posixpath
from collections.abc import Iterator
from html import escape
from typing import Any
from urllib.parse import unquote, urljoin, urlsplit

from lxml import etree, html

DATA_SCRIPTS = {"application/ld+json", "application/json"}
LINKING = {
    "a": "href",
    "link": "href",
    "img": "src",
    "script": "src",
    "iframe": "src",
    "source": "src",
}
LIMITS = {".html": 300_000, ".css": 150_000, ".js": 200_000, ".png": 1_500_000, ".jpg": 1_500_000}
"""Bytes of a file by its ending, from which on readers on a slow line would notice."""


class Page:
    """A parsed HTML page at the public path `path` ("/tin-tuc/x/")."""

    def __init__(self, path: str, data: bytes) -> None:
        self.path, self.data = path, data
        self.root: Any = html.document_fromstring(data) if data.strip() else html.Element("html")

    def faults(self) -> Iterator[tuple[str, str]]:
        """Yield (what is wrong, cure) for a page that must not be published."""
        if not self.is_fragment:
            yield from self._whole_faults()
        yield from self._active_faults()

    @property
    def is_fragment(self) -> bool:
        """Whether it is a piece that pages load into themselves, with no head of its own."""
        page = self.path.endswith("/") or self.path == "/404.html"
        return not page and not self.data.lstrip()[:9].lower().startswith((b"<!doctype", b"<html"))

    def _whole_faults(self) -> Iterator[tuple[str, str]]:
        if not self.data.rstrip().endswith(b"</html>"):
            yield "trang bị cụt (không kết thúc bằng </html>)", "dựng lại trang: make build"
        if not (self.root.findtext(".//title") or "").strip():
            yield "trang không có tiêu đề", "kiểm tra mẫu giao diện của trang này"
        yield from self._policy_faults()

    def _active_faults(self) -> Iterator[tuple[str, str]]:
        for element in self.root.iter("script"):
            if not element.get("src") and element.get("type") not in DATA_SCRIPTS:
                yield "có mã script viết thẳng trong trang", "chuyển vào tệp .js của giao diện"
        for element in self.root.iter(etree.Element):
            handler = next((name for name in element.attrib if str(name).startswith("on")), None)
            if handler:
                yield f"có mã trong thuộc tính {handler}", "bỏ thuộc tính đó khỏi mẫu giao diện"
            if "style" in element.attrib:
                yield "có thuộc tính style (trình duyệt sẽ chặn)", "dùng lớp CSS trong giao diện"

    def _policy_faults(self) -> Iterator[tuple[str, str]]:
        found = [
            str(element.get("content", ""))
            for element in self.root.iter("meta")
            if str(element.get("http-equiv", "")).lower() == "content-security-policy"
        ]
        if not found:
            yield "thiếu thẻ Content-Security-Policy", "thêm thẻ meta đó vào mẫu giao diện"
        elif "default-src 'none'" not in found[0] or "unsafe-" in found[0]:
            yield "Content-Security-Policy quá lỏng", "dùng default-src 'none', không dùng unsafe-*"

    def links(self, site_url: str) -> Iterator[str]:
        """Yield the public paths of this site that the page leads to or loads."""
        base = urlsplit(site_url)
        for element in self.root.iter(*LINKING):
            value = element.get(LINKING[element.tag])
            target = _inside(site_url, base.path.rstrip("/"), self.path, value) if value else None
            if target is not None:
                yield target


def _inside(site_url: str, base: str, path: str, value: str) -> str | None:
    try:
        parts = urlsplit(urljoin(site_url + path, value.strip()))
    except ValueError:
        return None
    own = urlsplit(site_url)
    if parts.scheme not in ("http", "https") or parts.netloc != own.netloc:
        return None
    if not parts.path.startswith(base + "/"):
        return None
    return unquote(parts.path[len(base) :])


def file_of(path: str) -> str:
    """Return the file that a server sends for a public path: "/a/" -> "a/index.html"."""
    plain = posixpath.normpath(path).lstrip("/")
    if path.endswith("/") or not plain:
        return f"{plain}/index.html".lstrip("/")
    return plain


def public_path_of(file: str) -> str:
    """Return the public path of a published file: "a/index.html" -> "/a/"."""
    return "/" + (file.removesuffix("index.html") if file.endswith("index.html") else file)


def moved_page(address: str) -> str:
    """Return the page that leads readers of an old address to the new one."""
    to = escape(address, quote=True)
    return (
        '<!doctype html><html lang="vi"><head><meta charset="utf-8"><title>Trang đã chuyển</title>'
        f'<meta http-equiv="refresh" content="0; url={to}"><link rel="canonical" href="{to}">'
        f'<meta name="robots" content="noindex"></head><body><p>Trang này đã chuyển tới '
        f'<a href="{to}">địa chỉ mới</a>.</p></body></html>\n'
    )


def readable(path: str, data: bytes) -> str:
    """Return why a data file cannot be read by machines; "" if it can."""
    try:
        if path.endswith((".json", ".geojson", ".webmanifest")):
            json.loads(data)
        elif path.endswith((".xml", ".atom", ".rss", ".svg")):
            etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True))
    except (ValueError, etree.XMLSyntaxError) as error:
        return str(error)
    return ""
