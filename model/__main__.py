"""`python -m model`: check, start, list what is due, translations, schemas, the manual."""

from __future__ import annotations

import argparse
import gc
import os
import sys
from datetime import UTC, datetime
from pathlib import Path

gc.disable()  # what is imported stays: looking through it for garbage is a tenth of the start
os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")  # else it reads all installed

from model.folder import site_folder  # noqa: E402
from model.kinds import KINDS  # noqa: E402
from model.problem import Problems  # noqa: E402


def parser() -> argparse.ArgumentParser:
    """Return the command line's grammar."""
    top = argparse.ArgumentParser(prog="python -m model", description="Kiểm tra và soạn nội dung.")
    verbs = top.add_subparsers(dest="verb", required=True)
    check = verbs.add_parser("check", help="kiểm tra mọi tệp, nêu mọi lỗi và cách sửa")
    check.add_argument("files", nargs="*", metavar="TỆP", help="chỉ kiểm tra các tệp này")
    check.add_argument(
        "--site", type=Path, metavar="THƯ_MỤC", help="kiểm tra trang trong thư mục này"
    )
    check.add_argument(
        "--changed",
        nargs="?",
        const="",
        metavar="NHÁNH",
        help="chỉ kiểm tra tệp sắp commit (hoặc khác với NHÁNH) và tệp liên kết tới chúng",
    )
    check.add_argument("--format", choices=("text", "json", "github", "gitlab"), default="text")
    new = verbs.add_parser("new", help="tạo tệp cho một tài liệu mới")
    new.add_argument("kind", choices=tuple(KINDS), metavar="LOẠI", help=", ".join(KINDS))
    new.add_argument("title", metavar="TIÊU_ĐỀ")
    schema = verbs.add_parser("schema", help="in JSON Schema của các loại tài liệu")
    schema.add_argument("kind", nargs="?", choices=("site", *KINDS), metavar="LOẠI")
    due = verbs.add_parser("due", help="liệt kê tài liệu phải xem lại, sắp hết hạn, đang chờ")
    due.add_argument("--days", type=int, default=14, metavar="NGÀY", help="nhìn trước mấy ngày")
    due.add_argument("--format", choices=("text", "json"), default="text")
    verbs.add_parser("translations", help="liệt kê bài chưa dịch và bản dịch cũ hơn bản gốc")
    verbs.add_parser("manual", help="viết lại docs/loai-tai-lieu.md và docs/cau-hinh.md")
    return top


def main(arguments: list[str]) -> int:
    """Run one verb; return the exit code."""
    options = parser().parse_args(arguments)
    now = datetime.now(UTC)
    if options.verb == "check":
        from model.check.command import run

        try:
            return run(options.files, options.site, options.format, now, options.changed)
        except Problems as error:
            print(error, file=sys.stderr)
            return 1
    if options.verb == "new":
        return _new(options.kind, options.title, now)
    if options.verb == "due":
        from model.due import as_json, as_text, due

        found = due(site_folder(), now, options.days)
        print(as_json(found) if options.format == "json" else as_text(found))
        return 0
    if options.verb == "manual":
        return _manual()
    if options.verb == "translations":
        return _translations()
    import json

    from model.schema import schema_of, schemas

    shown = schema_of(options.kind) if options.kind else schemas()
    print(json.dumps(shown, ensure_ascii=False, indent=2))
    return 0


def _new(kind: str, title: str, now: datetime) -> int:
    from model.new import create

    try:
        path = create(site_folder(), kind, title, now)
    except Problems as error:
        print(error, file=sys.stderr)
        return 1
    print(f"Đã tạo {path}\nĐiền các trường, rồi kiểm tra: python -m model check {path}")
    return 0


def _translations() -> int:
    from model.check.report import text
    from model.site import load_site_or_exit
    from model.translations import wanting

    folder = site_folder()
    print(text(list(wanting(folder, load_site_or_exit(folder)))))
    return 0


def _manual() -> int:
    from model.manual import PAGES

    for name, text in PAGES.items():
        path = Path(__file__).resolve().parents[1] / name
        path.write_text(text(), encoding="utf-8", newline="\n")
        print(f"Đã viết {name}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
