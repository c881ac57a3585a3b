"""The same site for each generator, a module per generator."""

from __future__ import annotations

from benchmarks.sites.eleventy import EleventySite
from benchmarks.sites.hugo import HugoSite
from benchmarks.sites.layout import ENGINE as ENGINE
from benchmarks.sites.layout import URL as URL
from benchmarks.sites.layout import Layout as Layout
from benchmarks.sites.loa import Loa as Loa
from benchmarks.sites.loa import LoaWhole as LoaWhole
from benchmarks.sites.pelican import PelicanCacheSite, PelicanSite

LAYOUTS: dict[str, type[Layout]] = {
    layout.tool: layout
    for layout in (Loa, LoaWhole, PelicanSite, PelicanCacheSite, HugoSite, EleventySite)
}
