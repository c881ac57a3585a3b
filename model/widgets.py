"""Widgets: what each is, as its template's head says; their permanent addresses and codes to paste.

A widget is a file `widgets/<name>.html` of the theme (or of the site's own theme) that opens with a
comment in YAML:

    {#- widget
    title: Cảnh báo đang có hiệu lực
    about: Tự hiện khi có cảnh báo, tự mất khi hết hạn.
    view: alerts
    kind: alerts
    height: 240
    -#}

`view` names what gives its items (`plugins.widgets.views`); `newest` shows the newest of any kind.
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import Any

from model.document import parse_yaml
from model.output import LANGUAGE, Row

THEME = Path(__file__).resolve().parents[1] / "theme"
TEMPLATES = "widgets"
FOLDER = "/embed/"
FILES = "/embed/tep/"
"""Scripts and style sheets of widgets: addresses that never show anything else."""
CARDS = "/embed/the/"
"""Documents as small cards, for oEmbed."""
SCHEMA = "/embed/du-lieu.schema.json"
DATA = "du-lieu.json"
WIDTH = 320
"""Width that is true on any page: widgets fill what they get (oEmbed cannot negotiate here)."""
_HEAD = re.compile(r"\{#-?\s*widget\n(.*?)-?#\}", re.DOTALL)
_NAME = re.compile(r"(?!(?:vi|en|km|tep|the|bieu-ngu)$)[a-z0-9]+(-[a-z0-9]+)*")
"""Names that no language and no other folder below /embed/ has."""
_SCRIPT = re.compile(r"loa-(\d+)\.js")
_FIELDS = {"title", "about", "view", "kind", "part", "height", "count", "most", "order"}


@dataclass(frozen=True)
class Widget:
    """What a template says of itself. `part`: what it exists once for each of ("": only whole)."""

    name: str
    title: str
    about: str
    view: str
    kind: str = ""
    part: str = ""
    height: int = 300
    count: int = 5
    most: int = 10
    order: int = 100

    @property
    def template(self) -> str:
        """Name of its template."""
        return f"{TEMPLATES}/{self.name}.html"


def read_widget(name: str, text: str) -> Widget:
    """Return the widget that a template's text describes; ValueError says what is wrong with it."""
    head = _HEAD.match(text)
    if head is None or not _NAME.fullmatch(name):
        raise ValueError(f"{TEMPLATES}/{name}.html: no “{{#- widget” head, or a name not like a-b")
    values: dict[str, Any] = parse_yaml(head[1])
    if unknown := set(values) - _FIELDS:
        raise ValueError(f"{TEMPLATES}/{name}.html: unknown {', '.join(sorted(unknown))}")
    if missing := {"title", "about", "view"} - set(values):
        raise ValueError(f"{TEMPLATES}/{name}.html: missing {', '.join(sorted(missing))}")
    for key in {"height", "count", "most", "order"} & set(values):
        values[key] = int(values[key])
    return Widget(name, **values)


def read_widgets(folders: Iterable[Path]) -> tuple[Widget, ...]:
    """Return the widgets of theme folders; a name in an earlier folder hides a later one."""
    found: dict[str, Widget] = {}
    for folder in folders:
        for path in sorted((folder / "templates" / TEMPLATES).glob("*.html")):
            if path.stem not in found:
                found[path.stem] = read_widget(path.stem, path.read_text(encoding="utf-8"))
    return tuple(sorted(found.values(), key=lambda widget: (widget.order, widget.name)))


def widget_path(name: str, lang: str = LANGUAGE, part: str = "") -> str:
    """Return a widget's permanent address: "/embed/en/danh-ba/25567/"."""
    parts = ["" if lang == LANGUAGE else lang, name, part]
    return FOLDER + "".join(f"{item}/" for item in parts if item)


def card_path(page: str) -> str:
    """Return the address of the card of the document whose page has this address."""
    return CARDS + page.lstrip("/")


def has_card(row: Row) -> bool:
    """Return whether a document may be embedded: not a press item, whose article is elsewhere."""
    return not (row.kind == "news" and getattr(row.document, "link", None))


def newest_script(folder: Path = THEME / "static" / "embed") -> tuple[str, str]:
    """Return (name, Subresource Integrity value) of the newest script for host pages."""
    found = {int(m[1]): path for path in folder.iterdir() if (m := _SCRIPT.fullmatch(path.name))}
    path = found[max(found)]
    return path.name, integrity(path.read_bytes())


def integrity(data: bytes) -> str:
    """Return the Subresource Integrity value of a file's bytes (SHA-384)."""
    return "sha384-" + base64.b64encode(hashlib.sha384(data).digest()).decode()


def frame_code(base: str, path: str, title: str, height: int) -> str:
    """Return the iframe that an agency pastes; below it a link for readers whom it does not reach.

    `base` is the site's address, which must be https for a page served by https.
    """
    address, name = escape(base + path, quote=True), escape(title, quote=True)
    return (
        f'<iframe src="{address}" title="{name}" width="100%" height="{height}"'
        f' frameborder="0" loading="lazy"></iframe>\n<p><a href="{address}">{name}</a></p>'
    )


def growing_code(base: str, path: str, title: str, height: int, script: tuple[str, str]) -> str:
    """Return the iframe with the script that lets it grow."""
    return f"{frame_code(base, path, title, height)}\n{script_tag(base, script)}"


def script_code(base: str, path: str, title: str, phone: str, script: tuple[str, str]) -> str:
    """Return the element that the script fills; its own content is what stands without a script."""
    address, call = escape(base + path, quote=True), escape(phone, quote=True)
    tail = f" – {call}" if call else ""
    return (
        f'<div data-loa="{address}"><a href="{address}">{escape(title)}</a>{tail}</div>\n'
        f"{script_tag(base, script)}"
    )


def script_tag(base: str, script: tuple[str, str]) -> str:
    """Return the script element: versioned, immutable, checked by the browser."""
    name, mark = script
    return (
        f'<script async src="{escape(base, quote=True)}{FILES}{name}"'
        f' integrity="{mark}" crossorigin="anonymous"></script>'
    )


def text_code(title: str, address: str, phone: str) -> str:
    """Return a line for pages that take text only."""
    return f"{title}: {address}" + (f" – {phone}" if phone else "")
