"""`python -m publishing verify`: whoever changes a release on the server is found."""

import gzip
import os
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from publishing.manifest import entry_of
from publishing.verify import faults
from tests.test_publishing import Bench, page


@pytest.fixture
def bench(tmp_path: Path) -> Bench:
    return Bench(tmp_path / "site")


def one_file(bench: Bench, path: str) -> Path:
    return bench.publisher().trees.link / "public" / path


def swapped(bench: Bench) -> None:
    one, two = one_file(bench, "tin-tuc/1/index.html"), one_file(bench, "tin-tuc/2/index.html")
    first, second = one.read_bytes(), two.read_bytes()
    one.write_bytes(second)
    two.write_bytes(first)


def forged(bench: Bench) -> None:
    """Change a file of the older release and its manifest with it."""
    old = next(tree for tree in bench.publisher().trees.published() if tree.number == 1)
    old_page, manifest = old.public / "404.html", old.folder / "manifest.json"
    before = entry_of(old_page.read_bytes()).sha256
    (old.public / "404.html.gz").unlink(missing_ok=True)
    (old.public / "404.html.br").unlink(missing_ok=True)
    old_page.unlink()
    old_page.write_bytes(page("khác").encode())
    entry = entry_of(old_page.read_bytes())
    text = manifest.read_text().replace(before, entry.sha256)
    manifest.write_text(re.sub(rf'("{entry.sha256}",)\d+', lambda m: f"{m[1]}{entry.size}", text))


TAMPERED: dict[str, tuple[Callable[[Bench], Any], str]] = {
    "changed": (lambda b: one_file(b, "index.html").write_bytes(b"x"), "đã bị đổi"),
    "cut": (lambda b: os.truncate(one_file(b, "tin-tuc/3/index.html"), 20), "đã bị đổi"),
    "swapped": (swapped, "đã bị đổi"),
    "removed": (lambda b: one_file(b, "404.html").unlink(), "mất tệp"),
    "added": (lambda b: one_file(b, "la.html").write_bytes(b"x"), "tệp lạ"),
    "hidden": (lambda b: one_file(b, ".htpasswd").write_bytes(b"x"), "tệp lạ"),
    "linked": (lambda b: one_file(b, "la.txt").symlink_to("/etc/hostname"), "là liên kết"),
    "a twin": (lambda b: one_file(b, "index.html.gz").write_bytes(b"x"), "không đọc được"),
    "another twin": (
        lambda b: one_file(b, "index.html.gz").write_bytes(gzip.compress(b"x")),
        "khác tệp gốc",
    ),
    "the manifest, too": (forged, "không nối với bản 1"),
}


@pytest.mark.parametrize("how", TAMPERED)
def test_whoever_changes_a_release_is_found(bench: Bench, how: str) -> None:
    long = page('<a href="tel:115">115</a>' + "<p>Một đoạn dài để nén được.</p>" * 40)
    bench.build({"index.html": long})
    bench.publish()
    bench.build({"tin-tuc/1/index.html": page("mới")})
    bench.publish()
    assert list(faults(bench.publisher().trees)) == []
    tamper, words = TAMPERED[how]
    tamper(bench)
    found = [str(problem) for problem in faults(bench.publisher().trees)]
    assert any(words in line for line in found), found
