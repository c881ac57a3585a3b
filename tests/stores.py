"""An S3-compatible server on loopback, for the tests that publish to a bucket."""

import os
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.test_servers import free_port

KEY, SECRET = "loa-test-key-0001", "loa-test-secret-0001"


@contextmanager
def object_store(folder: Path, rclone: str) -> Iterator[tuple[str, dict[str, str]]]:
    """Run the server on `folder`/store: (lines for publish.yaml, variables with its keys)."""
    port = free_port()
    (folder / "store/site").mkdir(parents=True)
    where = ["--addr", f"127.0.0.1:{port}", "--auth-key", f"{KEY},{SECRET}"]
    process = subprocess.Popen(
        [rclone, "serve", "s3", *where, str(folder / "store")],
        env={**os.environ, "RCLONE_CONFIG": str(folder / "none.conf")},
        stderr=subprocess.DEVNULL,
    )
    settings = (
        f"target: s3\ns3: {{bucket: site, endpoint: 'http://127.0.0.1:{port}', prefix: tinh}}\n"
    )
    keys = {
        "AWS_ACCESS_KEY_ID": KEY,
        "AWS_SECRET_ACCESS_KEY": SECRET,
        "AWS_EC2_METADATA_DISABLED": "true",
    }
    try:
        _wait(port)
        yield settings, keys
    finally:
        process.terminate()
        process.wait()


def _wait(port: int) -> None:
    for _ in range(400):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    raise AssertionError("the store did not come up")
