"""`<site>/publish.yaml`: where a site goes. Secrets never stand in it; they come by environment."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, Field, ValidationError, model_validator

from model.document import decode, parse_yaml, path_lines
from model.fields import Group, Line, Link
from model.problem import FieldError, Problems, from_validation

NAME = "publish.yaml"


def _site_path(value: str) -> str:
    if not value.startswith("/") or value.startswith("//") or any(c in value for c in " \"'{};$\\"):
        raise FieldError(f"“{value}” không phải địa chỉ trong trang", "viết như /tin-tuc/ten-bai/")
    return value


SitePath = Annotated[str, AfterValidator(_site_path)]


class Rsync(Group):
    """A web server reached by ssh; `path` there gets `releases/` and `current`."""

    host: Line = Field(min_length=1, pattern=r"^[A-Za-z0-9._@\[\]:-]+$")
    path: Line = Field(min_length=1, pattern=r"^/[A-Za-z0-9._/-]+$")
    shell: Line = "ssh"
    """The command that rsync and we reach the server by."""


class ObjectStore(Group):
    """A bucket of an S3-compatible store; the keys come from AWS_ACCESS_KEY_ID and friends."""

    bucket: Line = Field(min_length=3)
    endpoint: Link | None = None
    region: Line = "us-east-1"
    prefix: Line = Field("", pattern=r"^([A-Za-z0-9._-]+(/[A-Za-z0-9._-]+)*/?)?$")


class Publishing(Group):
    """How a site is published."""

    path: Line = "www"
    """Folder of the releases, absolute or below the site's; a web server serves `current`."""
    keep: int = Field(5, ge=2, le=50)
    brotli: int = Field(11, ge=0, le=11)
    target: Literal["folder", "rsync", "s3", "pages"] = "folder"
    rsync: Rsync | None = None
    s3: ObjectStore | None = None
    pages: Line = "public"
    """Folder that GitHub or GitLab Pages takes, below the site's folder."""
    frame_hosts: tuple[Link, ...] = ()
    """Sites that may frame /embed/; empty: all."""
    redirects: dict[SitePath, SitePath] = Field(default_factory=dict)

    @model_validator(mode="after")
    def _target_is_described(self) -> Publishing:
        if self.target in ("rsync", "s3") and getattr(self, self.target) is None:
            cure = f"thêm nhóm {self.target}: (xem docs/van-hanh.md)"
            raise FieldError("thiếu thông tin của nơi xuất bản", cure, self.target)
        for old in self.redirects:
            if self.redirects[old] in self.redirects:
                cure = "dẫn thẳng địa chỉ cũ tới địa chỉ mới nhất"
                raise FieldError(f"“{old}” dẫn tới một địa chỉ cũ khác", cure, "redirects")
        return self

    def root(self, folder: Path) -> Path:
        """Return the folder of the releases of the site in `folder`."""
        return Path(os.environ.get("PUBLISH_PATH") or folder / self.path)


def load_publishing(folder: Path) -> Publishing:
    """Read `publish.yaml` of a site, the defaults without one; raise Problems."""
    path = folder / NAME
    if not path.is_file():
        return Publishing()
    text = ""
    try:
        text = decode(path.read_bytes())
        values: dict[str, Any] = parse_yaml(text)
        return Publishing.model_validate(values)
    except Problems as error:
        raise Problems([problem.at(NAME) for problem in error.problems]) from None
    except ValidationError as error:
        raise Problems(from_validation(error, NAME, path_lines(text), Publishing)) from None
