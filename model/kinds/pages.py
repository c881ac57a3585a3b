"""Pages: the agency's standing pages (about, accessibility, terms, contact)."""

from __future__ import annotations

from typing import ClassVar

from model.kinds.base import Document


class Page(Document):
    """A standing page at the root of the site."""

    kind: ClassVar[str] = "pages"
    prefix: ClassVar[str] = ""
    label: ClassVar[str] = "Giới thiệu và quy định"
    alphabetic: ClassVar[bool] = True
    keeps_page: ClassVar[bool] = True
