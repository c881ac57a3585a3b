"""The same site for each generator: one folder per tool, one file per article, equal themes.

A Layout says where a tool keeps an article and how its front matter is written; `theme` puts the
tool's templates in place. The visible text and the addresses of all tools' articles are the same.
"""

from __future__ import annotations

import json
from abc import ABC, abstractmethod
from pathlib import Path
from typing import ClassVar

from benchmarks.articles import Article

THEMES = Path(__file__).resolve().parents[1] / "themes"
ENGINE = Path(__file__).resolve().parents[2]
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

    def warn(self, article: Article) -> bool:
        """Publish an alert with an article's date, title and tags; say whether the site can."""
        return False

    def touch_template(self, mark: str) -> None:
        """Change the article template by a comment that every article page then carries."""
        path = self.folder / self.article_template
        source = path.read_text(encoding="utf-8")
        path.write_text(source.replace("<article>", f"<article><!-- {mark} -->"), encoding="utf-8")

    def _templates(self, target: str) -> None:
        for path in (THEMES / self.themes).glob("*.*"):
            put(self.folder / target / path.name, themed(self.themes, path.name))
