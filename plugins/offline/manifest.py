"""`manifest.webmanifest` (W3C Web Application Manifest): the site on a telephone's home screen."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any, ClassVar

from model.kinds import FACES
from model.output import Family, Key, Store
from model.site import Site
from plugins.offline.pack import PACK

SHORTCUTS = ("alerts", "contacts", "misinformation")


class WebManifest(Family):
    """`manifest.webmanifest`."""

    name: ClassVar[str] = "web-manifest"

    def site_keys(self, site: Site) -> Iterable[Key]:
        """Return the one manifest."""
        return [("vi",)]

    def path(self, key: Key) -> str:
        """Return its path."""
        return "manifest.webmanifest"

    def render(self, key: Key, store: Store) -> bytes | None:
        """Return the manifest."""
        return json.dumps(manifest(store), ensure_ascii=False, separators=(",", ":")).encode()


def manifest(store: Store) -> dict[str, Any]:
    """Return what the manifest says."""
    site = store.site
    icon = {"src": store.asset("icon.svg"), "sizes": "any", "type": "image/svg+xml"}
    shortcuts = [("Gói khẩn cấp", PACK)]
    shortcuts += [
        (FACES[kind].label, f"/{FACES[kind].prefix}/") for kind in SHORTCUTS if kind in site.kinds
    ]
    return {
        "id": site.link("/"),
        "name": site.name,
        "short_name": site.short_name or site.name,
        "description": site.description,
        "lang": "vi",
        "dir": "ltr",
        "start_url": site.link("/"),
        "scope": site.link("/"),
        "display": "standalone",
        "theme_color": site.colours.primary,
        "background_color": "#ffffff",
        "icons": [{**icon, "purpose": "any"}, {**icon, "purpose": "maskable"}],
        "shortcuts": [{"name": name, "url": site.link(path)} for name, path in shortcuts],
    }
