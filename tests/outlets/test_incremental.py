"""What machines read is the same after edits as after a clean build, for every kind."""

from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

from tests.building import STORM, build, clean_tree, differences, tree
from tests.outlets.conftest import NOW


def replace(file: Path, old: str, new: str) -> None:
    """Replace text that must be there."""
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new), encoding="utf-8")


def add_alert(folder: Path) -> None:
    (folder / "content/alerts/bao-moi.md").write_text(STORM, encoding="utf-8")


def move_hospital(folder: Path) -> None:
    file = folder / "content/contacts/benh-vien-mau.md"
    replace(file, 'commune: "25567"', 'commune: "25516"')
    replace(file, "title: Bệnh viện", "title: A Bệnh viện")


def new_figures(folder: Path) -> None:
    with (folder / "data/series/benh-cum.csv").open("a", encoding="utf-8") as file:
        file.write("2025-10-30,7,\n")


def translate(folder: Path) -> None:
    file = folder / "content/questions/hoi-them.md"
    file.with_name("hoi-them.en.md").write_text(file.read_text(encoding="utf-8"), "utf-8")


def withdraw(folder: Path) -> None:
    (folder / "content/places/tiem-chung-nha-van-hoa.md").unlink()
    replace(folder / "content/services/xin-cuu-tro.md", "---\ntitle", "---\nstatus: draft\ntitle")


def rename_site(folder: Path) -> None:
    replace(folder / "site.yaml", "licence: CC BY 4.0", "licence: CC0 1.0")


STEPS = ((add_alert, move_hospital), (new_figures, translate), (withdraw, rename_site))


def same_as_clean(folder: Path, now: datetime) -> list[str]:
    """Return how the output differs from a clean build's."""
    return differences(tree(folder / "output"), clean_tree(folder, now))


def test_every_edit_gives_what_a_clean_build_gives(make: Callable[..., Path]) -> None:
    folder = make()
    for edits in STEPS:
        for edit in edits:
            edit(folder)
        build(folder, NOW)
        assert same_as_clean(folder, NOW) == [], edits
    assert b"2025-10-30,7" in (folder / "output/so-lieu/benh-cum/so-lieu.csv").read_bytes()
    later = NOW + timedelta(hours=2)
    build(folder, later)
    output = tree(folder / "output")
    assert b"vn-80-bao-20251029-1" not in output["canh-bao/hien-tai.json"]
    assert b'"state":"expired"' in output["canh-bao/bao-moi/du-lieu.json"]
    assert same_as_clean(folder, later) == []
