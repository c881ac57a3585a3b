"""Banners of campaigns in every portal size, set in real fonts with all Vietnamese and Khmer marks.

Outputs per campaign with artwork: `embed/bieu-ngu/<campaign>/<W>x<H>[.<lang>][@2x].<svg|png|webp>`
(permanent, always the current artwork) and the same names with a hash before the ending
(immutable); `a/<app>/index.html`, the short address at which an app is installed, for each guide
with an app; `nhung/index.html`, the codes to copy of widgets and banners. A size whose shortest
text does not fit at 12 px is left out. Text is drawn as outlines, so a banner looks the same
everywhere. Settings: none but the campaigns' `artwork`.
"""

from __future__ import annotations

from model.output import registry


def register() -> None:
    """Register the banner families."""
    from model.site import site_folder
    from model.widgets import THEME, read_widgets
    from plugins.banners.builder import Builder
    from plugins.banners.families import Banners, InstallPages, LastingBanners

    widgets = read_widgets([site_folder() / "theme", THEME])
    registry.replace(Banners(), LastingBanners(), InstallPages(), Builder(widgets))
