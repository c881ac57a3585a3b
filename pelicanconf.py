"""Pelican's settings, translated from the site's `site.yaml` (SITE names the folder)."""

import sys
from pathlib import Path

ENGINE = Path(__file__).resolve().parent
sys.path.insert(0, str(ENGINE))

from model.site import load_site_or_exit, site_folder  # noqa: E402
from plugins.incremental.driver import house_settings  # noqa: E402

if "pelican" in sys.modules:  # `make build` does without, see plugins/incremental/quick.py
    from plugins.incremental.pelican_class import SitePelican

    PELICAN_CLASS = SitePelican
LOA_FOLDER = site_folder()
LOA_SITE = load_site_or_exit(LOA_FOLDER)
PLUGINS = [
    "plugins.documents",
    "plugins.alerts",
    "plugins.feeds",
    "plugins.offline",
    "plugins.sitemap",
    "plugins.open_data",
    "plugins.search",
    "plugins.images",
    "plugins.banners",
    "plugins.print_shop",
    "plugins.bulletins",
    "plugins.widgets",
    "plugins.campaigns",
    "plugins.incremental",
]
PATH = str(LOA_FOLDER / "content")
OUTPUT_PATH = str(LOA_FOLDER / "output")
THEME = str(ENGINE / "theme")
SITENAME = LOA_SITE.name
SITEURL = LOA_SITE.url
TIMEZONE = "Asia/Ho_Chi_Minh"
DEFAULT_LANG = "vi"
globals().update(house_settings(LOA_FOLDER, LOA_SITE))
