"""`hien-tai.json` and `hien-tai.html`: the alerts in force."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any, ClassVar, NamedTuple

from model.banner import Banner, banners
from model.output import LANGUAGE, Family, Key, ListChange, Store
from model.site import Site
from model.words import Words


class FragmentPage(NamedTuple):
    """What `alerts_now.html` gets as `page`."""

    lang: str
    banners: tuple[Banner, ...]


class _Current(Family):
    """One output per language of the site. Key: (lang,)."""

    first: ClassVar[bool] = True
    ending: ClassVar[str]

    def site_keys(self, site: Site) -> Iterable[Key]:
        """Return a key per language, when alerts are on."""
        return [(lang,) for lang in site.languages] if "alerts" in site.kinds else []

    def list_keys(self, change: ListChange) -> Iterable[Key]:
        """Return every language's file on a change of the Vietnamese list, their fallback."""
        if change.name == "alerts":
            return [("vi",), ("en",), ("km",)]
        return [(change.name.removeprefix("alerts."),)] if change.name[:7] == "alerts." else []

    def foreseen(self, key: Key) -> Iterable[str]:
        """Return the Vietnamese list, which every language falls back on."""
        return ["list:alerts"]

    def path(self, key: Key) -> str:
        """Return "canh-bao/hien-tai.…" below the language's folder."""
        start = "" if key[0] == LANGUAGE else f"{key[0]}/"
        return f"{start}canh-bao/hien-tai.{self.ending}"


class CurrentJson(_Current):
    """For the script of the frame, widgets and other sites."""

    name: ClassVar[str] = "alerts-now-json"
    ending: ClassVar[str] = "json"

    def render(self, key: Key, store: Store) -> bytes | None:
        """Return the alerts in force as JSON; an empty list when there is none."""
        if key[0] not in store.site.languages or "alerts" not in store.site.kinds:
            return None
        words = store.words(key[0])
        alerts = [_plain(banner, store.site, words) for banner in banners(key[0], store)]
        return json.dumps({"alerts": alerts}, ensure_ascii=False, separators=(",", ":")).encode()


def _plain(banner: Banner, site: Site, words: Words) -> dict[str, Any]:
    alert = banner.alert
    return {
        "id": alert.identifier,
        "url": site.absolute(banner.path),
        "path": site.link(banner.path),
        "lang": banner.lang,
        "title": alert.title,
        "event": alert.event,
        "area": alert.area,
        "severity": alert.severity,
        "severity_words": words(alert.severity_words),
        "exercise": alert.exercise,
        "from": words.iso(alert.begins) if alert.begins else None,
        "until": words.iso(alert.expires) if alert.expires else None,
        "until_words": words.time(alert.expires) if alert.expires else "",
        "instruction": list(alert.instruction),
    }


class CurrentFragment(_Current):
    """For sites that include HTML on their server, and for readers without scripts."""

    name: ClassVar[str] = "alerts-now-html"
    ending: ClassVar[str] = "html"

    def render(self, key: Key, store: Store) -> bytes | None:
        """Return the banners as HTML; empty when there is none."""
        if key[0] not in store.site.languages or "alerts" not in store.site.kinds:
            return None
        return store.template("alerts_now.html", FragmentPage(key[0], banners(key[0], store)))
