"""A web server reached by ssh: the release is copied beside the others, then one rename switches.

On the server: `<path>/releases/<number>/public` and `<path>/current`, as in the local folder. Files
that the server's present release has are shared by hard links (`--link-dest`), not sent again.
"""

from __future__ import annotations

import shlex
import subprocess

from model.problem import Problem, Problems
from publishing.release import Publisher
from publishing.settings import Rsync
from publishing.trees import Tree


def deliver(publisher: Publisher, tree: Tree) -> str:
    """Copy a release to the server and switch to it."""
    target = publisher.settings.rsync
    if target is None:
        raise ValueError("the settings promise an rsync target")
    release = f"releases/{tree.number}"
    _on_server(target, f"mkdir -p {target.path}/releases && rm -rf {target.path}/releases/.new")
    _run(
        [
            "rsync",
            "--archive",
            "--delete",
            "--link-dest=../../current/",
            "--modify-window=-1",  # nanoseconds: two edits of one second may have the same size
            f"--rsh={target.shell}",
            f"{tree.folder}/",
            f"{target.host}:{target.path}/releases/.new/",
        ]
    )
    _on_server(target, _switch(target.path, release, publisher.settings.keep))
    return f"{target.host}:{target.path}/current/public"


def _switch(path: str, release: str, keep: int) -> str:
    """Return the server's part: put the release in place, switch by one rename, drop old ones."""
    old = f"ls -1 releases | grep -E '^[0-9]+$' | sort -rn | tail -n +{keep + 1}"
    return (
        f"cd {path} && rm -rf {release} && mv releases/.new {release} && "
        f"ln -sfn {release} .current.new && mv -T .current.new current && "
        f'for old in $({old}); do [ "releases/$old" = "{release}" ] || rm -rf "releases/$old"; done'
    )


def _on_server(target: Rsync, command: str) -> None:
    _run([*shlex.split(target.shell), target.host, command])


def _run(command: list[str]) -> None:
    try:
        done = subprocess.run(command, capture_output=True, text=True, check=False)
    except FileNotFoundError:
        raise _failed(f"chưa cài {command[0]}", f"cài gói {command[0]} trên máy này") from None
    if done.returncode:
        said = (done.stderr.strip().splitlines() or ["không rõ lý do"])[-1]
        raise _failed(
            f"không đưa được lên máy chủ ({said})", "kiểm tra mạng và khóa ssh rồi chạy lại"
        )


def _failed(message: str, cure: str) -> Problems:
    return Problems([Problem("rsync", message=message, cure=cure)])
