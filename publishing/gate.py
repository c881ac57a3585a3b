"""What must hold before a release may be seen. A shut gate leaves the old site standing.

Only what changed is read; what holds for the whole (pages do not vanish, hotlines stand on the home
page) is judged from the list of files. A named check can be overruled, and the release says so.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from model.kinds import COMMUNE, kind_class
from model.problem import Problem
from model.site import Site
from publishing.approval import unapproved
from publishing.manifest import Entry
from publishing.pages import LIMITS, Page, file_of, public_path_of, readable

SHRINK = 0.9
"""Part of the last release's pages below which a release counts as a broken build."""


@dataclass(frozen=True)
class Candidate:
    """A release that wants to go out."""

    folder: Path
    """The site's folder."""
    site: Site
    output: Path
    before: Mapping[str, Entry]
    """Files of the public release; empty for the first."""
    files: Mapping[str, Entry]
    changed: Sequence[str]
    removed: Sequence[str]
    redirects: Mapping[str, str] = field(default_factory=dict)

    def pages(self) -> Iterator[Page]:
        """Yield the changed HTML pages."""
        for path in self.changed:
            if path.endswith(".html"):
                yield Page(public_path_of(path), (self.output / path).read_bytes())


Check = Callable[[Candidate], Iterator[Problem]]


def _say(path: str, message: str, cure: str) -> Problem:
    return Problem(path, message=message, cure=cure)


def shrinking(new: Candidate) -> Iterator[Problem]:
    """Refuse a site that lost more than a tenth of its pages."""
    before, after = (
        sum(path.endswith(".html") for path in side) for side in (new.before, new.files)
    )
    if not after:
        yield _say("output", "không có trang nào", "dựng trang trước: make build")
    elif after < SHRINK * before:
        cure = "xem nguồn nào ngừng trả tin; nếu đúng là bỏ bớt thì thêm --allow shrinking"
        yield _say("output", f"chỉ còn {after} trang, bản đang chạy có {before}", cure)


def essentials(new: Candidate) -> Iterator[Problem]:
    """Demand the home page with every hotline, the 404 page, and the contact pages that stood."""
    for path in ("index.html", "404.html"):
        if path not in new.files:
            yield _say(path, "thiếu trang này", "dựng lại trang: make build")
    if "index.html" in new.files:
        home = (new.output / "index.html").read_bytes()
        for hotline in new.site.hotlines:
            if f'"{hotline.phone.href}"'.encode() not in home:
                cure = "kiểm tra mẫu giao diện trang chủ và hotlines trong site.yaml"
                yield _say("index.html", f"trang chủ không có số {hotline.number}", cure)
    for path in new.removed:
        if _is_contact(path, new.site):
            cure = "khôi phục liên hệ này, hoặc thêm --allow essentials nếu cố ý bỏ"
            yield _say(path, "trang liên hệ đang có bị mất", cure)


def _is_contact(path: str, site: Site) -> bool:
    """Return whether a path is a contact's own page, not one of the lists of contacts."""
    contacts = kind_class("contacts")
    parts = path.removesuffix("/index.html").split("/")
    lists = {slug for slug, _ in contacts.groups.values()} | set(site.sections)
    own = len(parts) == 2 and parts[0] == contacts.prefix and path.endswith("/index.html")
    return own and parts[1] not in lists and not parts[1].startswith(COMMUNE)


def pages(new: Candidate) -> Iterator[Problem]:
    """Demand whole pages with a strict policy and nothing active of their own."""
    for page in new.pages():
        for message, cure in dict.fromkeys(page.faults()):
            yield _say(page.path, message, cure)


def links(new: Candidate) -> Iterator[Problem]:
    """Demand that every link of a changed page leads somewhere on the site."""
    known = {file_of(old) for old in new.redirects}
    for page in new.pages():
        for target in dict.fromkeys(page.links(new.site.url)):
            file = file_of(target)
            if (
                file not in new.files
                and file not in known
                and f"{file}/index.html" not in new.files
            ):
                yield _say(
                    page.path, f"liên kết tới {target} là liên kết chết", "sửa hoặc bỏ liên kết"
                )


def data_files(new: Candidate) -> Iterator[Problem]:
    """Demand that feeds, JSON and drawings parse."""
    for path in new.changed:
        if why := readable(path, (new.output / path).read_bytes()):
            yield _say(path, f"tệp dữ liệu hỏng ({why})", "dựng lại trang: make build")


def budgets(new: Candidate) -> Iterator[Problem]:
    """Demand that files stay light enough for a slow line."""
    for path in new.changed:
        limit = LIMITS.get(PurePosixPath(path).suffix)
        if limit and new.files[path].size > limit:
            message = f"nặng {new.files[path].size // 1000} KB, giới hạn {limit // 1000} KB"
            yield _say(path, message, "giảm cỡ ảnh hoặc tách trang")


def approval(new: Candidate) -> Iterator[Problem]:
    """Demand a second person's approval where the site asks for it."""
    changed = {public_path_of(path) for path in new.changed if path.endswith(".html")}
    yield from unapproved(new.folder, new.site, changed)


def demo(new: Candidate) -> Iterator[Problem]:
    """Refuse to publish a demonstration site as if it were an agency's."""
    if new.site.demo:
        cure = "bỏ dòng demo: true trong site.yaml, hoặc đăng thử: ALLOW=demo make publish"
        yield _say("site.yaml", "đây là trang mẫu", cure)


CHECKS: dict[str, Check] = {
    check.__name__: check
    for check in (shrinking, essentials, pages, links, data_files, budgets, approval, demo)
}


def gate(new: Candidate, allowed: Sequence[str] = ()) -> list[Problem]:
    """Return every reason not to publish, but those of the checks named in `allowed`."""
    return [
        problem for name, check in CHECKS.items() if name not in allowed for problem in check(new)
    ]
