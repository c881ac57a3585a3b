"""The site for Hugo."""

from __future__ import annotations

from pathlib import Path

from benchmarks import text
from benchmarks.articles import SLUGS, Article
from benchmarks.sites.layout import Layout, put, quoted


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
