"""Our own site: the plugins that others have a counterpart for, or all of them."""

from __future__ import annotations

from pathlib import Path

from benchmarks import text
from benchmarks.articles import Article
from benchmarks.sites.layout import ENGINE, NAME, URL, Layout, put, quoted


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

    def warn(self, article: Article) -> bool:
        """Write an alert that is in force."""
        put(
            self.folder / "content" / "alerts" / f"{article.name}.md",
            f"---\ntitle: {quoted(article.title)}\nidentifier: vn-80-do-toc-do-"
            f"{article.date:%Y%m%d}-{article.name.rpartition('-')[2]}\n"
            f"event: Diễn biến thử\ncategory: Met\nseverity: Severe\narea: Toàn tỉnh\n"
            f"date: {article.date:%Y-%m-%d %H:%M}\nexpires: 2099-01-01 00:00\n"
            f"tags: [{', '.join(article.tags)}]\nsummary: {quoted(article.summary)}\n"
            f"sources:\n  - name: {quoted(article.source)}\n---\n\n{article.body}",
        )
        return True

    def touch_template(self, mark: str) -> None:
        """Override the shipped base template with a copy that carries a comment."""
        path = self.folder / self.article_template
        if not path.exists():
            shipped = ENGINE / "theme" / "templates" / "base.html"
            put(path, shipped.read_text(encoding="utf-8"))
        source = path.read_text(encoding="utf-8")
        path.write_text(source.replace("</body>", f"<!-- {mark} --></body>"), encoding="utf-8")
