"""One story is one document, whatever a source does to its ids, addresses and titles."""

import pytest

from fetchers.identity import item_keys, joined, without_ambiguous

DATE = "Fri, 02 Oct 2026 08:00:00 +0700"


def item(number: int, **changes: str) -> dict[str, str]:
    return {
        "title": f"Tin số {number} của báo",
        "link": f"https://a.example.vn/y-te/tin-so-{number}-{3000000 + number}.html",
        "guid": f"https://a.example.vn/?p={number}",
        "pubDate": f"Fri, 02 Oct 2026 08:0{number}:00 +0700",
        "description": "Lời dẫn",
    } | changes


def gone(row: dict[str, str], *names: str) -> dict[str, str]:
    return {name: value for name, value in row.items() if name not in names}


BEHAVIOURS = {
    "title corrected": lambda n: item(n, title=f"Đính chính: tin {n} nói lại"),
    "guid churn": lambda n: item(n, guid=f"urn:uuid:{n * 7919}"),
    "guid gone": lambda n: gone(item(n), "guid"),
    "link churn": lambda n: item(n, link=f"https://a.example.vn/y-te/tin-{n}.html?sid=x{n}"),
    "host moved": lambda n: item(
        n,
        link=f"http://suckhoe.a.example.vn/tin-tuc/tin-{n}-{3000000 + n}.html",
        guid=f"http://suckhoe.a.example.vn/?p={n}",
    ),
    "https and www": lambda n: item(
        n, link=f"http://www.a.example.vn/y-te/tin-so-{n}-{3000000 + n}.html/"
    ),
    "date corrected": lambda n: item(n, pubDate="Fri, 02 Oct 2026 09:30:00 +0700"),
    "all ids changed": lambda n: item(n, link=f"https://b.example.vn/{n}", guid=f"z{n}"),
    "tracked": lambda n: item(
        n, link=f"https://a.example.vn/y-te/tin-so-{n}-{3000000 + n}.html?utm_source=rss"
    ),
}


@pytest.mark.parametrize("name", BEHAVIOURS)
def test_what_comes_again_is_known_and_keeps_its_address(name: str, desk, feed) -> None:
    source = desk.source()
    desk.web.put(source.url, feed(*map(item, range(1, 6))))
    desk.run()
    before = set(desk.documents())
    assert len(before) == 5
    desk.web.put(source.url, feed(*map(BEHAVIOURS[name], range(1, 6))))
    (outcome,) = desk.run()
    assert not outcome.counts.get("new"), outcome
    assert set(desk.documents()) == before
    snapshot = desk.snapshot()
    desk.run(stateless=True)
    assert desk.snapshot() == snapshot


def test_ids_that_change_at_every_request_leave_nothing_to_commit(desk, feed) -> None:
    source = desk.source()
    desk.web.put(source.url, feed(*(item(n, guid=f"a{n}") for n in range(5))))
    desk.run()
    before = desk.snapshot()
    for turn in range(6):
        desk.web.put(source.url, feed(*(item(n, guid=f"b{turn}-{n}") for n in range(5))))
        desk.run()
    assert desk.snapshot() == before


REUSES = {
    "one guid for all": lambda n: item(n, guid="tin-moi"),
    "one link for all": lambda n: item(n, link="https://a.example.vn/tin-moi"),
    "front page for all": lambda n: gone(item(n, link="https://a.example.vn/"), "guid"),
    "one title for all": lambda n: item(n, title="Bản tin", pubDate=DATE),
    "only titles": lambda n: {"title": f"Tin {n}"},
    "only links": lambda n: {"link": f"https://a.example.vn/{n}"},
}


@pytest.mark.parametrize("name", REUSES)
def test_different_items_stay_different(name: str, desk, feed) -> None:
    source = desk.source()
    rows = [REUSES[name](n) for n in range(1, 6)]
    desk.web.put(source.url, feed(*rows))
    (outcome,) = desk.run()
    assert outcome.counts == {"new": 5}, outcome
    before = desk.snapshot()
    desk.run(stateless=True)
    assert desk.snapshot() == before


def test_an_id_that_is_used_again_for_another_story_loses_nothing(desk, feed) -> None:
    source = desk.source()
    desk.web.put(source.url, feed(item(1, guid="hang-dau")))
    desk.run()
    desk.web.put(source.url, feed(item(2, guid="hang-dau")))
    (outcome,) = desk.run()
    assert outcome.counts == {"new": 1}
    titles = {loaded.document.title for loaded in desk.documents().values()}
    assert titles == {"Tin số 1 của báo", "Tin số 2 của báo"}


def test_an_item_given_twice_is_written_once(desk, feed) -> None:
    source = desk.source()
    desk.web.put(source.url, feed(item(1), item(1), item(2), item(1, title="Tin số 1 nói lại")))
    (outcome,) = desk.run()
    assert outcome.counts == {"new": 2, "repeated": 2}


def test_a_story_in_two_feeds_of_a_publisher_is_one_document(desk, feed) -> None:
    for name in ("thoi-su", "y-te"):
        source = desk.source(name, publisher="Báo A", section=name)
        desk.web.put(source.url, feed(item(1), item(2, description=f"Lời dẫn {name}")))
    other = desk.source("bao-b", publisher="Báo B")
    desk.web.put(other.url, feed(item(1)))
    desk.run()
    assert len(desk.documents()) == 3
    before = desk.snapshot()
    for _ in range(3):
        outcomes = desk.run(stateless=True)
        assert not any(o.counts.get("new") or o.counts.get("updated") for o in outcomes)
    assert desk.snapshot() == before


def test_a_feed_that_is_dropped_leaves_its_stories_to_its_sister(desk, feed) -> None:
    for name in ("thoi-su", "y-te"):
        source = desk.source(name, publisher="Báo A")
        desk.web.put(source.url, feed(item(1)))
    desk.run("thoi-su")
    del desk.sources["thoi-su"]
    desk.web.put(desk.sources["y-te"].url, feed(item(1, description="Lời dẫn mới")))
    (outcome,) = desk.run()
    assert outcome.counts == {"updated": 1}


def test_dates_in_addresses_are_no_article_numbers() -> None:
    day = item_keys("https://a.example.vn/ban-tin-20210817.html", "", "Bản tin", None)
    other = item_keys("https://a.example.vn/thoi-tiet-20210817.html", "", "Thời tiết", None)
    assert not {key for key in day if key[0] == "n"}
    assert not set(day) & set(other)


def test_what_is_known_of_a_document_stays_small() -> None:
    keys = ["n1234567", "lx", "g0"]
    for turn in range(100):
        keys = joined(keys, [f"g{turn}", f"l{turn}", f"t{turn}"])
    assert len(keys) <= 12
    assert "n1234567" in keys


def test_ambiguous_keys_are_dropped_but_never_the_last() -> None:
    batch = [["lx", "ta"], ["lx", "tb"]]
    kept = without_ambiguous(batch)
    assert not any("lx" in keys for keys in kept)
    assert len({keys[0] for keys in kept}) == 2
