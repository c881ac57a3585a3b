"""sources.yaml: what an editor types becomes a Source, and every mistake is said at its line."""

from pathlib import Path

import pytest

from fetchers.formats import FORMATS, parser_of
from fetchers.normalise import NORMALISERS, drafter_of
from model.kinds import KINDS
from model.options import OPTIONS
from model.problem import Problems
from model.source import load_sources

GOOD = """
bao-a:
  name: Báo A
  home: https://a.example.vn
  url: https://a.example.vn/rss/home.rss
  format: rss
  section: y-te
  expect: [5, 100]
  include: [dịch bệnh]
  dates: {order: month-first, timezone: "-03:30"}
  limits: {items: 20, megabytes: 1}
  private_host: 10.0.0.5:8080
"""


def load(folder: Path, text: str):
    (folder / "sources.yaml").write_text(text, encoding="utf-8")
    return load_sources(folder)


def test_a_block_becomes_a_source(tmp_path: Path) -> None:
    source = load(tmp_path, GOOD)["bao-a"]
    assert source.expect == (5, 100)
    assert source.publishes_as == "Báo A"
    assert source.host == "a.example.vn"
    assert source.limits.bytes == 1024 * 1024
    assert source.dates.zone.utcoffset(None).total_seconds() == -(3 * 60 + 30) * 60
    assert source.status == "published"


def test_no_file_and_no_block_are_no_sources(tmp_path: Path) -> None:
    assert load_sources(tmp_path) == {}
    assert load(tmp_path, "{}\n") == {}
    assert load(tmp_path, "# chưa có\n") == {}


def test_every_mistake_is_said_at_once_at_its_line(tmp_path: Path) -> None:
    text = """bao-a:
  name: Báo A
  url: ftp://a.example.vn/
  format: rss
  sction: y-te
  expect: [9, 3]
Báo B:
  name: B
bao-c:
  name: C
  url: https://c.example.vn/
  format: rsss
  options:
    x: 1
bao-d:
  name: D
  url: https://d.example.vn/
  format: rss
  options:
    selector: h1
  ca_bundle: ../../etc/passwd
"""
    with pytest.raises(Problems) as caught:
        load(tmp_path, text)
    found = {(problem.field, problem.line) for problem in caught.value.problems}
    assert {
        ("bao-a.url", 3),
        ("bao-a.sction", 5),
        ("bao-c.format", 12),
        ("bao-d.options.selector", 20),
        ("bao-d.ca_bundle", 21),
    } <= found
    assert any(field == "Báo B" for field, _ in found)
    assert all(p.message and p.cure and p.file == "sources.yaml" for p in caught.value.problems)


def test_a_certificate_that_is_not_there_is_said(tmp_path: Path) -> None:
    text = GOOD + "  ca_bundle: certs/so-a.pem\n"
    with pytest.raises(Problems, match="không có tệp certs") as caught:
        load(tmp_path, text)
    assert caught.value.problems[0].line == text.count("\n", 0, text.index("ca_bundle")) + 1
    (tmp_path / "certs").mkdir()
    (tmp_path / "certs" / "so-a.pem").write_text("x")
    assert load(tmp_path, text)["bao-a"].ca_bundle == "certs/so-a.pem"


def test_expect_must_be_a_range(tmp_path: Path) -> None:
    with pytest.raises(Problems, match="ít nhất, nhiều nhất"):
        load(tmp_path, GOOD.replace("[5, 100]", "[9, 3]"))


def test_debunks_of_an_untrusted_source_are_drafts(tmp_path: Path) -> None:
    text = GOOD + "  kind: misinformation\n"
    assert load(tmp_path, text)["bao-a"].status == "draft"
    assert load(tmp_path, text + "  trusted: true\n")["bao-a"].status == "published"


def test_formats_options_and_kinds_are_named_alike() -> None:
    assert set(OPTIONS) == set(FORMATS)
    assert all(callable(parser_of(name)) for name in FORMATS)
    assert set(NORMALISERS) <= set(KINDS)
    assert all(callable(drafter_of(name)) for name in NORMALISERS)
