"""One banner as SVG, and its pictures. Pure: the same words and colours give the same bytes.

Steps of the outlines' grid are under a sixth of a pixel.
"""

from __future__ import annotations

import io
from dataclasses import dataclass
from html import escape

import resvg_py
import segno
from PIL import Image

from model.artwork import Size, Variant
from plugins.banners.layout import Box, Text, below, centred, fit
from plugins.banners.lettering import Script, outline, width
from plugins.banners.words import Words

PALETTE = 64
FINE, COARSE = 1000, 160
"""Grid of outlines in units an em, for text over and up to 24 px: a light file, no visible step."""


def svg(words: Words, size: Size) -> str | None:
    """Return the banner as SVG text, or None if not even its shortest text fits."""
    parts = _wide(words, size) if size.width >= 2.2 * size.height else _tall(words, size)
    if parts is None:
        return None
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{size.width}" height="{size.height}"'
        f' viewBox="0 0 {size.width} {size.height}" role="img"><title>{escape(words.alt)}</title>'
        f'<path fill="{words.ground}" d="M0 0h{size.width}v{size.height}H0z"/>'
        f"{''.join(parts)}</svg>"
    )


def picture(text: str, variant: Variant) -> bytes:
    """Return the bytes of a banner's file, from its SVG."""
    if variant == "svg":
        return text.encode()
    png = bytes(resvg_py.svg_to_bytes(svg_string=text, zoom=2 if variant == "png2x" else 1))
    image = Image.open(io.BytesIO(png)).convert("RGB")
    out = io.BytesIO()
    if variant == "webp":
        image.save(out, "WEBP", lossless=True, quality=50, method=2)
    else:
        flat = image.quantize(PALETTE, method=Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE)
        flat.save(out, "PNG", optimize=True)
    return out.getvalue()


def banner(words: Words, size: Size, variant: Variant) -> bytes:
    """Return a banner's file; b"" if the words do not fit or the file would be too heavy."""
    text = svg(words, size)
    data = picture(text, variant) if text else b""
    return data if len(data) <= size.most else b""


def _wide(words: Words, size: Size) -> list[str] | None:
    """Set text on the left, the button and the QR code on the right."""
    margin = max(4.0, min(size.height * 0.12, 32))
    box = Box(0, 0, size.width, size.height).inset(margin)
    parts: list[str] = []
    code = _qr(words, box.height)
    if code and code.side + 24 <= size.width * 0.3:
        parts.append(code.at(box.x + box.width - code.side, box.y + (box.height - code.side) / 2))
        box = Box(box.x, box.y, box.width - code.side - margin, box.height)
    short = size.height < 45
    if short:
        return _one_line(words, box, parts)
    rows = 2 if size.height >= 200 else 1
    button = _button(words, box.width * 0.42, min(size.height * 0.22, 30), words.address, rows)
    text_box = box
    if button:
        left = box.x + box.width - button.width
        parts.append(button.at(left, box.y + (box.height - button.height) / 2))
        text_box = Box(box.x, box.y, box.width - button.width - margin, box.height)
    foot = _foot(words, text_box, size)
    if foot:
        text_box = Box(text_box.x, text_box.y, text_box.width, text_box.height - foot.height)
    head = fit(words.headline, Script.of(words.lang, True), text_box, size.height * 0.4)
    if head is None:
        return _one_line(words, box, [])
    group = head.height + (foot.height if foot else 0)
    top = text_box.y + (box.height - group) / 2
    parts.append(_draw(Text(head.lines, head.script, head.size, head.x, top), words.ink))
    if foot:
        under = Text(foot.lines, foot.script, foot.size, foot.x, top + head.height)
        parts.append(_draw(under, words.ink))
    return parts


def _one_line(words: Words, box: Box, parts: list[str]) -> list[str] | None:
    """Set the longest of headline and call to action that fits."""
    script = Script.of(words.lang, True)
    for text in (words.headline, words.action, words.address):
        found = fit(text, script, box, 22) if text else None
        if found:
            return [*parts, _draw(_middle(centred(found, box), box), words.ink)]
    return None


def _tall(words: Words, size: Size) -> list[str] | None:
    """Set headline, button, QR code and publisher below each other.

    Where there is more width than height, the code stands on the right.
    """
    margin = max(6.0, min(size.width, size.height) * 0.07)
    box = Box(0, 0, size.width, size.height).inset(margin)
    beside = _qr(words, box.width * 0.36) if size.width > 1.4 * size.height else None
    if beside:
        box = Box(box.x, box.y, box.width - beside.side - margin, box.height)
    foot = _foot(words, box, size)
    room = Box(box.x, box.y, box.width, box.height - (foot.height + margin / 2 if foot else 0))
    code = None if beside else _qr(words, min(room.width * 0.6, room.height * 0.34))
    button = _button(words, room.width, max(14.0, min(size.width * 0.07, 60)), words.address, 3)
    used = (code.side + margin if code else 0) + (button.height + margin if button else 0)
    area = Box(room.x, room.y, room.width, room.height - used)
    largest = min(size.width * 0.13, 120)
    head = fit(words.headline, Script.of(words.lang, True), area, largest)
    if head is None:
        return _one_line(words, box, [])
    spare = max(0.0, (area.height - head.height) / 3)
    head = Text(head.lines, head.script, head.size, head.x, area.y + spare)
    parts = [_draw(head, words.ink)]
    y = below(head, margin)
    if button:
        parts.append(button.at(room.x, y))
        y += button.height + margin
    if code:
        parts.append(code.at(room.x, y))
    if beside:
        top = (size.height - beside.side) / 2
        parts.append(beside.at(box.x + box.width + margin, top))
    if foot:
        low = Text(foot.lines, foot.script, foot.size, box.x, box.y + box.height - foot.height)
        parts.append(_draw(low, words.ink))
    return parts


def _foot(words: Words, box: Box, size: Size) -> Text | None:
    """Return the publisher's name, one line, where there is room for it."""
    if size.height < 85 or not words.publisher:
        return None
    largest = max(12.0, min(size.width, size.height) * 0.045)
    found = fit(
        words.publisher, Script.of(words.lang, False), Box(box.x, 0, box.width, 40), largest
    )
    return found if found and len(found.lines) == 1 else None


@dataclass(frozen=True, slots=True)
class _Drawing:
    """Something drawn at the origin, to be put somewhere."""

    width: float
    height: float
    body: str

    @property
    def side(self) -> float:
        return self.width

    def at(self, x: float, y: float) -> str:
        return f'<g transform="translate({x:.1f} {y:.1f})">{self.body}</g>'


def _action(words: Words, widest: float, largest: float, most: int) -> Text | None:
    """Return the call to action in one line, or where it does not fit in up to `most`."""
    script = Script.of(words.lang, True).setting(words.action)
    for count in range(1, most + 1):
        text = fit(words.action, script, Box(0, 0, widest, largest * script.line * count), largest)
        if text and len(text.lines) <= count:
            return text
    return None


def _button(
    words: Words, widest: float, largest: float, address: str, most: int = 1
) -> _Drawing | None:
    """Return the call to action on a plate in reversed colours, the address below it."""
    pad = largest * 0.55
    text = _action(words, widest - 2 * pad, largest, most) if words.action else None
    if text is None:
        return None
    script = text.script
    plate = max(width(line, script) for line in text.lines) * text.size + 2 * pad
    high = text.height + pad * 0.7
    label = Text(text.lines, script, text.size, pad, pad * 0.35)
    body = (
        f'<rect width="{plate:.1f}" height="{high:.1f}" rx="{pad * 0.4:.1f}" fill="{words.ink}"/>'
        f"{_draw(label, words.ground)}"
    )
    plain = Script.of(words.lang, False)
    line = Box(0, high + pad * 0.25, max(plate, 60), 60)
    below_it = fit(address, plain, line, max(12.0, text.size * 0.72)) if address else None
    if below_it and len(below_it.lines) == 1:
        return _Drawing(
            plate, high + pad * 0.25 + below_it.height, body + _draw(below_it, words.ink)
        )
    return _Drawing(plate, high, body)


def _qr(words: Words, room: float) -> _Drawing | None:
    """Return the QR code (level M, quiet zone of 4) with whole-pixel modules, if it fits."""
    if not words.qr:
        return None
    code = segno.make(words.target, error="m", micro=False)
    modules = code.symbol_size(border=4)[0]
    module = int(room // modules)
    if module < 2:
        return None
    path = "".join(
        f"M{x} {y}h1v1h-1z"
        for y, row in enumerate(code.matrix_iter(border=4))
        for x, dark in enumerate(row)
        if dark
    )
    side = modules * module
    body = (
        f'<rect width="{side}" height="{side}" fill="#fff"/>'
        f'<path transform="scale({module})" fill="#000" shape-rendering="crispEdges" d="{path}"/>'
    )
    return _Drawing(side, side, body)


def _middle(text: Text, box: Box) -> Text:
    return Text(text.lines, text.script, text.size, text.x, text.y, box.x + box.width / 2)


def _draw(text: Text, colour: str) -> str:
    grid = FINE if text.size > 24 else COARSE
    scale = text.size / grid
    parts = []
    for number, line in enumerate(text.lines):
        x = text.x
        if text.centre is not None:
            x = text.centre - width(line, text.script) * text.size / 2
        y = text.y + (number * text.script.line + text.script.rise) * text.size
        parts.append(
            f'<path transform="translate({x:.1f} {y:.1f}) scale({scale:.4f} -{scale:.4f})"'
            f' d="{outline(line, text.script, grid)}"/>'
        )
    return f'<g fill="{colour}">{"".join(parts)}</g>'
