"""Bodies: Markdown to HTML that may stand on a public page.

One converter for editors and fetchers. Raw HTML is shown as the text it is, headings start at h2
(the title is the page's h1), links to other documents' files become their public addresses, and
the result passes nh3's allow-list, so no body can carry anything active.
"""

from __future__ import annotations

import re
from functools import cached_property
from typing import TYPE_CHECKING, Any

import nh3

from model.plain_markdown import plain_html
from model.text import legal, one_line

if TYPE_CHECKING:
    from markdown import Markdown

TAGS = {
    *(
        "p",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "ul",
        "ol",
        "li",
        "dl",
        "dt",
        "dd",
        "blockquote",
        "hr",
        "br",
    ),
    *("a", "strong", "em", "code", "pre", "sup", "sub", "del", "abbr", "img"),
    *("table", "thead", "tbody", "tr", "th", "td", "caption"),
}
ATTRIBUTES = {
    "a": {"href", "title"},
    "img": {"src", "alt", "title", "width", "height", "loading"},
    "th": {"align", "scope"},
    "td": {"align"},
    "abbr": {"title"},
    "ol": {"start"},
}
RULES = "model.markup_rules:SiteMarkup"
SCHEMES = {"http", "https", "mailto", "tel", "sms"}
_ANYWHERE = re.compile(r"([\\`*_\[\]])")
_AT_START = re.compile(r"(\d*)([.)#+>~=:-])")


def markdown_settings(base: str = "") -> dict[str, Any]:
    """Return the keyword arguments of `markdown.Markdown` (Pelican's setting MARKDOWN)."""
    return {
        "extensions": ["tables", "sane_lists", "def_list", "abbr", RULES],
        "extension_configs": {RULES: {"base": base}},
        "output_format": "html",
    }


_CLEANER = nh3.Cleaner(tags=TAGS, attributes=ATTRIBUTES, url_schemes=SCHEMES, link_rel="noopener")


def sanitise(html: str) -> str:
    """Return `html` with nothing but the allowed tags, attributes and link schemes.

    A reference like “&#11;” may stand for a character that no feed can carry: such ones go too.
    """
    return legal(_CLEANER.clean(html))


def scrollable(html: str) -> str:
    """Return sanitised `html` with each table in a box that fingers and keyboards can scroll."""
    opened = html.replace("<table>", '<div class="scroll" tabindex="0"><table>')
    return opened.replace("</table>", "</table></div>")


class Converter:
    """Turns bodies into sanitised HTML; reuses one Markdown instance.

    Plain bodies take a short way, unless the settings are not the house's own.
    """

    def __init__(self, settings: dict[str, Any]) -> None:
        self._settings = settings
        self._base = _house_base(settings)

    def html(self, body: str, folder: str = "") -> str:
        """Return the HTML of a Markdown body of a file in `folder` ("content/pages"; "": none)."""
        if not body:
            return ""
        plain = plain_html(body, self._base) if self._base is not None else None
        return scrollable(sanitise(self.full_html(body, folder) if plain is None else plain))

    def full_html(self, body: str, folder: str = "") -> str:
        """Return what Python-Markdown makes of a body, before it is sanitised."""
        from model.markup_rules import NOWHERE, SiteMarkup

        markdown = self._markdown
        markdown.reset()
        for rules in markdown.registeredExtensions:
            if isinstance(rules, SiteMarkup):
                rules.folder = folder or NOWHERE
        return markdown.convert(body)

    @cached_property
    def _markdown(self) -> Markdown:
        from markdown import Markdown

        return Markdown(**self._settings)


def _house_base(settings: dict[str, Any]) -> str | None:
    """Return the site's base path if the settings are `markdown_settings` of it, else None."""
    base = settings.get("extension_configs", {}).get(RULES, {}).get("base")
    return base if isinstance(base, str) and settings == markdown_settings(base) else None


def escape_markdown(text: str) -> str:
    """Return outside `text` as Markdown that renders to exactly this text, a paragraph a line."""
    return "\n\n".join(filter(None, (_escape_line(one_line(line)) for line in text.split("\n"))))


def _escape_line(line: str) -> str:
    escaped = _ANYWHERE.sub(r"\\\1", line.replace("&", "&amp;").replace("<", "&lt;"))
    start = _AT_START.match(escaped)
    if start is None:
        return escaped
    mark = f"\\{start[2]}" if start[2] in ".)#+>-" else f"&#{ord(start[2])};"
    return start[1] + mark + escaped[start.end() :]
