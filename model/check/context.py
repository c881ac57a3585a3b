"""What a rule may ask about the rest of the site while it looks at one document."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import cached_property
from pathlib import Path

from model.content import Loaded, is_document_name, load
from model.folder import CONTENT, folders_below
from model.kinds import KINDS
from model.kinds.base import Document
from model.problem import Problems
from model.site import Site

HIDDEN = (b"draft", b"withdrawn")
"""What the file of a document that is not public holds; one without these words is public."""


class Context:
    """A site at a time; other documents are read only when a rule asks for them."""

    def __init__(self, folder: Path, site: Site | None, now: datetime) -> None:
        self.folder, self.site, self.now = folder, site, now
        self._loaded: dict[str, Loaded | None] = {}
        self._listed: dict[str, Sequence[tuple[str, frozenset[str]]]] = {}

    @cached_property
    def files(self) -> Mapping[str, list[str]]:
        """Document id -> the files that claim it (more than one is a problem), of every kind."""
        return {identity: files for kind in KINDS for identity, files in self.of_kind(kind).items()}

    def of_kind(self, kind: str) -> Mapping[str, list[str]]:
        """Return `files` of one kind; the folders of the others are not looked at."""
        claims: dict[str, list[str]] = {}
        for folder, names in self._folders(kind):
            for name in names:
                if name.endswith(".md") and is_document_name(name):
                    identity = f"{kind}/{name.removesuffix('.md')}"
                    claims.setdefault(identity, []).append(f"{folder}/{name}")
        return claims

    def list_all(self) -> None:
        """List the folders of every kind now."""
        for kind in KINDS:
            self._folders(kind)

    def claimants(self, identity: str) -> Sequence[str]:
        """Return the files that claim a document's id, none if there is no such document."""
        kind, _, name = identity.partition("/")
        file = f"{name}.md"
        return [f"{folder}/{file}" for folder, names in self._folders(kind) if file in names]

    def _folders(self, kind: str) -> Sequence[tuple[str, frozenset[str]]]:
        if kind not in self._listed:
            folders = folders_below(self.folder, f"{CONTENT}/{kind}") if kind in KINDS else ()
            self._listed[kind] = tuple(folders)
        return self._listed[kind]

    def document(self, identity: str) -> Loaded | None:
        """Return another document; None if there is none or it cannot be read."""
        if identity not in self._loaded:
            self._loaded[identity] = self._read(identity)
        return self._loaded[identity]

    def is_public(self, identity: str) -> bool:
        """Return whether another document is neither a draft nor withdrawn; most are not read."""
        for file in self.claimants(identity):
            try:
                data = (self.folder / file).read_bytes()
            except OSError:
                continue
            if not any(word in data for word in HIDDEN):
                return True
        found = self.document(identity)
        return found is None or found.document.state(self.now) not in ("draft", "withdrawn")

    @cached_property
    def institutions(self) -> frozenset[str]:
        """Numbers and mailboxes that the site's hotlines, agency and contacts publish."""
        found = {hotline.number for hotline in self.site.hotlines} if self.site else set()
        if self.site and self.site.agency.email:
            found.add(self.site.agency.email)
        for identity in self.of_kind("contacts"):
            if loaded := self.document(identity):
                found.update(self.numbers_of(loaded.document))
        return frozenset(found)

    def numbers_of(self, document: Document) -> list[str]:
        """Return the numbers and the mailbox that a document's own fields publish."""
        phones = getattr(document, "phones", ())
        return [*(item.number for item in phones), *filter(None, [getattr(document, "email", "")])]

    def _read(self, identity: str) -> Loaded | None:
        for file in self.claimants(identity):
            try:
                return load(file, (self.folder / file).read_bytes())
            except (Problems, OSError):
                continue
        return None
