"""The official channels and numbers, each with who published it: what is not here may be false."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar, NamedTuple

from model.output import Family, Key, Store
from model.site import Site
from plugins.documents.trail import Translation, home_path, home_translations

FOLDER = "kenh-chinh-thuc/"


class ChannelsPage(NamedTuple):
    """What `channels.html` gets as `page`; the channels themselves are the site's."""

    lang: str
    path: str
    title: str
    description: str
    translations: tuple[Translation, ...]


class Channels(Family):
    """`kenh-chinh-thuc/index.html`, and below `<lang>/` for each other language. Key: (lang,)."""

    name: ClassVar[str] = "channels"

    def site_keys(self, site: Site) -> Iterable[Key]:
        """Return a page per language."""
        return [(lang,) for lang in site.languages]

    def path(self, key: Key) -> str:
        """Return the page's path."""
        return (home_path(key[0]) + FOLDER).lstrip("/") + "index.html"

    def render(self, key: Key, store: Store) -> bytes | None:
        """Return the page, or None for a language that the site does not speak."""
        lang = key[0]
        if lang not in store.site.languages:
            return None
        others = home_translations(lang, store.site.languages)
        page = ChannelsPage(
            lang=lang,
            path=home_path(lang) + FOLDER,
            title="Kênh và số chính thức",
            description="",
            translations=tuple(o._replace(path=o.path + FOLDER) for o in others),
        )
        return store.template("channels.html", page)
