"""The news sitemap: what was published in the two days before the newest item, all languages.

The news sitemap protocol asks for the last two days; counting from the newest item instead of from
the clock keeps the file a function of the content.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from typing import ClassVar

from model.output import Family, Key, ListChange, Row, Store, list_name
from plugins.sitemap.shards import NEWS
from plugins.sitemap.urls import NewsUrl, write_news

MOST = 100
DAYS = timedelta(days=2)


class NewsSitemap(Family):
    """`sitemap-tin-moi.xml`. Key: ("news",)."""

    name: ClassVar[str] = "sitemap-news"

    def list_keys(self, change: ListChange) -> Iterable[Key]:
        """Return the file if the newest news changed."""
        if change.name.split(".")[0] == "news" and change.touches_newest(MOST):
            yield ("news",)

    def foreseen(self, key: Key) -> Iterable[str]:
        """Return the lists of news."""
        return [f"list:{list_name('news', lang)}" for lang in ("vi", "en", "km")]

    def path(self, key: Key) -> str:
        """Return "sitemap-tin-moi.xml"."""
        return NEWS

    def render(self, key: Key, store: Store) -> bytes | None:
        """Return the news of two days, or None when there is none."""
        site = store.site
        if "news" not in site.kinds:
            return None
        rows = [
            row for lang in site.languages for row in store.newest(list_name("news", lang), MOST)
        ]
        urls = sorted(
            (_news_url(row, store) for row in rows if row.document.sorted_at),
            key=lambda url: (url.published, url.address),
            reverse=True,
        )
        recent = [url for url in urls if url.published > urls[0].published - DAYS]
        return write_news(recent[:MOST]) if recent else None


def _news_url(row: Row, store: Store) -> NewsUrl:
    published = row.document.sorted_at
    if published is None:
        raise ValueError(f"{row.id} has no date")
    site = store.site
    return NewsUrl(site.absolute(row.path), site.name, row.lang, published, row.document.title)
