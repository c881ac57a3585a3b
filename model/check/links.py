"""Links inside the site: to files that are not there, to drafts, to the site's own full address."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from difflib import get_close_matches
from functools import lru_cache
from typing import NamedTuple
from urllib.parse import unquote

from model.check.context import Context
from model.content import LANGUAGES, Loaded, linked_document
from model.kinds import KINDS, kind_class
from model.kinds.campaigns import Campaign
from model.problem import Problem

_INLINE = re.compile(r"(!?)\[([^\]]*)\]\(\s*<?([^)\s>]*)>?[^)]*\)")
_REFERENCE = re.compile(r"^[ ]{0,3}\[[^\]^]+\]:\s*<?(\S+?)>?(?:\s|$)", re.MULTILINE)
_CODE = re.compile(r"`[^`\n]*`|^(?: {4}|\t).*$", re.MULTILINE)


class BodyLink(NamedTuple):
    """A link or picture in a body; `line` counts in the file."""

    picture: bool
    text: str
    target: str
    line: int


def body_links(loaded: Loaded) -> tuple[BodyLink, ...]:
    """Return the links and pictures of a body, but not those shown as code."""
    return _links(loaded.body, loaded.body_line)


@lru_cache(maxsize=1)
def _links(text: str, first: int) -> tuple[BodyLink, ...]:
    """Return the links of a body that begins at line `first`; several rules ask for them."""
    if "](" not in text and "]:" not in text:
        return ()
    body = _CODE.sub(lambda match: " " * len(match[0]), text)

    def line(match: re.Match[str]) -> int:
        return first + body.count("\n", 0, match.start())

    inline = _INLINE.finditer(body)
    found = [BodyLink(match[1] == "!", match[2], match[3], line(match)) for match in inline]
    references = _REFERENCE.finditer(body)
    return (*found, *(BodyLink(False, "", match[1], line(match)) for match in references))


def dead_links(loaded: Loaded, context: Context) -> Iterator[Problem]:
    """Yield links that lead to no document of this site."""
    for link in body_links(loaded):
        target = unquote(link.target)
        if not target and not link.picture:
            yield Problem("", link.line, "", f"liên kết “{link.text}” để trống", "điền địa chỉ")
        elif not link.picture:
            yield from _judge(target, link.line, loaded, context)


def missing_app(loaded: Loaded, context: Context) -> Iterator[Problem]:
    """Yield a campaign's app that has no page to lead to: messages and banners name its address."""
    document = loaded.document
    if not isinstance(document, Campaign) or not document.app:
        return
    identity = f"guides/{document.app}"
    guide = context.document(identity)
    if guide is None and context.claimants(identity):
        return  # what is wrong with that file is said of it
    if guide and getattr(guide.document, "app", None) and context.is_public(identity):
        return
    guides = (name.partition("/")[2] for name in context.of_kind("guides"))
    near = get_close_matches(document.app, [name for name in guides if "." not in name], 1, 0.6)
    meant = f"; có phải ý bạn là “{near[0]}”?" if near and near[0] != document.app else ""
    cure = "ghi tên tệp (không có .md) của một hướng dẫn đã đăng có mục app" + meant
    message = (
        f"không có hướng dẫn cài đặt “{document.app}” nên tin nhắn, biểu ngữ dẫn vào chỗ trống"
    )
    yield Problem("", loaded.lines.get("app", 0), "app", message, cure)


def _judge(target: str, line: int, loaded: Loaded, context: Context) -> Iterator[Problem]:
    url = context.site.url if context.site else ""
    if url and (target == url or target.startswith(url + "/")):
        target = target.removeprefix(url) or "/"
    if target.startswith("/") and not target.startswith("//"):
        identity = document_at(target)
    elif target.partition("#")[0].endswith(".md") and ":" not in target:
        identity = linked_document(target, posixpath.dirname(loaded.file)) or target
    else:
        return
    if identity:
        yield from _target_problems(identity, target, line, context)


def document_at(path: str) -> str:
    """Return the id of the document that a public path promises; "" where it may be a list."""
    parts = path.partition("#")[0].partition("?")[0].strip("/").split("/")
    lang = f".{parts.pop(0)}" if parts[0] in LANGUAGES[1:] else ""
    if len(parts) != 2 or parts[1] == "trang" or "." in parts[1]:
        return ""
    kinds = [kind for kind in KINDS if kind_class(kind).prefix == parts[0]]
    return f"{kinds[0]}/{parts[1]}{lang}" if kinds else ""


def _target_problems(identity: str, target: str, line: int, context: Context) -> Iterator[Problem]:
    if not context.claimants(identity):
        section = target.startswith("/") and identity.partition("/")[2] in _sections(context)
        if not section:
            near = get_close_matches(identity, context.files, 1, 0.6)
            cure = f"có phải {context.files[near[0]][0]}?" if near else "sửa hoặc bỏ liên kết"
            yield Problem("", line, "", f"liên kết “{target}” không dẫn tới tài liệu nào", cure)
        return
    if not context.is_public(identity):
        words = f"liên kết “{target}” dẫn tới bản nháp hoặc tài liệu đã gỡ"
        cure = "đăng tài liệu đó trước, hoặc bỏ liên kết"
        yield Problem("", line, "", words, cure, warning=True)


def _sections(context: Context) -> set[str]:
    """Return what may stand after a kind's prefix besides documents: sections and groups."""
    named = set(context.site.sections) if context.site else set()
    for kind in KINDS:
        groups = getattr(kind_class(kind), "groups", {})
        named.update(slug for slug, _ in groups.values())
    return named
