"""What stands in the site completes a draft: series keep their days, second sources are named."""

from typing import Any

import pytest

OPTIONS = {
    "topic": "dich-mau",
    "topic_name": "Dịch mẫu",
    "date": "Ngày",
    "region": "Nơi",
    "columns": {"ca_moi": "Mới", "tong_ca": "Tổng"},
    "labels": {"ca_moi": "Số ca mới", "tong_ca": "Tổng số ca"},
    "cumulative": ["tong_ca"],
    "regions": {"Tây Ninh": "80"},
}
DAYS = {f"{day:02}/08/2021": (day, 100 + day * (day + 1) // 2) for day in range(1, 15)}


def table(days: dict[str, tuple[Any, Any]], heading: str = "Ngày,Nơi,Mới,Tổng") -> bytes:
    rows = [f"{day},Tây Ninh,{new},{total}" for day, (new, total) in days.items()]
    return "\n".join([heading, *rows]).encode()


def run(desk: Any, data: bytes, **options: Any) -> Any:
    source = desk.source(
        "so-lieu", format="series", kind="statistics", options={**OPTIONS, **options}
    )
    desk.web.put(source.url, data)
    [outcome] = desk.run()
    assert not outcome.crash, outcome.crash
    return outcome


def series(desk: Any) -> str:
    [text] = [d.decode() for n, d in desk.snapshot().items() if n.startswith("data/series/")]
    return text


def document(desk: Any) -> Any:
    [loaded] = desk.documents().values()
    return loaded.document


def reviews(desk: Any) -> dict[str, str]:
    return {
        name: data.decode()
        for name, data in desk.snapshot().items()
        if name.startswith("data/review/")
    }


def test_new_days_come_and_old_ones_stay(desk: Any) -> None:
    run(desk, table(DAYS))
    last = dict(list(DAYS.items())[-3:]) | {"15/08/2021": (15, 220)}
    outcome = run(desk, table(last))
    assert outcome.counts == {"updated": 1}
    assert series(desk).count("\n") == 1 + 15, "the source lists four days, the series keeps all"
    assert f"{document(desk).as_of:%d/%m/%Y}" == "15/08/2021"
    assert document(desk).revisions == ()
    assert run(desk, table(last) + b"\n").counts == {"unchanged": 1}


def test_how_long_a_series_may_be_silent_follows_from_its_rhythm(desk: Any) -> None:
    run(desk, table(DAYS))
    assert document(desk).fresh_days == 3
    assert f"{document(desk).stale_from:%d/%m/%Y}" == "18/08/2021"
    run(desk, table(dict(list(DAYS.items())[-3:]) | {"15/08/2021": (15, 220)}))
    assert f"{document(desk).stale_from:%d/%m/%Y}" == "19/08/2021", "the rhythm is remembered"
    before = desk.snapshot()
    [outcome] = desk.run()
    assert outcome.result == "unmodified"
    assert desk.snapshot() == before, "a fetch with nothing new touches no document"


def test_a_source_may_say_how_long_it_is_silent(desk: Any) -> None:
    weekly = {day: DAYS[day] for day in list(DAYS)[::7]}
    source = desk.source(
        "so-lieu", format="series", kind="statistics", options=OPTIONS, fresh_days="10"
    )
    desk.web.put(source.url, table(weekly))
    desk.run()
    assert document(desk).fresh_days == 10


def test_a_changed_figure_is_told(desk: Any) -> None:
    run(desk, table(DAYS))
    changed = DAYS | {"03/08/2021": (5, 106), "04/08/2021": ("", 110)}
    outcome = run(desk, table(changed))
    assert outcome.counts == {"updated": 1}
    [revision] = document(desk).revisions
    assert "Số ca mới ngày 3/8/2021 từ 3 thành 5" in revision.text
    assert "Số ca mới ngày 4/8/2021 từ 4 nay để trống" in revision.text
    assert "2021-08-04,,110\n" in series(desk)
    run(desk, table(changed | {"03/08/2021": (6, 106)}))
    assert len(document(desk).revisions) == 2


@pytest.mark.parametrize(
    ("change", "word"),
    [
        ({"15/08/2021": (15, 90)}, "giảm hơn một nửa"),
        ({"15/08/2021": (15, 2500)}, "tăng hơn 10 lần"),
        ({"15/08/2021": (400, 615)}, "tăng hơn 10 lần"),
        ({day: (total, new) for day, (new, total) in DAYS.items()}, "lần"),
        ({day: ("", total) for day, (_, total) in DAYS.items()}, "không còn số liệu"),
    ],
)
def test_a_jump_waits_for_a_person(desk: Any, change: dict[str, Any], word: str) -> None:
    run(desk, table(DAYS))
    before = desk.snapshot()
    outcome = run(desk, table(DAYS | change))
    assert outcome.counts == {"review": 1}
    after = desk.snapshot()
    assert {n: d for n, d in after.items() if n.startswith(("content/", "data/series/"))} == {
        n: d for n, d in before.items() if n.startswith(("content/", "data/series/"))
    }
    waiting = reviews(desk)
    assert sorted(name.rsplit(".", 1)[1] for name in waiting) == ["csv", "md"]
    assert any(word in text.splitlines()[1] for n, text in waiting.items() if n.endswith(".md"))


def test_renamed_columns_stop_the_source(desk: Any) -> None:
    run(desk, table(DAYS))
    before = desk.snapshot()
    outcome = run(desk, table(DAYS, "Ngày,Nơi,Ca mắc,Tổng"))
    assert outcome.failed
    assert "thiếu cột “Mới”" in outcome.reason
    assert desk.snapshot() == before


def test_a_renamed_region_keeps_its_figures(desk: Any) -> None:
    run(desk, table(DAYS))
    before = desk.snapshot()
    outcome = run(desk, table(DAYS).replace("Tây Ninh".encode(), b"Tay Ninh (moi)"))
    assert outcome.failed
    assert "không thấy vùng nào" in outcome.reason
    assert desk.snapshot() == before


def test_a_series_that_an_editor_mended_is_not_overwritten(desk: Any) -> None:
    run(desk, table(DAYS))
    [name] = [n for n in desk.snapshot() if n.startswith("data/series/")]
    path = desk.folder / name
    path.write_text(path.read_text("utf-8").replace("2021-08-03,3,", "2021-08-03,30,"), "utf-8")
    mended = path.read_bytes()
    outcome = run(desk, table(DAYS | {"15/08/2021": (15, 220)}))
    assert outcome.counts == {"review": 1}
    assert path.read_bytes() == mended
    assert any("người biên tập đã sửa data/series/" in text for text in reviews(desk).values())


def test_a_source_that_falls_silent_is_said_to_have_ended(desk: Any) -> None:
    silent = {f"{day:02}/{month:02}/2021": ("", 205) for month in (9, 10, 11) for day in (1, 15)}
    run(desk, table(DAYS | silent))
    assert f"{document(desk).as_of:%d/%m}" == "14/08"
    assert f"{document(desk).ended:%d/%m}" == "01/09"


def contacts(desk: Any, name: str, publisher: str, *rows: str) -> Any:
    source = desk.source(name, format="csv", kind="contacts", publisher=publisher)
    desk.web.put(source.url, "\n".join(["Tên,Điện thoại,Địa chỉ,Giờ làm việc", *rows]).encode())
    [outcome] = desk.run(name)
    assert outcome.result == "done", outcome
    return outcome


def test_a_second_source_adds_what_was_missing(desk: Any) -> None:
    contacts(desk, "mot", "Nguồn Một", "Bệnh viện mẫu,0276 3822 115,1 đường Mẫu,")
    contacts(desk, "hai", "Nguồn Hai", "Bệnh viện mẫu,0276 3822 115,,24/24")
    one = document(desk)
    assert [ref.name for ref in one.sources] == ["Nguồn Một", "Nguồn Hai"]
    assert one.hours == "24/24"
    assert one.address == "1 đường Mẫu"
    contacts(desk, "mot", "Nguồn Một", "Bệnh viện mẫu,0276 3822 115,2 đường Mẫu,")
    two = document(desk)
    assert two.address == "2 đường Mẫu"
    assert two.hours == "24/24"
    assert [ref.name for ref in two.sources] == ["Nguồn Một", "Nguồn Hai"]


def test_two_sources_with_two_numbers_wait_for_a_person(desk: Any) -> None:
    contacts(desk, "mot", "Nguồn Một", "Bệnh viện mẫu,0276 3822 115,1 đường Mẫu,")
    before = document(desk)
    outcome = contacts(desk, "hai", "Nguồn Hai", "Bệnh viện mẫu,0276 3822 999,1 đường Mẫu,")
    assert outcome.counts == {"review": 1}
    assert document(desk) == before
    [text] = reviews(desk).values()
    assert "Nguồn Hai ghi số khác: 0276 3822 999" in text


def test_the_same_name_elsewhere_is_another_facility(desk: Any) -> None:
    contacts(desk, "mot", "Nguồn Một", "Trạm y tế mẫu,0276 3822 115,1 đường Mẫu,")
    contacts(desk, "hai", "Nguồn Hai", "Trạm y tế mẫu,0276 3822 116,9 đường Khác,")
    assert len(desk.documents()) == 2
