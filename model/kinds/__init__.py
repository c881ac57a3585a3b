"""The kinds of documents: a file a kind, a line here a kind; each is loaded when first needed."""

from __future__ import annotations

from functools import cache
from importlib import import_module
from typing import NamedTuple

from model.kinds.base import Document


class Face(NamedTuple):
    """What lists and menus need of a kind without loading it; the class says the same."""

    model: str
    """Name of its class."""
    prefix: str
    label: str


FACES: dict[str, Face] = {
    "news": Face("News", "tin-tuc", "Tin chính thống"),
    "misinformation": Face("Misinformation", "kiem-chung", "Kiểm chứng tin đồn"),
    "guides": Face("Guide", "huong-dan", "Hướng dẫn"),
    "questions": Face("Question", "hoi-dap", "Hỏi – đáp"),
    "contacts": Face("Contact", "danh-ba", "Danh bạ"),
    "places": Face("Place", "dia-diem", "Địa điểm"),
    "documents": Face("OfficialDocument", "van-ban", "Văn bản"),
    "statistics": Face("Statistics", "so-lieu", "Số liệu"),
    "alerts": Face("Alert", "canh-bao", "Cảnh báo"),
    "campaigns": Face("Campaign", "chien-dich", "Chiến dịch"),
    "services": Face("Service", "dich-vu", "Dịch vụ"),
    "pages": Face("Page", "", "Giới thiệu và quy định"),
}
"""Folder under content/ and module name -> the kind's face."""

KINDS: dict[str, str] = {kind: face.model for kind, face in FACES.items()}
"""Folder under content/ and module name -> class."""


COMMUNE = "xa-"
"""What the section of a commune's documents begins with, before the official code."""


@cache
def kind_class(kind: str) -> type[Document]:
    """Return the class of `kind`; KeyError if there is no such kind."""
    name = KINDS[kind]
    found: type[Document] = getattr(import_module(f"model.kinds.{kind}"), name)
    return found
