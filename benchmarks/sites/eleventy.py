"""The site for Eleventy."""

from __future__ import annotations

import json
from pathlib import Path

from benchmarks.articles import SLUGS, Article
from benchmarks.sites.layout import NAME, URL, Layout, put, quoted


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
