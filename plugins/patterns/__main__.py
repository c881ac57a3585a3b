"""`python -m plugins.patterns [PAGE ...]`: screenshots of key pages; needs Chromium."""

from __future__ import annotations

import argparse
import os
import shutil
import sys
from pathlib import Path

from model.site import load_site_or_exit, site_folder
from plugins.patterns.screenshots import SCHEMES, WIDTHS, Shot, key_pages, picture


def write_page(output: Path, to: Path) -> Path:
    """Write the pattern page and its style sheet into `to`; return where it is."""
    from plugins.patterns.page import pattern_page

    (to / "theme").mkdir(parents=True, exist_ok=True)
    shutil.copyfile(output / "theme" / "site.css", to / "theme" / "site.css")
    path = to / "mau.html"
    path.write_text(pattern_page(output), encoding="utf-8")
    return path


def main() -> None:
    """Picture the pages named, or one of each kind, and say where the pictures lie."""
    parser = argparse.ArgumentParser(prog="python -m plugins.patterns", description=__doc__)
    parser.add_argument("pages", nargs="*", help="addresses below the site's base, e.g. /tin-tuc/")
    parser.add_argument("--widths", type=int, nargs="+", default=WIDTHS)
    parser.add_argument("--schemes", nargs="+", choices=SCHEMES, default=SCHEMES)
    parser.add_argument("--to", type=Path, default=Path("screenshots"))
    parser.add_argument("--screen", action="store_true", help="the first screen only")
    parser.add_argument("--page", action="store_true", help="write the pattern page instead")
    wanted = parser.parse_args()
    folder = site_folder()
    site, output = load_site_or_exit(folder), folder / "output"
    pages = wanted.pages or key_pages(output)
    if not pages:
        sys.exit(f"Chưa có trang nào trong {output}: chạy make build trước.")
    if wanted.page:
        print(write_page(output, wanted.to))
        return
    shots = [
        Shot(page, width, scheme)
        for page in pages
        for width in wanted.widths
        for scheme in wanted.schemes
    ]
    said = picture(output, site, shots, wanted.to, whole=not wanted.screen)
    print(*said, f"{len(shots)} ảnh trong {wanted.to}{os.sep}", sep="\n")


if __name__ == "__main__":
    main()
