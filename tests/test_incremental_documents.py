"""A Store's answers are the same from memory and from the state file, in a forked worker too."""

import os
from pathlib import Path

import pytest

from model.document import join
from model.output import EVERY_DOCUMENT
from plugins.incremental import documents as asked
from plugins.incremental.documents import Documents, MemoryDocuments, StateDocuments
from plugins.incremental.state import State
from plugins.incremental.verify import distrust
from tests import building

COUNT = 23


@pytest.fixture
def state(tmp_path: Path) -> State:
    """Return the state of a built site with some documents."""
    building.register_plugins(building.plugin_names())
    site = building.new_site(tmp_path / "s")
    (site / "content" / "news").mkdir()
    for number in range(COUNT):
        values = {"title": f"Tin {number}", "date": f"2021-08-{number + 1:02} 07:00"}
        text = join({**values, "tags": ["Mưa lớn"] if number % 3 else []}, f"Thân bài {number}")
        (site / "content" / "news" / f"tin-{number}.md").write_text(text, encoding="utf-8")
    building.build(site)
    return State(site / ".state" / "build.db")


def answers(documents: Documents) -> list[list[str]]:
    """Return the ids of every slice and of every newest run, of every list."""
    names = [*documents.lists(""), "tag/khong-co"]
    edges = range(-1, COUNT + 3)
    found = [
        [row.id for row in documents.slice(name, start, stop)]
        for name in names
        for start in edges
        for stop in edges
    ]
    found += [[row.id for row in documents.newest(name, n)] for name in names for n in (0, 3, 99)]
    return found


@pytest.mark.parametrize(("far", "often"), [(200, 3), (2, 5), (0, 0)])
def test_every_slice_is_the_same(
    state: State, monkeypatch: pytest.MonkeyPatch, far: int, often: int
) -> None:
    monkeypatch.setattr(asked, "FAR", far)
    monkeypatch.setattr(asked, "OFTEN", often)
    memory = MemoryDocuments.of_state(state)
    assert EVERY_DOCUMENT in memory.lists("")
    assert answers(StateDocuments(state)) == answers(memory)


def test_a_fork_opens_the_file_itself(state: State) -> None:
    documents = StateDocuments(state)
    body = documents.body("news/tin-7")
    assert "Thân bài 7" in body
    pid = os.fork()
    if pid == 0:
        same = documents.db is not state.db and documents.body("news/tin-7") == body
        os._exit(0 if same else 1)
    assert os.waitpid(pid, 0)[1] == 0
    assert documents.db is state.db


def test_bodies_of_no_document_go_with_the_next_whole_build(tmp_path: Path) -> None:
    building.register_plugins(building.plugin_names())
    site = building.new_site(tmp_path / "s")
    file = site / "content" / "news" / "tin.md"
    file.parent.mkdir()
    for number in range(3):
        head = join({"title": "Tin", "date": "2021-08-01 07:00"}, f"Thân bài {number}")
        file.write_text(head, encoding="utf-8")
        building.build(site)
    state = State(site / ".state" / "build.db")
    assert state.db.execute("SELECT count(*) FROM body").fetchone() == (3,)
    distrust(state)
    state.close()
    building.build(site)
    state = State(site / ".state" / "build.db")
    assert state.db.execute("SELECT count(*) FROM body").fetchone() == (1,)
    state.close()
