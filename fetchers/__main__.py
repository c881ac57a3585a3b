"""`python -m fetchers`: fetch the sources, record what one sends, run from a recording."""

from __future__ import annotations

import argparse
import sys
from datetime import UTC, datetime
from pathlib import Path

from fetchers.exchange import FetchError, Transport
from fetchers.fetch import Fetcher
from fetchers.outcome import summary
from fetchers.pipeline import Pipeline, Settings
from fetchers.progress import Progress
from fetchers.recording import Recorder, Replay
from fetchers.state import only_one
from model.problem import Problems
from model.site import Site, load_site_or_exit, site_folder
from model.source import Source, load_sources

ROOT = Path(__file__).resolve().parents[1]


def parser() -> argparse.ArgumentParser:
    """Return the command line's grammar."""
    top = argparse.ArgumentParser(prog="python -m fetchers", description="Tải tin từ các nguồn.")
    verbs = top.add_subparsers(dest="verb", required=True)
    run = verbs.add_parser("run", help="tải các nguồn đang bật, hoặc các nguồn được nêu")
    run.add_argument("sources", nargs="*", metavar="MÃ_NGUỒN")
    run.add_argument(
        "--replay", type=Path, metavar="THƯ_MỤC", help="chạy từ bản ghi, không có mạng"
    )
    run.add_argument(
        "--accept", action="store_true", help="chấp nhận nguồn đã bị dừng vì thay đổi quá nhiều"
    )
    record = verbs.add_parser("record", help="ghi lại những gì một nguồn gửi")
    record.add_argument("sources", nargs="+", metavar="MÃ_NGUỒN")
    record.add_argument(
        "--to", type=Path, metavar="THƯ_MỤC", help="nơi ghi (mặc định tests/sources)"
    )
    return top


def user_agent(site: Site) -> str:
    """Return how we name ourselves to servers, with an address to complain to."""
    contact = f"; {site.agency.email}" if site.agency.email else ""
    name = f"Loa/0.1 (+{site.url}{contact})"
    return name.encode("ascii", "ignore").decode()


def chosen(sources: dict[str, Source], names: list[str]) -> list[Source]:
    """Return the sources named, or those that are enabled; end the process at an unknown name."""
    if unknown := [name for name in names if name not in sources]:
        known = ", ".join(sources) or "chưa có nguồn nào"
        sys.exit(f"sources.yaml không có nguồn {', '.join(unknown)}. Các nguồn: {known}")
    if names:
        return [sources[name] for name in dict.fromkeys(names)]
    return [source for source in sources.values() if source.enabled]


def run(options: argparse.Namespace, folder: Path, site: Site) -> int:
    """Fetch; return 1 if a source failed."""
    sources = load_sources(folder)
    wanted = chosen(sources, options.sources)
    now = datetime.now(UTC)
    if options.replay:
        replay = Replay(options.replay)
        transport: Transport = replay
        now = replay.clock() or now
    else:
        transport = _web()
    settings = Settings(
        folder,
        now,
        stateless=options.replay is not None,
        asked=bool(options.sources),
        accept=options.accept,
    )
    with only_one(folder):
        pipeline = Pipeline(Fetcher(transport, user_agent(site)), settings, sources)
        outcomes = pipeline.run(wanted, Progress(len(wanted), sys.stdout))
    print(summary(outcomes))
    for outcome in outcomes:
        if outcome.crash:
            print(f"\n{outcome.source}:\n{outcome.crash}", file=sys.stderr)
    return int(any(outcome.failed for outcome in outcomes))


def record(options: argparse.Namespace, folder: Path, site: Site) -> int:
    """Keep what sources send, pages of articles included; return 1 if one failed."""
    import shutil
    import tempfile

    sources = load_sources(folder)
    failed = 0
    place = options.to or ROOT / "tests" / "sources" / (folder.name if folder != ROOT else "loa")
    for source in chosen(sources, options.sources):
        shutil.rmtree(place / source.id, ignore_errors=True)
        recorder = Recorder(_web(), place / source.id)
        with tempfile.TemporaryDirectory(prefix="loa-") as scratch:
            settings = Settings(Path(scratch), datetime.now(UTC), stateless=True)
            pipeline = Pipeline(Fetcher(recorder, user_agent(site)), settings, sources)
            outcome = pipeline.run([source])[0]
        count = recorder.finish()
        print(f"{outcome}\n  {count} lần hỏi đáp ghi vào {place / source.id}")
        failed += outcome.failed
    return int(failed > 0)


def _web() -> Transport:
    from fetchers.http import Web

    return Web()


def main(arguments: list[str]) -> int:
    """Run one verb; return the exit code."""
    options = parser().parse_args(arguments)
    folder = site_folder()
    site = load_site_or_exit(folder)
    verb = {"run": run, "record": record}[options.verb]
    try:
        return verb(options, folder, site)
    except (Problems, FetchError) as error:
        print(error, file=sys.stderr)
        return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
