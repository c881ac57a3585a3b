"""What every JSON of the open data says of itself: whose it is, under which licence, how new."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from model.kinds import FACES
from model.output import Row
from model.site import Site
from model.structured_data.nodes import moment
from plugins.open_data.records import BORROWED, known


def written(data: Any) -> bytes:
    """Return JSON as it is published: UTF-8, a line end, nothing that is not JSON (no NaN)."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    return text.encode() + b"\n"


def envelope(name: str, rows: Sequence[Row], site: Site) -> dict[str, Any]:
    """Return the head of a list's file; dates are those of its documents, never of the build."""
    kind = name.split(".", 1)[0]
    documents = [row.document for row in rows]
    changed = [time for item in documents if (time := item.updated or item.date)]
    reviews = [item.review_by for item in documents if item.review_by]
    own = kind not in BORROWED
    head: dict[str, Any] = known(
        {
            "name": f"{FACES[kind].label} – {site.name}",
            "author": site.agency.name,
            "license": site.licence if own else None,
            "licenseUrl": site.licence_url if own else None,
            "schema": site.absolute(f"/du-lieu/{kind}/schema.json"),
            "dateModified": moment(max(changed, default=None)),
            "nextReview": moment(min(reviews, default=None)),
        }
    )
    return head
