"""Synthetic articles: article number i is the same on every machine and at every site size."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from benchmarks import text
from model.fields import VIETNAM
from model.text import slug

START = datetime(2020, 1, 20, 6, 0, tzinfo=VIETNAM)
STEP = timedelta(minutes=40)
TAG_WEIGHTS = [1 / (rank + 3) for rank in range(len(text.TAGS))]
SECTION_WEIGHTS = [weight for _, _, weight in text.SECTIONS]
SLUGS = {tag: slug(tag) for tag in text.TAGS}


@dataclass(frozen=True)
class Article:
    """One article: `section` and `section_name`, `tags` by name, `body` in Markdown."""

    name: str
    """Last part of its address."""
    title: str
    date: datetime
    section: str
    section_name: str
    tags: tuple[str, ...]
    summary: str
    source: str
    link: str
    body: str

    def with_body(self, body: str) -> Article:
        """Return the same article with another body."""
        return replace(self, body=body)


def article(number: int) -> Article:
    """Return article `number`; dates rise by 40 minutes, so no two are equal."""
    chance = random.Random(number * 9176 + 5)
    topic = _fill(chance, chance.choice(text.TOPICS))
    section, section_name, _ = chance.choices(text.SECTIONS, SECTION_WEIGHTS)[0]
    source, home = chance.choice(text.SOURCES)
    return Article(
        name=f"{slug(topic, 60)}-{number}",
        title=f"{topic} (số {number})",
        date=START + STEP * number,
        section=section,
        section_name=section_name,
        tags=_tags(chance),
        summary=_sentence(chance),
        source=source,
        link=f"{home}bai-{number}",
        body=_body(chance),
    )


def _tags(chance: random.Random) -> tuple[str, ...]:
    wanted = chance.choice((2, 3, 3, 4))
    found: dict[str, None] = {}
    while len(found) < wanted:
        found[chance.choices(text.TAGS, TAG_WEIGHTS)[0]] = None
    return tuple(found)


def _fill(chance: random.Random, template: str) -> str:
    return template.format_map(_Slots(chance))


class _Slots(dict[str, str]):
    """Gives a fresh value for each slot of a sentence."""

    def __init__(self, chance: random.Random) -> None:
        super().__init__()
        self._makers: dict[str, Callable[[], str]] = {
            "xa": lambda: chance.choice(text.PLACES),
            "so": lambda: str(chance.randrange(2, 900)),
            "phan": lambda: f"{chance.randrange(3, 98)},{chance.randrange(10)}%",
            "gio": lambda: f"{chance.randrange(24)} giờ {chance.randrange(0, 60, 5):02d}",
            "ngay": lambda: f"{chance.randrange(1, 29)}/{chance.randrange(1, 13)}",
        }

    def __missing__(self, slot: str) -> str:
        return self._makers[slot]()


def _sentence(chance: random.Random) -> str:
    return _fill(chance, chance.choice(text.SENTENCES))


def _body(chance: random.Random) -> str:
    """Return Markdown of some 400 to 680 syllables, in the mix that editors use."""
    target = chance.randint(370, 580)
    blocks = [f"**{chance.choice(text.LEADS)}** – {_sentence(chance)} {_sentence(chance)}"]
    extras = [_list]
    extras += [_table] if chance.random() < 0.3 else []
    extras += [_quote] if chance.random() < 0.3 else []
    while _syllables(blocks) < target:
        blocks.append("## " + " ".join(_sentence(chance).split()[:8]).rstrip(".,;:"))
        blocks += [_paragraph(chance) for _ in range(chance.randint(2, 3))]
        if extras and _syllables(blocks) < target:
            blocks.append(extras.pop(0)(chance))
    return "\n\n".join([*blocks, text.CLOSING]) + "\n"


def _syllables(blocks: list[str]) -> int:
    return sum(len(block.split()) for block in blocks)


def _paragraph(chance: random.Random) -> str:
    words = " ".join(_sentence(chance) for _ in range(chance.randint(2, 3))).split()
    if chance.random() < 0.5:
        at = chance.randrange(len(words) - 5)
        words[at], words[at + 3] = f"**{words[at]}", f"{words[at + 3]}**"
    if chance.random() < 0.35:
        name, home = chance.choice(text.SOURCES)
        words.append(f"Xem thêm tại [{name}]({home}tin/{chance.randrange(10**6)}).")
    return " ".join(words)


def _list(chance: random.Random) -> str:
    items = [" ".join(_sentence(chance).split()[: chance.randint(8, 16)]) for _ in range(5)]
    return "\n".join(f"- {item.rstrip('.,;:')}" for item in items)


def _table(chance: random.Random) -> str:
    lines = ["| " + " | ".join(text.COLUMNS) + " |", "|---|---:|---:|---:|"]
    for place in chance.sample(text.PLACES, 6):
        done, left = chance.randrange(400), chance.randrange(90)
        lines.append(f"| {place} | {done + left} | {done} | {left} |")
    return "\n".join(lines)


def _quote(chance: random.Random) -> str:
    return f"> {_sentence(chance)}"
