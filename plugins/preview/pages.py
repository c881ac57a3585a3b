"""The preview's own pages: what is drafted, what is scheduled, what is wrong, what waits."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from html import escape
from pathlib import Path

from model.check.context import Context
from model.check.site import check_document, check_site
from model.content import Loaded, content_files, identity_of, load
from model.output import public_path
from model.problem import Problem, Problems
from model.site import load_site
from model.words import Words
from plugins.preview.bar import HOME, STATES


class Documents:
    """The documents of a site by public path; file names only, read when a page is asked for."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.files: dict[str, str] = {}

    def refresh(self) -> None:
        """List the files anew."""
        found = {}
        for file in content_files(self.folder):
            try:
                found[public_path(identity_of(file))] = file
            except Problems:
                continue
        self.files = found

    def loaded(self, path: str) -> Loaded | None:
        """Return the document whose page stands at a public path, None if none or unreadable."""
        file = self.files.get(path)
        if file is None:
            return None
        try:
            return load(file, (self.folder / file).read_bytes())
        except (Problems, OSError):
            return None

    def problems(self, file: str, now: datetime) -> list[Problem]:
        """Return what is wrong with one file."""
        try:
            site = load_site(self.folder)
        except Problems as error:
            return error.problems
        return check_document(file, Context(self.folder, site, now))

    def unpublished(self, now: datetime) -> Iterator[tuple[str, Loaded, str]]:
        """Yield (public path, document, state) of what the public does not see yet."""
        for path, file in sorted(self.files.items()):
            try:
                data = (self.folder / file).read_bytes()
                if b"draft" not in data and b"publish_at" not in data:
                    continue
                found = load(file, data)
            except (Problems, OSError):
                continue
            state = found.document.state(now)
            if state in ("draft", "scheduled"):
                yield path, found, state


def overview(documents: Documents, now: datetime, broken: str) -> str:
    """Return the body of the overview page."""
    parts = [f'<p class="wrong">{escape(broken)}</p>'] if broken else []
    parts += ["<h2>Chưa đăng</h2>", _table(documents.unpublished(now))]
    link = f'<p><a href="{HOME}duyet/">Xem, nhận hoặc bỏ</a></p>'
    link += f'<p><a href="{HOME}nguon/">Tình trạng các nguồn tin</a></p>'
    parts += ["<h2>Chờ duyệt từ nguồn</h2>", _waiting(documents.folder), link]
    found = check_site(documents.folder, now)
    parts += ["<h2>Lỗi phải sửa</h2>", _problems(item for item in found if not item.warning)]
    parts += ["<h2>Cần xem lại</h2>", _problems(item for item in found if item.warning)]
    return "".join(parts)


def _table(found: Iterable[tuple[str, Loaded, str]]) -> str:
    words = Words()
    rows = []
    for path, loaded, state in found:
        at = loaded.document.publish_at
        when = f", {words.time(at)}" if at and state == "scheduled" else ""
        rows.append(
            f'<tr><td><a href="{escape(path)}">{escape(loaded.document.title)}</a></td>'
            f"<td>{STATES[state]}{when}</td><td><code>{escape(loaded.file)}</code></td></tr>"
        )
    return f"<table>{''.join(rows)}</table>" if rows else "<p>Không có.</p>"


def _waiting(folder: Path) -> str:
    count = sum(1 for _ in (folder / "data" / "review").rglob("*.md"))
    return f"<p>{count} thay đổi của bài đang có; bản nháp từ nguồn ở bảng trên.</p>"


def _problems(found: Iterable[Problem]) -> str:
    items = [f"<li>{escape(str(problem))}</li>" for problem in found]
    return f"<ul>{''.join(items)}</ul>" if items else "<p>Không có.</p>"
