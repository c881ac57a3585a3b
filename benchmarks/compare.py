"""Whether two output trees are the same, and whether two tools' trees are comparable."""

from __future__ import annotations

import hashlib
import html
import os
import re
from collections.abc import Iterable, Mapping
from pathlib import Path

TOKEN = ".loa-build"
_MAIN = re.compile(r"<main\b[^>]*>(.*?)</main>", re.DOTALL)
_TAG = re.compile(r"<!--.*?-->|<[^>]*>", re.DOTALL)


def files(folder: Path) -> Iterable[str]:
    """Yield the paths of all files below `folder`, relative, with "/"."""
    start = len(str(folder)) + 1
    for here, _, names in os.walk(folder):
        below = f"{here[start:]}/".replace(os.sep, "/") if len(here) > start else ""
        yield from (below + name for name in names if name != TOKEN)


def tree_digests(folder: Path) -> dict[str, bytes]:
    """Return path -> digest of the bytes of every file below `folder` (but the build's token)."""
    return {
        path: hashlib.blake2b((folder / path).read_bytes(), digest_size=16).digest()
        for path in files(folder)
    }


def differences(one: Mapping[str, bytes], other: Mapping[str, bytes]) -> list[str]:
    """Return the paths that only one tree has, or whose bytes differ, sorted."""
    return sorted(path for path in one.keys() | other.keys() if one.get(path) != other.get(path))


def visible_text(page: str) -> str:
    """Return the text that a reader sees in `<main>`, white space folded."""
    main = _MAIN.search(page)
    if main is None:
        raise ValueError("the page has no <main>")
    return " ".join(html.unescape(_TAG.sub(" ", main[1])).split())


def article_differences(trees: Mapping[str, Path], names: Iterable[str]) -> list[str]:
    """Return which of the articles `names` a tool lacks or shows with other text."""
    wrong = []
    for name in names:
        texts = {}
        for tool, output in trees.items():
            path = output / "tin-tuc" / name / "index.html"
            if not path.is_file():
                wrong.append(f"{tool}: {name} is missing")
                continue
            texts[tool] = visible_text(path.read_text(encoding="utf-8"))
        if len(set(texts.values())) > 1:
            wrong.append(f"{name}: visible text differs between {', '.join(sorted(texts))}")
    return wrong


def census(output: Path, names: Iterable[str]) -> dict[str, int]:
    """Return how many articles, other pages, Atom feeds and other files a tree has; its bytes."""
    articles = {f"tin-tuc/{name}/index.html" for name in names}
    count = {"articles": 0, "lists": 0, "feeds": 0, "other": 0, "bytes": 0}
    for path in files(output):
        if path in articles:
            sort = "articles"
        elif path.endswith(".html"):
            sort = "lists"
        else:
            sort = "feeds" if path.endswith("atom.xml") else "other"
        count[sort] += 1
        count["bytes"] += (output / path).stat().st_size
    return count
