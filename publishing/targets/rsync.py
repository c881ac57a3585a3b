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
    _on_server(target, _switch(target.path, tree.number, publisher.settings.keep))
    return f"{target.host}:{target.path}/current/public"


def _switch(path: str, number: int, keep: int) -> str:
    """Return the server's part: put the release in place, switch by one rename, drop old ones.

    A release that readers have already and that is sent once more stands beside itself until the
    switch, under its other name.
    """
    one, other = f"releases/{number}", f"releases/{number}.again"
    old = f"ls -1 releases | grep -E '^[0-9]+([.]again)?$' | sort -rn | tail -n +{keep + 1}"
    return (
        f"cd {path} && fresh={one} && stale={other} && "
        f'if [ "$(readlink current)" = {one} ]; then fresh={other}; stale={one}; fi && '
        f'rm -rf "$fresh" && mv releases/.new "$fresh" && '
        f'ln -sfn "$fresh" .current.new && mv -T .current.new current && rm -rf "$stale" && '
        f'for old in $({old}); do [ "releases/$old" = "$fresh" ] || rm -rf "releases/$old"; done'
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
