"""The preview's pages for what fetchers brought: list, compare, accept, refuse; health of sources.

The deciding is `python -m fetchers review`'s, asked as a program: a plugin imports no fetcher. What
was decided is committed like anything that an editor saves. A decision comes by POST from a page
of ours: the server checks the host and the origin, this module the token that the page carries and
the mark of what the page showed, so nobody decides on what changed meanwhile.
"""

from __future__ import annotations

import hmac
import json
import os
import secrets
import subprocess
import sys
from collections.abc import Callable, Iterable, Mapping
from html import escape
from pathlib import Path
from typing import Any
from urllib.parse import quote

from model.content import identity_of
from model.output import public_path
from model.problem import Problems
from plugins.preview.bar import HOME
from plugins.preview.builder import ENGINE
from plugins.preview.editing import Refused

PAGE = f"{HOME}duyet/"
SOURCES = f"{HOME}nguon/"
LONGEST = 200_000
"""Characters of a difference that a page shows."""
MOST = 500
"""What waits beyond that is counted, not listed."""
Commit = Callable[[list[str], str], None]


class Undecided(Exception):
    """What was asked for was not done; the text says why, for the editor."""


class Review:
    """Answers for one site; `commit` keeps what a decision touched."""

    def __init__(self, folder: Path, commit: Commit) -> None:
        self.folder, self._commit = folder, commit
        self._token = secrets.token_urlsafe(24)

    def listing(self) -> str:
        """Return the body of the page that lists what waits."""
        items = self._ask()
        if not items:
            return "<p>Không có gì chờ duyệt.</p>"
        sorts = (("change", "Thay đổi của bài đang có"), ("draft", "Bản nháp từ nguồn"))
        parts = []
        for sort, heading in sorts:
            rows = [item for item in items if item["sort"] == sort]
            if rows:
                parts.append(f"<h2>{heading} ({len(rows)})</h2>{_rows(rows[:MOST])}")
        return "".join(parts)

    def one(self, name: str) -> tuple[str, str]:
        """Return (title, body) of the page for one item; raise Undecided if it does not wait."""
        item = self._ask("--", name)
        return str(item["title"]), _page(item, self._token)

    def decide(self, form: Mapping[str, str]) -> str:
        """Do what a form of ours says; return what was done. Raises Undecided."""
        word = {"accept": "--accept", "refuse": "--refuse"}.get(form.get("word", ""))
        name, by = form.get("name", ""), " ".join(form.get("by", "").split())
        if not hmac.compare_digest(form.get("token", ""), self._token) or not word or not name:
            raise Undecided("Trang này đã cũ: mở lại danh sách chờ duyệt rồi làm lại.")
        done = self._ask(word, f"--by={by}", f"--mark={form.get('mark', '')}", "--", name)
        verb = "Duyệt" if word == "--accept" else "Bỏ thay đổi"
        try:
            self._commit(list(done["files"]), f"{verb}: {name}" + (f" ({by})" if by else ""))
        except Refused as error:
            raise Undecided(f"Đã ghi vào tệp nhưng chưa commit được. {error}") from None
        return f"{name}: {done['said']}."

    def sources(self) -> str:
        """Return the body of the page that says how the sources are."""
        rows = "".join(_source(found) for found in self._run("status", "--json", fine=1)["sources"])
        head = (
            "<th>Nguồn</th><th>Tình trạng</th><th>Tải tốt gần nhất</th><th>Số mục</th><th>Lỗi</th>"
        )
        return f"<table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>"

    def _ask(self, *arguments: str) -> Any:
        return self._run("review", "--json", *arguments)

    def _run(self, *arguments: str, fine: int = 0) -> Any:
        environment = {
            **os.environ,
            "SITE": str(self.folder),
            "PYTHONPATH": str(ENGINE),
            "PYTHONUTF8": "1",
        }
        command = [sys.executable, "-m", "fetchers", *arguments]
        done = subprocess.run(
            command, cwd=ENGINE, env=environment, capture_output=True, encoding="utf-8", check=False
        )
        if done.returncode > fine or not done.stdout:
            said = done.stderr.strip() or "lệnh fetchers không trả lời"
            raise Undecided(f"Chưa làm được. {said}")
        return json.loads(done.stdout)


def _source(found: Mapping[str, Any]) -> str:
    bad = ' class="wrong"' if found["state"] in ("failing", "stale") else ""
    cells = (found["words"], found["when"], found["trend"], found["reason"])
    row = "".join(
        f"<td{bad if cell == found['words'] else ''}>{escape(cell)}</td>" for cell in cells
    )
    return f'<tr><th scope="row">{escape(found["name"])}</th>{row}</tr>'


def _rows(items: Iterable[Mapping[str, Any]]) -> str:
    rows = "".join(
        f'<tr><td><a href="{PAGE}?name={quote(item["name"], safe="")}">{escape(item["title"])}</a>'
        f"</td><td>{escape(item['reason'])}</td><td><code>{escape(item['name'])}</code></td></tr>"
        for item in items
    )
    return f"<table>{rows}</table>"


def _page(item: Mapping[str, Any], token: str) -> str:
    draft = item["sort"] == "draft"
    parts = [f'<p><a href="{PAGE}">← Danh sách chờ duyệt</a></p>']
    parts.append(f"<p>Lý do chờ: <strong>{escape(item['reason'])}</strong></p>{_links(item)}")
    parts.append(_form(item, token))
    heading = "Nguồn gửi" if draft else "Khác nhau ở đâu"
    parts.append(f"<h2>{heading}</h2>{_compared(item['compared'], draft=draft)}")
    parts.append(f"<h2>Từng dòng của tệp</h2>{_difference(item['difference'])}")
    return "".join(parts)


def _links(item: Mapping[str, Any]) -> str:
    links = []
    if item["link"].startswith(("http://", "https://")):
        address = escape(item["link"])
        links.append(f'<a href="{address}" rel="noreferrer noopener">Xem ở nguồn</a>')
    for file in [item["target"], *item["translations"]]:
        try:
            address = public_path(identity_of(file)) if file else ""
        except Problems:
            address = ""
        if address:
            links.append(
                f'<a href="{escape(address)}">Trang trong bản xem trước: {escape(file)}</a>'
            )
    if item["translations"]:
        links.append("Bài có bản dịch: nhận xong phải xem lại bản dịch.")
    return "<ul>" + "".join(f"<li>{link}</li>" for link in links) + "</ul>" if links else ""


def _compared(rows: Iterable[tuple[str, str, str]], *, draft: bool) -> str:
    head = "<th>Mục</th>" + ("" if draft else "<th>Đang có</th>") + "<th>Nguồn gửi</th>"
    lines = []
    for name, before, after in rows:
        cells = [] if draft else [before]
        shown = "".join(f'<td class="text">{escape(cell) or "–"}</td>' for cell in [*cells, after])
        lines.append(f'<tr><th scope="row">{escape(name)}</th>{shown}</tr>')
    return f"<table><thead><tr>{head}</tr></thead><tbody>{''.join(lines)}</tbody></table>"


def _difference(text: str) -> str:
    lines = []
    for line in text[:LONGEST].splitlines():
        kind = {"+": "new", "-": "old", "@": "at"}.get(line[:1], "")
        lines.append(f'<span class="{kind}">{escape(line)}</span>')
    cut = "<p>Còn dài hơn; xem bằng git.</p>" if len(text) > LONGEST else ""
    return f'<pre class="diff">{chr(10).join(lines)}</pre>{cut}'


def _form(item: Mapping[str, Any], token: str) -> str:
    accept = "Công bố" if item["sort"] == "draft" else "Nhận bản của nguồn"
    refuse = "Bỏ bản nháp này" if item["sort"] == "draft" else "Giữ bản đang có"
    hidden = "".join(
        f'<input type="hidden" name="{name}" value="{escape(value)}">'
        for name, value in (("token", token), ("name", item["name"]), ("mark", item["mark"]))
    )
    return (
        f'<form method="post" action="{PAGE}">{hidden}<p><label>Người duyệt (họ và tên)<br>'
        f'<input name="by" autocomplete="name" maxlength="100"></label></p><p>'
        f'<button name="word" value="accept">{accept}</button> '
        f'<button name="word" value="refuse">{refuse}</button></p></form>'
    )
