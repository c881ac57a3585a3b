"""Search the working copy: `python -m plugins.search "câu hỏi" [--loai KIND] [--tu DATE] …`.

The site is the folder that SITE names. `--giong FILE` lists related documents and near-duplicates
of one document, `--lien-quan FILE` what its page shows, `--tin "…"` matches a message against the
debunks. Ends with 1 on no result.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from model.fields import VIETNAM
from model.kinds import KINDS, kind_class
from model.output import Row
from model.places import unit
from model.problem import Problems
from model.site import load_site_or_exit, site_folder
from plugins.search.claims import matches
from plugins.search.library import Library, Result
from plugins.search.plan import Plan
from plugins.search.ranking import rarity


def options_of(arguments: Sequence[str] | None = None) -> argparse.Namespace:
    """Return the command line's options."""
    parser = argparse.ArgumentParser(
        prog="python -m plugins.search", description="Tìm trong nội dung của trang (SITE=thư mục)."
    )
    parser.add_argument("query", nargs="*", help="câu hỏi, có dấu hay không dấu đều được")
    parser.add_argument("--loai", choices=sorted(KINDS), help="chỉ tìm một loại tài liệu")
    parser.add_argument("--tu", metavar="NGÀY", help="chỉ tìm tài liệu từ ngày này (2021-08-28)")
    parser.add_argument("--noi", metavar="MÃ", help="chỉ tìm tài liệu của tỉnh, xã có mã này")
    parser.add_argument("--so", type=int, default=10, help="số kết quả (mặc định 10)")
    parser.add_argument("--vi-sao", action="store_true", help="cho biết vì sao xếp như vậy")
    parser.add_argument("--giong", metavar="MÃ", help="tài liệu liên quan và gần trùng với một bài")
    parser.add_argument("--lien-quan", metavar="MÃ", help="mục “Liên quan” trên trang của một bài")
    parser.add_argument("--tin", metavar="LỜI", help="đối chiếu một tin nhắn với các tin đồn")
    return parser.parse_args(arguments)


def wanted(result: Result, options: argparse.Namespace) -> bool:
    """Whether a result passes the filters."""
    document = result.row.document
    at = document.sorted_at
    if options.loai and result.row.kind != options.loai:
        return False
    if options.tu and not (at and at.astimezone(VIETNAM).date().isoformat() >= options.tu):
        return False
    return not options.noi or any(
        options.noi in (code, found.province if (found := unit(code)) else "")
        for code in document.places
    )


def line(result: Result) -> str:
    """Return a result as one line: score, kind, date, title, file."""
    document = result.row.document
    at = document.sorted_at
    day = at.astimezone(VIETNAM).strftime("%d/%m/%Y") if at else "không ngày"
    label = kind_class(result.row.kind).label
    return f"{result.score:>7}  {label}, {day}: {document.title}\n         {result.row.file}"


def reasons(plan: Plan, place: int, count: int) -> list[str]:
    """Return what of the query stands in the document at `place`, a line each."""
    found = []
    for feature in plan.features:
        entry = plan.entries.get(feature.key)
        strengths = [
            strength
            for postings in (entry.variants.values() if entry else ())
            for document, strength in postings
            if document == place
        ]
        if entry and strengths:
            found.append(
                f"           “{feature.key}”: mạnh {max(strengths)}/15, "
                f"có trong {entry.documents} bài, hiếm {rarity(entry.documents, count)}"
            )
    return found


def answer(library: Library, options: argparse.Namespace) -> list[str]:
    """Return the lines to print for a query."""
    plan, results = library.search(" ".join(options.query))
    lines: list[str] = []
    for result in [result for result in results if wanted(result, options)][: options.so]:
        lines.append(line(result))
        if options.vi_sao:
            lines += reasons(plan, library.source.places[result.row.id], library.source.count)
    return lines


def document_of(library: Library, identity: str) -> Row:
    """Return the document that an editor names; end with 1 if there is none."""
    row = next((row for row in library.rows if identity in (row.id, row.file)), None)
    if row is None:
        sys.exit(f"Không có tài liệu “{identity}”: viết mã (news/ten-bai) hoặc đường dẫn tệp.")
    return row


def related_lines(library: Library, identity: str, most: int) -> list[str]:
    """Return the lines to print for one document's neighbours."""
    return [
        line(Result(other, score)) + ("   (gần trùng)" if double else "")
        for other, score, double in library.related(document_of(library, identity), most)
    ]


def claim_lines(library: Library, message: str, most: int) -> list[str]:
    """Return the lines to print for a message that somebody received."""
    return [
        f"{match.share:>6}%  {match.claim.verdict}: {match.claim.title}\n"
        f"         {match.claim.path}"
        for match in matches(message, library.claims(), library.aliases)[:most]
    ]


def main(arguments: Sequence[str] | None = None) -> None:
    """Search and print; end with 1 when nothing is found."""
    options = options_of(arguments)
    folder: Path = site_folder()
    try:
        library = Library(folder, load_site_or_exit(folder), datetime.now(UTC))
    except Problems as error:
        sys.exit(str(error))
    if options.tin:
        lines = claim_lines(library, options.tin, options.so)
    elif options.giong:
        lines = related_lines(library, options.giong, options.so)
    elif options.lien_quan:
        lines = [line(found) for found in library.beside(document_of(library, options.lien_quan))]
    elif options.query:
        lines = answer(library, options)
    else:
        sys.exit('Viết câu hỏi, ví dụ: python -m plugins.search "tiêm vắc xin ở đâu"')
    print("\n".join(lines) or "Không tìm thấy gì.")
    sys.exit(0 if lines else 1)


if __name__ == "__main__":
    main()
