"""Gates that tests share: a Chromium, the real captures, no network but loopback."""

import os
import shutil
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[1]
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest.fixture(scope="session")
def real_data() -> Path:
    """Return the folder of real captures (REAL_DATA, default ../shared/real)."""
    folder = Path(os.environ.get("REAL_DATA") or ROOT.parent / "shared" / "real")
    if not folder.is_dir():
        message = f"no real captures at {folder}: set REAL_DATA to their folder"
        if os.environ.get("REQUIRE_REAL_DATA"):
            pytest.fail(message)
        pytest.skip(message)
    return folder


@pytest.fixture(scope="session")
def program() -> Callable[[str], str]:
    """Return what gives the path of a server program (nginx, rsync, rclone) of this machine."""

    def find(name: str) -> str:
        places = f"{Path(sys.executable).parent}:{os.environ.get('PATH', '')}:/usr/sbin"
        path = shutil.which(name, path=places)
        if path is None:
            message = f"no {name} found: install it to run the tests of publishing"
            if os.environ.get("REQUIRE_SERVERS"):
                pytest.fail(message)
            pytest.skip(message)
        return path

    return find


@pytest.fixture(scope="session")
def form_editor(program: Callable[[str], str]) -> Path:
    """Return the folder of the form editor, fetched by npm if it is not there."""
    folder = ROOT / ".editor"
    if not (folder / "dist").is_dir():
        program("npm")
        command = [sys.executable, "-m", "plugins.editor", "install"]
        subprocess.run(command, cwd=ROOT, check=True)
    return folder


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """Return a Playwright browser on the machine's own Chromium."""
    path = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, BROWSERS)), None)
    if path is None:
        message = "no Chromium found: install the package `chromium` or set CHROMIUM=/path/to/it"
        if os.environ.get("REQUIRE_BROWSER"):
            pytest.fail(message)
        pytest.skip(message)
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield opened
        opened.close()


def _checker(name: str) -> Path:
    """Return a file of tests/theme/node_modules; without it the test is left out, or fails."""
    path = ROOT / "tests" / "theme" / "node_modules" / name
    if not path.exists():
        message = (
            f"no {name}: install npm, then python -m bootstrap test (or npm ci in tests/theme)"
        )
        if os.environ.get("REQUIRE_BROWSER"):
            pytest.fail(message)
        pytest.skip(message)
    return path


@pytest.fixture(scope="session")
def axe() -> str:
    """Return the text of axe-core, the accessibility checker that runs inside a page."""
    return _checker("axe-core/axe.min.js").read_text(encoding="utf-8")


@pytest.fixture(scope="session")
def html_validate() -> Path:
    """Return the program html-validate."""
    return _checker(".bin/html-validate")


@pytest.fixture(autouse=True)
def _loopback_only(monkeypatch: pytest.MonkeyPatch) -> None:
    """Refuse any connection that would leave this machine."""
    connect = socket.socket.connect

    def guarded(self: socket.socket, address: Any) -> None:
        host = address[0] if isinstance(address, tuple) else "local"
        if self.family != socket.AF_UNIX and not str(host).startswith(("127.", "::1", "localhost")):
            raise AssertionError(f"a test tried to reach {host}")
        return connect(self, address)

    monkeypatch.setattr(socket.socket, "connect", guarded)
