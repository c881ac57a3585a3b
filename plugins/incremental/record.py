"""What a build remembers of the outputs it made: digests, readings, shared inputs, drawings."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from plugins.incremental import changes as ch
from plugins.incremental.render import Batch
from plugins.incremental.state import State
from plugins.incremental.targets import Targets
from plugins.incremental.tree import TreeHash


def record(state: State, batch: Batch, targets: Targets, *, fresh: bool) -> str:
    """Note a batch that is in its place; return the tree's hash. Within a transaction."""
    if fresh:
        state.db.execute("DELETE FROM output")
        state.db.execute("DELETE FROM reading")
    _record_inputs(state, batch, targets)
    made = [(recipe, data) for recipe, data in batch.drawn.items() if data is not None]
    state.db.executemany("INSERT OR REPLACE INTO kept VALUES (?, ?)", made)
    return _record_outputs(state, batch, targets.strangers, fresh=fresh)


def _record_outputs(state: State, batch: Batch, strangers: set[str], *, fresh: bool) -> str:
    db, total = state.db, TreeHash("" if fresh else state.meta("tree"))
    paths = set() if fresh else {item.path for item in batch.made} | strangers
    for path, (_, _, digest) in known_outputs(state, paths):
        total.remove(path, digest)
    db.executemany("DELETE FROM output WHERE path = ?", [(path,) for path in paths])
    db.executemany("DELETE FROM reading WHERE path = ?", [(path,) for path in paths])
    made = [item for item in batch.made if item.digest]
    for item in made:
        total.add(item.path, item.digest)
    db.executemany(
        "INSERT INTO output VALUES (?, ?, ?, ?)",
        [(item.path, item.family, ch.key_text(item.key), item.digest) for item in made],
    )
    db.executemany(
        "INSERT INTO reading VALUES (?, ?, ?)",
        [(name, item.path, depth) for item in made for name, depth in item.readings.items()],
    )
    state.remember("tree", total.text())
    return total.text()


def _record_inputs(state: State, batch: Batch, targets: Targets) -> None:
    renewed = [(name,) for name in targets.dirty & batch.shared.keys()]
    state.db.executemany("DELETE FROM input WHERE family = ?", renewed)
    state.db.executemany(
        "INSERT OR REPLACE INTO input VALUES (?, ?, ?)",
        [
            (family, name, digest)
            for family, shared in batch.shared.items()
            for name, digest in shared.items()
        ],
    )


def prune_kept(state: State, used: set[str]) -> None:
    """Forget the drawings that no output of a whole build used, and bodies of no document."""
    known = {recipe for (recipe,) in state.db.execute("SELECT recipe FROM kept")}
    stale = [(recipe,) for recipe in known - used]
    state.db.executemany("DELETE FROM kept WHERE recipe = ?", stale)
    state.db.execute("DELETE FROM body WHERE key NOT IN (SELECT body FROM document)")


def known_outputs(
    state: State, paths: Iterable[str]
) -> Iterator[tuple[str, tuple[str, str, bytes]]]:
    """Yield (path, (family, key, digest)) of the outputs that the state knows among `paths`."""
    for path in paths:
        found = state.db.execute("SELECT family, key, digest FROM output WHERE path = ?", (path,))
        for row in found:
            yield path, row
