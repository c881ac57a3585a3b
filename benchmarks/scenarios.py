"""What is done to the site before a build is measured; the same change is made for every tool."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace

from benchmarks.articles import Article, article
from benchmarks.sites import Layout
from benchmarks.text import TAGS


@dataclass
class Corpus:
    """The articles as they now are, in the order of their dates, and who must write them."""

    articles: dict[str, Article]
    chance: random.Random
    next_number: int
    touched: str = ""
    """Name of the article that the last change concerned."""
    done: int = 0
    names: list[str] = field(default_factory=list)

    @classmethod
    def of(cls, count: int, seed: int) -> Corpus:
        """Return the pristine corpus of `count` articles."""
        made = {item.name: item for item in map(article, range(count))}
        return cls(made, random.Random(seed), count, names=list(made))

    def put(self, layouts: Iterable[Layout], item: Article) -> None:
        """Add or replace an article in every tool's site."""
        if item.name not in self.articles:
            self.names.append(item.name)
        self.articles[item.name] = item
        self.touched = item.name
        for layout in layouts:
            layout.write(item)

    def old(self) -> Article:
        """Return an article that is not among the newest tenth."""
        return self.articles[self.names[self.chance.randrange(len(self.names) * 9 // 10)]]

    def newest(self) -> Article:
        """Return the newest article."""
        return max(self.articles.values(), key=lambda item: item.date)

    def fresh(self, **fields: object) -> Article:
        """Return an article that was not there before."""
        self.next_number += 1
        return replace(article(self.next_number), **fields)  # type: ignore[arg-type]


Change = Callable[[Corpus, "list[Layout]"], None]


def edit_body(corpus: Corpus, layouts: list[Layout]) -> None:
    """Add a sentence to an old article."""
    corpus.done += 1
    old = corpus.old()
    corpus.put(layouts, replace(old, body=f"{old.body}\nBổ sung lần {corpus.done}.\n"))


def edit_title(corpus: Corpus, layouts: list[Layout]) -> None:
    """Change the title of the newest article, which lists and feeds show."""
    corpus.done += 1
    newest = corpus.newest()
    corpus.put(layouts, replace(newest, title=f"{newest.title}, cập nhật {corpus.done}"))


def retag(corpus: Corpus, layouts: list[Layout]) -> None:
    """Give an old article another set of tags."""
    old = corpus.old()
    others = [tag for tag in TAGS if tag not in old.tags]
    corpus.put(layouts, replace(old, tags=(*old.tags[1:], corpus.chance.choice(others))))


def add_newest(corpus: Corpus, layouts: list[Layout]) -> None:
    """Add an article with three tags, newer than all others."""
    date = corpus.newest().date + (article(1).date - article(0).date)
    corpus.put(layouts, corpus.fresh(date=date, tags=tuple(corpus.chance.sample(TAGS[:20], 3))))


def add_alert(corpus: Corpus, layouts: list[Layout]) -> None:
    """Publish an alert with three tags, newer than all articles, where the site has alerts."""
    corpus.done += 1
    date = corpus.newest().date + (article(corpus.done).date - article(0).date)
    made = corpus.fresh(date=date, tags=tuple(corpus.chance.sample(TAGS[:20], 3)))
    corpus.touched = made.name
    for layout in layouts:
        layout.warn(made)


def add_backdated(corpus: Corpus, layouts: list[Layout]) -> None:
    """Add an article whose date lies in the middle of the others."""
    middle = corpus.articles[corpus.names[len(corpus.names) // 2]].date
    corpus.put(layouts, corpus.fresh(date=middle.replace(minute=1 + corpus.done % 9)))


def delete(corpus: Corpus, layouts: list[Layout]) -> None:
    """Delete an old article."""
    gone = corpus.old()
    del corpus.articles[gone.name]
    corpus.names.remove(gone.name)
    corpus.touched = gone.name
    for layout in layouts:
        layout.remove(gone)


def template(corpus: Corpus, layouts: list[Layout]) -> None:
    """Change the template that every article page is made with."""
    corpus.done += 1
    for layout in layouts:
        layout.touch_template(f"thay đổi {corpus.done}")


def nothing(corpus: Corpus, layouts: list[Layout]) -> None:
    """Change nothing."""


CHANGES: dict[str, Change] = {
    "clean": nothing,
    "nothing": nothing,
    "edit-body": edit_body,
    "edit-title": edit_title,
    "retag": retag,
    "new": add_newest,
    "alert": add_alert,
    "backdated": add_backdated,
    "delete": delete,
    "template": template,
    "warm": nothing,
}
"""Scenario -> change, in the order in which a round runs them."""
TITLES = {
    "clean": "full build, nothing cached",
    "nothing": "nothing changed",
    "edit-body": "one body edited",
    "edit-title": "newest title edited",
    "retag": "one article retagged",
    "new": "new newest article, three tags",
    "alert": "new alert, three tags",
    "backdated": "new article with an old date",
    "delete": "one article deleted",
    "template": "article template changed",
    "warm": "full build, bodies cached, empty output",
}
WHOLE_ONLY = ("alert",)
"""What only our whole site has."""
FULL_ONLY = ("clean", "edit-body")
"""What a tool without partial builds is measured at: every change costs it the same."""
