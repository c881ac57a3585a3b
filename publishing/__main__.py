"""`python -m publishing`: publish, rollback, list, verify, run, config."""

from __future__ import annotations

import argparse
import errno
import getpass
import os
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial

from model.problem import Problems
from model.site import site_folder
from publishing.gate import CHECKS
from publishing.headers import table
from publishing.nginx import configuration
from publishing.portable import bucket_cors, htaccess, underscore_headers, underscore_redirects
from publishing.release import Publisher
from publishing.schedule import Schedule, words
from publishing.targets import deliver, standing
from publishing.trees import Tree
from publishing.units import TIMER, cron, service
from publishing.verify import faults


def parser() -> argparse.ArgumentParser:
    """Return the command line's grammar."""
    top = argparse.ArgumentParser(prog="python -m publishing", description="Xuất bản trang.")
    verbs = top.add_subparsers(dest="verb", required=True)
    publish = verbs.add_parser("publish", help="đưa bản vừa dựng ra công chúng")
    publish.add_argument(
        "--allow", action="append", default=[], choices=tuple(CHECKS), metavar="TÊN"
    )
    rollback = verbs.add_parser("rollback", help="quay về bản trước, hoặc bản có số đã cho")
    rollback.add_argument("number", nargs="?", type=int, metavar="SỐ")
    verbs.add_parser("list", help="kê các bản còn giữ")
    verbs.add_parser("verify", help="so các bản còn giữ với bản kê của chúng")
    run = verbs.add_parser("run", help="lấy tin, kiểm tra, commit, dựng và xuất bản (để hẹn giờ)")
    run.add_argument("--push", action="store_true", help="trao đổi với kho git chung")
    run.add_argument("--allow", action="append", default=[], choices=tuple(CHECKS), metavar="TÊN")
    config = verbs.add_parser("config", help="in cấu hình máy chủ web")
    config.add_argument("server", choices=tuple(CONFIGURATIONS))
    config.add_argument("--no-brotli", action="store_true", help="nginx không có mô-đun brotli")
    return top


def main(arguments: list[str]) -> int:
    """Run one verb; return the exit code."""
    options = parser().parse_args(arguments)
    verb = {
        "publish": _publish,
        "rollback": _rollback,
        "list": _list,
        "verify": _verify,
        "run": _run,
        "config": _config,
    }
    try:
        return verb[options.verb](Publisher(site_folder()), options)
    except Problems as error:
        print(error, file=sys.stderr)
        print("Không xuất bản: bản đang chạy giữ nguyên.", file=sys.stderr)
    except OSError as error:
        print(_disk_words(error), file=sys.stderr)
        print("Không xuất bản: bản đang chạy giữ nguyên.", file=sys.stderr)
    return 1


def _disk_words(error: OSError) -> str:
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return "Đĩa đã đầy. Cách sửa: dọn bớt đĩa rồi chạy lại lệnh này."
    where = error.filename or "đĩa"
    return f"{where}: không ghi được ({error.strerror}). Cách sửa: kiểm tra quyền ghi và ổ đĩa."


def _publish(publisher: Publisher, options: argparse.Namespace) -> int:
    done = publisher.publish(datetime.now(UTC), options.allow, partial(standing, publisher))
    if done.changed or done.removed:
        print(f"Bản số {done.number}: {done.changed} tệp mới hoặc đổi, {done.removed} tệp bỏ.")
    else:
        print(f"Không có gì mới; bản số {done.number} vẫn chạy.")
    if done.allowed:
        print(f"Bỏ qua phép kiểm: {', '.join(done.allowed)}.")
    print(f"Đang phục vụ: {deliver(publisher, Tree(done.folder))}")
    return 0


def _rollback(publisher: Publisher, options: argparse.Namespace) -> int:
    done = publisher.rollback(datetime.now(UTC), options.number)
    where = deliver(publisher, Tree(done.folder))
    print(f"Đã quay về bản số {done.number}. Đang phục vụ: {where}")
    return 0


def _list(publisher: Publisher, options: argparse.Namespace) -> int:  # noqa: ARG001
    current = publisher.trees.current()
    published = publisher.trees.published()
    for tree in published:
        mark = "→" if current and tree.number == current.number else " "
        manifest = tree.manifest
        if manifest:
            print(f"{mark} {tree.number:5}  {manifest.issued}  {len(manifest.files)} tệp")
    if not published:
        print("Chưa xuất bản lần nào.")
    return 0


def _verify(publisher: Publisher, options: argparse.Namespace) -> int:  # noqa: ARG001
    with publisher.trees.locked():
        found = list(faults(publisher.trees))
        number = len(publisher.trees.published())
    print("\n".join(map(str, found)) or f"{number} bản còn giữ: mọi tệp đúng như bản kê.")
    return int(bool(found))


def _run(publisher: Publisher, options: argparse.Namespace) -> int:
    run = Schedule(publisher.folder, os.environ).once(
        datetime.now(UTC), options.push, options.allow
    )
    print(words(run))
    return int(not run.ok)


def _config(publisher: Publisher, options: argparse.Namespace) -> int:
    sys.stdout.write(CONFIGURATIONS[options.server](publisher, options))
    return 0


def _nginx(publisher: Publisher, options: argparse.Namespace) -> str:
    settings = publisher.settings
    rules, root = table(settings.frame_hosts), publisher.trees.root.resolve()
    return configuration(publisher.site, settings, root, rules, not options.no_brotli)


CONFIGURATIONS: dict[str, Callable[[Publisher, argparse.Namespace], str]] = {
    "nginx": _nginx,
    "apache": lambda publisher, _: htaccess(
        publisher.site.base, table(publisher.settings.frame_hosts), publisher.settings.redirects
    ),
    "headers": lambda publisher, _: underscore_headers(table(publisher.settings.frame_hosts)),
    "cors": lambda *_: bucket_cors(),
    "redirects": lambda publisher, _: underscore_redirects(publisher.settings.redirects),
    "service": lambda publisher, _: service(publisher.folder, getpass.getuser()),
    "timer": lambda *_: TIMER,
    "cron": lambda publisher, _: cron(publisher.folder),
}


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
