"""The scheduled run: real commands, a real git repository with a bare remote."""

import json
import os
import subprocess
from datetime import UTC, datetime
from pathlib import Path

import pytest

from model.problem import Problems
from publishing.schedule import ENGINE, Schedule, words
from publishing.units import TIMER, cron, service

NOW = datetime(2021, 9, 1, tzinfo=UTC)
SITE = "name: Trang\nurl: https://a.example.vn\nagency: {name: Sở}\n"
ME = {
    **dict.fromkeys(("GIT_AUTHOR_NAME", "GIT_COMMITTER_NAME"), "Loa"),
    **dict.fromkeys(("GIT_AUTHOR_EMAIL", "GIT_COMMITTER_EMAIL"), "loa@example.vn"),
}


def git(folder: Path, *arguments: str) -> str:
    command = ["git", "-C", str(folder), *arguments]
    environment = {**os.environ, **ME}
    return subprocess.run(
        command, env=environment, check=True, capture_output=True, text=True
    ).stdout


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A site cloned from a bare repository."""
    remote, folder = tmp_path / "kho.git", tmp_path / "trang"
    git(tmp_path, "init", "-q", "--bare", "-b", "main", str(remote))
    git(tmp_path, "clone", "-q", str(remote), str(folder))
    for name, text in (
        ("site.yaml", SITE),
        ("sources.yaml", "{}\n"),
        (".gitignore", ".state/\noutput/\nwww/\n"),
        ("content/news/a.md", "---\ntitle: A\ndate: 2021-08-28\n---\n\nXin chào.\n"),
    ):
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    git(folder, "add", "-A")
    git(folder, "commit", "-qm", "a")
    git(folder, "push", "-q", "origin", "HEAD:main")
    git(folder, "branch", "-q", "--set-upstream-to", "origin/main")
    return folder


def test_what_came_is_committed_pushed_built_and_public(site: Path) -> None:
    news = site / "content/news/b.md"
    news.write_text("---\ntitle: Tin vừa lấy\ndate: 2021-08-29\n---\n", encoding="utf-8")
    run = Schedule(site, {**os.environ, **ME}).once(NOW, True, ())
    assert run.ok, words(run)
    assert "Tin vừa lấy" in (site / "www/current/public/tin-tuc/b/index.html").read_text("utf-8")
    assert git(site, "status", "--porcelain") == ""
    assert git(site, "log", "-1", "--format=%s", "origin/main") == "Tin mới từ các nguồn\n"
    report = json.loads((site / ".state/report.json").read_text(encoding="utf-8"))
    assert (report["ok"], report["started"]) == (True, "2021-09-01T00:00:00+00:00")
    again = Schedule(site, {**os.environ, **ME}).once(NOW, True, ())
    assert "Không có gì mới" in words(again)
    assert git(site, "rev-list", "--count", "HEAD") == "2\n"


def test_bad_content_stops_before_the_commit(site: Path) -> None:
    (site / "content/news/b.md").write_text("---\ntitle: B\n---\n", encoding="utf-8")
    run = Schedule(site, {**os.environ, **ME}).once(NOW, False, ())
    assert not run.ok
    assert [step.name for step in run.steps][-1] == "kiểm tra"
    assert "thiếu ngày giờ" in words(run)
    assert git(site, "rev-list", "--count", "HEAD") == "1\n"
    assert not (site / "www").exists()


def test_an_editor_who_was_faster_loses_nothing(site: Path, tmp_path: Path) -> None:
    other = tmp_path / "bien-tap"
    git(tmp_path, "clone", "-q", str(tmp_path / "kho.git"), str(other))
    (other / "content/news/c.md").write_text("---\ntitle: C\ndate: 2021-08-30\n---\n", "utf-8")
    git(other, "add", "-A")
    git(other, "commit", "-qm", "c")
    git(other, "push", "-q")
    (site / "content/news/b.md").write_text("---\ntitle: B\ndate: 2021-08-29\n---\n", "utf-8")
    assert Schedule(site, {**os.environ, **ME}).once(NOW, True, ()).ok
    assert sorted(path.name for path in (site / "content/news").iterdir()) == [
        "a.md",
        "b.md",
        "c.md",
    ]
    assert git(site, "rev-list", "--count", "origin/main") == "3\n"


def test_only_one_run_at_a_time(site: Path) -> None:
    first, second = Schedule(site, os.environ), Schedule(site, os.environ)
    with first._locked(), pytest.raises(Problems, match="đang có một lần chạy khác"):
        second.once(NOW, False, ())


def test_the_units_name_this_site_and_this_engine(tmp_path: Path) -> None:
    text = f"{service(tmp_path, 'loa')}\n{TIMER}"
    assert f"SITE={tmp_path}" in text
    assert f"WorkingDirectory={ENGINE}" in text
    assert "OnUnitInactiveSec=15min" in text
    assert cron(tmp_path).startswith("*/15 * * * * cd ")
