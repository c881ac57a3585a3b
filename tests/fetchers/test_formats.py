"""Formats: all have options, a recording, a place in the book; a new source is YAML only."""

import re
import shutil
from pathlib import Path
from textwrap import dedent
from typing import Any

from fetchers.formats import FORMATS
from fetchers.normalise import NORMALISERS
from fetchers.recording import Replay
from model.kinds import KINDS
from model.options import OPTIONS
from model.source import load_sources

ROOT = Path(__file__).resolve().parents[2]
RECORDED = ROOT / "tests" / "sites" / "formats"
BOOK = ROOT / "docs" / "nguon-tin.md"


def test_every_format_declares_its_options() -> None:
    assert set(FORMATS) == set(OPTIONS)
    assert set(NORMALISERS) <= set(KINDS)


def test_every_format_and_kind_is_recorded() -> None:
    sources = [source for site in (ROOT, RECORDED) for source in load_sources(site).values()]
    assert {source.format for source in sources} == set(FORMATS)
    assert {source.kind for source in sources} == set(NORMALISERS)


def test_the_book_lists_the_formats() -> None:
    text = BOOK.read_text("utf-8")
    table = text.split("\n## Các định dạng\n")[1].split("\n## ")[0]
    listed = re.findall(r"^\| `([a-z0-9-]+)` \|", table, re.MULTILINE)
    assert sorted(listed) == sorted(FORMATS)
    for shape, options in OPTIONS.items():
        for name in options.model_fields:
            assert f"`{name}`" in text, f"{shape}: {name}"


def test_the_examples_of_the_book_are_sources(tmp_path: Path) -> None:
    text = BOOK.read_text("utf-8")
    blocks = re.findall(r"^ *```yaml\n(.*?)^ *```", text, re.MULTILINE | re.DOTALL)
    assert len(blocks) >= 6
    for number, block in enumerate(blocks):
        folder = tmp_path / str(number)
        folder.mkdir()
        (folder / "sources.yaml").write_text(dedent(block), "utf-8")
        assert load_sources(folder), block


def test_a_source_of_a_known_format_is_a_block_and_a_recording(desk: Any) -> None:
    before = desk.snapshot()
    recording = ROOT / "tests" / "sources" / "formats" / "benh-vien-bang-tinh"
    text = (RECORDED / "sources.yaml").read_text("utf-8")
    [block] = re.findall(r"^benh-vien-bang-tinh:\n(?:[ ]+.*\n)+", text, re.MULTILINE)
    (desk.folder / "sources.yaml").write_text(block, "utf-8")
    shutil.copytree(recording, desk.folder / "recording")
    touched = {name for name, data in desk.snapshot().items() if before.get(name) != data}
    assert {name.split("/")[0] for name in touched} == {"sources.yaml", "recording"}
    desk.sources = load_sources(desk.folder)
    desk.web = Replay(desk.folder / "recording")
    [outcome] = desk.run()
    assert outcome.counts["new"] == 4
    assert len(desk.documents()) == 4
