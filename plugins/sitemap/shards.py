"""The sitemap of documents in shards, of list pages, and their index."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import ClassVar

from model.kinds import FACES, KINDS
from model.output import LANGUAGE, Family, Key, ListChange, Row, Store, language_of, list_name
from model.site import Site
from plugins.sitemap.urls import Url, write_index, write_urls

SHARD = 100
"""Documents a shard."""
INDEX = "sitemap.xml"
LISTS = "sitemap-trang.xml"
NEWS = "sitemap-tin-moi.xml"


def shards(count: int) -> int:
    """Return how many shards `count` documents fill."""
    return -(-count // SHARD)


def shard_path(name: str, number: int) -> str:
    """Return the path of shard `number` (from 0) of a kind's list."""
    return f"sitemap-{name.replace('.', '-')}-{number + 1}.xml"


def kind_lists(site: Site) -> list[str]:
    """Return the names of the lists of all kinds that are on, in every language."""
    return [list_name(kind, lang) for kind in site.kinds for lang in site.languages]


class SitemapShards(Family):
    """`sitemap-<kind>[-<lang>]-<n>.xml`. Key: (list, number from 0)."""

    name: ClassVar[str] = "sitemap"

    def list_keys(self, change: ListChange) -> Iterable[Key]:
        """Return the shards that hold what changed or moved."""
        if change.name.split(".")[0] not in KINDS:
            return
        touched = {rank // SHARD for rank in change.edited}
        if change.shifted_from is not None:
            last = max(shards(change.before), shards(change.after))
            touched |= set(range(change.shifted_from // SHARD, last))
        yield from ((change.name, str(number)) for number in sorted(touched))

    def foreseen(self, key: Key) -> Iterable[str]:
        """Return the list."""
        return [f"list:{key[0]}"]

    def path(self, key: Key) -> str:
        """Return the shard's path."""
        return shard_path(key[0], int(key[1]))

    def render(self, key: Key, store: Store) -> bytes | None:
        """Return the shard, or None when the list does not reach it or its kind is off."""
        if key[0] not in kind_lists(store.site):
            return None
        start = int(key[1]) * SHARD
        rows = store.slice(key[0], start, start + SHARD)
        return write_urls(_url(row, store) for row in rows) if rows else None


def _url(row: Row, store: Store) -> Url:
    address = store.site.absolute(row.path)
    changed = row.document.updated or row.document.sorted_at
    others = list(_translations(row, store))
    if not others:
        return Url(address, changed)
    versions = sorted([(row.lang, address), *others], key=lambda item: item[0] != LANGUAGE)
    default = [("x-default", versions[0][1])] if versions[0][0] == LANGUAGE else []
    return Url(address, changed, [*versions, *default])


def _translations(row: Row, store: Store) -> Iterator[tuple[str, str]]:
    stem = row.id.split(".", 1)[0]
    for lang in store.site.languages:
        other = store.document(list_name(stem, lang)) if lang != row.lang else None
        if other and other.state == "current":
            yield lang, store.site.absolute(other.path)


class SitemapIndex(Family):
    """`sitemap.xml`: changes only when a shard comes or goes. Key: ("index",)."""

    name: ClassVar[str] = "sitemap-index"

    def site_keys(self, site: Site) -> Iterable[Key]:
        """Return the one index."""
        return [("index",)]

    def list_keys(self, change: ListChange) -> Iterable[Key]:
        """Return the index if the number of a kind's shards changed."""
        if change.name.split(".")[0] in KINDS and shards(change.before) != shards(change.after):
            yield ("index",)

    def foreseen(self, key: Key) -> Iterable[str]:
        """Return the lists of all kinds."""
        return [f"list:{list_name(kind, lang)}" for kind in KINDS for lang in ("vi", "en", "km")]

    def path(self, key: Key) -> str:
        """Return "sitemap.xml"."""
        return INDEX

    def render(self, key: Key, store: Store) -> bytes | None:
        """Return the index of every sitemap."""
        site = store.site
        paths = [LISTS]
        if "news" in site.kinds and any(store.count(list_name("news", x)) for x in site.languages):
            paths.append(NEWS)
        for name in kind_lists(site):
            paths += [shard_path(name, number) for number in range(shards(store.count(name)))]
        return write_index(site.absolute(f"/{path}") for path in paths)


class ListSitemap(Family):
    """`sitemap-trang.xml`: home pages, lists of kinds and of their sections. Key: ("lists",)."""

    name: ClassVar[str] = "sitemap-lists"

    def site_keys(self, site: Site) -> Iterable[Key]:
        """Return the one file."""
        return [("lists",)]

    def path(self, key: Key) -> str:
        """Return "sitemap-trang.xml"."""
        return LISTS

    def render(self, key: Key, store: Store) -> bytes | None:
        """Return the addresses of lists; depends on which sections there are, not on documents."""
        site = store.site
        paths = ["/" if lang == LANGUAGE else f"/{lang}/" for lang in site.languages]
        paths += [f"{home}kenh-chinh-thuc/" for home in paths]
        for name in kind_lists(site):
            kind, lang = name.split(".")[0], language_of(name)
            prefix = FACES[kind].prefix
            if not prefix:
                continue
            folder = f"/{prefix}/" if lang == LANGUAGE else f"/{lang}/{prefix}/"
            sections = {
                section.partition("/")[2].split(".")[0]
                for section in store.lists(f"{kind}/")
                if language_of(section) == lang
            }
            paths += [folder, *(f"{folder}{section}/" for section in sorted(sections))]
        return write_urls(Url(site.absolute(path)) for path in paths)
