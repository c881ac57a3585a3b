"""The house's rules for Markdown as an extension of it, loaded when a body needs it."""

from __future__ import annotations

import re
from typing import Any
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.extensions import Extension
from markdown.treeprocessors import Treeprocessor

from model.content import linked_document
from model.output import public_path

NOWHERE = "content/x"
"""The folder of a body that comes from no file: “../guides/x.md” still leads to a guide."""


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
    """The house rules as one Markdown extension.

    `folder` is that of the file whose body is being converted: links to files start there.
    """

    def __init__(self, **settings: Any) -> None:
        self.config = {"base": ["", "the path that the site lives under"]}
        super().__init__(**settings)
        self.base: str = self.getConfig("base")
        self.folder = NOWHERE

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - Python-Markdown's name
        """Register the rules with a converter."""
        md.registerExtension(self)
        md.preprocessors.deregister("html_block")
        md.inlinePatterns.deregister("html")
        md.treeprocessors.register(_SiteLinks(md, self), "site_links", 1)
