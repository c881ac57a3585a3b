"""Hazards and stages as addresses and lists know them; light, because every build asks."""

from __future__ import annotations

STAGES = {
    "before": ("truoc", "Việc chuẩn bị trước"),
    "during": ("trong", "Việc cần làm khi đang xảy ra"),
    "after": ("sau", "Việc cần làm sau đó"),
}
"""Stage -> (last part of the address of its list under a hazard, for ever; its name)."""
HAZARD = "tinh-huong-"
"""Before a hazard's code in the address of its list: documents may bear the hazard's name."""


def hazard_list(hazard: str) -> str:
    """Return the name of a hazard's list of guides: "guides/tinh-huong-lu-lut"."""
    return f"guides/{HAZARD}{hazard}"
