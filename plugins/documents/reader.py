"""Pelican's reader for our documents: `content/<kind>/*.md` -> Content objects, through `model`.

Used in compatibility mode, where foreign plugins expect Articles. Addresses are those of our pages.
"""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any, ClassVar

from pelican.readers import BaseReader
from pelican.urlwrappers import Category, Tag
from pelican.utils import SafeDatetime

from model.content import load
from model.kinds import kind_class
from model.markup import Converter
from model.output import language_of, public_path

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


class DocumentReader(BaseReader):  # type: ignore[misc]
    """Reads a document as Pelican's Markdown reader would, with our front matter and markup."""

    enabled = True
    file_extensions: ClassVar[list[str]] = ["md"]

    def read(self, source_path: str) -> tuple[str, dict[str, Any]]:
        """Return (HTML, metadata) of a file; raises Problems."""
        folder: Path = self.settings["LOA_FOLDER"]
        path = Path(source_path)
        file = path.relative_to(folder).as_posix()
        loaded = load(file, path.read_bytes())
        html = Converter(self.settings["MARKDOWN"]).html(loaded.body)
        return html, self._metadata(loaded.identity, loaded.document)

    def _metadata(self, identity: str, document: Any) -> dict[str, Any]:
        address = public_path(identity)
        at = document.sorted_at
        values: dict[str, Any] = {
            "loa_id": identity,
            "title": document.title,
            "slug": identity.split("/", 1)[1].split(".", 1)[0],
            "lang": language_of(identity),
            "category": Category(kind_class(identity.split("/", 1)[0]).label, self.settings),
            "tags": [Tag(tag, self.settings) for tag in document.tags],
            "summary": document.summary,
            "status": document.status if document.status == "published" else "draft",
            "url": address.lstrip("/"),
            "save_as": address.lstrip("/") + "index.html",
            "date": _pelican_time(at or EPOCH),
        }
        if document.updated:
            values["modified"] = _pelican_time(document.updated)
        return values


def _pelican_time(time: datetime) -> Any:
    return SafeDatetime.fromtimestamp(time.timestamp(), time.tzinfo)


def add_reader(readers: Any) -> None:
    """Make Pelican read Markdown files through DocumentReader (signal `readers_init`)."""
    readers.reader_classes["md"] = DocumentReader
