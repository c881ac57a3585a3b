"""Bulletins for the ward loudspeaker: from alerts, debunks, guides and campaigns, ready to read.

Outputs, for each Vietnamese document in force of these kinds, below its own address:
`ban-doc-loa/index.html` (a sheet in big type, a line a breath, to print), `ban-doc-loa/ban-doc.txt`
(the same as plain text) and, where a voice has read it, `ban-doc-loa/ban-doc.mp3`. At the top
`ban-doc-loa/index.html` with the newest of each kind, and `ban-doc-loa/podcast.xml` as soon as
there is any recording. Settings: `speaker` in `site.yaml`.

`python -m plugins.bulletins voice` lets an offline voice read what has no recording yet; builds
only take what it has made, so that no build waits for a voice.
"""

from __future__ import annotations

from model.output import registry


def register() -> None:
    """Register the families."""
    from plugins.bulletins.audio import Podcast, Recordings
    from plugins.bulletins.sheets import Sheets, Shelf, Texts

    registry.replace(Sheets(), Texts(), Shelf(), Recordings(), Podcast())
