"""Rendering outputs, in this process or over all cores; each ends staged, unchanged or gone."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from model.output import Key, Registry
from plugins.incremental.store import RecordingStore
from plugins.incremental.tree import Tree
from plugins.incremental.workers import pool

CHUNK = 128
FEW = 6
"""Drawings that a process takes at a time: each costs as much as a hundred pages."""
Target = tuple[str, str, Key, bytes]
"""(path, family, key, digest of what stands there now; b"" if nothing or unknown)."""


class Made(NamedTuple):
    """Outcome of one output: its digest (b"": there is no such output), what it read."""

    path: str
    family: str
    key: Key
    digest: bytes
    changed: bool
    readings: dict[str, int]


@dataclass
class Batch:
    """Outcome of many outputs, and the shared inputs that each family's outputs used."""

    made: list[Made] = field(default_factory=list)
    shared: dict[str, dict[str, str]] = field(default_factory=dict)
    drawn: dict[str, bytes | None] = field(default_factory=dict)
    """Recipes that were used -> what was made anew (None: it was kept)."""

    def add(self, other: Batch) -> None:
        """Take in the outcome of other outputs."""
        self.made += other.made
        for recipe, data in other.drawn.items():
            self.drawn[recipe] = self.drawn.get(recipe) or data
        for name, shared in other.shared.items():
            self.shared.setdefault(name, {}).update(shared)


class Renderer:
    """Renders targets against one store into one tree."""

    def __init__(self, registry: Registry, store: RecordingStore, tree: Tree) -> None:
        self.registry, self.store, self.tree = registry, store, tree

    def batch(self, targets: Sequence[Target]) -> Batch:
        """Render targets one after the other."""
        batch = Batch()
        self.store.drawn = batch.drawn
        for path, name, key, standing in targets:
            family = self.registry[name]
            reading = self.store.begin(family.foreseen(key))
            self.store.shared = batch.shared.setdefault(name, {})
            try:
                data = family.render(key, self.store)
            except Exception as error:
                error.add_note(f"while making {path} (family {name})")
                raise
            if data is None:
                batch.made.append(Made(path, name, key, b"", bool(standing), {}))
                continue
            digest = hashlib.blake2b(data, digest_size=16).digest()
            changed = digest != standing
            if changed or self.tree.fresh:
                self.tree.stage(path, data)
            batch.made.append(Made(path, name, key, digest, changed, reading.names))
        return batch


_renderer: Renderer | None = None


def _render_chunk(targets: Sequence[Target]) -> Batch:
    if _renderer is None:
        raise RuntimeError("the worker was forked before the renderer was set")
    return _renderer.batch(targets)


def render(renderer: Renderer, targets: Sequence[Target], workers: int) -> Batch:
    """Render targets with as many processes as pay; what is drawn first, for others to show it."""
    drawn = [target for target in targets if renderer.registry[target[1]].draws]
    if not drawn:
        return _spread(renderer, targets, workers, CHUNK)
    whole = _spread(renderer, drawn, workers, FEW)
    renderer.store.at_hand.update({key: data for key, data in whole.drawn.items() if data})
    rest = [target for target in targets if not renderer.registry[target[1]].draws]
    whole.add(_spread(renderer, rest, workers, CHUNK))
    return whole


def _spread(renderer: Renderer, targets: Sequence[Target], workers: int, chunk: int) -> Batch:
    """Render targets in this process, or `chunk` of them at a time over all processes."""
    if workers < 2 or len(targets) < 2 * chunk or not hasattr(os, "fork"):
        return renderer.batch(targets)
    global _renderer
    _renderer = renderer
    chunks = [targets[start : start + chunk] for start in range(0, len(targets), chunk)]
    whole = Batch()
    try:
        with pool(workers) as processes:
            for batch in processes.map(_render_chunk, chunks):
                whole.add(batch)
    finally:
        _renderer = None
    return whole
