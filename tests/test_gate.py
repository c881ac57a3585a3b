"""The gate: a release with any of these faults does not go out."""

from collections.abc import Sequence
from pathlib import Path

import pytest

from model.site import load_site
from publishing.gate import CHECKS, Candidate, gate
from publishing.manifest import entry_of
from publishing.settings import load_publishing

HEAD = (
    "<!doctype html><html><head><title>T</title><meta http-equiv=Content-Security-Policy "
    "content=\"default-src 'none'; script-src 'self'\"></head><body>"
)
GOOD = HEAD + '<a href="tel:115">115</a> <a href="/a/?q=1#x">a</a></body></html>'
SITE = """name: Trang
url: https://a.example.vn
agency: {name: Sở}
hotlines: [{number: "115", label: Cấp cứu}]
two_person: [misinformation]
"""


def candidate(folder: Path, files: dict[str, str], before: Sequence[str] = ()) -> Candidate:
    (folder / "site.yaml").write_text(SITE, encoding="utf-8")
    whole = {"index.html": GOOD, "404.html": GOOD, "a/index.html": GOOD, **files}
    for path, text in whole.items():
        target = folder / "output" / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8")
    entries = {path: entry_of(text.encode()) for path, text in whole.items()}
    old = {path: entry_of(b"") for path in before}
    removed = sorted(old.keys() - entries.keys())
    site = load_site(folder)
    output = folder / "output"
    return Candidate(folder, site, output, old, entries, sorted(whole), removed, {"/cu/": "/a/"})


def reasons(new: Candidate, *allowed: str) -> str:
    return "\n".join(map(str, gate(new, allowed)))


def test_a_good_site_passes(tmp_path: Path) -> None:
    feed = {"atom.xml": "<feed/>", "x.json": "[1]", "theme/a.css": "a{}"}
    assert reasons(candidate(tmp_path, feed, ["index.html", "b.html"]), "essentials") == ""


@pytest.mark.parametrize(
    ("files", "words"),
    [
        ({"b/index.html": GOOD[:-8]}, "bị cụt"),
        ({"b/index.html": GOOD.replace("<title>T</title>", "")}, "không có tiêu đề"),
        ({"b/index.html": GOOD.replace("<meta", "<mate")}, "thiếu thẻ Content-Security-Policy"),
        ({"b/index.html": GOOD.replace("'self'", "'unsafe-inline'")}, "quá lỏng"),
        ({"b/index.html": GOOD.replace("<body>", "<body><script>x()</script>")}, "mã script"),
        ({"b/index.html": GOOD.replace("<body>", "<body onload=x()>")}, "onload"),
        ({"b/index.html": GOOD.replace("<body>", "<body style='color:red'>")}, "thuộc tính style"),
        ({"b/index.html": GOOD.replace("/a/", "/khong-co/")}, "/khong-co/ là liên kết chết"),
        ({"b/index.html": GOOD.replace("/a/", "https://a.example.vn/mat/")}, "/mat/"),
        ({"b/index.html": GOOD.replace("/a/", "../c.png")}, "/c.png"),
        ({"index.html": GOOD.replace("tel:115", "tel:1150")}, "không có số 115"),
        ({"atom.xml": "<feed>"}, "tệp dữ liệu hỏng"),
        ({"x.json": "{"}, "tệp dữ liệu hỏng"),
        ({"theme/a.css": "a" * 200_000}, "nặng 200 KB"),
    ],
)
def test_a_fault_shuts_the_gate(tmp_path: Path, files: dict[str, str], words: str) -> None:
    assert words in reasons(candidate(tmp_path, files))


@pytest.mark.parametrize(
    "href", ["/cu/", "/a", "#x", "?q=2", "https://b.example.vn/x", "mailto:a@b.vn"]
)
def test_these_links_are_alive(tmp_path: Path, href: str) -> None:
    assert reasons(candidate(tmp_path, {"b/index.html": GOOD.replace("/a/?q=1#x", href)})) == ""


def test_a_fragment_needs_no_head_but_is_as_passive(tmp_path: Path) -> None:
    assert reasons(candidate(tmp_path, {"canh-bao/hien-tai.html": "<p>Không có</p>\n"})) == ""
    said = reasons(candidate(tmp_path, {"canh-bao/hien-tai.html": "<p onclick=x()>Có</p>\n"}))
    assert "onclick" in said
    assert "bị cụt" in reasons(candidate(tmp_path, {"b/index.html": "<p>Không có đầu</p>\n"}))


def test_a_list_of_contacts_may_go(tmp_path: Path) -> None:
    assert reasons(candidate(tmp_path, {}, ["danh-ba/benh-vien/index.html", "index.html"])) == ""


def test_data_scripts_are_no_active_content(tmp_path: Path) -> None:
    script = '<body><script type="application/ld+json">{}</script>'
    assert reasons(candidate(tmp_path, {"b/index.html": GOOD.replace("<body>", script)})) == ""


def test_a_site_that_lost_its_pages_stays_in(tmp_path: Path) -> None:
    before = ["index.html", "404.html", "a/index.html", *(f"{n}.html" for n in range(7))]
    new = candidate(tmp_path, {}, before)
    assert "chỉ còn 3 trang, bản đang chạy có 10" in reasons(new)
    assert reasons(new, "shrinking") == ""


def test_a_contact_page_does_not_vanish_by_accident(tmp_path: Path) -> None:
    new = candidate(tmp_path, {}, ["danh-ba/so-y-te/index.html"])
    assert "trang liên hệ đang có bị mất" in reasons(new)
    assert reasons(new, "essentials") == ""


@pytest.mark.parametrize(
    ("head", "words"),
    [
        ("", "chưa ghi người soạn"),
        ("author: An\n", "chưa có người duyệt"),
        ("author: An\napproved_by: an\n", "người duyệt trùng"),
        ("author: An\napproved_by: Bình\n", ""),
    ],
)
def test_two_persons_stand_behind_a_debunk(tmp_path: Path, head: str, words: str) -> None:
    path = tmp_path / "content/misinformation/x.md"
    path.parent.mkdir(parents=True)
    path.write_text(f"---\ntitle: T\nclaim: C\n{head}---\n", encoding="utf-8")
    said = reasons(candidate(tmp_path, {"kiem-chung/x/index.html": GOOD}))
    assert words in said
    assert bool(words) == bool(said)
    untouched = candidate(tmp_path, {})
    assert reasons(untouched) == ""


def test_a_demonstration_site_says_so(tmp_path: Path) -> None:
    new = candidate(tmp_path, {})
    (tmp_path / "site.yaml").write_text(SITE + "demo: true\n", encoding="utf-8")
    shown = Candidate(
        tmp_path, load_site(tmp_path), new.output, {}, new.files, new.changed, new.removed
    )
    assert "trang mẫu" in reasons(shown)
    assert reasons(shown, "demo") == ""
    assert reasons(shown, *CHECKS) == ""


def test_publish_yaml_is_checked_like_any_file(tmp_path: Path) -> None:
    path = tmp_path / "publish.yaml"
    assert load_publishing(tmp_path).target == "folder"
    for text, words in (
        ("target: s3\n", "thiếu thông tin"),
        ("taget: s3\n", "có phải ý bạn là “target”"),
        ("keep: 1\n", "keep"),
        ("redirects: {/a/: b}\n", "không phải địa chỉ trong trang"),
        ("redirects: {/a/: /b/, /b/: /c/}\n", "địa chỉ cũ khác"),
        ("rsync: {host: 'a; rm -rf /', path: /x}\n", "rsync.host"),
    ):
        path.write_text(text, encoding="utf-8")
        with pytest.raises(ValueError, match=r"publish\.yaml") as error:
            load_publishing(tmp_path)
        assert words in str(error.value)
