"""The three-way rule: nothing of an editor's is ever lost, however runs and edits interleave."""

import random
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fetchers.files import put
from fetchers.identity import item_keys
from fetchers.normalise import Draft
from fetchers.waiting import REVIEW, review_path
from fetchers.write import Writer
from model.content import content_files, load

NOW_YEAR = "2026"


def draft(number: int, text: str = "a") -> Draft:
    link = f"https://a.example.vn/bai-{number}"
    values = {"title": f"Bài {number}", "summary": text, "link": link, "date": "2026-10-01"}
    return Draft("news", values, item_keys(link, "", f"Bài {number}", None), "bao", f"Bài {number}")


def run(desk, *drafts: Draft, hold=None) -> dict[str, int]:
    writer = Writer(desk.folder, "bao-a", desk.now, hold)
    try:
        return dict(writer.write(writer.identified(list(drafts))).counts)
    finally:
        writer.save()


def only_file(desk) -> str:
    (file,) = content_files(desk.folder)
    return file


def test_new_then_unchanged_then_updated_at_one_address(desk) -> None:
    assert run(desk, draft(1)) == {"new": 1}
    file = only_file(desk)
    assert file.startswith(f"content/news/{NOW_YEAR}/bai-1-")
    assert run(desk, draft(1)) == {"unchanged": 1}
    first = load(file, (desk.folder / file).read_bytes()).document.first_seen
    desk.now = desk.now.replace(year=2027)
    assert run(desk, draft(1, "b")) == {"updated": 1}
    assert only_file(desk) == file
    document = load(file, (desk.folder / file).read_bytes()).document
    assert (document.summary, document.first_seen) == ("b", first)


def test_an_edited_file_stays_and_the_new_text_waits(desk) -> None:
    run(desk, draft(1))
    file = only_file(desk)
    edited = (desk.folder / file).read_bytes().replace(b"title: ", b"title: Sua ")
    put(desk.folder / file, edited)
    assert run(desk, draft(1)) == {"unchanged": 1}
    assert not (desk.folder / REVIEW).exists()
    assert run(desk, draft(1, "b")) == {"review": 1}
    assert (desk.folder / file).read_bytes() == edited
    waiting = (desk.folder / review_path(file)).read_bytes()
    assert "# Chờ duyệt: người biên tập đã sửa bài".encode() in waiting
    assert load(file, waiting).document.summary == "b"
    assert run(desk, draft(1, "b")) == {"unchanged": 1}


def test_a_removed_file_does_not_come_back(desk) -> None:
    run(desk, draft(1))
    (desk.folder / only_file(desk)).unlink()
    assert run(desk, draft(1)) == {"unchanged": 1}
    assert run(desk, draft(1, "b")) == {"removed": 1}
    assert not list(content_files(desk.folder))


def test_a_file_that_stands_at_the_place_counts_as_a_persons(desk) -> None:
    run(desk, draft(1))
    file = only_file(desk)
    for path in (desk.folder / "data/seen").iterdir():
        path.unlink()
    put(desk.folder / file, b"---\ntitle: Cua nguoi\ndate: 2026-01-01\n---\n")
    assert run(desk, draft(1)) == {"unchanged": 1}
    assert b"Cua nguoi" in (desk.folder / file).read_bytes()
    assert run(desk, draft(1, "b")) == {"review": 1}
    assert b"Cua nguoi" in (desk.folder / file).read_bytes()


def test_a_run_cut_between_file_and_memory_makes_no_second_document(desk) -> None:
    writer = Writer(desk.folder, "bao-a", desk.now)
    writer.write(writer.identified([draft(1)]))  # no save: the process died
    assert run(desk, draft(1)) == {"unchanged": 1}
    assert run(desk, draft(1, "b")) == {"updated": 1}
    only_file(desk)


def test_a_file_that_a_power_cut_left_empty_is_written_again(desk) -> None:
    run(desk, draft(1))
    file = only_file(desk)
    whole = (desk.folder / file).read_bytes()
    for path in (desk.folder / "data/seen").iterdir():
        path.unlink()
    (desk.folder / file).write_bytes(b"")
    assert run(desk, draft(1)) == {"new": 1}
    assert (desk.folder / file).read_bytes() == whole


def test_a_change_that_a_person_must_see_waits(desk) -> None:
    def hold(before, after) -> str:
        return "số đổi" if before.summary != after.summary else ""

    run(desk, draft(1), hold=hold)
    before = (desk.folder / only_file(desk)).read_bytes()
    assert run(desk, draft(1, "b"), hold=hold) == {"review": 1}
    assert (desk.folder / only_file(desk)).read_bytes() == before


def test_line_ends_that_git_changed_are_no_edit(desk) -> None:
    run(desk, draft(1))
    file = desk.folder / only_file(desk)
    file.write_bytes(file.read_bytes().replace(b"\n", b"\r\n"))
    assert run(desk, draft(1, "b")) == {"updated": 1}


def interleave(desk, seed: int, steps: int) -> int:
    """Let a source and an editor act at random; every text of the editor's must survive."""
    chance = random.Random(seed)
    edits: dict[str, bytes] = {}
    removed: set[str] = set()
    acts = 0
    for step in range(steps):
        files = sorted(file for file in content_files(desk.folder))
        act = chance.choice(["run", "run", "edit", "create", "remove", "forget"])
        if act == "run" or not files:
            run(desk, *(draft(n, chance.choice("abc")) for n in chance.sample(range(6), 4)))
        elif act == "edit":
            file = chance.choice(files)
            text = f"---\ntitle: Người sửa {step}\ndate: 2026-01-01\n---\n\nLời người sửa {step}.\n"
            edits[file] = text.encode()
            put(desk.folder / file, edits[file])
        elif act == "create":
            file = f"content/news/2026/bai-{chance.randrange(6)}-{step}.md"
            edits[file] = b"---\ntitle: Moi\ndate: 2026-01-01\n---\n"
            put(desk.folder / file, edits[file])
        elif act == "remove":
            file = chance.choice(files)
            (desk.folder / file).unlink()
            edits.pop(file, None)
            removed.add(file)
        else:
            file = chance.choice(files)
            edits[file] = (desk.folder / file).read_bytes() + b"\n"
            put(desk.folder / file, edits[file])
        acts += 1
        for file, data in edits.items():
            assert (desk.folder / file).read_bytes() == data, (seed, step, file)
        assert not [f for f in removed - set(edits) if (desk.folder / f).exists()], (seed, step)
    return acts


def test_a_thousand_random_interleavings_lose_nothing(desk, tmp_path) -> None:
    """1,000 runs, edits, creations and removals in random order, over 40 sites."""
    acts = 0
    for seed in range(40):
        desk.folder = tmp_path / str(seed)
        acts += interleave(desk, seed, 25)
    assert acts == 1000


@pytest.mark.torture
def test_long_interleavings(desk, tmp_path) -> None:
    for seed in range(1000, 1060):
        desk.folder = tmp_path / str(seed)
        interleave(desk, seed, 60)


@given(st.text(max_size=60), st.text(max_size=60), st.text(max_size=200))
@settings(deadline=None, max_examples=60)
def test_whatever_a_source_says_makes_a_valid_file_or_none(
    tmp_path_factory, title: str, summary: str, body: str
) -> None:
    from fetchers.cleaning.html import title_text, to_text
    from model.markup import escape_markdown

    folder = tmp_path_factory.mktemp("any")
    values = {"title": title_text(title), "summary": to_text(summary), "date": "2026-10-01"}
    made = Draft("news", values, ["xa"], "bao", title, body=escape_markdown(to_text(body)))
    writer = Writer(folder, "bao-a", datetime(2026, 10, 3, 5, tzinfo=UTC))
    written = writer.write(writer.identified([made]))
    assert sum(written.counts.values()) + sum(written.problems.values()) == 1
    for file in content_files(folder):
        loaded = load(file, (folder / file).read_bytes())
        assert loaded.document.title == values["title"].strip()
