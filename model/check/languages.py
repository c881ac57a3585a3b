"""The languages of a site: its interface's words are there, readable, and read by a person."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from model.catalogue import FOLDER, catalogue, own_catalogue
from model.problem import Problem, Problems
from model.site import Site

NAMES = {"en": "tiếng Anh", "km": "tiếng Khmer"}


def check_languages(folder: Path, site: Site) -> Iterator[Problem]:
    """Yield what is wrong with the catalogues of the languages that the site speaks."""
    for lang in site.languages[1:]:
        path = folder / FOLDER / f"{lang}.po"
        try:
            own_catalogue(path.read_bytes() if path.is_file() else None, lang)
        except UnicodeDecodeError:
            cure = "mở tệp và lưu lại với bảng mã UTF-8"
            yield Problem(f"{FOLDER}/{lang}.po", message="tệp không phải UTF-8", cure=cure)
        except Problems as error:
            yield from error.problems
        yield from _interface(lang, site)


def _interface(lang: str, site: Site) -> Iterator[Problem]:
    """Yield a warning if the interface says nothing in `lang`, or nobody has read what it says."""
    words = catalogue(lang)
    if not words.words:
        message = f"giao diện chưa có bản {NAMES[lang]}; nút và tiêu đề sẽ bằng tiếng Việt"
        cure = f"thêm model/{FOLDER}/{lang}.po, hoặc bỏ {lang} khỏi languages"
    elif not words.reviewed_by and not site.demo:
        message = f"bản {NAMES[lang]} của giao diện chưa có người biết tiếng đọc lại"
        cure = f"nhờ đọc lại, ghi tên vào X-Reviewed-By trong model/{FOLDER}/{lang}.po"
    else:
        return
    yield Problem("site.yaml", 0, "languages", message, cure, warning=True)
