"""Bodies: Markdown to HTML that may stand on a public page.

One converter for editors and fetchers. Raw HTML is shown as the text it is, headings start at h2
(the title is the page's h1), links to other documents' files become their public addresses, and
the result passes nh3's allow-list, so no body can carry anything active.
"""

from __future__ import annotations

import re
from functools import cached_property
from typing import Any
from xml.etree.ElementTree import Element

import nh3
from markdown import Markdown
from markdown.extensions import Extension
from markdown.treeprocessors import Treeprocessor

from model.content import linked_document
from model.output import public_path
from model.plain_markdown import plain_html
from model.text import one_line

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
HOUSE_EXTENSIONS = ("tables", "sane_lists", "def_list", "abbr")
SCHEMES = {"http", "https", "mailto", "tel", "sms"}
NOWHERE = "content/x"
"""The folder of a body that comes from no file: “../guides/x.md” still leads to a guide."""
_ANYWHERE = re.compile(r"([\\`*_\[\]])")
_AT_START = re.compile(r"(\d*)([.)#+>~=:-])")


class _SiteLinks(Treeprocessor):
    """Headings one level down; links to files become addresses; own images only."""

    def __init__(self, md: Markdown, rules: SiteMarkup) -> None:
        super().__init__(md)
        self.rules, self.base = rules, rules.base

    def run(self, root: Element) -> None:
        for element in root.iter():
            if element.tag == "h1":
                element.tag = "h2"
            elif element.tag == "a":
                element.set("href", self.address(element.get("href", "")))
            elif element.tag == "img":
                self._image(element)
            elif element.tag in ("th", "td"):
                align = re.search(r"text-align: (\w+)", element.attrib.pop("style", ""))
                if align:
                    element.set("align", align[1])

    def address(self, href: str) -> str:
        """Return where `href` leads on the public site."""
        if href.startswith("/") and not href.startswith("//"):
            return self.base + href
        identity = linked_document(href, self.rules.folder)
        if not identity:
            return href
        _, hash_, fragment = href.partition("#")
        return self.base + public_path(identity) + hash_ + fragment

    def _image(self, element: Element) -> None:
        source = element.get("src", "")
        if source.startswith("/") and not source.startswith("//"):
            element.set("src", self.base + source)
            element.set("loading", "lazy")
        else:
            element.tag = "a"
            element.text = element.get("alt") or source
            element.attrib.clear()
            element.set("href", source)


class SiteMarkup(Extension):
    """The house rules as one Markdown extension (`base`: the path the site lives under).

    `folder` is that of the file whose body is being converted: links to files start there.
    """

    def __init__(self, base: str = "") -> None:
        super().__init__()
        self.base, self.folder = base, NOWHERE

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - Python-Markdown's name
        """Register the rules with a converter."""
        md.preprocessors.deregister("html_block")
        md.inlinePatterns.deregister("html")
        md.treeprocessors.register(_SiteLinks(md, self), "site_links", 1)


def markdown_settings(base: str = "") -> dict[str, Any]:
    """Return the keyword arguments of `markdown.Markdown` (Pelican's setting MARKDOWN)."""
    return {
        "extensions": [*HOUSE_EXTENSIONS, SiteMarkup(base)],
        "extension_configs": {},
        "output_format": "html",
    }


_CLEANER = nh3.Cleaner(tags=TAGS, attributes=ATTRIBUTES, url_schemes=SCHEMES, link_rel="noopener")


def sanitise(html: str) -> str:
    """Return `html` with nothing but the allowed tags, attributes and link schemes."""
    return _CLEANER.clean(html)


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

    @cached_property
    def _markdown(self) -> Markdown:
        return Markdown(**self._settings)

    def html(self, body: str, folder: str = NOWHERE) -> str:
        """Return the HTML of a Markdown body of a file in `folder` ("content/pages")."""
        if not body:
            return ""
        plain = plain_html(body, self._base) if self._base is not None else None
        return (
            sanitise(plain)
            if plain is not None
            else scrollable(sanitise(self.full_html(body, folder)))
        )

    def full_html(self, body: str, folder: str = NOWHERE) -> str:
        """Return what Python-Markdown makes of a body, before it is sanitised."""
        self._markdown.reset()
        for rules in self._settings.get("extensions", ()):
            if isinstance(rules, SiteMarkup):
                rules.folder = folder
        return self._markdown.convert(body)


def _house_base(settings: dict[str, Any]) -> str | None:
    """Return the site's base path if the settings are `markdown_settings` of it, else None."""
    extensions = settings.get("extensions") or [None]
    rules = extensions[-1]
    if not isinstance(rules, SiteMarkup):
        return None
    house = {**markdown_settings(rules.base), "extensions": [*HOUSE_EXTENSIONS, rules]}
    return rules.base if settings == house else None


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
