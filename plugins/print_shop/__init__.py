"""What is printed for apps and campaigns: cards, posters, table tents, stickers, QR codes.

Outputs, for each guide with an app (`a/<app>/`) and each campaign with artwork (its page's folder):
`qr.svg`, `qr.png` and, where Typst is installed (the extra `print`), for every form of
`model.sheets` `<form>[.den-trang][.<lang>].pdf`. What a sheet looks like is the designer's:
`theme/print/*.typ`. Also, beside the pages of debunks, alerts and figures, the pictures that are
shown where these are shared: `chia-se-1200x630.png` and `chia-se-1080x1080.png`.
Settings: none but the documents' own fields and the site's colours.
"""

from __future__ import annotations

from model.output import registry
from model.typesetting import can_typeset


def register() -> None:
    """Register the families of printed things."""
    from plugins.print_shop.families import QrCodes, Sheets

    registry.replace(QrCodes())
    if can_typeset():
        from plugins.print_shop.share import SharePictures

        registry.replace(Sheets(), SharePictures())
