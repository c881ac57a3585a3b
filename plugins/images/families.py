"""Each picture under its own address, and its twins."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from hashlib import blake2b
from pathlib import Path
from typing import ClassVar

from model.output import Family, Key, Store
from model.pictures import DRAWN, FOLDER, SIZES, TWINS, VERSION, drawn, suffix, twin, twin_path
from model.site import Site


class Images(Family):
    """`images/<file>`. Key: (file below the picture folder,)."""

    name: ClassVar[str] = "images"

    def __init__(self, folder: Path) -> None:
        self.folder = folder / FOLDER

    def site_keys(self, site: Site) -> Iterable[Key]:
        """Return a key per picture that stands in the folder now."""
        return [(name,) for name in names(self.folder)]

    def path(self, key: Key) -> str:
        """Return the picture's public path."""
        return f"{FOLDER}/{key[0]}"

    def render(self, key: Key, store: Store) -> bytes | None:
        """Return the picture, or None when it is gone or cannot be read."""
        data = store.file(f"{FOLDER}/{key[0]}")
        if data is None or suffix(key[0]) not in DRAWN:
            return data
        return _kept(store, data, suffix(key[0]), lambda: drawn(key[0], data))


class Twins(Family):
    """`images/<file>.<size>.<format>`. Key: (file below the picture folder, size, format)."""

    name: ClassVar[str] = "image-twins"
    slow: ClassVar[bool] = True

    def __init__(self, folder: Path) -> None:
        self.folder = folder / FOLDER

    def site_keys(self, site: Site) -> Iterable[Key]:
        """Return the keys of the twins that the pictures in the folder may have."""
        found = [name for name in names(self.folder) if suffix(name) in DRAWN]
        return [(name, size, form) for name in found for size in SIZES for form in TWINS]

    def path(self, key: Key) -> str:
        """Return the twin's public path."""
        return twin_path(f"{FOLDER}/{key[0]}", key[1], key[2])

    def render(self, key: Key, store: Store) -> bytes | None:
        """Return the twin, or None when the picture is gone, unreadable or too small for it."""
        name, size, form = key
        data = store.file(f"{FOLDER}/{name}")
        if data is None or suffix(name) not in DRAWN:
            return None
        return _kept(store, data, f"{size} {form}", lambda: twin(name, data, size, form))


def names(folder: Path) -> list[str]:
    """Return the pictures of the folder, by their path below it."""
    return [
        path.relative_to(folder).as_posix()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and not path.name.startswith(".")
    ]


def _kept(store: Store, data: bytes, what: str, make: Callable[[], bytes | None]) -> bytes | None:
    """Return what `make` draws of a file, drawn once; nothing is kept as no bytes."""
    digest = blake2b(data, digest_size=16).hexdigest()
    return store.kept(f"picture {VERSION} {what} {digest}", lambda: make() or b"") or None
