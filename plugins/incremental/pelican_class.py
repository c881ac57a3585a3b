"""Pelican's way in: `python -m pelican -s pelicanconf.py` ends here, in `SitePelican.run`."""

from __future__ import annotations

from pelican import Pelican

from plugins.incremental.build import Report
from plugins.incremental.driver import (
    are_ours,
    build_site,
    recipe_of,
    register_plugins,
    run_site,
)


class SitePelican(Pelican):  # type: ignore[misc]
    """Pelican with our build in place of its generators and writers."""

    def init_plugins(self) -> None:
        """Register the plugins; ours by name alone, since Pelican first imports all installed."""
        if are_ours(self.settings["PLUGINS"]):
            self.plugins = register_plugins(self.settings["PLUGINS"])
        else:
            super().init_plugins()

    def run(self) -> None:
        """Build the site; on problems print a line each and end with 1."""
        run_site(self._build)

    def _build(self) -> Report:
        recipe = recipe_of(self.settings)
        if are_ours(self.settings["PLUGINS"]):
            return build_site(recipe)
        from plugins.incremental.compatible import build_compatible

        return build_compatible(self, recipe)
