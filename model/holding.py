"""Outputs that hold others: an archive has the very bytes that stand beside it."""

from __future__ import annotations

from model.output import Key, Store, registry


def rendered(name: str, key: Key, store: Store) -> bytes | None:
    """Return what the family `name` makes of `key`, for an output that holds others.

    All is read through the same store, so the holder depends on whatever the other would. None
    where no such family is registered, or it makes no such output.
    """
    return registry[name].render(key, store) if name in registry else None
