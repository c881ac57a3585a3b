"""The shards follow from the content alone: an increment equals a clean build, byte for byte."""

import json
import random
import re
import shutil
from pathlib import Path

import pytest

from plugins.search.layout import (
    BUCKET,
    GROUP,
    LIVE,
    TODAY,
    WINDOW,
    Dated,
    cut,
    first_number,
    freshness,
    leaf_of,
    numbers,
    parts,
    slots,
    spot,
    steps,
)
from plugins.search.layout import leaves as leaf_count
from plugins.search.packing import KEEP, Variants, strongest
from tests.search_site import build, sentence, write_document, write_site

START = 62
NOW, DAY = 1_763_755_200, 86_400
"""Three o'clock in the morning of 22 November 2025 in Việt Nam."""
ALERT = """identifier: vn-80-lu-song-{number}-{day}-1
event: Lũ trên sông
hazard: lu
category: [Met]
severity: Severe
area: Ven sông
expires: 2025-12-01 00:00
"""


def tree(output: Path) -> dict[str, bytes]:
    files = [path for path in output.rglob("*") if path.is_file() and path.name != ".loa-build"]
    assert files
    return {str(path.relative_to(output)): path.read_bytes() for path in files}


def clean(folder: Path, now: int = NOW) -> dict[str, bytes]:
    """Return what a build from nothing makes of the same content."""
    copy = folder.with_name(f"{folder.name}-clean")
    shutil.rmtree(copy, ignore_errors=True)
    shutil.copytree(folder, copy, ignore=shutil.ignore_patterns("output", ".state"))
    return tree(build(copy, now))


def add(folder: Path, number: int, kind: str = "news") -> None:
    rng = random.Random(number)
    body = ". ".join(sentence(rng, 8) for _ in range(4))
    write_document(folder, number, kind, "", f"{sentence(rng, 5)} bản {number}", body)


def changed(before: dict[str, bytes], after: dict[str, bytes]) -> set[str]:
    return {name for name in before | after if before.get(name) != after.get(name)}


@pytest.fixture
def site(tmp_path: Path) -> Path:
    folder = write_site(tmp_path / "site", START)
    build(folder)
    return folder


def searched(before: dict[str, bytes], after: dict[str, bytes]) -> set[str]:
    found = {name for name in changed(before, after) if name.startswith("tim-kiem/")}
    return {name for name in found if not name.endswith(".html")}


def test_a_new_document_touches_only_a_small_fresh_group(site: Path) -> None:
    before = tree(site / "output")
    base = json.loads(before["tim-kiem/now.json"])["base"]
    number = START
    while True:  # past the boundary, which moves where an id's hash is the smallest
        add(site, number)
        after = tree(build(site))
        if json.loads(after["tim-kiem/now.json"])["base"] == base:
            break
        before, base = after, json.loads(after["tim-kiem/now.json"])["base"]
        number += 1
    new = json.loads(after["tim-kiem/now.json"])["new"][0]
    touched = searched(before, after)
    group = (new - 1) // GROUP
    assert touched == {"tim-kiem/now.json", *([f"tim-kiem/f/{group}.bin"] if group else [])}
    assert sum(len(after[name]) for name in touched) <= 6 * 1024
    assert after == clean(site)


def test_todays_articles_enter_the_base_with_the_first_build_after_midnight(site: Path) -> None:
    base = json.loads(tree(site / "output")["tim-kiem/now.json"])["base"]
    for number in range(WINDOW + 2):
        add(site, START + number)
        file = site / f"content/news/bai-{START + number:05d}.md"
        text = file.read_text(encoding="utf-8")
        date = f"date: 2025-11-22 01:{number:02}"
        file.write_text(re.sub("date: .*", date, text), encoding="utf-8")
    today = tree(build(site))
    assert json.loads(today["tim-kiem/now.json"])["base"] == base
    tomorrow = tree(build(site, NOW + DAY))
    assert json.loads(tomorrow["tim-kiem/now.json"])["base"] != base
    assert tomorrow == clean(site, NOW + DAY)


def test_alerts_never_touch_the_base_and_neither_does_their_end(site: Path) -> None:
    for number in range(6):
        before = tree(site / "output")
        text = f"Nước sông lên cao {number}."
        file = site / f"content/alerts/lu-song-{number}.md"
        file.parent.mkdir(parents=True, exist_ok=True)
        head = ALERT.format(number=number, day="20251121")
        file.write_text(
            f"---\ntitle: {text}\ndate: 2025-11-21 0{number}:00\n{head}"
            f"sources:\n  - name: Đài khí tượng\n---\n\n{text}\n",
            encoding="utf-8",
        )
        after = tree(build(site))
        assert len(searched(before, after)) <= 2
    before, after = after, tree(build(site, now=NOW + 20 * DAY))
    assert json.loads(after["tim-kiem/now.json"])["new"][1] == 0
    assert len(searched(before, after)) <= 3


def test_every_sort_of_change_equals_a_clean_build(site: Path) -> None:
    add(site, START + 1)
    add(site, START + 2, "guides")
    assert tree(build(site)) == clean(site)
    old = sorted((site / "content/news").glob("bai-0000*.md"))[0]
    text = old.read_text(encoding="utf-8")
    before = tree(site / "output")
    old.write_text(text + "\n\nĐính chính: trường tiểu học mở cửa lại.\n", encoding="utf-8")
    after = tree(build(site))
    assert after == clean(site)
    touched = searched(before, after)
    assert 3 < len(touched) < leaf_count(slots_of(after))
    old.write_text(text.replace("---\n", "---\nstatus: withdrawn\n", 1), encoding="utf-8")
    assert tree(build(site)) == clean(site)
    old.unlink()
    add(site, 7)
    assert tree(build(site)) == clean(site)


def slots_of(files: dict[str, bytes]) -> int:
    count: int = json.loads(files["tim-kiem/base.json"])["slots"]
    return count


def test_an_expired_document_leaves_the_index(site: Path) -> None:
    add(site, START)
    file = site / f"content/news/bai-{START:05d}.md"
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace("---\n", "---\nexpires: 2025-11-23 00:00\n", 1), encoding="utf-8")
    build(site)
    after = tree(build(site, now=NOW + 2 * DAY))
    assert json.loads(after["tim-kiem/now.json"])["count"] == START
    file.unlink()
    assert after["tim-kiem/now.json"] == clean(site)["tim-kiem/now.json"]


def test_an_empty_site_has_an_empty_index(tmp_path: Path) -> None:
    output = build(write_site(tmp_path / "site", 0))
    assert json.loads((output / "tim-kiem/now.json").read_text())["count"] == 0
    assert json.loads((output / "tim-kiem/base.json").read_text())["slots"] == 0
    assert not (output / "tim-kiem/i").exists()


def test_a_site_in_a_folder_with_vietnamese_letters_and_blanks(tmp_path: Path) -> None:
    output = build(write_site(tmp_path / "trang của huyện", WINDOW + 1))
    manifest = json.loads((output / "tim-kiem/base.json").read_text())
    assert manifest["slots"] == BUCKET
    leaf = (output / "tim-kiem/i/0.bin").read_bytes()
    assert int.from_bytes(leaf[:4], "little") == manifest["tag"]


def test_a_keys_leaf_is_where_its_number_is_looked_for() -> None:
    for count in (8, 2496):
        for number in (0, 1, 2**20, 2**35, 2**36 - 1):
            leaf = leaf_of(number, count)
            assert first_number(leaf, count) <= number < first_number(leaf + 1, count)
    assert leaf_count(0) == 0


def test_parts_hardly_move() -> None:
    names = [f"news/bai-{number}" for number in range(200)]
    for count in range(1, 60):
        cuts = parts((Dated(name, 1, False) for name in names[:count]), 2)
        assert [*cuts.base, *cuts.fresh] == names[:count]
        assert len(cuts.fresh) <= WINDOW
        assert bool(cuts.base) == (count > WINDOW)
    moved = sum(
        cut(names[k : k + TODAY + 1], TODAY) - 1 != cut(names[k + 1 : k + TODAY + 2], TODAY)
        for k in range(150)
    )
    assert moved < 50


def test_what_is_published_today_does_not_move_the_boundary_until_it_is_much() -> None:
    old = [Dated(f"news/cu-{number}", 7, False) for number in range(40)]
    new = [Dated(f"news/moi-{number}", 8, False) for number in range(TODAY + 9)]
    before = parts(old, 8).base
    for count in range(TODAY + 1):
        assert parts([*old, *new[:count]], 8).base == before
    assert len(parts([*old, *new], 8).fresh) <= TODAY
    assert len(parts([*old, *new[:TODAY]], 9).fresh) <= WINDOW


def test_only_the_newest_alerts_are_kept_apart() -> None:
    alerts = [f"alerts/khan-{number}" for number in range(LIVE + 3)]
    cuts = parts([Dated("news/a", 1, False), *(Dated(name, 1, True) for name in alerts)], 1)
    assert list(cuts.live) == alerts[3:]
    assert list(cuts.fresh) == ["news/a", *alerts[:3]]


def test_a_number_follows_from_the_id_and_few_neighbours() -> None:
    spots = [spot(f"news/bai-{number}") for number in range(1000)]
    count = slots(spots)
    assert count == steps(1000)
    assert 2000 <= count < 2400
    whole = numbers(spots, count)
    assert len(set(whole.values())) == 1000
    assert max(whole.values()) < count
    less = numbers(spots[:500] + spots[501:], count)
    assert sum(whole[name] != place for name, place in less.items()) <= 5


def test_the_newer_the_fresher() -> None:
    marks = [freshness(level, 10_000) for level in range(8)]
    assert marks == sorted(marks, reverse=True)
    assert marks[0] == 63
    assert marks[-1] == 0


def test_only_the_strongest_and_newest_postings_are_kept() -> None:
    every: Variants = {(1, 0): [(place, 3) for place in range(KEEP)], (2, 0): [(KEEP, 9)]}
    days = dict.fromkeys(range(1, KEEP), 5) | {0: 4, KEEP: 0}
    count, kept = strongest(every, days, pair=False)
    assert count == KEEP + 1
    assert sum(map(len, kept.values())) == KEEP
    assert (KEEP, 9) in kept[2, 0]
    assert (0, 3) not in kept[1, 0]
