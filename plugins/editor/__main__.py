"""`python -m plugins.editor install | config [--host …]`."""

from __future__ import annotations

import argparse
import json
import sys

from model.problem import Problems
from model.site import load_site, site_folder
from plugins.editor.configuration import Host, configuration
from plugins.editor.install import install


def main(arguments: list[str]) -> int:
    """Run one verb; return the exit code."""
    top = argparse.ArgumentParser(prog="python -m plugins.editor", description="Trình soạn thảo.")
    verbs = top.add_subparsers(dest="verb", required=True)
    verbs.add_parser("install", help="tải trình soạn thảo bằng npm")
    config = verbs.add_parser("config", help="in cấu hình của trình soạn thảo")
    config.add_argument("--host", choices=("proxy", "github", "gitlab", "gitea"), default="proxy")
    config.add_argument("--repository", default="", metavar="NHÓM/KHO")
    config.add_argument("--branch", default="main", metavar="NHÁNH")
    config.add_argument("--address", default="", metavar="ĐỊA_CHỈ", help="máy chủ git riêng")
    config.add_argument("--prefix", default="", metavar="THƯ_MỤC/", help="chỗ của trang trong kho")
    config.add_argument("--application", default="", metavar="MÃ", help="mã ứng dụng OAuth")
    options = top.parse_args(arguments)
    try:
        if options.verb == "install":
            print(f"Đã cài trình soạn thảo vào {install()}. Mở: make serve, rồi vào /admin/")
            return 0
        host = Host(
            *(options.host, options.repository, options.branch),
            *(options.address, options.prefix, options.application),
        )
        shown = configuration(load_site(site_folder()), host)
        print(json.dumps(shown, ensure_ascii=False, indent=1))
    except Problems as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
