"""Dates as Vietnamese sources write them; those that cannot be true are no dates."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fetchers.cleaning.dates import (
    month_first_feed,
    possible,
    read_date,
    stamp_in,
    wrong_minutes,
)
from model.fields import VIETNAM
from model.source import Dates

NOW = datetime(2026, 10, 3, 12, tzinfo=UTC)
SEEN_IN_THE_WILD = {
    "10/2/2026 9:25:00 AM": "2026-10-02T09:25:00+07:00",
    "Thu, 02 Oct 2025 09:25:00 GMT+7": "2025-10-02T09:25:00+07:00",
    "18:05 24/05/2021": "2021-05-24T18:05:00+07:00",
    "01/07/2024 - 16:51": "2024-07-01T16:51:00+07:00",
    "01/07/2024 - 16:51\n\n0\n1,436": "2024-07-01T16:51:00+07:00",
    "Thứ tư, 22/10/2025, 19:25 (GMT+7)": "2025-10-22T19:25:00+07:00",
    "Chủ nhật, 13/2/2022, 16:08 (GMT+7)": "2022-02-13T16:08:00+07:00",
    "Thứ hai, 24/05/2021, 20:22": "2021-05-24T20:22:00+07:00",
    "Monday, 24/05/2021, 22:38": "2021-05-24T22:38:00+07:00",
    "(Thứ bảy, 22/05/2021 11:38)": "2021-05-22T11:38:00+07:00",
    "Ngày đăng 09/09/2020 | 05:07 PM": "2020-09-09T17:07:00+07:00",
    "Thứ năm: 20:31 ngày 02/09/2021": "2021-09-02T20:31:00+07:00",
    "20h31 ngày 2.9.2021": "2021-09-02T20:31:00+07:00",
    "6 giờ ngày 18/7/2021": "2021-07-18T06:00:00+07:00",
    "24/05/2021 8:30 CH": "2021-05-24T20:30:00+07:00",
    "ngày 2 tháng 9 năm 2021": "2021-09-02T00:00:00+07:00",
    "Wed, 26 Jul 2017 19:41:14 +0700": "2017-07-26T19:41:14+07:00",
    "Wed, 26 Jul 2017 19:55:20 GMT": "2017-07-26T19:55:20+00:00",
    "Mon, 24 May 21 05:18:00 EST": "2021-05-24T05:18:00-05:00",
    "2020-06-23 20:02": "2020-06-23T20:02:00+07:00",
    "2020-03-27T10:46:13+0200": "2020-03-27T10:46:13+02:00",
    "2021-08-28T15:30:00.250Z": "2021-08-28T15:30:00+00:00",
    "28-Apr-20": "2020-04-28T00:00:00+07:00",
    "2/17/2021": "2021-02-17T00:00:00+07:00",
}
NO_DATES = ["", "Hôm qua, 14:05", "tháng 12 năm 2021", "31/02/2021 10:00", "1501066281", "18:05"]


def iso(text: str, rules: Dates | None = None) -> str:
    found = read_date(text, rules or Dates())
    return found.time.isoformat() if found else ""


@pytest.mark.parametrize(("text", "right"), SEEN_IN_THE_WILD.items())
def test_what_was_seen_in_the_wild_is_read_right(text: str, right: str) -> None:
    assert iso(text) == right


@pytest.mark.parametrize("text", NO_DATES)
def test_what_says_no_date_is_none(text: str) -> None:
    assert read_date(text, Dates()) is None


def test_a_source_may_say_how_it_writes() -> None:
    assert iso("02/03/2021 10:00", Dates(order="month-first")) == "2021-02-03T10:00:00+07:00"
    assert iso("02/03/2021 10:00", Dates(timezone="+00:00")) == "2021-03-02T10:00:00+00:00"
    own = Dates(patterns=("%y%m%d %H%M",))
    assert iso("210302 1000", own) == "2021-03-02T10:00:00+07:00"


def test_the_weekday_tells_the_order() -> None:
    # 2 March 2021 was a Tuesday, 3 February a Wednesday
    assert iso("Tuesday, 03/02/2021, 10:00") == "2021-03-02T10:00:00+07:00"
    assert iso("Wednesday, 03/02/2021, 10:00") == "2021-02-03T10:00:00+07:00"


def test_a_feed_is_month_first_if_only_so_all_its_dates_can_be() -> None:
    texts = ["9/28/2026 10:00", "9/30/2026 11:00", "10/2/2026 12:00"]
    assert month_first_feed(texts, Dates(), NOW)
    assert not month_first_feed(["28/9/2026 10:00", "2/10/2026 12:00"], Dates(), NOW)
    assert not month_first_feed(texts, Dates(order="day-first"), NOW)
    assert month_first_feed(["1/12/2026 10:00", "10/2/2026 12:00"], Dates(), NOW)


def test_impossible_times() -> None:
    assert not possible(datetime(1970, 1, 1, tzinfo=UTC), NOW)
    assert not possible(datetime(2099, 1, 1, tzinfo=UTC), NOW)
    assert not possible(NOW + timedelta(hours=1), NOW)
    assert possible(NOW + timedelta(minutes=5), NOW)


def test_minutes_that_are_months() -> None:
    times = [datetime(2024, month, 3, 10, month, tzinfo=UTC) for month in (1, 2, 2, 3, 5)]
    assert wrong_minutes(times)
    assert not wrong_minutes(times[:4])
    assert not wrong_minutes([*times, datetime(2024, 3, 3, 10, 30, tzinfo=UTC)])


def test_times_in_addresses() -> None:
    old = stamp_in("https://tuoitre.vn/so-ca-moi-20210817200454622.htm")
    new = stamp_in("https://tuoitre.vn/so-ca-moi-100261002091032857.htm")
    assert old == datetime(2021, 8, 17, 20, 4, 54, tzinfo=VIETNAM)
    assert new == datetime(2026, 10, 2, 9, 10, 32, tzinfo=VIETNAM)
    assert stamp_in("https://vnexpress.net/bai-3618863.html") is None


@given(st.text(max_size=80))
@settings(deadline=None, max_examples=200)
def test_any_text_is_read_or_not_without_an_error(text: str) -> None:
    found = read_date(text, Dates())
    assert found is None or found.time.tzinfo is not None


@given(st.integers(946_684_800, 1_767_225_600).map(lambda s: datetime.fromtimestamp(s, VIETNAM)))
@settings(deadline=None, max_examples=100)
def test_day_first_dates_come_back(time: datetime) -> None:
    assert iso(f"{time:%d/%m/%Y %H:%M}") == time.replace(second=0, microsecond=0).isoformat()
