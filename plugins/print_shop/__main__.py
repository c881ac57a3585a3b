"""`python -m plugins.print_shop [SITE]`: pictures of everything printed and shared, to look at.

Takes what a build made: every sheet (PDF), QR code, share picture and, where LibreOffice is
installed, letter (ODT) becomes a PNG in one folder; `tat-ca.png` shows them all on one page. Needs
`pypdfium2` (a development dependency).
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from model.site import site_folder
from plugins.print_shop.looking import contact_sheet, office, picture_of

WANTED = ("*.pdf", "qr.png", "chia-se-*.png", "cong-van.odt")


def printed(output: Path) -> Iterator[Path]:
    """Yield the sheets, codes, share pictures and letters of a built site, sorted."""
    for pattern in WANTED:
        if not pattern.endswith(".odt") or office():
            yield from sorted(output.rglob(pattern))


def picture_all(output: Path, to: Path, side: int) -> list[Path]:
    """Write a picture of each, named after its address; return them and the sheet of all."""
    to.mkdir(parents=True, exist_ok=True)
    made = []
    for path in printed(output):
        name = path.relative_to(output).as_posix().replace("/", "_")
        target = to / f"{name.removesuffix('.png')}.png"
        picture_of(path, side).save(target)
        made.append(target)
    if made:
        contact_sheet(made).save(to / "tat-ca.png")
    return made


def main(arguments: Sequence[str] | None = None) -> None:
    """Make the pictures of a site's output."""
    parser = argparse.ArgumentParser(prog="python -m plugins.print_shop", description=__doc__)
    parser.add_argument("site", nargs="?", type=Path, help="the site's folder (default: SITE)")
    parser.add_argument("--to", type=Path, default=Path("screenshots") / "print")
    parser.add_argument("--side", type=int, default=1400, help="longer side in pixels")
    wanted = parser.parse_args(arguments)
    output = (wanted.site or site_folder()) / "output"
    made = picture_all(output, wanted.to, wanted.side)
    if not made:
        sys.exit(f"Chưa có gì để in trong {output}: chạy make build trước.")
    print(f"{len(made)} ảnh trong {wanted.to}; xem tất cả: {wanted.to / 'tat-ca.png'}")


if __name__ == "__main__":
    main()
