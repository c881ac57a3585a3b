"""`sw.js`: the service worker, with the list of what it keeps and a version made of it."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import ClassVar

from model.kinds import FACES
from model.output import Key, Store
from plugins.offline.pack import PACK, OfPack, contacts, guides

SOURCE = Path(__file__).with_name("worker.js")
STATIC = ("site.css", "site.js", "icon.svg")
SEARCH = "/tim-kiem/"
STATIC_FOLDER = Path(__file__).resolve().parents[2] / "theme" / "static"


class Worker(OfPack):
    """`sw.js`."""

    name: ClassVar[str] = "worker"

    def path(self, key: Key) -> str:
        """Return the worker's path: its scope is the whole site."""
        return "sw.js"

    def render(self, key: Key, store: Store) -> bytes | None:
        """Return the script, its three settings in front."""
        code = SOURCE.read_text(encoding="utf-8")
        kept = files(store)
        digests = [row.digest for row in (*guides(store), *contacts(store))]
        version = hashlib.blake2b(
            json.dumps([kept, digests, code]).encode(), digest_size=8
        ).hexdigest()
        settings = {
            "version": version,
            "pack": kept,
            "fallback": store.site.link(PACK),
            "index": store.site.link(SEARCH),
        }
        text = json.dumps(settings, ensure_ascii=False, separators=(",", ":"))
        return f"var SETTINGS = {text};\n{code}".encode()


def files(store: Store) -> list[str]:
    """Return the addresses that the worker fetches when it is installed."""
    site = store.site
    kept = [site.link(path) for path in ("/", PACK, SEARCH)]
    if "alerts" in site.kinds:
        kept += [site.link(path) for path in ("/canh-bao/", "/canh-bao/hien-tai.json")]
    kept += [
        site.link(f"/{FACES[kind].prefix}/")
        for kind in ("contacts", "guides")
        if kind in site.kinds
    ]
    kept += [site.link(row.path) for row in guides(store)]
    return kept + [store.asset(name) for name in (*STATIC, *search_files())]


def search_files() -> list[str]:
    """Return the scripts and the sheet of search, as templates name them."""
    found = (
        path for path in (STATIC_FOLDER / "search").iterdir() if path.suffix in (".js", ".css")
    )
    return sorted(f"search/{path.name}" for path in found)
