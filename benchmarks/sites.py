"""The same site for each generator: one folder per tool, one file per article, equal themes.

A Layout says where a tool keeps an article and how its front matter is written; `theme` puts the
tool's templates in place. The visible text and the addresses of all tools' articles are the same.
"""

from __future__ import annotations

import json
from abc import ABC, abstractmethod
from pathlib import Path
from typing import ClassVar

from benchmarks import text
from benchmarks.articles import SLUGS, Article

THEMES = Path(__file__).resolve().parent / "themes"
ENGINE = Path(__file__).resolve().parents[1]
URL = "https://www.example.gov.vn"
NAME = "Trang thông tin tỉnh"


def themed(tool: str, name: str) -> str:
    """Return a tool's template with the shared shell (head, top, foot, style) put in."""
    shell = {part.stem: part.read_text(encoding="utf-8") for part in (THEMES / "shell").iterdir()}
    source = (THEMES / tool / name).read_text(encoding="utf-8")
    source = source.replace("@@HEAD@@", shell["head"].replace("@@STYLE@@", shell["style"].strip()))
    return source.replace("@@TOP@@", shell["top"]).replace("@@FOOT@@\n", shell["foot"])


def put(path: Path, content: str) -> None:
    """Write a file and the folders above it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(content, encoding="utf-8")


def quoted(value: str) -> str:
    """Return a YAML double-quoted scalar."""
    return json.dumps(value, ensure_ascii=False)


class Layout(ABC):
    """One tool's way to lay out the site in `folder`."""

    tool: ClassVar[str]
    output: ClassVar[str]
    """Folder of the output below the tool's folder."""
    caches: ClassVar[tuple[str, ...]] = ()
    """What else to remove for a build with nothing cached."""
    article_template: ClassVar[str]
    themes: ClassVar[str]
    """Folder of its templates below `themes`."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    @abstractmethod
    def file(self, article: Article) -> Path:
        """Return where the article's file is."""

    @abstractmethod
    def source(self, article: Article) -> str:
        """Return the article's file: front matter and body."""

    @abstractmethod
    def theme(self) -> None:
        """Write templates and configuration."""

    def write(self, article: Article) -> None:
        """Write an article's file."""
        put(self.file(article), self.source(article))

    def remove(self, article: Article) -> None:
        """Remove an article's file."""
        self.file(article).unlink()

    def touch_template(self, mark: str) -> None:
        """Change the article template by a comment that every article page then carries."""
        path = self.folder / self.article_template
        source = path.read_text(encoding="utf-8")
        path.write_text(source.replace("<article>", f"<article><!-- {mark} -->"), encoding="utf-8")

    def _templates(self, target: str) -> None:
        for path in (THEMES / self.themes).glob("*.*"):
            put(self.folder / target / path.name, themed(self.themes, path.name))


class Loa(Layout):
    """Our own: the benchmark's theme overrides the shipped one; only the compared plugins run."""

    tool = themes = "loa"
    output = "output"
    caches = (".state",)
    article_template = "theme/templates/news.html"

    def file(self, article: Article) -> Path:
        """Return content/news/<year>/<name>.md."""
        return self.folder / "content" / "news" / f"{article.date:%Y}" / f"{article.name}.md"

    def source(self, article: Article) -> str:
        """Return front matter as fetchers write it."""
        return (
            f"---\ntitle: {quoted(article.title)}\ndate: {article.date:%Y-%m-%d %H:%M}\n"
            f"section: {article.section}\ntags: [{', '.join(article.tags)}]\n"
            f"summary: {quoted(article.summary)}\nsource:\n  name: {quoted(article.source)}\n"
            f"link: {article.link}\n---\n\n{article.body}"
        )

    def theme(self) -> None:
        """Write the override templates, site.yaml and a settings file with the compared plugins."""
        self._templates("theme/templates")
        self.site()
        put(self.folder / "conf.py", _CONF.format(engine=str(ENGINE)))

    def site(self) -> None:
        """Write site.yaml and sources.yaml."""
        kinds = "" if self.tool == "loa-whole" else "kinds: [news]\n"
        sections = "".join(f"  {slug}: {name}\n" for slug, name, _ in text.SECTIONS)
        put(
            self.folder / "site.yaml",
            f"name: {NAME}\nurl: {URL}\ndescription: Tin thử để đo tốc độ\nagency:\n"
            f"  name: Ban biên tập\ndemo: true\n{kinds}sections:\n{sections}",
        )
        put(self.folder / "sources.yaml", "[]\n")


_CONF = """\
import sys
sys.path.insert(0, {engine!r})
from pelicanconf import *
PLUGINS = ["plugins.documents", "plugins.feeds", "plugins.incremental"]
"""


class LoaWhole(Loa):
    """Our own with the shipped theme and every plugin: what a publish costs in real life."""

    tool = "loa-whole"
    article_template = "theme/templates/base.html"

    def theme(self) -> None:
        """Write site.yaml only; the shipped theme and pelicanconf.py are used."""
        self.site()

    def touch_template(self, mark: str) -> None:
        """Override the shipped base template with a copy that carries a comment."""
        path = self.folder / self.article_template
        if not path.exists():
            shipped = ENGINE / "theme" / "templates" / "base.html"
            put(path, shipped.read_text(encoding="utf-8"))
        source = path.read_text(encoding="utf-8")
        path.write_text(source.replace("</body>", f"<!-- {mark} --></body>"), encoding="utf-8")


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


class HugoSite(Layout):
    """Hugo: sections by folder, tags as a taxonomy, Atom per section."""

    tool = themes = "hugo"
    output = "public"
    caches = ("resources", ".hugo_build.lock")
    article_template = "layouts/single.html"

    def file(self, article: Article) -> Path:
        """Return content/tin-tuc/<section>/<year>/<name>.md."""
        folder = self.folder / "content" / "tin-tuc" / article.section / f"{article.date:%Y}"
        return folder / f"{article.name}.md"

    def source(self, article: Article) -> str:
        """Return YAML front matter; tags by slug, their names stand in the terms' own files."""
        tags = ", ".join(SLUGS[tag] for tag in article.tags)
        return (
            f"---\ntitle: {quoted(article.title)}\nslug: {article.name}\n"
            f"date: {article.date.isoformat()}\ntags: [{tags}]\n"
            f"description: {quoted(article.summary)}\norigin: {quoted(article.source)}\n"
            f"source_link: {article.link}\n---\n\n{article.body}"
        )

    def theme(self) -> None:
        """Write layouts, hugo.toml and a title for each section and tag."""
        self._templates("layouts")
        for name, target in (
            ("hugo.toml", "hugo.toml"),
            ("rows.html", "layouts/_partials/rows.html"),
        ):
            put(self.folder / target, (self.folder / "layouts" / name).read_text(encoding="utf-8"))
            (self.folder / "layouts" / name).unlink()
        content = self.folder / "content"
        put(content / "tin-tuc" / "_index.md", "---\ntitle: Tin chính thống\n---\n")
        for slug, name, _ in text.SECTIONS:
            put(content / "tin-tuc" / slug / "_index.md", f"---\ntitle: {name}\n---\n")
        for name, slug in SLUGS.items():
            put(content / "tags" / slug / "_index.md", f"---\ntitle: {quoted(name)}\n---\n")


class EleventySite(Layout):
    """Eleventy: collections grouped in its configuration, Nunjucks templates."""

    tool = themes = "eleventy"
    output = "_site"
    caches = (".cache",)
    article_template = "_includes/article.njk"

    def file(self, article: Article) -> Path:
        """Return content/<year>/<name>.md."""
        return self.folder / "content" / f"{article.date:%Y}" / f"{article.name}.md"

    def source(self, article: Article) -> str:
        """Return YAML front matter; `topics` because `tags` would make collections of its own."""
        topics = ", ".join(f"{{name: {quoted(tag)}, slug: {SLUGS[tag]}}}" for tag in article.tags)
        return (
            f"---\ntitle: {quoted(article.title)}\nname: {article.name}\n"
            f"date: {article.date.isoformat()}\nsection: {article.section}\n"
            f"section_name: {quoted(article.section_name)}\ntopics: [{topics}]\n"
            f"summary: {quoted(article.summary)}\norigin: {quoted(article.source)}\n"
            f"source_link: {article.link}\n---\n\n{article.body}"
        )

    def theme(self) -> None:
        """Write templates, data and configuration."""
        self._templates("_includes")
        moves = {
            "eleventy.config.cjs": "eleventy.config.cjs",
            "content.11tydata.cjs": "content/content.11tydata.cjs",
            "list.njk": "list.njk",
            "index.njk": "index.njk",
            "feed.njk": "feed.njk",
        }
        for name, target in moves.items():
            put(
                self.folder / target, (self.folder / "_includes" / name).read_text(encoding="utf-8")
            )
            (self.folder / "_includes" / name).unlink()
        put(self.folder / "_data" / "site.json", json.dumps({"name": NAME, "url": URL}))
        put(self.folder / "package.json", '{"name": "site", "private": true}\n')
        put(self.folder / ".eleventyignore", "node_modules\n_includes\n")


LAYOUTS: dict[str, type[Layout]] = {
    layout.tool: layout
    for layout in (Loa, LoaWhole, PelicanSite, PelicanCacheSite, HugoSite, EleventySite)
}
