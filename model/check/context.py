"""What a rule may ask about the rest of the site while it looks at one document."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from functools import cached_property
from pathlib import Path

from model.content import Loaded, content_files, identity_of, load
from model.kinds.base import Document
from model.problem import Problems
from model.site import Site


class Context:
    """A site at a time; other documents are read only when a rule asks for them."""

    def __init__(self, folder: Path, site: Site | None, now: datetime) -> None:
        self.folder, self.site, self.now = folder, site, now
        self._loaded: dict[str, Loaded | None] = {}

    @cached_property
    def files(self) -> Mapping[str, list[str]]:
        """Document id -> the files that claim it (more than one is a problem)."""
        claims: dict[str, list[str]] = {}
        for file, _ in content_files(self.folder):
            try:
                claims.setdefault(identity_of(file), []).append(file)
            except Problems:
                continue
        return claims

    def document(self, identity: str) -> Loaded | None:
        """Return another document; None if there is none or it cannot be read."""
        if identity not in self._loaded:
            self._loaded[identity] = self._read(identity)
        return self._loaded[identity]

    def is_public(self, identity: str) -> bool:
        """Return whether another document is neither a draft nor withdrawn; most are not read."""
        for file in self.files.get(identity, ()):
            try:
                data = (self.folder / file).read_bytes()
            except OSError:
                continue
            if b"draft" not in data and b"withdrawn" not in data:
                return True
        found = self.document(identity)
        return found is None or found.document.state(self.now) not in ("draft", "withdrawn")

    @cached_property
    def institutions(self) -> frozenset[str]:
        """Numbers and mailboxes that the site's hotlines, agency and contacts publish."""
        found = {hotline.number for hotline in self.site.hotlines} if self.site else set()
        if self.site and self.site.agency.email:
            found.add(self.site.agency.email)
        for identity in self.files:
            if identity.startswith("contacts/") and (loaded := self.document(identity)):
                found.update(self.numbers_of(loaded.document))
        return frozenset(found)

    def numbers_of(self, document: Document) -> list[str]:
        """Return the numbers and the mailbox that a document's own fields publish."""
        phones = getattr(document, "phones", ())
        return [*(item.number for item in phones), *filter(None, [getattr(document, "email", "")])]

    def _read(self, identity: str) -> Loaded | None:
        for file in self.files.get(identity, ()):
            try:
                return load(file, (self.folder / file).read_bytes())
            except (Problems, OSError):
                continue
        return None
