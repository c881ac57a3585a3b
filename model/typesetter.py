"""The helper process of `model.typesetting`: reads requests from its input, answers, ends with it.

A request is a line of JSON (`source`, `data`, `form`, `colours`); the answer a line of JSON,
{"size": n} and then n bytes, or {"error": "..."}. It imports nothing of the house, because it is
run as a file.
"""

from __future__ import annotations

import io
import json
import os
import sys
from importlib.util import find_spec
from pathlib import Path
from typing import Any

NO_TIME = 0
"""What a template that asks for today gets: the same on every day, so that bytes stay the same."""
PACKAGES = ("fontpkg_be_vietnam_pro", "fontpkg_noto_sans_khmer")


def font_folders() -> list[str]:
    """Return the folders of the packaged fonts."""
    found = [find_spec(name) for name in PACKAGES]
    missing = [
        name for name, spec in zip(PACKAGES, found, strict=True) if not (spec and spec.origin)
    ]
    if missing:
        raise ModuleNotFoundError(f"the font package {missing[0]} is not installed")
    return [str(Path(spec.origin).parent / "files") for spec in found if spec and spec.origin]


def compiled(fonts: Any, request: dict[str, Any]) -> bytes:
    """Return what Typst makes of one request."""
    import typst

    compiler = typst.Compiler(request["source"].encode(), font_paths=fonts)
    inputs = {"data": request["data"]}
    if request["form"] == "png":
        made = compiler.compile(format="png", ppi=72, sys_inputs=inputs, timestamp=NO_TIME)
    else:
        made = compiler.compile(
            format="pdf", pdf_standards=["ua-1"], sys_inputs=inputs, timestamp=NO_TIME
        )
    if not isinstance(made, bytes):
        raise ValueError("a picture has one page only")
    return in_few_colours(made, request["colours"]) if request["colours"] else made


def in_few_colours(png: bytes, colours: int) -> bytes:
    """Return a PNG with a palette in place of full colours: a third of the weight."""
    from PIL import Image
    from PIL.PngImagePlugin import PngImageFile

    image = PngImageFile(io.BytesIO(png)).convert("RGB")
    flat = image.quantize(colours, method=Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE)
    out = io.BytesIO()
    flat.save(out, "PNG", compress_level=6)
    return out.getvalue()


def main() -> None:
    """Answer requests until the input ends."""
    import typst

    fonts = typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=False, font_paths=font_folders()
    )
    answer = os.fdopen(os.dup(1), "wb")
    import PIL.PngImagePlugin  # noqa: F401 - while nobody asks yet

    for line in sys.stdin.buffer:
        try:
            data = compiled(fonts, json.loads(line))
        except (typst.TypstError, ValueError) as error:
            said = getattr(error, "diagnostic", "") or str(error)
            answer.write(json.dumps({"error": said}).encode() + b"\n")
        else:
            answer.write(json.dumps({"size": len(data)}).encode() + b"\n" + data)
        answer.flush()


if __name__ == "__main__":
    main()
