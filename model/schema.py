"""JSON Schema of the kinds and of `site.yaml`, from the same classes as the checks."""

from __future__ import annotations

from typing import Any

from model.kinds import KINDS, kind_class
from model.site import Site


def schema_of(name: str) -> dict[str, Any]:
    """Return the JSON Schema of a kind's front matter, or of "site"; KeyError for another name."""
    model = Site if name == "site" else kind_class(name)
    return model.model_json_schema(mode="validation")


def schemas() -> dict[str, dict[str, Any]]:
    """Return name -> schema of everything that an editor or webmaster writes."""
    return {name: schema_of(name) for name in ("site", *KINDS)}
