"""How the site looks, one step away: pictures and the pattern page. Makes no outputs of a site.

`python -m plugins.patterns --page` writes `screenshots/mau.html`: every component in every state,
cut from the pages of the built site (best from the sample: `SITE=tests/sites/mau`).
`python -m plugins.patterns` pictures the pages of the built site (SITE names another) at 360, 768
and 1280 px, light and dark, into `screenshots/`. Needs the dev extra and a Chromium.
"""

from __future__ import annotations


def register() -> None:
    """Nothing to register: the verbs read what was built."""
