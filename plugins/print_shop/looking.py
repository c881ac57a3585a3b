"""Pictures of PDF pages, and one page of many pictures, for whoever changes a template."""

from __future__ import annotations

import math
import shutil
import subprocess
import tempfile
from collections.abc import Sequence
from pathlib import Path

from PIL import Image

CELL = 420
GREY = (136, 136, 136)


def picture_of(path: Path, side: int) -> Image.Image:
    """Return the first page of a PDF or letter, or a picture, `side` pixels at its longer side."""
    if path.suffix == ".odt":
        with tempfile.TemporaryDirectory() as folder:
            return picture_of(_as_pdf(path, Path(folder)), side)
    if path.suffix != ".pdf":
        return Image.open(path).convert("RGB")
    import pypdfium2

    with pypdfium2.PdfDocument(path) as document:
        page = document[0]
        picture: Image.Image = page.render(scale=side / max(page.get_size())).to_pil()
        return picture.convert("RGB")


def office() -> str:
    """Return the command that opens letters (LibreOffice); "" where it is not installed."""
    return shutil.which("soffice") or ""


def _as_pdf(path: Path, folder: Path) -> Path:
    command = [office(), "--headless", "--convert-to", "pdf", "--outdir", str(folder), str(path)]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    return folder / f"{path.stem}.pdf"


def contact_sheet(paths: Sequence[Path]) -> Image.Image:
    """Return all pictures side by side, small, in the order given."""
    columns = math.ceil(math.sqrt(len(paths)))
    rows = math.ceil(len(paths) / columns)
    sheet = Image.new("RGB", (columns * CELL, rows * CELL), GREY)
    for place, path in enumerate(paths):
        with Image.open(path) as picture:
            picture.thumbnail((CELL - 10, CELL - 10))
            sheet.paste(picture, (place % columns * CELL + 5, place // columns * CELL + 5))
    return sheet
