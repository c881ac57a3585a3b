"""Widgets for other agencies' pages, and cards of documents for oEmbed.

Outputs, for each template `widgets/<name>.html` (of the theme, or of the site's `theme/`), in each
language: `embed/[<lang>/]<name>/[<part>/]index.html` (to frame; reads without scripts),
`…/du-lieu.json` (for scripts, described by `embed/du-lieu.schema.json`), and for the whole ones
`…/oembed.json`, `…/oembed.xml`. Parts: a commune, an app, a series. Per document
`embed/the/<page>/index.html`, `oembed.json`, `oembed.xml`. Once: `embed/tep/<file>` (scripts,
style), `embed/providers.json`, `embed/404.html` (what exists, for an address that does not).
A new widget is one new template; its head says its view (`plugins.widgets.views`) and kind.
Settings: none.
"""

from __future__ import annotations

from model.output import registry


def register() -> None:
    """Register the families for the widgets of the theme and of the site that SITE names."""
    from model.site import site_folder
    from model.widgets import THEME, read_widgets
    from plugins.widgets.cards import Cards, DocumentOembed
    from plugins.widgets.families import WidgetData, WidgetOembed, WidgetPages
    from plugins.widgets.files import EmbedFiles, NoSuchEmbed, Providers, Schema

    widgets = read_widgets([site_folder() / "theme", THEME])
    registry.replace(*(family(widgets) for family in (WidgetPages, WidgetData, WidgetOembed)))
    registry.replace(EmbedFiles(), Schema(), Providers(), NoSuchEmbed(widgets))
    registry.replace(Cards(), DocumentOembed())
