"""Fetches the form editor as npm has it: one archive, checked against the hash pinned here."""

from __future__ import annotations

import base64
import hashlib
import shutil
import subprocess
import tarfile
import tempfile
from pathlib import Path, PurePosixPath

from model.problem import Problem, Problems

ENGINE = Path(__file__).resolve().parents[2]
FOLDER = ENGINE / ".editor"
PACKAGE = "decap-cms@3.16.3"
INTEGRITY = (
    "sha512-hf+dPlCh7TJmWl8+6VRzHYOWhri5xgUknrZbDewaWe4"
    "s9B7xJ8PQugp2QHeSldMUKzav6+z0oIpwUYhUJDYtYw=="
)
KEPT = ("decap-cms.js", "decap-cms.js.LICENSE.txt")


def install(folder: Path = FOLDER) -> Path:
    """Put the editor into `folder`; raise Problems if npm fails or the archive is not the one."""
    with tempfile.TemporaryDirectory() as temporary:
        archive = _download(Path(temporary))
        _verify(archive)
        fresh = folder.with_name(f"{folder.name}.new")
        shutil.rmtree(fresh, ignore_errors=True)
        _extract(archive, fresh)
    shutil.rmtree(folder, ignore_errors=True)
    fresh.replace(folder)
    return folder


def _download(folder: Path) -> Path:
    npm = shutil.which("npm")
    if npm is None:
        cure = "cài Node.js (có npm), hoặc soạn tệp bằng python -m model new"
        raise Problems([Problem("npm", message="máy này chưa có npm", cure=cure)])
    done = subprocess.run(
        [npm, "pack", PACKAGE, "--silent"], cwd=folder, capture_output=True, text=True, check=False
    )
    found = sorted(folder.glob("*.tgz"))
    if done.returncode or not found:
        said = (done.stderr.strip().splitlines() or ["không rõ lý do"])[-1]
        cure = "kiểm tra mạng tới kho gói npm rồi chạy lại"
        raise Problems([Problem("npm", message=f"không tải được {PACKAGE} ({said})", cure=cure)])
    return found[0]


def _verify(archive: Path) -> None:
    """Compare with the hash that npm's own lock files use (Subresource Integrity)."""
    digest = base64.b64encode(hashlib.sha512(archive.read_bytes()).digest()).decode()
    if f"sha512-{digest}" != INTEGRITY:
        cure = "đừng dùng gói này; báo cho người phát triển"
        raise Problems([Problem("npm", message=f"gói {PACKAGE} không đúng mã băm", cure=cure)])


def _extract(archive: Path, folder: Path) -> None:
    (folder / "dist").mkdir(parents=True)
    with tarfile.open(archive) as packed:
        for member in packed:
            name = PurePosixPath(member.name)
            wanted = name.parent == PurePosixPath("package/dist") and _is_needed(name.name)
            if not (member.isfile() and (wanted or name == PurePosixPath("package/LICENSE"))):
                continue
            source = packed.extractfile(member)
            if source is not None:
                target = folder / ("dist" if wanted else "") / name.name
                target.write_bytes(source.read())


def _is_needed(name: str) -> bool:
    """Return whether a file of the package is part of the editor itself (no maps, no twins)."""
    return name in KEPT or name.endswith(".decap-cms.js")
