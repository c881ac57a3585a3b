"""Whether releases are what their manifests say: every file, its twins, nothing besides, the chain.

Tells a file that changed, was added, went missing, was cut or swapped with another, and a manifest
that was changed with its files: the next release named its hash. Trees share files by hard links,
so a file that was changed in place is wrong in each of them.
"""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Iterator, Mapping
from itertools import pairwise
from pathlib import Path

import brotli

from model.problem import Problem
from publishing.manifest import TWINS, Entry, Manifest, entry_of
from publishing.trees import Tree, Trees

_CURE = "xuất bản lại vào thư mục mới: PUBLISH_PATH=… make publish, rồi tìm xem ai đã sửa"


def faults(trees: Trees) -> Iterator[Problem]:
    """Yield what is wrong with the releases that are kept, the newest first."""
    manifests: dict[int, Manifest] = {}
    for tree in trees.published():
        if tree.manifest:
            manifests[tree.manifest.number] = tree.manifest
            yield from _tree(tree, tree.manifest)
    yield from _chain(trees, manifests)


def _tree(tree: Tree, manifest: Manifest) -> Iterator[Problem]:
    where = f"bản {manifest.number}"
    there = {
        path.relative_to(tree.public).as_posix(): path
        for path in tree.public.rglob("*")
        if path.is_symlink() or not path.is_dir()
    }
    for path in sorted(manifest.files.keys() - there.keys()):
        yield Problem(f"{where}: {path}", message="mất tệp này", cure=_CURE)
    for path in sorted(there):
        if reason := _wrong(path, there, manifest.files):
            yield Problem(f"{where}: {path}", message=reason, cure=_CURE)


def _wrong(path: str, there: Mapping[str, Path], files: Mapping[str, Entry]) -> str:
    """Return what is wrong with one file of a tree; "" if nothing is."""
    file = there[path]
    if file.is_symlink():
        return "là liên kết, không phải tệp"
    stem, end = path[:-3], path[-3:]
    try:
        if path in files:
            return "" if entry_of(file.read_bytes()) == files[path] else "nội dung đã bị đổi"
        if end in TWINS and stem in files:
            return "" if _unpacked(file, end) == files[stem] else "bản nén khác tệp gốc"
    except (OSError, EOFError, zlib.error, brotli.error):
        return "không đọc được"
    return "tệp lạ, không có trong bản kê"


def _unpacked(file: Path, end: str) -> Entry:
    data = file.read_bytes()
    return entry_of(gzip.decompress(data) if end == ".gz" else brotli.decompress(data))


def _chain(trees: Trees, manifests: Mapping[int, Manifest]) -> Iterator[Problem]:
    """Yield releases whose manifest does not name the one that was public before them."""
    history = trees.history()
    for before, line in pairwise(history):
        manifest = manifests.get(int(line["number"]))
        previous = manifests.get(int(before["number"]))
        if line["action"] != "publish" or manifest is None or previous is None:
            continue
        if manifest.previous != previous.sha256:
            reason = f"không nối với bản {previous.number}: một trong hai bản kê đã bị đổi"
            yield Problem(f"bản {manifest.number}: manifest.json", message=reason, cure=_CURE)
