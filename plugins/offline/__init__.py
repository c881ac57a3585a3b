"""Works without a network: after one visit the emergency pack opens from the telephone.

Outputs: `goi-khan-cap/index.html` (hotlines, first steps of every guide, the directory: one page,
good on paper too), `manifest.webmanifest`, `sw.js`. The worker keeps the pack's pages and the
search index (up to 400 files and 2 MB; the pack's page says how much the device holds), asks the
network first for alerts and pages, falls back on what it saved and says how old that is. Its
version is a hash of the pack's documents: a new alert or press item changes nothing here, and of
the index only files that changed are fetched again.
Settings: none but `site.yaml`.
"""

from __future__ import annotations

from model.output import registry


def register() -> None:
    """Register the families."""
    from plugins.offline.manifest import WebManifest
    from plugins.offline.pack import Pack
    from plugins.offline.worker import Worker

    registry.replace(Pack(), WebManifest(), Worker())
