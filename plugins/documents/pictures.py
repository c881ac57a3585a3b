"""Pictures of a body: with their measure, loaded when they come near, in the lightest form.

A browser that knows AVIF or WebP takes a twin (`model.pictures`), another the picture itself. What
cannot be read leaves its description as text: a page never shows a broken frame.
"""

from __future__ import annotations

import re
from html import escape, unescape

from model.output import Store
from model.pictures import FOLDER, TWINS, Measure, measure, twin_path, twin_width
from model.words import Words

SHOWN = "(min-width: 44rem) 42rem, 100vw"
"""How wide a picture stands on a page (HTML, `sizes`)."""
_IMG = re.compile(r"<img\b[^>]*>")
_ATTRIBUTE = re.compile(r'\s([a-z]+)="([^"]*)"')


def with_pictures(html: str, store: Store, t: Words) -> str:
    """Return a sanitised body whose own pictures know their measure and their twins."""
    return _IMG.sub(lambda found: _picture(found[0], store, t), html) if "<img" in html else html


def _picture(tag: str, store: Store, t: Words) -> str:
    attributes = dict(_ATTRIBUTE.findall(tag))
    source = unescape(attributes.get("src", ""))
    path = source.removeprefix(store.site.base)
    if not path.startswith(f"/{FOLDER}/"):
        return tag
    data = store.file(path.lstrip("/"))
    found = measure(path, data) if data is not None else None
    if found is None and not path.endswith(".svg"):
        words = t("Ảnh không xem được: {text}", text=unescape(attributes.get("alt", "")) or path)
        return f"<em>{escape(words)}</em>"
    image = {key: attributes[key] for key in ("src", "alt", "title") if key in attributes}
    if found:
        image |= {"width": str(found.width), "height": str(found.height)}
    image |= {"loading": "lazy", "decoding": "async"}
    shown = "<img " + " ".join(f'{key}="{value}"' for key, value in image.items()) + ">"
    twins = _sources(attributes["src"], found) if found else ""
    return f"<picture>{twins}{shown}</picture>" if twins else shown


def _sources(source: str, found: Measure) -> str:
    lines = []
    for form in TWINS if found.sizes else ():
        offered = ", ".join(
            f"{twin_path(source, size, form)} {twin_width(found, size)}w" for size in found.sizes
        )
        lines.append(f'<source type="image/{form}" srcset="{offered}" sizes="{SHOWN}">')
    return "".join(lines)
