"""How the site looks, one step away: pictures of built pages. Makes no outputs, is in no site.

`python -m plugins.patterns` pictures the pages of the built site (SITE names another) at 360, 768
and 1280 px, light and dark, into `screenshots/`. Needs the dev extra and a Chromium.
"""

from __future__ import annotations


def register() -> None:
    """Nothing to register: the verbs read what was built."""
