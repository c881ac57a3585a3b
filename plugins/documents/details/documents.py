"""Official documents: where each attached file is downloaded."""

from __future__ import annotations

from dataclasses import dataclass

from model.kinds.documents import OfficialDocument
from model.output import Row, Store
from plugins.documents.files import file_path


@dataclass(frozen=True)
class Download:
    """An attached file: its name, its address (ours or the issuer's own), its size."""

    label: str
    path: str
    url: str
    size: str
    """As readers see it, "1,2 MB"; "" for a file that stands elsewhere."""


def document_details(row: Row, store: Store) -> tuple[Download, ...]:
    """Return the files that can be downloaded; one that is missing on the disk is left out."""
    if not isinstance(row.document, OfficialDocument):
        return ()
    found = []
    for item in row.document.attachments:
        data = store.file(item.file) if item.file else None
        if data is not None:
            found.append(Download(item.label, file_path(row.id, item.file), "", _size(len(data))))
        elif item.url:
            found.append(Download(item.label, "", item.url, ""))
    return tuple(found)


def _size(count: int) -> str:
    if count < 1_000_000:
        return f"{max(1, round(count / 1000))} KB"
    return f"{count / 1_000_000:.1f} MB".replace(".", ",")
