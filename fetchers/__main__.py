"""`python -m fetchers`: run, record, status, review."""

from __future__ import annotations

import argparse
import json
import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path

from fetchers import decide, health
from fetchers import review as waiting
from fetchers.exchange import FetchError, Transport
from fetchers.fetch import Fetcher
from fetchers.files import put
from fetchers.outcome import Outcome, summary
from fetchers.pipeline import Pipeline, Settings
from fetchers.progress import Progress
from fetchers.recording import Recorder, Replay
from fetchers.replay import EXPECTED, replayed
from fetchers.state import only_one
from fetchers.warc import Archive
from model.problem import Problem, Problems
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
        "--replay", type=Path, metavar="NƠI", help="chạy từ bản ghi hoặc tệp WARC, không có mạng"
    )
    run.add_argument(
        "--accept", action="store_true", help="chấp nhận nguồn đã bị dừng vì thay đổi quá nhiều"
    )
    run.add_argument(
        "--archive", type=Path, metavar="TỆP.warc.gz", help="giữ nguyên những gì các nguồn gửi"
    )
    record = verbs.add_parser("record", help="ghi lại những gì một nguồn gửi")
    record.add_argument("sources", nargs="+", metavar="MÃ_NGUỒN")
    record.add_argument("--to", type=Path, metavar="THƯ_MỤC", help="nơi ghi (tests/sources)")
    record.add_argument(
        "--again", action="store_true", help="không tải, chỉ tính lại kết quả của bản ghi đã có"
    )
    status = verbs.add_parser("status", help="tình trạng các nguồn")
    status.add_argument("--json", action="store_true", help="cho chương trình khác đọc")
    status.add_argument("--page", type=Path, metavar="TỆP", help="ghi thành trang HTML nội bộ")
    review = verbs.add_parser("review", help="xem, nhận hoặc bỏ các thay đổi chờ duyệt")
    review.add_argument("name", nargs="?", metavar="TÀI_LIỆU", help="ví dụ news/ten-bai")
    word = review.add_mutually_exclusive_group()
    word.add_argument("--accept", action="store_true", help="nhận thay đổi, công bố bản nháp")
    word.add_argument("--refuse", action="store_true", help="bỏ, giữ nguyên tài liệu")
    review.add_argument("--by", default="", metavar="HỌ_TÊN", help="ai duyệt")
    review.add_argument(
        "--mark", default="", help="chỉ làm khi vẫn là bản đã xem (mã trong --json)"
    )
    review.add_argument("--json", action="store_true", help="cho chương trình khác đọc")
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
    if options.accept and not options.sources:
        sys.exit("--accept phải kèm mã của nguồn mà bạn đã xem lại")
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
    with only_one(folder), _archive(options.archive, transport, user_agent(site)) as archived:
        pipeline = Pipeline(Fetcher(archived, user_agent(site)), settings, sources)
        outcomes = pipeline.run(wanted, Progress(len(wanted), sys.stdout))
    print(summary(outcomes))
    for outcome in outcomes:
        if outcome.crash:
            print(f"\n{outcome.source}:\n{outcome.crash}", file=sys.stderr)
    return int(any(outcome.failed for outcome in outcomes))


@contextmanager
def _archive(path: Path | None, transport: Transport, agent: str) -> Iterator[Transport]:
    if path is None:
        yield transport
        return
    archive = Archive(transport, path, agent)
    try:
        yield archive
    finally:
        archive.close()


def record(options: argparse.Namespace, folder: Path, site: Site) -> int:
    """Keep what sources send and what comes out of it; return 1 if a source failed."""
    sources = load_sources(folder)
    place = options.to or ROOT / "tests" / "sources" / site_name(folder)
    failed = 0
    for source in chosen(sources, options.sources):
        keep = place / source.id
        if not options.again:
            outcome = _keep(source, keep, user_agent(site))
            failed += outcome.failed
            print(f"{outcome}\n  đã ghi vào {keep}")
        outcome, text = replayed(source, keep)
        failed += outcome.failed
        put(keep / EXPECTED, text.encode())
        print(f"{outcome}\n  kết quả mong đợi ghi vào {keep / EXPECTED}")
    return int(failed > 0)


def site_name(folder: Path) -> str:
    """Return the name under which a site's recordings stand in tests/sources."""
    return "loa" if folder == ROOT else folder.name


def _keep(source: Source, keep: Path, agent: str) -> Outcome:
    shutil.rmtree(keep, ignore_errors=True)
    recorder = Recorder(_web(), keep)
    with tempfile.TemporaryDirectory(prefix="loa-") as scratch:
        settings = Settings(Path(scratch), datetime.now(UTC), stateless=True)
        outcome = Pipeline(Fetcher(recorder, agent), settings, [source.id]).run([source])[0]
    recorder.finish()
    return outcome


def status(options: argparse.Namespace, folder: Path, site: Site) -> int:
    """Say how the sources are; return 1 if an enabled one fails or is stale."""
    now = datetime.now(UTC)
    found = [health.health_of(folder, source, now) for source in load_sources(folder).values()]
    if options.page:
        put(options.page, health.as_page(found, folder, site, now).encode())
        print(f"đã ghi {options.page}")
    else:
        said = health.as_json(found, folder, now) if options.json else health.as_text(found, folder)
        print(said)
    return int(any(one.state in ("failing", "stale") for one in found))


def review(options: argparse.Namespace, folder: Path, site: Site) -> int:  # noqa: ARG001
    """List what waits, show one change, accept or refuse it."""
    if not options.name:
        items = waiting.waiting(folder)
        told = [f"{item.name}: {item.title}\n  {item.reason}" for item in items]
        told.append(f"{len(items)} mục chờ duyệt. Xem một mục: python -m fetchers review TÀI_LIỆU")
        print(_json([asdict(item) for item in items]) if options.json else "\n".join(told))
        return 0
    with only_one(folder):
        item = waiting.named(folder, options.name)
        if options.mark and options.mark != waiting.mark_of(folder, item):
            cure = "mở lại để xem bản mới rồi hãy quyết định"
            raise Problems([Problem(item.name, 0, "", "đã đổi từ lúc bạn xem", cure)])
        if not options.accept and not options.refuse:
            return _show(options, folder, item)
        files = (
            decide.accept(folder, item, datetime.now(UTC), options.by)
            if options.accept
            else decide.refuse(folder, item)
        )
        left = any(other.target == item.target for other in waiting.waiting(folder))
        kept = "đã bỏ bản nháp" if item.sort == "draft" else "đã bỏ; bản đang có giữ nguyên"
        said = "đã nhận" if options.accept else kept
        if options.accept and item.sort == "draft":
            said = "đã ghi người đọc thứ nhất, chờ người thứ hai duyệt" if left else "đã công bố"
        print(_json({"said": said, "files": files}) if options.json else f"{item.name}: {said}")
    return 0


def _show(options: argparse.Namespace, folder: Path, item: waiting.Waiting) -> int:
    difference = waiting.difference(folder, item)
    if options.json:
        more = {
            "difference": difference,
            "compared": waiting.compared(folder, item),
            "translations": waiting.translations(folder, item),
            "mark": waiting.mark_of(folder, item),
        }
        print(_json(asdict(item) | more))
    else:
        print(difference, end="")
        print("Nhận: thêm --accept (và --by “Họ tên”); bỏ: thêm --refuse")
    return 0


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, indent=1)


def _web() -> Transport:
    from fetchers.http import Web

    return Web()


def main(arguments: list[str]) -> int:
    """Run one verb; return the exit code."""
    options = parser().parse_args(arguments)
    folder = site_folder()
    site = load_site_or_exit(folder)
    verb = {"run": run, "record": record, "status": status, "review": review}[options.verb]
    try:
        return verb(options, folder, site)
    except (Problems, FetchError) as error:
        print(error, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("\nĐã dừng; những nguồn đã xong vẫn được giữ.", file=sys.stderr)
        return 130


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
