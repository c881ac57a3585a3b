"""QR codes (level M, quiet zone of 4 modules) as SVG and PNG."""

from __future__ import annotations

import io

import segno

MODULE = 12
"""Pixels of a module in the PNG: sharp on a poster of A3 at 25 modules in 15 cm."""


def code(target: str) -> segno.QRCode:
    """Return the QR code of an address."""
    return segno.make(target, error="m", micro=False, boost_error=False)


def svg(target: str) -> bytes:
    """Return the code as an SVG that scales, black on white."""
    return _saved(target, "svg", scale=1, omitsize=True, light="#fff", xmldecl=False, svgclass=None)


def png(target: str) -> bytes:
    """Return the code as a black and white PNG."""
    return _saved(target, "png", scale=MODULE)


def _saved(target: str, kind: str, **how: object) -> bytes:
    out = io.BytesIO()
    code(target).save(out, kind=kind, border=4, **how)
    return out.getvalue()
