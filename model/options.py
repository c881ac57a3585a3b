"""What `options:` of a source may hold, by format: a group of typed fields a format.

A format that needs settings (a CSV's column map, CSS selectors, a table of verdicts) declares a
Group here; an unknown key in sources.yaml is then a problem like everywhere else. The names are
those of `fetchers.formats.FORMATS` (a test holds them equal).
"""

from __future__ import annotations

from model import option_groups as groups
from model.fields import Group


class NoOptions(Group):
    """A format that has nothing to set."""


OPTIONS: dict[str, type[Group]] = {
    "rss": groups.RssOptions,
    "sitemap": groups.SitemapOptions,
    "html-news": groups.HtmlNewsOptions,
    "faq": groups.FaqOptions,
    "open311": groups.Open311Options,
    "geojson": groups.GeoOptions,
    "series-json": groups.SeriesJsonOptions,
    "series": groups.SeriesOptions,
    "json": groups.JsonOptions,
    "html-table": groups.HtmlTableOptions,
    "xlsx": groups.XlsxOptions,
    "csv": groups.CsvOptions,
    "css": groups.CssOptions,
    "factcheck-api": groups.Judged,
    "claimreview": groups.ClaimReviewOptions,
}
"""Format -> the class of its options."""
