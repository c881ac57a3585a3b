"""Where a finished release goes besides the local folder: a server by rsync, a bucket, Pages."""

from __future__ import annotations

from collections.abc import Callable

from publishing.manifest import Manifest
from publishing.release import Publisher
from publishing.trees import Tree


def deliver(publisher: Publisher, tree: Tree) -> str:
    """Bring a release to the site's target; return one line that says where it stands now."""
    name = publisher.settings.target
    if name == "folder":
        return f"{publisher.trees.link / 'public'}"
    return _target(name)(publisher, tree)


def standing(publisher: Publisher) -> Manifest | None:
    """Return the release that the target itself names; None where it names none."""
    if publisher.settings.target != "s3":
        return None
    from publishing.targets.s3 import standing as in_bucket

    return in_bucket(publisher)


def _target(name: str) -> Callable[[Publisher, Tree], str]:
    if name == "rsync":
        from publishing.targets.rsync import deliver as by_rsync

        return by_rsync
    if name == "s3":
        from publishing.targets.s3 import deliver as to_bucket

        return to_bucket
    from publishing.targets.pages import deliver as to_pages

    return to_pages
