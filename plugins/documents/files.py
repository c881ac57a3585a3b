"""Files that documents bring along (letters as PDF), under their document's own address."""

from __future__ import annotations

from collections.abc import Iterable
from posixpath import basename
from typing import ClassVar

from model.output import Family, Key, Row, Store, public_path


def file_path(identity: str, file: str) -> str:
    """Return the public address of a document's file: "/van-ban/<slug>/<name>"."""
    return public_path(identity) + basename(file)


class DocumentFiles(Family):
    """`<document's address>/<file name>`. Key: (document id, file below the site's folder)."""

    name: ClassVar[str] = "files"

    def document_keys(self, row: Row) -> Iterable[Key]:
        """Return a key per file that the document publishes."""
        return [(row.id, file) for file in row.document.files() if file.startswith("files/")]

    def foreseen(self, key: Key) -> Iterable[str]:
        """Return the document."""
        return [key[0]]

    def path(self, key: Key) -> str:
        """Return the file's path."""
        return file_path(*key).lstrip("/")

    def render(self, key: Key, store: Store) -> bytes | None:
        """Return the file, or None when its document is not public or brings it no more."""
        row = store.document(key[0])
        if row is None or row.kind not in store.site.kinds or key[1] not in row.document.files():
            return None
        return store.file(key[1])
