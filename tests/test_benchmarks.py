"""The benchmarks' own parts, and what a publish may touch: counted, not timed."""

import os
import re
import subprocess
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

import pytest

from benchmarks import floors, growth, report
from benchmarks.articles import START, article
from benchmarks.compare import differences, tree_digests, visible_text
from benchmarks.generate import generate
from benchmarks.ratios import RATIOS, Cell, Ratio, cautious, medians, paired
from benchmarks.report import page
from benchmarks.run import last_changes, shared_files
from benchmarks.scenarios import CHANGES, TITLES, Corpus
from benchmarks.sites import ENGINE, LAYOUTS, Loa
from benchmarks.tools import EPOCH, present
from benchmarks.tools import loa as our_tool
from model.content import load
from plugins.incremental.look import RACY

SAID = re.compile(r"đọc (\d+)\), làm lại (\d+) tệp: (\d+) đổi, (\d+) bỏ")


def test_an_article_is_always_the_same() -> None:
    one, same, next_one = article(7), article(7), article(8)
    assert one == same
    assert one.date < next_one.date
    assert one.name != next_one.name
    assert article(0).date == START
    words = [len(article(number).body.split()) for number in range(200)]
    assert 500 < sum(words) / len(words) < 620
    assert 40 < sum("|---" in article(number).body for number in range(200)) < 80


def test_a_site_is_generated_once_and_again_after_a_change(tmp_path: Path) -> None:
    layouts = generate(12, tmp_path, LAYOUTS)
    made = {name: tree_digests(layout.folder) for name, layout in layouts.items()}
    assert all(len(tree) > 12 for tree in made.values())
    layouts["hugo"].file(article(3)).write_text("changed")
    generate(12, tmp_path, LAYOUTS)
    assert layouts["hugo"].file(article(3)).read_text() == "changed", "the stamp was still good"
    generate(13, tmp_path, LAYOUTS)
    assert layouts["hugo"].file(article(3)).read_text(encoding="utf-8").startswith("---")


def test_scenarios_change_every_tools_site(tmp_path: Path) -> None:
    layouts = list(generate(40, tmp_path, ["loa", "hugo"]).values())
    corpus = Corpus.of(40, seed=1)
    assert set(CHANGES) == set(TITLES)
    for name in ("edit-body", "edit-title", "retag", "new", "backdated", "delete", "template"):
        before = [tree_digests(layout.folder) for layout in layouts]
        CHANGES[name](corpus, layouts)
        for layout, was in zip(layouts, before, strict=True):
            assert len(differences(was, tree_digests(layout.folder))) == 1, (name, layout.tool)
    assert len(corpus.articles) == len(corpus.names) == 41


def test_an_alert_is_added_where_the_site_has_alerts(tmp_path: Path) -> None:
    layouts = generate(3, tmp_path, ["loa", "loa-whole"])
    corpus = Corpus.of(3, seed=1)
    CHANGES["alert"](corpus, list(layouts.values()))
    file = f"content/alerts/{corpus.touched}.md"
    assert not (layouts["loa"].folder / file).exists()
    alert = load(file, (layouts["loa-whole"].folder / file).read_bytes()).document
    assert alert.state(datetime.fromtimestamp(int(EPOCH), UTC)) == "current"
    assert len(alert.tags) == 3


def test_visible_text_and_differences() -> None:
    text = "<nav>x</nav><main class=a><h1>A &amp; B</h1><!-- c --><p>d\n e</p></main>"
    assert visible_text(text) == "A & B d e"
    with pytest.raises(ValueError, match="main"):
        visible_text("<p>no</p>")
    assert differences({"a": b"1", "b": b"2"}, {"a": b"1", "b": b"3", "c": b"4"}) == ["b", "c"]


def test_floors_only_rise(tmp_path: Path) -> None:
    file = tmp_path / "floors.json"
    assert floors.load(file) == {}
    first = floors.raised({}, 1000, {"a": 10.0, "b": 4.0})
    assert first == {"1000": {"a": 7.5, "b": 3.0}}
    second = floors.raised(first, 1000, {"a": 20.0, "b": 1.0})
    assert second == {"1000": {"a": 15.0, "b": 3.0}}
    assert floors.raised(second, 1000, {"b": 1.0}, lower=True)["1000"] == {"a": 15.0, "b": 0.75}
    floors.save(second, file)
    assert floors.load(file) == second
    assert floors.below(second, 1000, {"a": 14.0, "b": 3.5})[0].startswith("1000 articles, a: 14")
    assert floors.below(second, 10_000, {"a": 0.1}) == []


def test_shipped_floors_name_known_ratios() -> None:
    known = {ratio.name for ratio in RATIOS}
    for limits in floors.load().values():
        assert set(limits) <= known
        assert all(limit > 0 for limit in limits.values())


def result(count: int, seconds: float) -> dict[str, object]:
    """Return a results file with two rounds."""
    cost = {"wall": seconds, "cpu": seconds, "peak_mb": 100.0, "load": 0.5}
    ours = {**cost, "wall": seconds / 4, "cpu": seconds / 8, "peak_mb": 25.0}
    both = {"hugo": cost, "loa": ours}
    rounds = [{"clean": both, "edit-body": both, "new": both, "warm": {"loa": ours}}]
    return {
        "count": count,
        "day": "2026-11-21",
        "machine": "x",
        "disk": "tmpfs",
        "versions": {"loa": "1", "hugo": "2"},
        "missing": ["eleventy is not installed"],
        "gates": 3,
        "census": {"loa": {"articles": 1, "lists": 2, "feeds": 3, "other": 4, "bytes": 5}},
        "shared": {"loa:new": [9, 11]},
        "rounds": rounds * 2,
    }


def test_ratios_are_paired_within_a_round() -> None:
    small = result(1000, 1.0)
    assert medians(small)["clean-vs-hugo"] == 4.0
    assert medians(small)["memory-vs-hugo"] == 4.0
    assert cautious(small)["clean-vs-hugo"] == 4.0, "the lower of 4 in wall time and 8 in CPU"
    assert "clean-vs-pelican" not in medians(small)
    absent = Ratio("x", "x", Cell("hugo", "delete"), Cell("loa", "delete"))
    assert paired(small, absent) == []


def test_growth_is_taken_within_a_round(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def costs(wall: float) -> dict[str, dict[str, dict[str, float]]]:
        cost = {"wall": wall, "cpu": 2 * wall, "peak_mb": 9.0, "load": 1.0}
        return {"clean": {"loa": cost}, "edit-body": {"loa": {**cost, "wall": 0.2}}}

    rounds = [{"1000": costs(slow), "10000": costs(10 * slow)} for slow in (1.0, 3.0)]
    found = {
        "day": "2026-11-22",
        "machine": "x",
        "disk": "tmpfs",
        "versions": {"loa": "1"},
        "rounds": rounds,
    }
    sizes = (1000, 10_000)
    assert growth.exponents(found, sizes, "loa", "clean") == pytest.approx([1.0, 1.0])
    assert growth.exponents(found, sizes, "loa", "new") == []
    monkeypatch.setattr(growth, "RESULTS", tmp_path / "results")
    assert growth.load_all() == []
    assert "How costs grow" not in "\n".join(page([result(1000, 1.0)]))
    growth.save(found)
    monkeypatch.setattr(report, "RESULTS", tmp_path / "results")
    assert report.load_all() == [], "growth is no result of a size"
    text = "\n".join(page([result(1000, 1.0)]))
    assert "| 1000 – 10000 | loa, full build, nothing cached | 1.00 (1.00 – 1.00) |" in text
    assert "| 1000 – 10000 | loa, one body edited | 0.00 (0.00 – 0.00) | 1.00 (1.00" in text


def test_the_page_says_what_held_and_what_did_not() -> None:
    text = "\n".join(page([result(1000, 1.0), result(10_000, 10.0)]))
    assert (
        "| 10000, tmpfs | 4.00 (4.00 – 4.00) | 8.00 (8.00 – 8.00) | 20.00 | 29.00 | **missed** |"
        in text
    )
    assert "aim reached" in text
    assert "not measured" in text
    assert "Skipped: eleventy is not installed." in text
    assert "equalled a clean build's, byte for byte, 3 times" in text


def test_the_whole_site_alone_stands_beside_its_size(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(report, "RESULTS", tmp_path)
    cell = {"wall": 0.5, "cpu": 0.6, "peak_mb": 60.0, "load": 0.5}
    whole = {"edit-body": {"loa-whole": cell}, "alert": {"loa-whole": cell}}
    alone = result(50_000, 1.0) | {
        "versions": {"loa-whole": "1"},
        "census": {},
        "shared": {"loa-whole:new": [20], "loa-whole:alert": [21]},
        "rounds": [whole | {"new": {"loa-whole": cell}}],
    }
    on_a_disk = result(50_000, 2.0) | {"disk": "ext4"}
    for made in (result(50_000, 1.0), alone, on_a_disk, result(10_000, 10.0)):
        report.save(made)
    assert len(report.load_all()) == 4, "no run wipes out another"
    assert [made["disk"] for made in report.load_all()] == ["tmpfs", "tmpfs", "ext4", "tmpfs"]
    text = "\n".join(page(report.load_all()))
    assert "| 50000, tmpfs | loa | " in text
    assert (
        "| 50000, tmpfs | loa-whole | 0.50 | 0.60 | 0.50 | 0.60 | 60 | 20 | 0.50 | 0.60 | 60 | 21 |"
        in text
    )
    assert text.index("## 50000 articles, tmpfs\n") < text.index(
        "## 50000 articles, loa-whole alone"
    )


def test_a_missing_tool_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HUGO", "ELEVENTY"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("PATH", "/nowhere")
    found, missing = present(tmp_path, ["hugo", "eleventy"])
    assert found == {}
    assert [line.split()[0] for line in missing] == ["hugo", "eleventy"]


def build(layout: Loa) -> tuple[int, ...]:
    """Build the site as `make bench` does; return the counts: read, rendered, changed, removed."""
    time.sleep(RACY / 1e9)  # a file just written would be read once more by the next build
    tool = our_tool(layout.tool)
    environment = {**os.environ, **tool.environment, "SOURCE_DATE_EPOCH": EPOCH}
    done = subprocess.run(
        tool.command,
        cwd=layout.folder,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    said = SAID.search(done.stdout)
    assert said, done.stdout
    return tuple(map(int, said.groups()))


@pytest.fixture(scope="module")
def thousand(tmp_path_factory: pytest.TempPathFactory) -> tuple[Loa, Corpus]:
    """Return a built site of a thousand articles, comparable plugins only."""
    layout = generate(1000, tmp_path_factory.mktemp("bench"), ["loa"])["loa"]
    assert isinstance(layout, Loa)
    assert build(layout)[:2] >= (1000, 1200)
    return layout, Corpus.of(1000, seed=1)


@pytest.mark.parametrize(
    ("scenario", "most_rendered", "most_shared"),
    [("edit-body", 30, 1), ("edit-title", 30, 15), ("new", 40, 30), ("retag", 30, 15)],
)
def test_a_publish_costs_what_changed(
    thousand: tuple[Loa, Corpus], scenario: str, most_rendered: int, most_shared: int
) -> None:
    layout, corpus = thousand
    CHANGES[scenario](corpus, [layout])
    read, rendered, changed, _ = build(layout)
    assert read == 1
    assert changed <= rendered <= most_rendered
    assert len(shared_files(last_changes(layout.folder), corpus.touched)) <= most_shared


def test_what_was_published_is_a_clean_builds(thousand: tuple[Loa, Corpus], tmp_path: Path) -> None:
    layout, corpus = thousand
    CHANGES["delete"](corpus, [layout])
    build(layout)
    clean = Loa(tmp_path / "clean")
    clean.folder.mkdir()
    for part in ("content", "theme", "site.yaml", "sources.yaml", "conf.py"):
        (clean.folder / part).symlink_to(layout.folder / part)
    build(clean)
    trees = [tree_digests(item.folder / item.output) for item in (layout, clean)]
    assert len(trees[1]) > 1200
    assert differences(*trees) == []


def test_stopwatch_measures_a_command(tmp_path: Path) -> None:
    result_file = tmp_path / "cost.json"
    watch = ENGINE / "benchmarks" / "stopwatch.py"
    command = [sys.executable, "-I", "-S", str(watch), str(result_file), sys.executable, "-c"]
    subprocess.run([*command, "raise SystemExit(3)"], check=True)
    assert '"code": 3' in result_file.read_text()
