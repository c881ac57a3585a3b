"""A web server reached by ssh: the release is copied beside the others, then one rename switches.

On the server: `<path>/releases/<number>/public` and `<path>/current`, as in the local folder. Files
that the server's present release has are shared by hard links (`--link-dest`), not sent again.
"""

from __future__ import annotations

import shlex
import subprocess
from hashlib import sha256

from model.problem import Problem, Problems
from publishing.manifest import NAME
from publishing.release import Publisher
from publishing.settings import Rsync
from publishing.trees import Tree


def deliver(publisher: Publisher, tree: Tree) -> str:
    """Copy a release to the server and switch to it; one that it still has is switched to."""
    target = publisher.settings.rsync
    if target is None:
        raise ValueError("the settings promise an rsync target")
    where = f"{target.host}:{target.path}/current/public"
    if _is_kept(target, tree):
        _on_server(target, f"cd {target.path} && {_point(f'releases/{tree.number}')}")
        return where
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
    return where


def _is_kept(target: Rsync, tree: Tree) -> bool:
    """Return whether the server keeps this very release beside the one that it shows."""
    one = f"releases/{tree.number}"
    ask = f'[ "$(readlink current)" != {one} ] && sha256sum < {one}/{NAME}'
    said = _on_server(target, f"cd {target.path} 2>/dev/null && {ask} 2>/dev/null || true")
    return said.split()[:1] == [sha256((tree.folder / NAME).read_bytes()).hexdigest()]


def _point(release: str) -> str:
    """Return what lets readers have a release: one rename."""
    return f'ln -sfn "{release}" .current.new && mv -T .current.new current'


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
        f'{_point("$fresh")} && rm -rf "$stale" && '
        f'for old in $({old}); do [ "releases/$old" = "$fresh" ] || rm -rf "releases/$old"; done'
    )


def _on_server(target: Rsync, command: str) -> str:
    return _run([*shlex.split(target.shell), target.host, command])


def _run(command: list[str]) -> str:
    """Run a command and return what it prints; raise Problems if it fails."""
    try:
        done = subprocess.run(command, capture_output=True, text=True, check=False)
    except FileNotFoundError:
        raise _failed(f"chưa cài {command[0]}", f"cài gói {command[0]} trên máy này") from None
    if done.returncode:
        said = (done.stderr.strip().splitlines() or ["không rõ lý do"])[-1]
        raise _failed(
            f"không đưa được lên máy chủ ({said})", "kiểm tra mạng và khóa ssh rồi chạy lại"
        )
    return done.stdout


def _failed(message: str, cure: str) -> Problems:
    return Problems([Problem("rsync", message=message, cure=cure)])
