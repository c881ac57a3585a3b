"""The shards follow from the content alone: an increment equals a clean build, byte for byte."""

import json
import random
import shutil
from pathlib import Path

import pytest

from model.output import ListChange
from plugins.search.layout import GROUP, STEP, base_changed, boundary, first_number, groups, leaf_of
from plugins.search.layout import leaves as leaf_count
from plugins.search.packing import KEEP, strongest
from tests.search_site import build, sentence, write_document, write_site

START = 4 * STEP - 2


def tree(output: Path) -> dict[str, bytes]:
    files = [path for path in output.rglob("*") if path.is_file() and path.name != ".loa-build"]
    assert files
    return {str(path.relative_to(output)): path.read_bytes() for path in files}


def clean(folder: Path) -> dict[str, bytes]:
    """Return what a build from nothing makes of the same content."""
    copy = folder.with_name(f"{folder.name}-clean")
    shutil.rmtree(copy, ignore_errors=True)
    shutil.copytree(folder, copy, ignore=shutil.ignore_patterns("output", ".state"))
    return tree(build(copy))


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


def test_a_new_document_touches_only_a_small_fresh_group(site: Path) -> None:
    before = tree(site / "output")
    add(site, START)
    after = tree(build(site))
    search = {name for name in changed(before, after) if name.startswith("tim-kiem/")}
    assert search == {"tim-kiem/now.json", f"tim-kiem/f/{START // GROUP}.bin"}
    assert sum(len(after[name]) for name in search) <= 6 * 1024
    assert after == clean(site)


def test_every_sort_of_change_equals_a_clean_build(site: Path) -> None:
    add(site, START + 1)
    add(site, START + 2, "guides")  # crosses the boundary
    after = tree(build(site))
    assert json.loads(after["tim-kiem/now.json"])["base"] == 4 * STEP
    assert after == clean(site)
    old = site / "content/news/bai-00003.md"
    old = old if old.exists() else next((site / "content/news").glob("bai-0000*.md"))
    text = old.read_text(encoding="utf-8")
    old.write_text(text + "\n\nĐính chính: trường tiểu học mở cửa lại.\n", encoding="utf-8")
    assert tree(build(site)) == clean(site)
    old.write_text(text.replace("---\n", "---\nstatus: withdrawn\n", 1), encoding="utf-8")
    assert tree(build(site)) == clean(site)
    old.unlink()
    last = tree(build(site))
    assert last == clean(site)
    assert not [name for name in last if name.startswith("tim-kiem/i/")] or boundary(4 * STEP - 1)


def test_an_expired_document_leaves_the_index(site: Path) -> None:
    add(site, START)
    file = site / f"content/news/bai-{START:05d}.md"
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace("---\n", "---\nexpires: 2025-11-23 00:00\n", 1), encoding="utf-8")
    build(site)
    day = 86_400
    after = tree(build(site, now=1_763_755_200 + 2 * day))
    assert json.loads(after["tim-kiem/now.json"])["count"] == START
    file.unlink()
    assert after["tim-kiem/now.json"] == clean(site)["tim-kiem/now.json"]


def test_an_empty_site_has_an_empty_index(tmp_path: Path) -> None:
    output = build(write_site(tmp_path / "site", 0))
    assert json.loads((output / "tim-kiem/now.json").read_text())["count"] == 0
    assert json.loads((output / "tim-kiem/base.json").read_text())["leaves"] == 0
    assert not (output / "tim-kiem/i").exists()


def test_a_site_in_a_folder_with_vietnamese_letters_and_blanks(tmp_path: Path) -> None:
    output = build(write_site(tmp_path / "trang của huyện", STEP + 1))
    manifest = json.loads((output / "tim-kiem/base.json").read_text())
    assert manifest["count"] == STEP
    leaf = (output / "tim-kiem/i/0.bin").read_bytes()
    assert int.from_bytes(leaf[:4], "little") == manifest["tag"]


def test_files_follow_from_counts() -> None:
    assert boundary(STEP - 1) == 0
    assert boundary(3 * STEP + 5) == 3 * STEP
    for count in (8, 2496):
        numbers = [0, 1, 2**20, 2**35, 2**36 - 1]
        for number in numbers:
            leaf = leaf_of(number, count)
            assert first_number(leaf, count) <= number < first_number(leaf + 1, count)
    assert leaf_count(0) == 0


def test_a_change_in_the_fresh_part_leaves_the_base_alone() -> None:
    arrived = ListChange("all", 70, 71, 70, frozenset(), 0)
    assert not base_changed(arrived)
    assert list(groups(arrived)) == [70 // GROUP]
    edited = ListChange("all", 70, 70, None, frozenset({3}), 66)
    assert base_changed(edited)
    assert list(groups(edited)) == []
    crossed = ListChange("all", 2 * STEP - 1, 2 * STEP, 2 * STEP - 1, frozenset(), 0)
    assert base_changed(crossed)
    assert list(groups(crossed)) == list(range(STEP // GROUP, 2 * STEP // GROUP))
    assert list(groups(ListChange("news", 70, 71, 70, frozenset(), 0))) == []


def test_only_the_strongest_and_newest_postings_are_kept() -> None:
    every = {(1, 0): [(place, 3) for place in range(KEEP)], (2, 0): [(KEEP, 9)]}
    count, kept = strongest(every)
    assert count == KEEP + 1
    assert sum(map(len, kept.values())) == KEEP
    assert (KEEP, 9) in kept[2, 0]
    assert (0, 3) not in kept[1, 0]
