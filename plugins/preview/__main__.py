"""`python -m plugins.preview [--port N]`: see `make serve`."""

from __future__ import annotations

import argparse
import sys
import time
from pathlib import Path

from model.problem import Problems
from model.site import load_site, site_folder
from plugins.preview.rebuild import Rebuilder
from plugins.preview.server import serve

PORT = 8000


def main(arguments: list[str]) -> int:
    """Serve until interrupted; print a line a build."""
    top = argparse.ArgumentParser(prog="python -m plugins.preview", description="Xem trước trang.")
    top.add_argument("--port", type=int, default=PORT, metavar="SỐ")
    options = top.parse_args(arguments)
    folder = site_folder()
    if not (folder / "site.yaml").is_file():
        return _refuse(folder)
    rebuilder = Rebuilder(folder)
    try:
        server = serve(folder, options.port, lambda line: print(line, flush=True), rebuilder)
    except OSError as error:
        print(f"Không mở được cổng {options.port} ({error.strerror}). Cách sửa: thêm --port 8001.")
        return 1
    try:
        _tell_builds(rebuilder)
    except KeyboardInterrupt:
        print("\nĐã dừng xem trước.")
    finally:
        server.stopping.set()
        server.shutdown()
        rebuilder.close()
    return 0


def _refuse(folder: Path) -> int:
    try:
        load_site(folder)
    except Problems as error:
        print(error, file=sys.stderr)
    return 1


def _tell_builds(rebuilder: Rebuilder) -> None:
    seen = 0
    while True:
        status = rebuilder.newer_than(seen, timeout=1)
        if status:
            seen = status.number
            print(f"[{time.strftime('%H:%M:%S')}] {status.said}", flush=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
