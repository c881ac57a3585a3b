"""How machines find the pages: sitemaps, robots.txt, the OpenSearch description.

Outputs: `sitemap.xml` (index), `sitemap-<kind>[-<lang>]-<n>.xml` (100 documents each, counted from
the oldest, so a new document touches one), `sitemap-trang.xml` (home and list pages),
`sitemap-tin-moi.xml` (news of the last two days before the newest), `robots.txt`, `opensearch.xml`.
A page's translations stand beside it as hreflang alternates. Settings: none but `site.yaml`.
"""

from __future__ import annotations

from model.output import registry


def register() -> None:
    """Register the families."""
    from plugins.sitemap.doors import OpenSearch, Robots
    from plugins.sitemap.news import NewsSitemap
    from plugins.sitemap.shards import ListSitemap, SitemapIndex, SitemapShards

    registry.replace(SitemapIndex(), SitemapShards(), ListSitemap(), NewsSitemap())
    registry.replace(Robots(), OpenSearch())
