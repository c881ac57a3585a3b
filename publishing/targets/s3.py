"""An S3-compatible bucket: only changed objects, each with its headers; what leads to others last.

Order: assets and data, pages, then the pages and files that lead readers on (home, lists, feeds,
alerts' state), the manifest, and only then removals. A bucket has no switch: for the seconds of an
upload new pages may stand beside old lists, but no link ever leads to what is not there yet.
What an upload is about to touch is written down in the bucket first and struck out at the end: the
next upload, of whatever release, puts right what one that was killed left half done.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from model.problem import Problem, Problems
from publishing.headers import headers_of, table
from publishing.manifest import NAME, Manifest, differences, parse
from publishing.nginx import media_type
from publishing.pages import file_of, moved_page, public_path_of
from publishing.release import Publisher
from publishing.settings import ObjectStore
from publishing.trees import Tree

UNDER_WAY = "manifest.pending.json"
"""Object that lists the paths an unfinished upload may have touched."""


class Bucket:
    """One bucket, or a folder in one."""

    def __init__(self, target: ObjectStore) -> None:
        import boto3
        from botocore.config import Config

        # only the checksums that S3's own protocol demands: other stores refuse newer ones
        config = Config(
            retries={"max_attempts": 5, "mode": "standard"},
            request_checksum_calculation="when_required",
            response_checksum_validation="when_required",
            s3={"addressing_style": "path" if target.endpoint else "auto"},
        )
        self.client: Any = boto3.client(
            "s3", endpoint_url=target.endpoint, region_name=target.region, config=config
        )
        self.name = target.bucket
        self.prefix = f"{target.prefix.strip('/')}/" if target.prefix.strip("/") else ""

    def manifest(self) -> Manifest | None:
        """Return the manifest of the release that stands in the bucket; None if there is none."""
        try:
            body = self.client.get_object(Bucket=self.name, Key=self.prefix + NAME)["Body"].read()
            return parse(body)
        except self.client.exceptions.NoSuchKey:
            return None
        except ValueError:
            return None

    def under_way(self) -> set[str]:
        """Return the paths that an upload which did not end may have touched."""
        try:
            key = self.prefix + UNDER_WAY
            body = self.client.get_object(Bucket=self.name, Key=key)["Body"].read()
            return {str(path) for path in json.loads(body)}
        except (self.client.exceptions.NoSuchKey, ValueError, TypeError):
            return set()

    def begin(self, paths: Iterable[str]) -> None:
        """Write down what is about to be touched."""
        self.put(UNDER_WAY, json.dumps(sorted(paths)).encode(), {"Cache-Control": "no-store"})

    def put(self, path: str, data: bytes, headers: Mapping[str, str]) -> None:
        """Store an object with the headers that a bucket can answer with."""
        self.client.put_object(
            Bucket=self.name,
            Key=self.prefix + path,
            Body=data,
            ContentType=_content_type(path),
            CacheControl=headers.get("Cache-Control", "no-cache"),
        )

    def moved(self, path: str, address: str) -> None:
        """Store at an old public path what leads to `address` (S3 website redirect, and a page)."""
        self.client.put_object(
            Bucket=self.name,
            Key=self.prefix + file_of(path),
            Body=moved_page(address).encode(),
            ContentType="text/html; charset=utf-8",
            WebsiteRedirectLocation=address,
        )

    def remove(self, path: str) -> None:
        """Remove an object; one that is not there is no error."""
        self.client.delete_object(Bucket=self.name, Key=self.prefix + path)


def _content_type(path: str) -> str:
    media = media_type(path)
    text = media.startswith("text/") or media.endswith(("json", "xml"))
    return f"{media}; charset=utf-8" if text else media


def deliver(publisher: Publisher, tree: Tree) -> str:
    """Upload what differs from the release that the bucket has."""
    target = publisher.settings.s3
    manifest = tree.manifest
    if target is None or manifest is None:
        raise ValueError("the settings promise a bucket, and the tree is finished")
    with _told():
        bucket = Bucket(target)
        sent, gone = _upload(publisher, bucket, tree, manifest, bucket.manifest())
    return f"{target.bucket}/{target.prefix} (gửi {sent} tệp, bỏ {gone} tệp)"


def standing(publisher: Publisher) -> Manifest | None:
    """Return the release that the bucket has."""
    target = publisher.settings.s3
    if target is None:
        raise ValueError("the settings promise a bucket")
    with _told():
        return Bucket(target).manifest()


@contextmanager
def _told() -> Iterator[None]:
    """Say in one line what a store refuses."""
    from botocore.exceptions import BotoCoreError, ClientError

    try:
        yield
    except (BotoCoreError, ClientError) as error:
        cure = "kiểm tra tên kho, khóa truy cập (AWS_ACCESS_KEY_ID…) và mạng rồi chạy lại"
        raise Problems([Problem("s3", message=f"kho không nhận ({error})", cure=cure)]) from None


def _upload(
    publisher: Publisher, bucket: Bucket, tree: Tree, manifest: Manifest, standing: Manifest | None
) -> tuple[int, int]:
    rules = table(publisher.settings.frame_hosts)
    redirects = publisher.settings.redirects
    new, old = differences(standing.files if standing else {}, manifest.files)
    unsure = bucket.under_way()
    changed = {*new, *(unsure & manifest.files.keys())}
    removed = {*old, *(unsure - manifest.files.keys())} - {file_of(path) for path in redirects}
    bucket.begin(changed | removed)
    for path in upload_order([*changed]):
        headers = headers_of(public_path_of(path), rules)
        bucket.put(path, (tree.public / path).read_bytes(), headers)
    for path, address in redirects.items():
        bucket.moved(path, publisher.site.base + address)
    bucket.put(NAME, manifest.dump(), {"Cache-Control": "no-cache"})
    for path in sorted(removed):
        bucket.remove(path)
    bucket.remove(UNDER_WAY)
    return len(changed), len(removed)


def upload_order(paths: list[str]) -> list[str]:
    """Return paths so that nothing is linked before it is there: the deeper page first."""
    return sorted(paths, key=lambda path: (_rank(path), -path.count("/"), path))


def _rank(path: str) -> int:
    if path == "index.html":
        return 3
    if path.endswith((".html",)):
        return 1
    leads_on = path.endswith((".xml", ".json", ".webmanifest")) and path.count("/") <= 1
    return 2 if leads_on else 0
