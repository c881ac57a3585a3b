"""The site for plain Pelican, without and with its reader cache."""

from __future__ import annotations

from pathlib import Path

from benchmarks.articles import Article
from benchmarks.sites.layout import NAME, URL, Layout, put


class PelicanSite(Layout):
    """Plain Pelican with its own reader, lists and feeds."""

    tool = themes = "pelican"
    output = "output"
    caches = ("cache", "__pycache__")
    article_template = "theme/templates/article.html"

    def file(self, article: Article) -> Path:
        """Return content/<year>/<name>.md."""
        return self.folder / "content" / f"{article.date:%Y}" / f"{article.name}.md"

    def source(self, article: Article) -> str:
        """Return a header of Python-Markdown's `meta` extension."""
        return (
            f"---\ntitle: {article.title}\nslug: {article.name}\n"
            f"date: {article.date:%Y-%m-%d %H:%M}\n"
            f"category: {article.section_name}\ntags: {', '.join(article.tags)}\n"
            f"summary: {article.summary}\norigin: {article.source}\nlink: {article.link}\n---\n\n"
            f"{article.body}"
        )

    def theme(self) -> None:
        """Write the theme and a pelicanconf.py with the same addresses as ours."""
        self._templates("theme/templates")
        (self.folder / "theme" / "static").mkdir(parents=True, exist_ok=True)
        put(self.folder / "pelicanconf.py", _PELICAN.format(name=NAME, url=URL))


_PELICAN = """\
import os
SITENAME = {name!r}
SITEURL = {url!r}
PATH = "content"
OUTPUT_PATH = "output"
THEME = "theme"
PLUGINS = []
TIMEZONE = "Asia/Ho_Chi_Minh"
DEFAULT_LANG = "vi"
DEFAULT_PAGINATION = 20
READERS = {{"rst": None}}
STATIC_PATHS = []
TYPOGRIFY = False
MARKDOWN = {{
    "extensions": ["meta", "tables", "sane_lists", "def_list", "abbr"],
    "output_format": "html",
}}
ARTICLE_URL = "tin-tuc/{{slug}}/"
ARTICLE_SAVE_AS = "tin-tuc/{{slug}}/index.html"
CATEGORY_URL = "tin-tuc/{{slug}}/"
CATEGORY_SAVE_AS = "tin-tuc/{{slug}}/index.html"
TAG_URL = "chu-de/{{slug}}/"
TAG_SAVE_AS = "chu-de/{{slug}}/index.html"
AUTHOR_SAVE_AS = ""
DIRECT_TEMPLATES = ["index", "news"]
NEWS_URL = "tin-tuc/"
NEWS_SAVE_AS = "tin-tuc/index.html"
PAGINATED_TEMPLATES = {{"news": 20, "category": 20, "tag": 20}}
PAGINATION_PATTERNS = (
    (1, "{{base_name}}/", "{{base_name}}/index.html"),
    (2, "{{base_name}}/trang/{{number}}/", "{{base_name}}/trang/{{number}}/index.html"),
)
FEED_ALL_ATOM = "tin-tuc/atom.xml"
CATEGORY_FEED_ATOM = "tin-tuc/{{slug}}/atom.xml"
FEED_MAX_ITEMS = 20
AUTHOR_FEED_ATOM = AUTHOR_FEED_RSS = TRANSLATION_FEED_ATOM = None
if os.environ.get("BENCH_CACHE"):
    CACHE_CONTENT = LOAD_CONTENT_CACHE = True
    CONTENT_CACHING_LAYER = "reader"
    CHECK_MODIFIED_METHOD = "mtime"
"""


class PelicanCacheSite(PelicanSite):
    """Plain Pelican with its own reader cache on."""

    tool = "pelican-cache"
