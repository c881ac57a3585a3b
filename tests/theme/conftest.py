"""One build of the sample site per session, and a server on this machine for browser tests."""

import functools
import http.server
import os
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SAMPLE = ROOT / "tests" / "sites" / "mau"
NOW = "1761750000"
"""The sample site's present: 29/10/2025 22:00 in Viet Nam."""


def build(site: Path) -> Path:
    """Build a site's folder as `make build` does; return its output."""
    command = [sys.executable, "-m", "pelican", "-s", str(ROOT / "pelicanconf.py")]
    environment = {**os.environ, "SITE": str(site), "SOURCE_DATE_EPOCH": NOW, "PYTHONUTF8": "1"}
    done = subprocess.run(
        [*command, "--fatal", "warnings"],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return site / "output"


@pytest.fixture(scope="session")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the output of the sample site, every kind of document in every state."""
    site = tmp_path_factory.mktemp("sample") / "mau"
    shutil.copytree(SAMPLE, site, ignore=shutil.ignore_patterns("output", ".state"))
    return build(site)


class Quiet(http.server.SimpleHTTPRequestHandler):
    """A server of files that prints nothing."""

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        """Say nothing."""


@pytest.fixture(scope="session")
def served(sample: Path) -> Iterator[str]:
    """Return the address under which the sample site is served."""
    handler = functools.partial(Quiet, directory=str(sample))
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()
