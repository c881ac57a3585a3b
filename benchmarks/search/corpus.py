"""The corpora: real articles, passages and answers among the product's own documents.

Made of `../shared/real` (REAL_DATA), which is measured with and never shipped. Everything is chosen
by a fixed order, so that two runs measure the same.
"""

from __future__ import annotations

import csv
import gzip
import io
import json
import os
import random
import re
import tarfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from model.markup import escape_markdown

ROOT = Path(__file__).resolve().parents[2]
REAL = Path(os.environ.get("REAL_DATA") or ROOT.parent / "shared" / "real")
PAGES = Path(__file__).with_name("pages")
"""Made-up alerts, debunks and contacts, which the product's own sample documents lack."""
NEWS = "corpus/vietnews_test_tokenized.tar.bz2"
PASSAGES = "queries/xquad.vi.json.gz"
ANSWERS = "qa/UIT-ViCoV19QA_1ans_train.csv.gz"
ARCHIVED = 22_000
_SPACED = re.compile(r" ([.,:;!?)”’%…])|([(“‘]) ")


@dataclass
class Text:
    """A document to index; `words` are the segmented words of a news title, for the queries."""

    id: str
    title: str
    summary: str
    body: str
    words: list[str] = field(default_factory=list)
    lead: list[str] = field(default_factory=list)


@dataclass
class Corpus:
    """Documents and, by set, (question, id of the document that answers it)."""

    texts: list[Text]
    questions: list[tuple[str, str]]
    citizens: list[tuple[str, str]]


def joined(line: str) -> str:
    """Return a segmented line as it was written."""
    return _SPACED.sub(r"\1\2", line.replace("_", " ")).strip()


def news(count: int) -> Iterator[Text]:
    """Yield real articles, spread over the whole archive."""
    wanted = set(random.Random(5).sample(range(ARCHIVED), count * 21 // 20))
    with tarfile.open(REAL / NEWS) as archive:
        for number, member in enumerate(archive):
            file = archive.extractfile(member) if member.isfile() and number in wanted else None
            if file is None:
                continue
            parts = file.read().decode().split("\n\n")
            if len(parts) < 3 or len(parts[0].split()) < 5:
                continue
            yield Text(
                f"news-{Path(member.name).name[:6]}",
                joined(parts[0]),
                joined(parts[1]),
                joined("\n".join(parts[2].split("\n"))),
                parts[0].split(),
                parts[1].split(),
            )
            count -= 1
            if not count:
                return


def passages() -> tuple[list[Text], list[tuple[str, str]]]:
    """Return XQuAD's passages in Vietnamese and its questions."""
    data = json.loads(gzip.decompress((REAL / PASSAGES).read_bytes()))["data"]
    texts: list[Text] = []
    questions: list[tuple[str, str]] = []
    for article in data:
        for paragraph in article["paragraphs"]:
            context = paragraph["context"]
            text = Text(f"passage-{len(texts)}", start(context), "", context)
            texts.append(text)
            questions += [(item["question"], text.id) for item in paragraph["qas"]]
    return texts, questions


def start(text: str, words: int = 10) -> str:
    """Return the first words of a text: its title, where it has none."""
    return " ".join(text.split()[:words])


def answers(count: int) -> tuple[list[Text], list[tuple[str, str]]]:
    """Return answers of health authorities, and the citizens' questions, which are not indexed."""
    data = gzip.decompress((REAL / ANSWERS).read_bytes()).decode()
    rows: list[dict[str, Any]] = list(csv.DictReader(io.StringIO(data), delimiter="|"))
    random.Random(19).shuffle(rows)
    rows = [row for row in rows if len(row["Answer_1"].split()) > 25][:count]
    texts = [
        Text(f"answer-{row['id']}", start(row["Answer_1"]), "", row["Answer_1"]) for row in rows
    ]
    return texts, [(row["Question"], f"answer-{row['id']}") for row in rows]


def load(size: int) -> Corpus:
    """Return the corpus of `size` documents (the product's own come on top)."""
    pages, questions = passages()
    replies, citizens = answers(54 if size <= 1000 else 200)
    articles = list(news(size - len(pages) - len(replies)))
    texts = [*articles, *pages, *replies]
    random.Random(size).shuffle(texts)
    return Corpus(texts, questions, citizens)


def write_site(folder: Path, corpus: Corpus) -> None:
    """Write the corpus as a site's news, the product's own sample documents among them."""
    import shutil

    import yaml

    places = [source / "content" for source in (ROOT, *sorted((ROOT / "sites").iterdir()))]
    for source in (*places, PAGES):
        for kind in sorted(source.iterdir()):
            if kind.name != "pages":
                shutil.copytree(kind, folder / "content" / kind.name, dirs_exist_ok=True)
    for name in ("site.yaml", "sources.yaml"):
        shutil.copy(ROOT / name, folder / name)
    place = folder / "content" / "news" / "bench"
    place.mkdir(parents=True, exist_ok=True)
    for number, text in enumerate(corpus.texts):
        day, hour = divmod(number, 24)
        head = {
            "title": text.title[:190],
            "date": f"{2005 + day // 336}-{day // 28 % 12 + 1:02d}-{day % 28 + 1:02d} {hour:02}:00",
            "summary": text.summary[:900],
        }
        head = {key: value for key, value in head.items() if value}
        front = yaml.safe_dump(head, allow_unicode=True, sort_keys=False, width=10_000)
        body = escape_markdown(text.body)
        (place / f"{text.id.lower()}.md").write_text(
            f"---\n{front}---\n\n{body}\n", encoding="utf-8"
        )
