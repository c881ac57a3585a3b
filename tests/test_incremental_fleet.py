"""Many sites from one checkout: skipped, failing alone, outliving killed workers, on Dask too."""

import os
import signal
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from model.document import join
from plugins.incremental.fleet import (
    Job,
    SiteResult,
    build_fleet,
    build_one,
    in_processes,
    on_dask,
    report_lines,
)
from tests import building


def make_sites(folder: Path, count: int) -> list[Path]:
    """Make `count` sites with one document each."""
    sites = []
    for number in range(count):
        site = building.new_site(folder / f"xã {number}")
        file = site / "content" / "news" / "tin.md"
        file.parent.mkdir()
        file.write_text(join({"title": f"Tin {number}", "date": "2021-08-01"}, "Thân bài"), "utf-8")
        sites.append(site)
    return sites


def die_once(job: Job) -> SiteResult:
    """Kill this worker the first time that a certain site comes."""
    marker = Path(job[0]) / "died"
    if Path(job[0]).name.endswith("1") and not marker.exists():
        marker.write_text("once")
        os.kill(os.getpid(), signal.SIGKILL)
    return build_one(job)


def always_die(job: Job) -> SiteResult:
    """Kill this worker whenever a certain site comes."""
    if Path(job[0]).name.endswith("1"):
        os.kill(os.getpid(), signal.SIGKILL)
    return build_one(job)


def killing(function: Any, run: Any) -> Any:
    """Return a Run that applies `function` in place of `build_one`."""
    return lambda _, jobs: run(function, jobs)


def test_builds_skips_and_builds_again(tmp_path: Path) -> None:
    sites = make_sites(tmp_path, 3)
    assert [r.outcome for r in build_fleet(sites, in_processes(2))] == ["built"] * 3
    (sites[1] / "content" / "news" / "tin.md").write_text(
        join({"title": "Mới", "date": "2021-08-01"}, "Khác"), "utf-8"
    )
    results = build_fleet(sites, in_processes(2))
    assert [r.outcome for r in results] == ["unchanged", "built", "unchanged"]
    assert "Mới" in (sites[1] / "output" / "tin-tuc" / "tin" / "index.html").read_text("utf-8")


def test_a_site_that_fails_fails_alone(tmp_path: Path) -> None:
    sites = make_sites(tmp_path, 3)
    (sites[1] / "content" / "news" / "tin.md").write_text("không có phần đầu", "utf-8")
    (sites[2] / "site.yaml").write_text("name: [", "utf-8")
    results = build_fleet(sites, in_processes(2))
    assert [r.outcome for r in results] == ["built", "failed", "failed"]
    lines = report_lines(results)
    assert "content/news/tin.md" in results[1].message
    assert "site.yaml" in results[2].message
    assert lines[-1] == "3 trang: 1 đã dựng, 0 bỏ qua, 2 lỗi."


def test_a_killed_worker_loses_no_site(tmp_path: Path) -> None:
    sites = make_sites(tmp_path, 4)
    results = build_fleet(sites, killing(die_once, in_processes(2)))
    assert [r.outcome for r in results] == ["built"] * 4
    assert (sites[1] / "died").exists()


def test_a_site_that_kills_its_worker_is_named(tmp_path: Path) -> None:
    sites = make_sites(tmp_path, 3)
    results = build_fleet(sites, killing(always_die, in_processes(2)))
    assert [r.outcome for r in results] == ["built", "failed", "built"]


@pytest.fixture(scope="module")
def dask_client() -> Iterator[Any]:
    """Start a local cluster of two worker processes on loopback."""
    import distributed

    with (
        distributed.LocalCluster(
            n_workers=2, threads_per_worker=1, host="127.0.0.1", dashboard_address=None
        ) as cluster,
        distributed.Client(cluster) as client,
    ):
        yield client


def test_on_a_cluster_with_a_killed_worker(tmp_path: Path, dask_client: Any) -> None:
    sites = make_sites(tmp_path, 4)
    (sites[3] / "content" / "news" / "tin.md").write_text("không có phần đầu", "utf-8")
    results = build_fleet(sites, killing(die_once, on_dask(dask_client)))
    assert [r.outcome for r in results] == ["built", "built", "built", "failed"]
    assert (sites[1] / "died").exists()
    local = building.tree(sites[0] / "output")
    build_fleet(sites[:1], in_processes(1), force=True)
    assert building.tree(sites[0] / "output") == local
