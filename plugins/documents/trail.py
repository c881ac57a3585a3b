"""Where a page stands: the way back to the home page, its topics, its other languages, its feed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from model.kinds import FACES, kind_class
from model.output import LANGUAGE, Row, Store, list_name
from model.text import slug

LANGUAGE_NAMES = {"vi": "Tiếng Việt", "en": "English", "km": "ភាសាខ្មែរ"}


class Place(NamedTuple):
    """A page to link to: its name and its public address below the site's base."""

    name: str
    path: str


class Translation(NamedTuple):
    """A page's twin in another language: BCP 47 tag, the language's own name, address."""

    lang: str
    name: str
    path: str


def list_path(name: str, number: int = 0) -> str:
    """Return the address of page `number` of a list (0: the newest), e.g. "/tin-tuc/y-te/"."""
    base, _, lang = name.partition(".")
    kind, _, section = base.partition("/")
    prefix = "chu-de" if kind == "tag" else (FACES[kind].prefix or "trang-tinh")
    parts = ["" if lang in ("", LANGUAGE) else lang, prefix, section]
    if number:
        parts += ["trang", str(number)]
    return "/" + "".join(f"{part}/" for part in parts if part)


def feed_path(name: str, rows: Iterable[Row]) -> str | None:
    """Return the address of a list's Atom feed; None where it has none or no row has a date."""
    kind, *sections = name.split(".")[0].split("/")
    if len(sections) > 1:
        return None
    dated = any(row.document.date or row.document.sorted_at for row in rows)
    return list_path(name) + "atom.xml" if dated and kind_class(kind).has_feeds() else None


def feed_forms(atom: str | None) -> tuple[Place, ...]:
    """Return the formats of a list's feed and their addresses, from that of the Atom feed."""
    if atom is None:
        return ()
    folder = atom.removesuffix("atom.xml")
    return (
        Place("Atom", atom),
        Place("RSS", folder + "rss.xml"),
        Place("JSON Feed", folder + "feed.json"),
    )


def home_path(lang: str) -> str:
    """Return the address of the home page in a language."""
    return "/" if lang == LANGUAGE else f"/{lang}/"


def topics(row: Row) -> tuple[Place, ...]:
    """Return the lists of the document's tags, each once."""
    names = {slug(tag): tag for tag in reversed(row.document.tags)}
    return tuple(
        Place(names[key], list_path(list_name(f"tag/{key}", row.lang)))
        for key in dict.fromkeys(map(slug, row.document.tags))
        if key
    )


def section(row: Row, store: Store) -> Place | None:
    """Return the list of the document's section, if it has one."""
    code = row.document.section
    if not code:
        return None
    return Place(
        store.site.section_name(code, row.kind),
        list_path(list_name(f"{row.kind}/{code}", row.lang)),
    )


def translations(row: Row, store: Store) -> tuple[Translation, ...]:
    """Return the document's public pages in the site's other languages, in the site's order."""
    stem = row.id.split(".", 1)[0]
    found = []
    for lang in store.site.languages:
        other = None if lang == row.lang else store.document(list_name(stem, lang))
        if other:
            found.append(Translation(lang, LANGUAGE_NAMES[lang], other.path))
    return tuple(found)


def home_translations(lang: str, languages: Sequence[str]) -> tuple[Translation, ...]:
    """Return the home pages in the site's other languages."""
    others: Iterable[str] = (other for other in languages if other != lang)
    return tuple(Translation(other, LANGUAGE_NAMES[other], home_path(other)) for other in others)


def guide_place(name: str, lang: str, store: Store) -> Place | None:
    """Return the guide that a file name below content/guides names, in `lang` or in Vietnamese."""
    if not name or name != slug(name, len(name)):
        return None
    for wanted in dict.fromkeys((lang, LANGUAGE)):
        if found := store.document(list_name(f"guides/{name}", wanted)):
            return Place(found.document.title, found.path)
    return None
