"""The form editor's side of the preview: its files, and its calls for the site's files.

Decap CMS speaks to a local “proxy” by POST /api/v1 with {"action", "params"}; the actions are those
of decap-server 3 in file-system mode. What an editor saves is written as this project writes files,
checked, and committed: a file with problems is refused and the form says why, nothing is lost.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import json
import os
import subprocess
import sys
import threading
from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, datetime
from mimetypes import guess_type
from pathlib import Path
from typing import Any

from model.check.site import check_site
from model.document import decode, join, split
from model.problem import Problems
from plugins.preview.admin import MISSING, PAGES
from plugins.preview.builder import ENGINE

EDITOR = ENGINE / ".editor"
"""Where `make editor` puts the form editor."""
WRITABLE = ("content", "images")
NEWEST = 1000
"""Documents of a folder that the form lists; older ones open by their address."""
Answered = tuple[int, Any]


class Refused(Exception):
    """A call that is not answered as asked; the text is for the editor."""


class Editing:
    """Answers the form editor for one site."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder.resolve()
        self._one_at_a_time = threading.Lock()
        self._actions: dict[str, Callable[[Mapping[str, Any]], Any]] = {
            "info": self._info,
            "entriesByFolder": self._folder,
            "entriesByFiles": lambda given: self._entries(i["path"] for i in given["files"]),
            "getEntry": lambda given: self._entries([given["path"]])[0],
            "persistEntry": self._save,
            "getMedia": self._pictures,
            "getMediaFile": lambda given: self._picture(self._inside(given["path"])),
            "persistMedia": self._save_picture,
            "deleteFile": lambda given: self._remove([given["path"]], given),
            "deleteFiles": lambda given: self._remove(given["paths"], given),
            "getDeployPreview": lambda _: None,
        }

    def address(self, file: str) -> str:
        """Return the address of the form for a document, "" without an editor."""
        parts = file.split("/")
        if len(parts) != 3 or not (EDITOR / "dist").is_dir():
            return ""
        return f"/admin/#/collections/{parts[1]}/entries/{parts[2].removesuffix('.md')}"

    def file(self, name: str) -> tuple[int, bytes, str]:
        """Return (status, bytes, type) of a file of the editor."""
        if not (EDITOR / "dist").is_dir():
            return 404, MISSING.encode(), "text/html; charset=utf-8"
        if name in PAGES:
            return 200, PAGES[name][0].encode(), PAGES[name][1]
        if name == "config.yml":
            return self._configuration()
        path = (EDITOR / name).resolve()
        if not path.is_relative_to(EDITOR.resolve()) or not path.is_file():
            return 404, b"", "text/plain"
        return 200, path.read_bytes(), guess_type(path.name)[0] or "application/octet-stream"

    def _configuration(self) -> tuple[int, bytes, str]:
        environment = {**os.environ, "SITE": str(self.folder), "PYTHONPATH": str(ENGINE)}
        command = [sys.executable, "-m", "plugins.editor", "config"]
        done = subprocess.run(
            command, cwd=ENGINE, env=environment, capture_output=True, check=False
        )
        if done.returncode:
            return 500, done.stderr, "text/plain; charset=utf-8"
        return 200, done.stdout, "text/yaml; charset=utf-8"

    def answer(self, body: bytes) -> Answered:
        """Answer one call with (status, what to send as JSON)."""
        try:
            call = json.loads(body)
            action, given = self._actions[call["action"]], call.get("params") or {}
        except (ValueError, KeyError, TypeError):
            return 422, {"error": "Unknown action"}
        try:
            with self._one_at_a_time:
                return 200, action(given)
        except Refused as error:
            return 409, {"error": str(error)}
        except (KeyError, TypeError, AttributeError, binascii.Error):
            return 422, {"error": "Bad parameters"}
        except OSError as error:
            return 500, {"error": f"Không ghi được: {error.strerror}"}

    def _info(self, _: Mapping[str, Any]) -> dict[str, Any]:
        return {"repo": self.folder.name, "publish_modes": ["simple"], "type": "local_fs"}

    def _inside(self, name: str) -> Path:
        """Return the file that `name` means, if it is one that an editor may touch."""
        path = (self.folder / name).resolve()
        allowed = (self.folder / top for top in WRITABLE)
        if not any(path.is_relative_to(top) for top in allowed):
            raise Refused("Chỉ sửa được tệp trong content/ và images/.")
        return path

    def _folder(self, given: Mapping[str, Any]) -> list[dict[str, Any]]:
        top = self._inside(given["folder"])
        end = "." + str(given["extension"]).lstrip(".")
        found = [path for path in top.rglob(f"*{end}") if path.is_file()]
        newest = sorted(found, key=lambda path: (-path.stat().st_mtime, path.name))[:NEWEST]
        return self._entries(path.relative_to(self.folder).as_posix() for path in newest)

    def _entries(self, names: Iterable[str]) -> list[dict[str, Any]]:
        return [self._entry(name) for name in names]

    def _entry(self, name: str) -> dict[str, Any]:
        try:
            data = self._inside(name).read_bytes()
            text = decode(data)
        except (FileNotFoundError, Problems):
            return {"data": None, "file": {"path": name, "id": None}}
        return {"data": text, "file": {"path": name, "id": hashlib.sha256(data).hexdigest()}}

    def _save(self, given: Mapping[str, Any]) -> dict[str, str]:
        files = given.get("dataFiles") or [given["entry"]]
        written = {self._inside(item["path"]): _house_style(item["raw"]) for item in files}
        for item in given["assets"]:
            written[self._inside(item["path"])] = base64.b64decode(item["content"], validate=True)
        moved = {
            self._inside(item["path"]): self._inside(item["newPath"])
            for item in files
            if item.get("newPath") and item["newPath"] != item["path"]
        }
        placed = {moved.get(path, path): data for path, data in written.items()}
        self._write(placed, gone=list(moved), message=given["options"]["commitMessage"])
        return {"message": "entry persisted"}

    def _save_picture(self, given: Mapping[str, Any]) -> dict[str, str]:
        asset = given["asset"]
        path = self._inside(asset["path"])
        data = base64.b64decode(asset["content"], validate=True)
        message = str(given.get("options", {}).get("commitMessage", "Thêm ảnh"))
        self._write({path: data}, gone=[], message=message)
        return self._picture(path)

    def _write(self, placed: Mapping[Path, bytes], gone: list[Path], message: str) -> None:
        """Write, check and commit; on problems everything is put back as it was."""
        before = {path: path.read_bytes() if path.exists() else None for path in [*placed, *gone]}
        try:
            for path, data in placed.items():
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(data)
            for path in gone:
                path.unlink(missing_ok=True)
            self._check(list(placed))
            self._commit([*placed, *gone], message)
        except BaseException:
            for path, old in before.items():
                if old is None:
                    path.unlink(missing_ok=True)
                else:
                    path.write_bytes(old)
            raise

    def _check(self, paths: list[Path]) -> None:
        names = [path.relative_to(self.folder).as_posix() for path in paths]
        found = check_site(self.folder, datetime.now(UTC), names)
        wrong = [problem for problem in found if not problem.warning and problem.file in names]
        if wrong:
            raise Refused("Chưa lưu được. " + " ".join(f"• {problem}." for problem in wrong))

    def commit(self, names: list[str], message: str) -> None:
        """Commit files below the site's folder that another command wrote or removed."""
        with self._one_at_a_time:
            self._commit([self.folder / name for name in names], message)

    def _commit(self, paths: Iterable[Path], message: str) -> None:
        """Commit just these files; a folder that is no git repository is only written to."""
        if self._git("rev-parse", "--is-inside-work-tree").returncode:
            return
        names = [str(path) for path in paths if path.exists() or self._tracked(path)]
        if not names:
            return
        self._git("add", "--", *names)
        if self._git("diff", "--cached", "--quiet", "--", *names).returncode == 0:
            return
        done = self._git(*self._identity(), "commit", "--quiet", "-m", message, "--", *names)
        if done.returncode:
            self._git("reset", "--quiet", "--", *names)
            said = (done.stderr or done.stdout).decode(errors="replace").strip()
            raise Refused(f"Git không nhận: {said}")

    def _tracked(self, path: Path) -> bool:
        return self._git("ls-files", "--error-unmatch", "--", str(path)).returncode == 0

    def _identity(self) -> list[str]:
        """Return git options that name the author where the machine knows none."""
        if self._git("config", "user.email").returncode == 0:
            return []
        return ["-c", "user.name=Biên tập", "-c", "user.email=bien-tap@localhost"]

    def _git(self, *arguments: str) -> subprocess.CompletedProcess[bytes]:
        command = ["git", "-C", str(self.folder), *arguments]
        return subprocess.run(command, capture_output=True, check=False)

    def _remove(self, names: Iterable[str], given: Mapping[str, Any]) -> dict[str, str]:
        paths = [self._inside(name) for name in names]
        message = str(given.get("options", {}).get("commitMessage", "Xóa tệp"))
        self._write({}, gone=paths, message=message)
        return {"message": "deleted"}

    def _pictures(self, given: Mapping[str, Any]) -> list[dict[str, str]]:
        folder = self._inside(given["mediaFolder"])
        if not folder.is_dir():
            return []
        files = sorted(path for path in folder.iterdir() if path.is_file())
        return [self._picture(path) for path in files if not path.name.startswith(".")]

    def _picture(self, path: Path) -> dict[str, str]:
        data = path.read_bytes()
        return {
            "id": hashlib.sha256(data).hexdigest(),
            "content": base64.b64encode(data).decode(),
            "encoding": "base64",
            "path": path.relative_to(self.folder).as_posix(),
            "name": path.name,
        }


def _house_style(raw: str) -> bytes:
    """Return a document as this project writes it: empty fields left out, one way of quoting."""
    try:
        parts = split(decode(raw.encode()))
    except Problems as error:
        raise Refused("Chưa lưu được. " + str(error)) from None
    values = {key: kept for key, value in parts.values.items() if (kept := _filled(value))}
    return join(values, parts.body).encode()


def _filled(value: Any) -> Any:
    """Return a value without what the form left empty."""
    if isinstance(value, dict):
        return {key: kept for key, item in value.items() if (kept := _filled(item))}
    if isinstance(value, list):
        return [kept for item in value if (kept := _filled(item))]
    return "" if value in ("null", "~") else value
