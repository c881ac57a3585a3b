"""One token stream, two readers: the browser ranks as Whoosh does, to the last point."""

import random
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from model.site import load_site
from model.text import fold
from plugins.search.analysis import tokens
from plugins.search.library import Library
from plugins.search.plan import likeness
from plugins.search.ranking import related, search
from plugins.search.streams import key_number, stream
from plugins.search.texts import Texts
from tests.search_site import ORIGIN, ROOT, build, sentence, serve, write_site, write_today

pytestmark = pytest.mark.browser
QUERIES, DOCUMENTS = 1000, 1000
HARNESS = """async (folder) => {
    const core = await import('/theme/search/core.js');
    const get = async (path) => new Uint8Array(await (await fetch(folder + path)).arrayBuffer());
    window.shards = await new core.Shards(get).open();
    window.core = core;
    window.related = (await import('/theme/search/related.js')).related;
    window.ask = async (query, typing) =>
        (await window.shards.search(query, typing)).hits.slice(0, 10);
}"""
ONE_BY_ONE = """async (all) => {
    const out = [];
    for (const query of all) out.push(await ask(query, false));
    return out;
}"""
TRICKY = [
    *("", "a", "đ", "😀", "?!", "<b>", "a" * 300, "1022", "0276 3822 115", "1,5 triệu", "covid-19"),
    *(
        "beenhj vieenj",
        "be65nh vie65n",
        "benhvien",
        "blue zone",
        "TP.HCM",
        "UBND",
        "vaccine",
        "72h",
    ),
    "cho em hỏi nhà em ở vùng phong tỏa " * 3 + "hết gạo hết thuốc thì gọi số nào",
    *("中文", "ភាសាខ្មែរ", "bão số 9", "462/STTTT-TTBCXB", "xa1 xa2", "x" * 21, "ҕ", "Ⅷ", "½", "ﬁn"),
]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    site = write_site(tmp_path_factory.mktemp("parity"), DOCUMENTS - 9)
    write_today(site, 9)
    return site


@pytest.fixture(scope="module")
def library(folder: Path) -> Library:
    return Library(folder, load_site(folder), datetime.fromtimestamp(1_763_755_200, UTC))


@pytest.fixture(scope="module")
def page(browser: Any, folder: Path) -> Iterator[Any]:
    output = build(folder)
    (output / "blank.html").write_text("<!doctype html>", encoding="utf-8")
    context = browser.new_context()
    serve(context, output)
    opened = context.new_page()
    opened.goto(f"{ORIGIN}/blank.html")
    opened.evaluate(HARNESS, "/tim-kiem/")
    yield opened
    context.close()


def disguise(query: str, rng: random.Random) -> str:
    """Return a query as people type it: as it is, without marks, with a slip, halved, joined."""
    turn = rng.randrange(6)
    words = query.lower().split()
    place = rng.randrange(len(words))
    if turn == 1:
        return fold(query)
    if turn == 2:
        word = fold(words[place])
        cut = rng.randrange(len(word))
        words[place] = word[:cut] + rng.choice("abcdehilnot") + word[cut + rng.randrange(2) :]
    if turn == 3:
        words[place] = fold(words[place])
    if turn == 4 and place:
        words[place - 1 : place + 1] = [fold(words[place - 1] + words[place])]
    return " ".join(words)


def queries(count: int) -> list[str]:
    rng = random.Random(1)
    made = [disguise(sentence(rng, rng.randint(1, 4)), rng) for _ in range(count - len(TRICKY))]
    return TRICKY + made


def test_a_thousand_queries_rank_the_same(page: Any, library: Library) -> None:
    asked = queries(QUERIES)
    browsed = page.evaluate(ONE_BY_ONE, asked)
    assert len(browsed) == QUERIES
    assert page.evaluate("shards.now.new[0]") >= 9
    answered = 0
    for query, found in zip(asked, browsed, strict=True):
        _, hits = search(query, library.source, library.aliases)
        assert found == [list(hit) for hit in hits[:10]], query
        answered += bool(hits)
    assert answered > QUERIES * 0.9


def test_documents_like_one_are_the_same(page: Any, library: Library) -> None:
    script = """async (all) => {
        const out = [];
        for (const [text, own] of all) {
            out.push(await related(text, shards, (d) => d === own, core));
        }
        return out;
    }"""
    places = library.source.places
    rows = library.rows[::9]
    asked = [
        [". ".join([row.document.title, *row.document.tags, row.document.summary]), places[row.id]]
        for row in rows
    ]
    alike = 0
    for row, found in zip(rows, page.evaluate(script, asked), strict=True):
        document = row.document
        made = likeness(document.title, document.tags, document.summary, library.aliases)
        hits = related(made, places[row.id], library.source)
        assert found == [list(hit) for hit in hits[:5]], row.id
        assert library.beside(row)[:1] == library.results(hits[:1])
        alike += bool(hits)
    assert alike > len(rows) // 2


def test_a_word_begun_is_completed_the_same(page: Any, library: Library) -> None:
    for query in ["be", "benh vi", "khai b", "tiêm chủ", "th", "mã q", "x"]:
        found = page.evaluate("(query) => ask(query, true)", query)
        _, hits = search(query, library.source, library.aliases, typing=True)
        assert found == [list(hit) for hit in hits[:10]], query


def test_text_is_cut_and_weighed_the_same(page: Any, library: Library) -> None:
    rng = random.Random(2)
    texts = [*TRICKY, *(sentence(rng, 9) for _ in range(60))]
    script = "(all) => all.map(([text, query]) => core.tokens(text, shards.aliases, query))"
    browsed = page.evaluate(script, [[text, False] for text in texts])
    for text, (units, extras) in zip(texts, browsed, strict=True):
        found, more = tokens(text, library.aliases)
        assert [list(unit) for unit in found] == units, text
        wanted = [[extra.key, list(extra.codes), extra.first, extra.last] for extra in more]
        assert sorted(wanted) == sorted(extras), text
    script = "(all) => all.map((texts) => Object.fromEntries(core.stream(texts, shards.aliases)))"
    every = [[a, b, c, d] for a, b, c, d in zip(*[iter(texts)] * 4, strict=False)]
    for four, streamed in zip(every, page.evaluate(script, every), strict=True):
        impacts = {
            f"{t.key}\t{','.join(map(str, t.codes))}": t.impact for t in _stream(four, library)
        }
        assert impacts == streamed
    script = "(all) => all.map(core.keyNumber)"
    assert page.evaluate(script, texts) == [key_number(text) for text in texts]


def _stream(four: list[str], library: Library) -> list[Any]:
    return stream(Texts(*four), library.aliases)


def test_the_browser_reads_what_the_theme_ships() -> None:
    text = (ROOT / "theme/static/search/core.js").read_text(encoding="utf-8")
    assert "innerHTML" not in text
    assert "eval(" not in text
