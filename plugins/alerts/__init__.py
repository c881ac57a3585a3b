"""The alerts in force, in one small file that every page loads.

Outputs, written before all others: `canh-bao/hien-tai.json` and `canh-bao/hien-tai.html` (to
include), and the same under each other language. A new alert changes these, not every page: the
script of the frame shows the banner, and takes it away when the alert ends, without a rebuild. The
home page has the banner in its own HTML. Settings: none.

The JSON: `{"alerts": [...]}`, gravest first; each with `id`, `url`, `path`, `lang`, `title`,
`event`, `area`, `severity` (CAP), `severity_words`, `exercise`, `from`, `until` (RFC 3339),
`until_words` and `instruction`.
"""

from __future__ import annotations

from model.output import registry


def register() -> None:
    """Register the alert families."""
    from plugins.alerts.current import CurrentFragment, CurrentJson

    registry.replace(CurrentJson(), CurrentFragment())
