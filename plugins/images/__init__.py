"""The pictures of the site's `images/` folder, at `/images/<file>`, and their lighter twins.

Outputs: `images/<file>`, drawn anew without what the camera noted and at most 1,200 pixels wide;
`images/<file>.<s|l>.<avif|webp>` for photographs and drawings in pixels. Pages offer the twins
(`plugins.documents.pictures`); what cannot be read is not published.
`python -m model check` refuses pictures without a description, too heavy, or with a position.
"""

from __future__ import annotations

from model.output import registry


def register() -> None:
    """Register the families for the site that SITE names."""
    from model.site import site_folder
    from plugins.images.families import Images, Twins

    registry.replace(Images(site_folder()), Twins(site_folder()))
