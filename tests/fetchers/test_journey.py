"""A source's journey: asked politely, believed as far as expected, idle when nothing is new."""

import threading
import time
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from fetchers import journey as journeys
from fetchers.exchange import Answer, FetchError, Request
from fetchers.fetch import Fetcher, retry_after
from fetchers.pipeline import Pipeline, Settings
from fetchers.state import recall


def items(feed, *numbers: int) -> bytes:
    return feed(*({"title": f"Tin {n}", "link": f"https://a.example.vn/{n}"} for n in numbers))


def scheduled(desk) -> list:
    """Run as a timer would: nobody named the sources, so intervals count."""
    pipeline = Pipeline(
        Fetcher(desk.web, "Loa/test", sleep=lambda _: None),
        Settings(desk.folder, desk.now),
        desk.sources,
    )
    return pipeline.run(desk.sources.values())


def test_not_modified_touches_no_file_and_parses_nothing(desk, feed, monkeypatch) -> None:
    source = desk.source()
    stamp = "Fri, 02 Oct 2026 00:00:00 GMT"
    desk.web.put(source.url, items(feed, 1), etag='W/"a"', last_modified=stamp)
    desk.run()
    before = desk.snapshot()
    monkeypatch.setattr(journeys.child, "run", None)  # reading anything would fail
    (outcome,) = desk.run()
    assert outcome.result == "unmodified"
    assert desk.web.asked[-1].headers["If-None-Match"] == 'W/"a"'
    assert desk.web.asked[-1].headers["If-Modified-Since"] == stamp
    assert desk.snapshot() == before


def test_the_same_bytes_are_not_read_twice_without_validators(desk, feed, monkeypatch) -> None:
    source = desk.source()
    desk.web.put(source.url, items(feed, 1))
    desk.run()
    monkeypatch.setattr(journeys.child, "run", None)
    assert desk.run()[0].result == "unmodified"


def test_a_changed_block_is_read_anew(desk, feed) -> None:
    source = desk.source()
    desk.web.put(source.url, items(feed, 1), etag='"a"')
    desk.run()
    desk.source(section="y-te")
    (outcome,) = desk.run()
    assert "If-None-Match" not in desk.web.asked[-1].headers
    assert outcome.counts == {"updated": 1}


def test_a_timer_waits_for_the_interval_and_a_person_does_not(desk, feed) -> None:
    source = desk.source(interval=30)
    desk.web.put(source.url, items(feed, 1))
    scheduled(desk)
    desk.now += timedelta(minutes=12)
    (outcome,) = scheduled(desk)
    assert (outcome.result, outcome.failed) == ("waiting", False)
    assert "12 phút trước" in str(outcome)
    assert desk.run()[0].result == "unmodified"
    desk.now += timedelta(minutes=31)
    assert scheduled(desk)[0].result == "unmodified"


def test_retry_after_is_obeyed_across_runs(desk, feed) -> None:
    source = desk.source()
    desk.web.put(source.url, b"", 503, retry_after="3600")
    assert desk.run()[0].failed
    asked = len(desk.web.asked)
    desk.web.put(source.url, items(feed, 1))
    desk.now += timedelta(minutes=30)
    assert desk.run()[0].result == "waiting"
    assert len(desk.web.asked) == asked
    desk.now += timedelta(minutes=31)
    assert desk.run()[0].counts == {"new": 1}


def test_a_passing_fault_gets_a_second_try(desk, feed) -> None:
    source = desk.source()
    waits: list[float] = []

    class Flaky:
        tries = 0

        def ask(self, request: Request, into: Path) -> Answer:
            self.tries += 1
            if self.tries < 3:
                return Answer(request.url, 503, {"retry-after": "2"} if self.tries == 1 else {})
            into.write_bytes(items(feed, 1))
            return Answer(request.url, 200, {}, into)

    fetcher = Fetcher(Flaky(), "Loa/test", sleep=waits.append)
    settings = Settings(desk.folder, desk.now)
    (outcome,) = Pipeline(fetcher, settings, desk.sources).run([source])
    assert outcome.counts == {"new": 1}
    assert waits == [2.0, 1.0]


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        ("120", 120),
        ("999999999999", 86_400),
        ("Fri, 02 Oct 2026 00:01:00 GMT", 60),
        ("Thu, 01 Oct 2026 00:00:00 GMT", 0),
        ("-5", 0),
        ("soon", 0),
        ("", 0),
    ],
)
def test_retry_after_in_seconds_and_as_a_date(value: str, seconds: int) -> None:
    assert retry_after(value, "Fri, 02 Oct 2026 00:00:00 GMT") == seconds


def test_one_request_a_host_many_hosts_at_once(desk, feed) -> None:
    busy: dict[str, int] = {}
    most: dict[str, int] = {}
    together = threading.Barrier(3, timeout=20)

    class Counting:
        def ask(self, request: Request, into: Path) -> Answer:
            host = request.url.split("/")[2]
            busy[host] = busy.get(host, 0) + 1
            most[host] = max(most.get(host, 0), busy[host])
            if request.url.endswith("/first"):
                together.wait()  # three hosts must be under way at the same time
            time.sleep(0.01)
            busy[host] -= 1
            into.write_bytes(items(feed, 1))
            return Answer(request.url, 200, {}, into)

    for host in ("a", "b", "c"):
        for path in ("first", "second", "third"):
            desk.source(f"{host}-{path}", url=f"https://{host}.example.vn/{path}")
    pipeline = Pipeline(Fetcher(Counting(), "x"), Settings(desk.folder, desk.now), desk.sources)
    outcomes = pipeline.run(desk.sources.values())
    assert not any(outcome.failed for outcome in outcomes)
    assert most == {f"{host}.example.vn": 1 for host in ("a", "b", "c")}


def test_a_host_that_does_not_answer_is_asked_once(desk) -> None:
    for name in ("mot", "hai", "ba"):
        desk.source(name, url=f"https://chet.example.vn/{name}")
    outcomes = desk.run()
    assert [outcome.reason for outcome in outcomes] == ["không có máy chủ"] * 3
    assert len(desk.web.asked) == 1


def test_nothing_never_empties_what_was_good(desk, feed) -> None:
    source = desk.source()
    desk.web.put(source.url, items(feed, 1, 2))
    desk.run()
    before = desk.snapshot()
    empty = feed()
    for data in (empty, b"", b"<html>bao tri</html>", items(feed, 1, 2)[:60]):
        desk.web.put(source.url, data)
        assert desk.run()[0].failed
        assert desk.snapshot() == before
    assert recall(desk.folder, source.id).failures == 4
    desk.source(expect=[0, 10])
    desk.web.put(source.url, empty)
    assert not desk.run()[0].failed
    assert desk.snapshot() == before


def test_too_few_items_stop_a_source_too_many_are_said(desk, feed) -> None:
    source = desk.source(expect=[2, 3])
    desk.web.put(source.url, items(feed, 1))
    (outcome,) = desk.run()
    assert outcome.failed
    assert "ít hơn mức 2" in outcome.reason
    assert not desk.documents()
    desk.web.put(source.url, items(feed, 1, 2, 3, 4))
    (outcome,) = desk.run()
    assert outcome.counts == {"new": 4}
    assert "nhiều hơn mức 3" in str(outcome)


def test_a_tenth_of_the_items_stops_a_source_until_a_person_accepts(desk, feed) -> None:
    source = desk.source()
    desk.web.put(source.url, items(feed, *range(40)))
    desk.run()
    desk.web.put(source.url, items(feed, 1, 2, 99))
    (outcome,) = desk.run()
    assert outcome.failed
    assert "lần trước 40" in outcome.reason
    assert len(desk.documents()) == 40
    assert desk.run(accept=True)[0].counts == {"new": 1, "unchanged": 2}


def test_a_source_that_renames_all_its_stories_is_stopped(desk, feed) -> None:
    source = desk.source()
    desk.web.put(source.url, items(feed, *range(12)))
    desk.run()
    moved = feed(*({"title": f"Tin {n}", "link": f"https://b.example.vn/{n}x"} for n in range(12)))
    desk.web.put(source.url, moved)
    (outcome,) = desk.run()
    assert outcome.failed
    assert "đổi mã và địa chỉ của 12 tin" in outcome.reason
    assert len(desk.documents()) == 12
    assert desk.run(accept=True)[0].counts == {"new": 12}


def test_a_fault_of_the_program_harms_no_other_source(desk, feed, monkeypatch) -> None:
    for name in ("hong", "tot"):
        source = desk.source(name)
        desk.web.put(source.url, items(feed, 1))
    real = journeys.check_count

    def broken(source, *rest, **named):
        if source.id == "hong":
            raise KeyError("oops")
        return real(source, *rest, **named)

    monkeypatch.setattr(journeys, "check_count", broken)
    bad, good = desk.run()
    assert (bad.failed, good.counts) == (True, {"new": 1})
    assert "KeyError: 'oops'" in bad.crash
    assert "lỗi của chương trình" in str(bad)


def test_redirects_are_followed_and_bounded(desk, feed) -> None:
    source = desk.source()
    desk.web.put(source.url, b"", 301, location="https://moi.example.vn/rss")
    desk.web.put("https://moi.example.vn/rss", items(feed, 1))
    assert desk.run()[0].counts == {"new": 1}
    desk.web.put("https://moi.example.vn/rss", b"", 302, location="http://moi.example.vn/rss")
    assert "https xuống http" in desk.run()[0].reason


def test_a_second_run_at_the_same_time_says_so(desk) -> None:
    from fetchers.state import only_one

    with only_one(desk.folder), pytest.raises(FetchError, match="một lần tải khác"):  # noqa: SIM117
        with only_one(desk.folder):
            pass


def test_memory_that_cannot_be_read_is_no_memory(desk, feed) -> None:
    source = desk.source()
    desk.web.put(source.url, items(feed, 1))
    desk.run()
    path = desk.folder / ".state/fetchers/bao-a.json"
    for text in ("", "[]", "{", '{"items": 3, "unknown": 1}'):
        path.write_text(text)
        assert not desk.run()[0].failed


def test_an_outcome_is_one_line(desk, feed) -> None:
    source = desk.source(name="Báo A")
    desk.web.put(source.url, items(feed, 1, 2))
    outcome = replace(desk.run()[0], seconds=1.25)
    assert str(outcome) == "✓ Báo A: 2 mới (1,2 giây)"
