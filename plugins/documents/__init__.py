"""The pages that readers open: home, a page per document, list pages by kind, section and topic.

Outputs: `index.html`, `<prefix>/<slug>/index.html` per document, `<prefix>/index.html` and
`<prefix>/trang/<n>/index.html` per list (counted from the oldest, so that addresses stay),
`theme/<file>` per static file, `theme/loa-khmer.woff` on sites in Khmer, `404.html`;
`<prefix>/<slug>/<file>` per attached file, `danh-ba/bang-in/index.html`,
`[<lang>/]kenh-chinh-thuc/index.html`.
Settings: none but `site.yaml`.
"""

from __future__ import annotations

import sys

from model.output import registry


def register() -> None:
    """Register the page families."""
    from plugins.documents.assets import StaticFiles
    from plugins.documents.channels import Channels
    from plugins.documents.contacts import ContactSheet
    from plugins.documents.files import DocumentFiles
    from plugins.documents.fonts import KhmerFont
    from plugins.documents.home import Home, NotFound
    from plugins.documents.lists import ListPages
    from plugins.documents.pages import DocumentPages

    registry.replace(Home(), NotFound(), DocumentPages(), ListPages(), StaticFiles())
    registry.replace(DocumentFiles(), ContactSheet(), KhmerFont(), Channels())
    if "pelican" in sys.modules:  # running: its own readers are asked for with foreign plugins
        _connect()


def _connect() -> None:
    from pelican.plugins import signals

    from plugins.documents.reader import add_reader

    signals.readers_init.connect(add_reader)
